/**
 * One connection of a client that uses a server as a look-aside cache: GET a key; when it is not there, SET it. Keys
 * travel in batches, yet for every key the order is that of a client that sends one request at a time: a key that
 * comes up again within its batch is asked for only after the SET that its miss has led to.
 *
 *   GETs of the batch's keys, each once  ->  SETs of what was missed, then GETs of what came up again  ->  next batch
 */
import { connect, type Socket } from 'node:net';
import { GetReplies } from './get-replies.js';
import { type Keys, Pipeline, valueText } from './requests.js';

const OK = Buffer.from('+OK\r\n');
const READ_BYTES = 64 * 1024;

export interface LookAsideOptions {
  readonly port: number;
  readonly keys: Keys;
  readonly valueBytes: number;
  /** GETs of a batch. */
  readonly depth: number;
  /** The number of the next key; undefined: there are no more. */
  readonly next: () => number | undefined;
  /** A batch is done, with its SETs; each of its misses has had one. False: no further batch. */
  readonly onBatch: (gets: number, hits: number) => boolean;
  /** All keys are done. */
  readonly onEnd?: () => void;
  readonly onError: (error: Error) => void;
}

export class LookAside {
  readonly #options: LookAsideOptions;
  readonly #socket: Socket;
  readonly #gets: Pipeline;
  readonly #sets: Pipeline;
  readonly #replies: GetReplies;
  /** Keys of the batch so far. */
  readonly #seen = new Set<number>();
  /** Keys of GETs that are on their way, and how many of these have been answered. */
  #asked: number[] = [];
  #answered = 0;
  #missed: number[] = [];
  #repeats: number[] = [];
  /** Bytes of replies to SETs that are still to come. */
  #setBytes = 0;
  #batchGets = 0;
  #batchHits = 0;
  #closing = false;

  constructor(options: LookAsideOptions) {
    const { port, keys, valueBytes, depth, onError } = options;
    this.#options = options;
    this.#gets = new Pipeline('GET', keys, [], depth);
    this.#sets = new Pipeline('SET', keys, [valueText(valueBytes)], depth);
    this.#replies = new GetReplies(valueBytes, (isHit) => this.#onReply(isHit));
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    const onread = { buffer, callback: (length: number) => this.#onRead(buffer.subarray(0, length)) };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    this.#socket.on('connect', () => this.#nextBatch());
    this.#socket.on('error', onError);
    this.#socket.on('close', () => {
      if (!this.#closing) onError(new Error('the server has closed a connection'));
    });
  }

  #nextBatch(): void {
    const { depth, next, onEnd } = this.#options;
    this.#seen.clear();
    const once: number[] = [];
    for (this.#batchGets = 0; this.#batchGets < depth; this.#batchGets++) {
      const key = next();
      if (key === undefined) break;
      (this.#seen.has(key) ? this.#repeats : once).push(key);
      this.#seen.add(key);
    }
    this.#batchHits = 0;
    if (this.#batchGets === 0) onEnd?.();
    else this.#send([], once);
  }

  #send(sets: readonly number[], gets: number[]): void {
    for (const [i, key] of sets.entries()) this.#sets.setKey(i, key);
    for (const [i, key] of gets.entries()) this.#gets.setKey(i, key);
    this.#setBytes = OK.length * sets.length;
    this.#asked = gets;
    this.#answered = 0;
    this.#socket.cork();
    if (sets.length > 0) this.#socket.write(this.#sets.first(sets.length));
    if (gets.length > 0) this.#socket.write(this.#gets.first(gets.length));
    this.#socket.uncork();
  }

  #onRead(bytes: Buffer): boolean {
    if (this.#closing) return true;
    const ofSets = Math.min(this.#setBytes, bytes.length);
    const rest = bytes.subarray(ofSets);
    if (!this.#takeSetReplies(bytes.subarray(0, ofSets)) || !this.#replies.take(rest, rest.length)) {
      this.#options.onError(new Error(`wrong replies: ${JSON.stringify(bytes.toString('latin1', 0, 100))}`));
    } else if (this.#answered > this.#asked.length) {
      this.#options.onError(new Error('more replies than requests'));
    } else if (this.#setBytes === 0 && this.#answered === this.#asked.length) {
      this.#onAnswered();
    }
    return true;
  }

  #takeSetReplies(bytes: Buffer): boolean {
    for (const byte of bytes) {
      if (byte !== OK[(OK.length - (this.#setBytes % OK.length)) % OK.length]) return false;
      this.#setBytes--;
    }
    return true;
  }

  #onReply(isHit: boolean): void {
    const key = this.#asked[this.#answered++];
    if (isHit) this.#batchHits++;
    else if (key !== undefined) this.#missed.push(key);
  }

  #onAnswered(): void {
    if (this.#missed.length === 0 && this.#repeats.length === 0) {
      if (this.#options.onBatch(this.#batchGets, this.#batchHits)) this.#nextBatch();
      return;
    }
    const missed = this.#missed;
    const repeats = this.#repeats;
    this.#missed = [];
    this.#repeats = [];
    this.#send(missed, repeats);
  }

  close(): void {
    this.#closing = true;
    this.#socket.destroy();
  }
}
