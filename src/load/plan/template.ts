/**
 * Commands with places that each request fills for itself: `ZADD board {int:0:1000} {key}`.
 *
 *   {key} {key:base64}                  the drawn key
 *   {value} {value:100} {value:base64}  bytes of the drawn size, or of that size
 *   {int:0:1000}                        a whole number, both ends included
 *   {sequence}                          a number that counts up
 *   {{ ... }}                           a brace, and the one that belongs to it
 *
 * A `}` that closes nothing of these is text, and so is a `{` before a quote, white space, `}` or the end: JSON needs no
 * escapes. Any other `{...}` is an error, because it is a slip more often than a text.
 */
import { nearest } from '../../config/nearest.js';
import { readBytes } from './quantity.js';
import { UsageError } from './usage-error.js';
import type { Segment, Word } from './workload.js';

export const MOST_VALUE_BYTES = 16 * 1024 ** 2;

/** Two braces, a brace that is text, a place and what it is called, a brace without its end, closing braces, text. */
const TOKENS = /\{\{|\{(?=["'\s}]|$)|\{([^{}]+)\}|\{[^{}]+|\}+|[^{}]+/g;

/** One argument. */
export function parseWord(text: string): Word {
  const segments: Segment[] = [];
  /** The braces that are open: whether each was written twice. */
  const open: boolean[] = [];
  let literal = '';
  for (const [token, inside] of text.matchAll(TOKENS)) {
    if (inside === undefined) {
      literal += literalOf(token, open);
      continue;
    }
    if (literal !== '') segments.push({ kind: 'text', text: literal });
    literal = '';
    segments.push(placeOf(inside));
  }
  if (literal !== '' || segments.length === 0) segments.push({ kind: 'text', text: literal });
  return segments;
}

function literalOf(token: string, open: boolean[]): string {
  if (token.startsWith('}')) return closingBraces(token.length, open);
  if (!token.startsWith('{')) return token;
  if (token !== '{' && token !== '{{') throw new UsageError(`'${token}': the '{' is not closed ({{ is a brace)`);
  open.push(token === '{{');
  return '{';
}

/** What so many of them stand for: two close one that was written twice. */
function closingBraces(count: number, open: boolean[]): string {
  let text = '';
  for (let left = count; left > 0; ) {
    const twice = open.pop() === true && left >= 2;
    text += '}';
    left -= twice ? 2 : 1;
  }
  return text;
}

export function hasKey(word: Word): boolean {
  return word.some(({ kind }) => kind === 'key');
}

export function hasValue(word: Word): boolean {
  return word.some(({ kind }) => kind === 'value');
}

/** The word's text if nothing in it changes from request to request. */
export function textOf(word: Word | undefined): string | undefined {
  const [only, ...more] = word ?? [];
  return only?.kind === 'text' && more.length === 0 ? only.text : undefined;
}

function placeOf(inside: string): Segment {
  const [name = '', ...details] = inside.split(':');
  const place = PLACES.get(name);
  if (place === undefined) {
    const near = nearest(name, PLACES.keys());
    const all = 'there are {key} {value} {int:0:9} {sequence}, and {{ for a brace';
    throw new UsageError(`unknown '{${inside}}' (${near === undefined ? all : `did you mean {${near}}?`})`);
  }
  const segment = place.read(details);
  if (segment === undefined) throw new UsageError(`'{${inside}}': expected ${place.form}`);
  return segment;
}

interface Place {
  /** What it stands for with the words that follow its name; undefined when they are wrong. */
  read(details: readonly string[]): Segment | undefined;
  readonly form: string;
}

const PLACES: ReadonlyMap<string, Place> = new Map([
  ['key', { read: readKey, form: '{key} or {key:base64}' }],
  ['value', { read: readValue, form: '{value}, {value:100} or {value:base64}' }],
  ['int', { read: readInt, form: '{int:0:1000}, the least number first' }],
  ['sequence', { read: readSequence, form: '{sequence}' }],
]);

function readKey(details: readonly string[]): Segment | undefined {
  if (details.length === 0) return { kind: 'key' };
  return isBase64(details) ? { kind: 'key', base64: true } : undefined;
}

function readValue(details: readonly string[]): Segment | undefined {
  const [first = ''] = details;
  const sized = /^\d/.test(first);
  const coding = sized ? details.slice(1) : details;
  if (coding.length > 0 && !isBase64(coding)) return undefined;
  const bytes = sized ? { bytes: readBytes(first, 0, MOST_VALUE_BYTES) } : {};
  return { kind: 'value', ...bytes, ...(coding.length > 0 ? { base64: true } : {}) };
}

function readInt(details: readonly string[]): Segment | undefined {
  const [least = Number.NaN, most = Number.NaN, more] = details.map((text) =>
    /^-?\d+$/.test(text) ? Number(text) : Number.NaN,
  );
  const exact = [least, most, most - least].every(Number.isSafeInteger);
  return exact && least <= most && more === undefined ? { kind: 'int', least, most } : undefined;
}

function readSequence(details: readonly string[]): Segment | undefined {
  return details.length === 0 ? { kind: 'sequence' } : undefined;
}

function isBase64(details: readonly string[]): boolean {
  return details.length === 1 && details[0] === 'base64';
}
