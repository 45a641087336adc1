/** The client of an embedded server: any command by `call`, and the common ones as methods with types. */
import type { Reply } from '../acceptor/local/reply-parser.js';
import type { Word } from '../acceptor/local/request-writer.js';
import { msOf, type Span } from './span.js';

export type Key = string | Uint8Array;
export type Value = string | number | bigint | Uint8Array;

export interface ClientOptions {
  readonly database?: number;
  /** As CLIENT LIST shows it. */
  readonly name?: string;
}

/** What carries the calls (acceptor/local/local-client.ts). */
interface Caller {
  call(words: readonly Word[], wantsBytes?: boolean): Promise<Reply>;
  ready(): Promise<void>;
  readonly pending: number;
  readonly isClosed: boolean;
  close(): Promise<void>;
}

export interface SetOptions {
  /** For how long the key lives. */
  readonly ttl?: Span;
  /** Until when it lives. */
  readonly expiresAt?: Date;
  /** Leaves the time at which the key expires as it is. */
  readonly keepTtl?: boolean;
  /** Sets it only if there is no such key, or only if there is one. */
  readonly onlyIf?: 'new' | 'existing';
}

export interface ScanOptions {
  /** A glob-style pattern. */
  readonly match?: string;
  readonly type?: string;
  /** How many keys are looked at in one call. */
  readonly count?: number;
}

export class Client implements AsyncDisposable {
  readonly #client: Caller;

  constructor(client: Caller) {
    this.#client = client;
  }

  /** Runs a command. Strings of the reply are text. An error reply rejects with a `ReplyError`. */
  call<T extends Reply = Reply>(...words: Word[]): Promise<T> {
    return this.#client.call(words) as Promise<T>;
  }

  /** The same with strings as `Buffer`s. */
  callBytes<T extends Reply = Reply>(...words: Word[]): Promise<T> {
    return this.#client.call(words, true) as Promise<T>;
  }

  /** Resolves when more calls should be made: at once, unless a lot is waiting. */
  ready(): Promise<void> {
    return this.#client.ready();
  }

  /** Calls that have not been answered. */
  get pending(): number {
    return this.#client.pending;
  }

  get isClosed(): boolean {
    return this.#client.isClosed;
  }

  /** Ends the connection when all calls have been answered. */
  close(): Promise<void> {
    return this.#client.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get(key: Key): Promise<string | null> {
    return this.call('GET', key);
  }

  getBytes(key: Key): Promise<Buffer | null> {
    return this.callBytes('GET', key);
  }

  /** Whether the value was set: false if `onlyIf` was not met. */
  async set(key: Key, value: Value, options: SetOptions = {}): Promise<boolean> {
    return (await this.call('SET', key, value, ...wordsOf(options))) !== null;
  }

  /** Sets a value and returns the one that was there. */
  getSet(key: Key, value: Value, options: SetOptions = {}): Promise<string | null> {
    return this.call('SET', key, value, ...wordsOf(options), 'GET');
  }

  getDel(key: Key): Promise<string | null> {
    return this.call('GETDEL', key);
  }

  mget(...keys: Key[]): Promise<(string | null)[]> {
    return this.call('MGET', ...keys);
  }

  async mset(values: Readonly<Record<string, Value>> | Iterable<readonly [Key, Value]>): Promise<void> {
    const entries = Symbol.iterator in values ? [...values] : Object.entries(values);
    await this.call('MSET', ...entries.flat());
  }

  /** How many there were. */
  del(...keys: Key[]): Promise<number> {
    return this.call('DEL', ...keys);
  }

  /** How many there are; a key that is named twice counts twice. */
  exists(...keys: Key[]): Promise<number> {
    return this.call('EXISTS', ...keys);
  }

  incr(key: Key): Promise<number> {
    return this.call('INCR', key);
  }

  incrBy(key: Key, by: number | bigint): Promise<number> {
    return this.call('INCRBY', key, by);
  }

  async incrByFloat(key: Key, by: number): Promise<number> {
    return Number(await this.call('INCRBYFLOAT', key, by));
  }

  decr(key: Key): Promise<number> {
    return this.call('DECR', key);
  }

  decrBy(key: Key, by: number | bigint): Promise<number> {
    return this.call('DECRBY', key, by);
  }

  /** The value's new length in bytes. */
  append(key: Key, value: Value): Promise<number> {
    return this.call('APPEND', key, value);
  }

  strlen(key: Key): Promise<number> {
    return this.call('STRLEN', key);
  }

  /** Bytes from `start` to `end`, the last one included; negative ones count from the end. */
  getRange(key: Key, start: number, end: number): Promise<string> {
    return this.call('GETRANGE', key, start, end);
  }

  setRange(key: Key, offset: number, value: Value): Promise<number> {
    return this.call('SETRANGE', key, offset, value);
  }

  /** Whether there is such a key. */
  async expire(key: Key, ttl: Span): Promise<boolean> {
    return (await this.call('PEXPIRE', key, msOf(ttl))) === 1;
  }

  async expireAt(key: Key, at: Date): Promise<boolean> {
    return (await this.call('PEXPIREAT', key, at.getTime())) === 1;
  }

  /** Whether the key had a time at which it would have expired. */
  async persist(key: Key): Promise<boolean> {
    return (await this.call('PERSIST', key)) === 1;
  }

  /** Milliseconds that the key still lives; `Infinity` without an end, undefined if there is no such key. */
  async ttl(key: Key): Promise<number | undefined> {
    const ms = await this.call<number>('PTTL', key);
    if (ms === -2) return undefined;
    return ms === -1 ? Number.POSITIVE_INFINITY : ms;
  }

  /** The name of the type of what the key holds; `none` if there is no such key. */
  type(key: Key): Promise<string> {
    return this.call('TYPE', key);
  }

  rename(key: Key, to: Key): Promise<'OK'> {
    return this.call('RENAME', key, to);
  }

  keys(pattern = '*'): Promise<string[]> {
    return this.call('KEYS', pattern);
  }

  /** All keys, some at a time; one that is there from the beginning to the end is met at least once. */
  async *scan({ match, type, count }: ScanOptions = {}): AsyncGenerator<string, void, undefined> {
    const words: Word[] = [];
    if (match !== undefined) words.push('MATCH', match);
    if (type !== undefined) words.push('TYPE', type);
    if (count !== undefined) words.push('COUNT', count);
    let cursor = '0';
    do {
      const [next, keys] = await this.call<[string, string[]]>('SCAN', cursor, ...words);
      yield* keys;
      cursor = next;
    } while (cursor !== '0');
  }

  dbSize(): Promise<number> {
    return this.call('DBSIZE');
  }

  flushDb(): Promise<'OK'> {
    return this.call('FLUSHDB');
  }

  flushAll(): Promise<'OK'> {
    return this.call('FLUSHALL');
  }

  ping(): Promise<'PONG'> {
    return this.call('PING');
  }

  /** INFO's text, or that of some of its sections. */
  info(...sections: string[]): Promise<string> {
    return this.call('INFO', ...sections);
  }
}

function wordsOf({ ttl, expiresAt, keepTtl = false, onlyIf }: SetOptions): Word[] {
  const words: Word[] = [];
  if (ttl !== undefined) words.push('PX', msOf(ttl));
  if (expiresAt !== undefined) words.push('PXAT', expiresAt.getTime());
  if (keepTtl) words.push('KEEPTTL');
  if (onlyIf !== undefined) words.push(onlyIf === 'new' ? 'NX' : 'XX');
  return words;
}
