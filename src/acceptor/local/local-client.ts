/** A client within the process: a promise for each call. All calls of one turn of the event loop travel together. */
import { PROTOCOL_RESP3 } from '../../engine/layout/batch.js';
import type { Client } from '../client.js';
import { LocalConnection, type LocalParts } from './local-connection.js';
import { type Reply, ReplyError, ReplyParser } from './reply-parser.js';
import { RequestWriter, type Word } from './request-writer.js';

interface Call {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
  readonly wantsBytes: boolean;
}

export interface LocalClientOptions {
  readonly database?: number;
  /** As CLIENT LIST shows it. */
  readonly name?: string;
}

/** Answered calls at the head of the queue from which on they are thrown away. */
const COMPACT_FROM = 1024;

/** What has another number of replies than one: promises and replies would no longer fit together. */
const NOT_HERE: ReadonlySet<string> = new Set([
  ...['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ssubscribe', 'sunsubscribe', 'monitor'],
]);

export class LocalClient {
  readonly #connection: LocalConnection;
  readonly #writer: RequestWriter;
  /** Calls in order; those before `#head` have been answered. */
  #calls: (Call | undefined)[] = [];
  #head = 0;
  #onDrained: (() => void)[] = [];
  #isFull = false;
  #flushing = false;
  #ended = false;
  /** Settled when the connection has ended. */
  readonly closed: Promise<void>;

  /** Throws when there are too many clients. */
  constructor(parts: LocalParts, { database = 0, name = '' }: LocalClientOptions = {}) {
    const parser = new ReplyParser({
      wantsBytes: () => this.#calls[this.#head]?.wantsBytes ?? false,
      reply: (reply) => this.#answer(reply),
      push: () => {},
    });
    let noteClosed = () => {};
    this.closed = new Promise((resolve) => {
      noteClosed = resolve;
    });
    this.#connection = new LocalConnection(parts, {
      received: (bytes) => parser.feed(bytes),
      drained: () => this.#drained(),
      closed: () => {
        this.#failAll(new Error('the connection to the server has ended'));
        noteClosed();
      },
    });
    this.#connection.setProtocol(PROTOCOL_RESP3);
    this.#connection.setDatabase(database);
    this.#connection.client.name = name;
    this.#writer = new RequestWriter((bytes) => {
      if (!this.#connection.write(bytes)) this.#isFull = true;
    });
  }

  /** What the server knows of it. */
  get identity(): Client {
    return this.#connection.client;
  }

  get isClosed(): boolean {
    return this.#connection.isClosed || this.#ended;
  }

  /** Calls that have not been answered. */
  get pending(): number {
    return this.#calls.length - this.#head;
  }

  /**
   * Runs a command; the promise is rejected with a `ReplyError` when the reply is an error. Strings are text, or
   * `Buffer`s for who asks for bytes. Buffers among the words must not change until the reply has come.
   */
  call(words: readonly Word[], wantsBytes = false): Promise<Reply> {
    const problem = this.#problemOf(words);
    if (problem !== undefined) return Promise.reject(problem);
    return new Promise((resolve, reject) => {
      this.#calls.push({ resolve, reject, wantsBytes });
      this.#writer.add(words);
      if (this.#flushing) return;
      this.#flushing = true;
      queueMicrotask(this.#flush);
    });
  }

  #problemOf(words: readonly Word[]): Error | undefined {
    if (this.isClosed) return new Error('the client is closed');
    if (words.length === 0) return new TypeError('a call needs the name of a command');
    for (const word of words) {
      const type = typeof word;
      if (type === 'string' || type === 'number' || type === 'bigint' || word instanceof Uint8Array) continue;
      return new TypeError('the words of a command are strings, numbers and bytes');
    }
    const name = String(words[0]).toLowerCase();
    const isMute = name === 'client' && String(words[1]).toLowerCase() === 'reply';
    if (!isMute && !NOT_HERE.has(name)) return undefined;
    return new Error(`${isMute ? 'client reply' : name} is not possible within the process`);
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    this.#writer.flush();
  };

  /** Resolves when more calls should be made: at once, unless a lot is waiting to be taken. */
  ready(): Promise<void> {
    if (!this.#isFull || this.isClosed) return Promise.resolve();
    return new Promise((resolve) => this.#onDrained.push(resolve));
  }

  #drained(): void {
    this.#isFull = false;
    for (const go of this.#onDrained.splice(0)) go();
  }

  #answer(reply: Reply): void {
    const call = this.#calls[this.#head];
    if (call === undefined) return;
    this.#calls[this.#head++] = undefined;
    if (this.#head === this.#calls.length) {
      this.#calls = [];
      this.#head = 0;
    } else if (this.#head === COMPACT_FROM) {
      this.#calls = this.#calls.slice(this.#head);
      this.#head = 0;
    }
    if (reply instanceof ReplyError) call.reject(reply);
    else call.resolve(reply);
  }

  #failAll(error: Error): void {
    const calls = this.#calls.slice(this.#head);
    this.#calls = [];
    this.#head = 0;
    for (const call of calls) call?.reject(error);
    this.#drained();
  }

  /** Ends the connection when all calls have been answered. */
  close(): Promise<void> {
    if (!this.#ended) {
      this.#ended = true;
      this.#writer.flush();
      this.#connection.end();
    }
    return this.closed;
  }
}
