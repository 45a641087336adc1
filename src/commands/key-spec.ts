/**
 * Where a request's keys are and what becomes of them (the "key specifications" of COMMAND INFO). Every command here
 * has its keys at fixed places: a first one, and others at a fixed distance up to a last.
 */

/**
 * What a command does to a key as a whole: read, change, overwrite, remove. `not_key`: it is none, but has a place in a
 * cluster like one (shard channels).
 */
export type KeyAccess = 'RO' | 'RW' | 'OW' | 'RM' | 'not_key';

/** What it does to the data in it; `variable_flags`: that depends on the other arguments (command-keys.ts). */
export type KeyUse = 'access' | 'update' | 'insert' | 'delete' | 'variable_flags';

/** All of them, in the order in which Redis shows them. */
export const KEY_FLAGS: readonly (KeyAccess | KeyUse)[] = [
  'RO',
  'RW',
  'OW',
  'RM',
  'access',
  'update',
  'insert',
  'delete',
  'not_key',
  'variable_flags',
];

export interface KeySpec {
  readonly access: KeyAccess;
  readonly uses: readonly KeyUse[];
  /** Position of the first key; the request's name has position 0. */
  readonly first: number;
  /** How far the last key is from the first; negative: its position, counted from the end (-1 is the last word). */
  readonly last: number;
  readonly step: number;
  readonly notes?: string;
}

/** The first argument is a key. */
export function oneKey(access: KeyAccess, ...uses: KeyUse[]): readonly [KeySpec] {
  return [keyAt(1, access, ...uses)];
}

/** The argument at that position is a key. */
export function keyAt(first: number, access: KeyAccess, ...uses: KeyUse[]): KeySpec {
  return { access, uses, first, last: 0, step: 1 };
}

/** All arguments from that position on are keys. */
export function keysFrom(first: number, access: KeyAccess, ...uses: KeyUse[]): KeySpec {
  return { access, uses, first, last: -1, step: 1 };
}

/** Every other argument is a key, its value follows it. */
export function keysWithValues(access: KeyAccess, ...uses: KeyUse[]): readonly [KeySpec] {
  return [{ access, uses, first: 1, last: -1, step: 2 }];
}

/** First and last position, and step, that span all keys: how COMMAND told it before there were specifications. */
export interface KeyRange {
  readonly first: number;
  /** Negative: counted from the end of the request. */
  readonly last: number;
  readonly step: number;
}

/** The range of a command's specifications, which must follow one another; all zero when it has no keys. */
export function keyRange(specs: readonly KeySpec[]): KeyRange {
  const [spec, ...rest] = specs;
  if (spec === undefined) return { first: 0, last: 0, step: 0 };
  let last = lastPosition(spec);
  for (const next of rest) {
    if (last !== next.first - 1 || spec.step !== 1 || next.step !== 1)
      throw new Error('key specifications leave a gap');
    last = lastPosition(next);
  }
  return { first: spec.first, last, step: spec.step };
}

function lastPosition(spec: KeySpec): number {
  return spec.last < 0 ? spec.last : spec.first + spec.last;
}
