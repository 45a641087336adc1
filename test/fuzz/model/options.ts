/** Options of SET and GETEX that set a time to expire. */
import { expiryOf, parseInteger, textOf } from './parse.js';
import { error, NOT_INTEGER } from './reply.js';

const TIMES = new Set(['EX', 'PX', 'EXAT', 'PXAT']);

export interface Options {
  readonly words: ReadonlySet<string>;
  /** The option that sets a time, and its argument. */
  readonly time: { readonly word: string; readonly value: Buffer } | undefined;
}

/** Undefined: a syntax error. `allowed` are words without an argument; those that go with no time are in `instead`. */
export function readOptions(
  args: readonly Buffer[],
  allowed: readonly string[],
  instead: readonly string[],
): Options | undefined {
  const words = new Set<string>();
  let time: Options['time'];
  for (let i = 0; i < args.length; i++) {
    const word = textOf(args[i] as Buffer).toUpperCase();
    if (TIMES.has(word)) {
      const value = args[++i];
      if (value === undefined || time !== undefined) return undefined;
      time = { word, value };
    } else if (allowed.includes(word)) {
      words.add(word);
    } else {
      return undefined;
    }
  }
  const timeless = instead.filter((word) => words.has(word)).length;
  if (timeless > 1 || (timeless === 1 && time !== undefined)) return undefined;
  if (words.has('NX') && words.has('XX')) return undefined;
  return { words, time };
}

/** When it expires, or the error. */
export function readTime(word: string, value: Buffer, now: bigint, command: string): bigint | Buffer {
  const number = parseInteger(value);
  if (number === undefined) return NOT_INTEGER;
  const unit = word.startsWith('E') ? 'seconds' : 'milliseconds';
  const at = number <= 0n ? undefined : expiryOf(number, unit, word.endsWith('AT') ? 0n : now);
  return at ?? error(`ERR invalid expire time in '${command}' command`);
}
