/** What the tables say of an option of `ringshard load`. */
import { UsageError } from '../plan/usage-error.js';

export interface LoadOption<T = unknown> {
  /** Without dashes, the one that --help shows first. */
  readonly names: readonly [string, ...string[]];
  /** Its letter. */
  readonly short?: string;
  /** `<n>`; undefined of a flag. */
  readonly argument?: string;
  readonly summary: string;
  /** What --help says of the default, where there is something to say. */
  readonly default?: string;
  /** Its value is kept out of messages. */
  readonly secret?: boolean;
  /** From the text (of a flag: empty) and, when it was given before, the value until then. */
  read(text: string, before: T | undefined): T;
}

type Traits<T> = Omit<LoadOption<T>, 'read'>;

/** The last one given counts. */
export function single<T>(traits: Traits<T>, read: (text: string) => T): LoadOption<T> {
  return { ...traits, read: (text) => read(text) };
}

/** All that are given count, in their order. */
export function repeatable<T>(
  traits: Traits<readonly T[]>,
  read: (text: string) => readonly T[],
): LoadOption<readonly T[]> {
  return { ...traits, read: (text, before = []) => [...before, ...read(text)] };
}

export function flag(traits: Traits<true>): LoadOption<true> {
  return { ...traits, read: () => true };
}

/** One of several words. */
export function oneOf<const W extends string>(traits: Traits<W>, ...words: readonly W[]): LoadOption<W> {
  return single(traits, (text) => {
    const word = words.find((one) => one === text.toLowerCase());
    if (word === undefined) throw new UsageError(`expected ${listOf(words)}`);
    return word;
  });
}

/** `a, b or c` */
export function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
