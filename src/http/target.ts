/** What a request is about: the path and the parameters of its target. */
import { Problem } from './problem.js';

export interface Target {
  /** As it came, percent-encoded. */
  readonly path: string;
  /** Undefined without a question mark. */
  readonly query: URLSearchParams | undefined;
}

export function targetOf(url: string): Target {
  const mark = url.indexOf('?');
  if (mark < 0) return { path: url, query: undefined };
  return { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

/** Throws for parameters that nobody knows: a word that is misspelt must not be passed over. */
export function checkParameters(query: URLSearchParams | undefined, ...known: readonly string[]): void {
  if (query === undefined) return;
  for (const name of query.keys()) {
    if (!known.includes(name)) throw new Problem(400, `unknown parameter '${name}'; known are: ${known.join(', ')}`);
  }
}

/** The bytes that a percent-encoded text stands for; throws for one that stands for none. */
export function decodeBytes(text: string): Buffer {
  if (!text.includes('%')) return Buffer.from(text, 'latin1');
  const bytes = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '%') {
      bytes[length++] = text.charCodeAt(i);
      continue;
    }
    const digits = text.slice(i + 1, i + 3);
    if (!/^[0-9a-f]{2}$/i.test(digits)) throw new Problem(400, `'%${digits}' is no percent-encoded byte`);
    bytes[length++] = Number.parseInt(digits, 16);
    i += 2;
  }
  return bytes.subarray(0, length);
}

/** The database of `?db=`. */
export function databaseOf(text: string | null | undefined, databases: number): number {
  if (text === null || text === undefined) return 0;
  const database = /^\d{1,5}$/.test(text) ? Number(text) : databases;
  if (database >= databases) throw new Problem(400, `'${text}' is no database: expected 0 to ${databases - 1}`);
  return database;
}
