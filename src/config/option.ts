/** What the table says of an option, apart from its name, which is its key there. */
import type { Machine } from './machine.js';
import type { OptionType } from './types/type.js';

/**
 * `effective`: the server acts on it. `accepted`: Redis has it, so it is known, checked, kept and shown by CONFIG GET,
 * but it changes nothing here.
 */
type OptionStatus = 'effective' | 'accepted';

export interface Option<T = unknown, P = unknown> {
  readonly type: OptionType<T, P>;
  readonly status: OptionStatus;
  /** Where it depends on the machine, a function; the default of `shards` is the only one made without `shards`. */
  readonly default: T | ((machine: Machine, shards: number) => T);
  /** One line for --help and the documentation. Options that are only accepted are Redis's to describe. */
  readonly summary: string;
  /** What --help says of a default that is a function. */
  readonly defaultText?: string;
  /** What a plain number counts. */
  readonly unit?: string;
  /** Whether CONFIG SET may change it while the server runs. */
  readonly live: boolean;
  /** A value that stands for the default. */
  readonly auto?: T;
  /** The name it had before Redis renamed it. */
  readonly alias?: string;
  /** CONFIG GET shows it only to those who ask for it by name. */
  readonly hidden: boolean;
  /** Its value is kept out of logs and messages. */
  readonly secret: boolean;
  /** CONFIG SET changes it only for those whom `enable-protected-configs` lets. */
  readonly protected: boolean;
  /** Why a value can't be had here although Redis takes it; undefined where it can. */
  refuse?(value: T, when: 'start' | 'live'): string | undefined;
}

interface Traits<T> {
  readonly alias?: string;
  readonly hidden?: boolean;
  readonly secret?: boolean;
  readonly protected?: boolean;
  refuse?(value: T, when: 'start' | 'live'): string | undefined;
}

interface EffectiveTraits<T> extends Traits<T> {
  readonly default: Option<T>['default'];
  readonly summary: string;
  readonly defaultText?: string;
  readonly unit?: string;
  readonly live?: boolean;
  readonly auto?: T;
}

interface AcceptedTraits<T> extends Traits<T> {
  /** Redis does not let CONFIG SET change it. */
  readonly fixed?: boolean;
}

const NONE = { hidden: false, secret: false, protected: false };

/** An entry for an option that the server acts on. */
export function effective<T, P>(type: OptionType<T, P>, traits: EffectiveTraits<NoInfer<T>>): Option<T, P> {
  return { ...NONE, live: false, ...traits, type, status: 'effective' };
}

/** An entry for an option that is only kept. */
export function accepted<T, P>(
  type: OptionType<T, P>,
  initial: NoInfer<T> | ((machine: Machine) => NoInfer<T>),
  { fixed = false, ...traits }: AcceptedTraits<NoInfer<T>> = {},
): Option<T, P> {
  return { ...NONE, summary: '', ...traits, live: !fixed, default: initial, type, status: 'accepted' };
}

/** The value of an option that nobody has set. */
export function defaultOf<T>(option: Option<T>, machine: Machine, shards: number): T {
  const initial = option.default;
  return typeof initial === 'function'
    ? (initial as (machine: Machine, shards: number) => T)(machine, shards)
    : initial;
}
