/** A cache as it is used: GETs of keys that differ in popularity, and a SET of each that was missed. */
import { connect, type Socket } from 'node:net';
import { Chance, Pipeline, valueText } from '../../support/requests.js';
import { Zipf } from '../../support/zipf.js';
import { GetReplies } from './get-replies.js';
import type { Outcome, ReadThrough } from './messages.js';
import { RunMeter } from './meter.js';
import { pending, type Run, unused } from './run.js';

const OK_BYTES = '+OK\r\n'.length;
const READ_BYTES = 64 * 1024;
/** The same keys in every run. */
const SEED = 11;

/** What all connections share. */
interface Shared {
  readonly job: ReadThrough;
  readonly draw: () => number;
  /** Notes GETs that were answered; false when that were enough. */
  readonly note: (gets: number, hits: number) => boolean;
  readonly onError: (error: Error) => void;
}

export function runReadThrough(job: ReadThrough): Run {
  const { promise, resolve, reject } = pending<Outcome>();
  const zipf = new Zipf(new Chance(SEED), job.keys.count, job.skew);
  const meter = new RunMeter(job.pid);
  let left = job.warmupRequests;
  let isWarm = left <= 0;
  let hits = 0;
  const close = () => {
    for (const reader of readers) reader.close();
  };
  const note = (gets: number, found: number) => {
    left -= gets;
    if (isWarm) {
      meter.count(gets);
      hits += found;
    }
    if (left > 0) return true;
    if (isWarm) {
      close();
      resolve({ ...meter.end(), hits });
      return false;
    }
    isWarm = true;
    left = job.requests;
    meter.begin();
    return true;
  };
  const onError = (error: Error) => {
    close();
    reject(error);
  };
  const shared: Shared = { job, draw: () => zipf.next(), note, onError };
  const readers = Array.from({ length: job.connections }, () => new Reader(shared));
  return { outcome: promise, reset: unused, stop: unused };
}

/** One connection: a pipeline of GETs, then the SETs for what was missed, and again. */
class Reader {
  readonly #shared: Shared;
  readonly #socket: Socket;
  readonly #gets: Pipeline;
  readonly #sets: Pipeline;
  readonly #asked: number[] = [];
  readonly #missed: number[] = [];
  readonly #replies: GetReplies;
  #answered = 0;
  /** Bytes of replies to SETs that are still to come. */
  #setBytes = 0;
  #closing = false;

  constructor(shared: Shared) {
    this.#shared = shared;
    const { port, keys, valueBytes, pipeline } = shared.job;
    this.#gets = new Pipeline('GET', keys, [], pipeline);
    this.#sets = new Pipeline('SET', keys, [valueText(valueBytes)], pipeline);
    this.#replies = new GetReplies(valueBytes, (isHit) => this.#onReply(isHit));
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    const onread = { buffer, callback: (length: number) => this.#onRead(buffer, length) };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    this.#socket.on('connect', () => this.#ask());
    this.#socket.on('error', shared.onError);
    this.#socket.on('close', () => {
      if (!this.#closing) shared.onError(new Error('the server has closed a connection'));
    });
  }

  #ask(): void {
    this.#asked.length = 0;
    this.#missed.length = 0;
    this.#answered = 0;
    for (let i = 0; i < this.#gets.depth; i++) {
      const index = this.#shared.draw();
      this.#asked.push(index);
      this.#gets.setKey(i, index);
    }
    this.#socket.write(this.#gets.bytes);
  }

  #onRead(bytes: Buffer, length: number): boolean {
    if (this.#closing) return true;
    if (this.#setBytes > 0) {
      this.#setBytes -= length;
      if (this.#setBytes === 0) this.#ask();
      else if (this.#setBytes < 0) this.#shared.onError(new Error(`wrong replies to SETs: ${shown(bytes, length)}`));
    } else if (!this.#replies.take(bytes, length)) {
      this.#shared.onError(new Error(`wrong replies to GETs: ${shown(bytes, length)}`));
    }
    return true;
  }

  #onReply(isHit: boolean): void {
    if (!isHit) this.#missed.push(this.#asked[this.#answered] as number);
    this.#answered++;
    if (this.#answered < this.#gets.depth) return;
    const { depth } = this.#gets;
    if (!this.#shared.note(depth, depth - this.#missed.length)) return;
    if (this.#missed.length === 0) this.#ask();
    else this.#write();
  }

  #write(): void {
    for (const [i, index] of this.#missed.entries()) this.#sets.setKey(i, index);
    const { bytes, depth } = this.#sets;
    this.#setBytes = OK_BYTES * this.#missed.length;
    this.#socket.write(bytes.subarray(0, (bytes.length / depth) * this.#missed.length));
  }

  close(): void {
    this.#closing = true;
    this.#socket.destroy();
  }
}

function shown(bytes: Buffer, length: number): string {
  return JSON.stringify(bytes.toString('latin1', 0, Math.min(length, 100)));
}
