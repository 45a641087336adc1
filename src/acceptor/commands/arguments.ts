/** Reading arguments, with Redis's rules and errors. */
import { Failure } from '../../message/value.js';

export const SYNTAX_ERROR = new Failure('ERR syntax error');
const NOT_AN_INTEGER = new Failure('ERR value is not an integer or out of range');

const INTEGER = /^(0|-?[1-9]\d{0,18})$/;
const MOST = 2n ** 63n - 1n;

/** A whole number of 64 bits, without a plus sign or leading zeros; undefined for anything else. */
export function readInteger(word: string | undefined): number | undefined {
  if (word === undefined || !INTEGER.test(word)) return undefined;
  const value = BigInt(word);
  return value <= MOST && value >= -MOST - 1n ? Number(value) : undefined;
}

/** The same; throws `failure` when it is none, or less than `least`. */
export function integerOf(
  word: string | undefined,
  failure = NOT_AN_INTEGER,
  least = Number.NEGATIVE_INFINITY,
): number {
  const value = readInteger(word);
  if (value === undefined || value < least) throw failure;
  return value;
}

/** Milliseconds that a client wants to wait. Throws a Failure. */
export function timeoutOf(word: string | undefined): number {
  const timeout = integerOf(word, new Failure('ERR timeout is not an integer or out of range'));
  if (timeout < 0) throw new Failure('ERR timeout is negative');
  return timeout;
}

/** Whether an argument that must be one of two words is the first of them. Throws a Failure. */
export function choice(word: string | undefined, first: string, second: string): boolean {
  const lower = word?.toLowerCase();
  if (lower !== first && lower !== second) throw SYNTAX_ERROR;
  return lower === first;
}

/** Redis's error for a subcommand that it knows, with arguments that it can't have. */
export function wrongArguments(container: string, subcommand: string): Failure {
  return new Failure(
    `ERR unknown subcommand or wrong number of arguments for '${subcommand.slice(0, 128)}'. ` +
      `Try ${container.toUpperCase()} HELP.`,
  );
}
