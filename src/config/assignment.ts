/** An option and the words that someone gave it, before anyone has looked at the words. */
import { ConfigError } from './error.js';
import { nearest } from './nearest.js';
import { type NamedOption, namesOf, OPTION_LIST } from './options.js';
import { type Parsed, WRONG_NUMBER } from './types/type.js';
import { quoteWord, splitWords } from './words.js';

/** Who gave them; messages say so. */
export type Origin =
  | { readonly kind: 'flag' }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'file'; readonly path: string; readonly line: number }
  | { readonly kind: 'program' };

export interface Assignment {
  readonly option: NamedOption;
  /** The name that was used; it may be the former one. */
  readonly name: string;
  readonly words: readonly string[];
  readonly origin: Origin;
}

/** The value that the words stand for. Throws a `ConfigError` where they stand for none. */
export function readAssignment({ option, name, words, origin }: Assignment): unknown {
  const parsed = parseWords(option, words);
  if (parsed.ok) return parsed.value;
  const shown = option.secret ? '...' : undefined;
  const text =
    parsed.reason === WRONG_NUMBER
      ? `'${[name, ...words.map((word) => shown ?? quoteWord(word))].join(' ')}': ${WRONG_NUMBER}`
      : `invalid value '${shown ?? words.join(' ')}' for ${labelOf(name, origin)}: expected ${option.type.expects}`;
  throw new ConfigError('INVALID_VALUE', placeOf(origin) + text);
}

/** Reads words as redis.conf does: for an option that takes several, one word with spaces stands for several. */
function parseWords(option: NamedOption, words: readonly string[]): Parsed<unknown> {
  const [only] = words;
  if (!option.type.manyWords || words.length !== 1 || only === undefined || only === '')
    return option.type.parse(words);
  const split = splitWords(only);
  return split === undefined ? { ok: false, reason: 'unbalanced quotes' } : option.type.parse(split);
}

/** `--port`, `RINGSHARD_PORT` or `port`. */
export function labelOf(name: string, origin: Origin): string {
  if (origin.kind === 'flag') return `--${name}`;
  return origin.kind === 'environment' ? origin.variable : name;
}

/** `redis.conf:12: ` for what stands in a file, else nothing. */
export function placeOf(origin: Origin): string {
  return origin.kind === 'file' ? `${origin.path}:${origin.line}: ` : '';
}

/** ` (did you mean --port?)`, or nothing if no option's name is near. */
export function suggestion(name: string, show: (name: string) => string): string {
  const near = nearest(name.toLowerCase(), OPTION_LIST.flatMap(namesOf));
  return near === undefined ? '' : ` (did you mean ${show(near)}?)`;
}
