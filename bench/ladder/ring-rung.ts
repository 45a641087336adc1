/**
 * The middle rung: a shard in a thread of its own (the Piscina task of the server), fed through its rings by this
 * thread, which frames what 50 connections send. No sockets, no event loop.
 */
import {
  DOORBELL,
  Doorbell,
  heartbeat,
  REPLY_CONNECTION,
  REPLY_COUNT,
  REPLY_FLAGS,
  REPLY_LAST,
  ShardPool,
  ShardPort,
} from '../support/built.js';
import type { EnginePair } from '../support/engine-pair.js';
import { type Command, Prepared } from './workload.js';

/** As many as the sockets' rung has. */
export const CONNECTIONS = 50;
const WAIT_MS = 1000;
const START_LIMIT_MS = 10_000;

export class RingRung {
  readonly #pair: EnginePair;
  readonly #port: ShardPort;
  readonly #pool: ShardPool;
  readonly #bell: Doorbell;
  /** Connections whose pipeline has been answered. */
  readonly #ready: number[] = [];
  #replies = 0;

  /** The shard's memory belongs to its thread from now on. */
  static async start(pair: EnginePair): Promise<RingRung> {
    const rung = new RingRung(pair);
    const beats = heartbeat(pair.shard.words);
    const until = performance.now() + START_LIMIT_MS;
    while (beats.get() === 0) {
      if (performance.now() > until) throw new Error('the shard does not start');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return rung;
  }

  private constructor(pair: EnginePair) {
    this.#pair = pair;
    this.#port = new ShardPort(0, pair.shard);
    this.#port.setSlowThreshold(-1);
    this.#bell = new Doorbell(pair.acceptor.words, DOORBELL);
    this.#pool = new ShardPool({
      module: pair.module,
      memories: [pair.acceptor.memory, pair.shard.memory],
      onFailure: (_, error) => {
        throw error;
      },
    });
    this.#pool.start(0);
  }

  /** Commands a second. */
  climb(command: Command, depth: number, keys: number, seconds: number): number {
    const prepared = new Prepared(this.#pair, command, depth, keys);
    this.#run(prepared, seconds / 5, depth);
    return this.#run(prepared, seconds, depth);
  }

  #run(prepared: Prepared, seconds: number, depth: number): number {
    const start = performance.now();
    const end = start + seconds * 1000;
    let sent = 0;
    let now = start;
    this.#replies = 0;
    this.#ready.length = 0;
    for (let id = 1; id <= CONNECTIONS; id++) this.#ready.push(id);
    while (now < end) {
      for (let id = this.#ready.pop(); id !== undefined; id = this.#ready.pop()) {
        this.#pair.frame(prepared.start(sent), prepared.end(sent), id);
        sent++;
      }
      this.#sendStaged();
      this.#await();
      now = performance.now();
    }
    while (this.#ready.length < CONNECTIONS) this.#await();
    if (this.#replies !== sent * depth) throw new Error(`${this.#replies} replies to ${sent * depth} requests`);
    return (this.#replies * 1000) / (performance.now() - start);
  }

  #sendStaged(): void {
    const { start, end } = this.#pair.staged;
    this.#port.send(this.#pair.acceptor.bytes, start, end);
    this.#pair.dropStaged();
    this.#port.publish();
  }

  /** Takes replies, and sleeps until there are some. */
  #await(): void {
    const until = performance.now() + WAIT_MS;
    while (!this.#port.drain(this.#deliver)) {
      this.#bell.announce();
      if (this.#port.hasReplies()) this.#bell.cancel();
      else this.#bell.wait(WAIT_MS);
      if (performance.now() > until) throw new Error('the shard does not answer');
    }
  }

  readonly #deliver = (port: ShardPort, record: number): void => {
    const { halves, unsigned } = port.engine;
    this.#replies += halves[(record + REPLY_COUNT) >> 1] as number;
    if (((halves[(record + REPLY_FLAGS) >> 1] as number) & REPLY_LAST) === 0) return;
    this.#ready.push(unsigned[(record + REPLY_CONNECTION) >> 2] as number);
  };

  stop(): Promise<void> {
    return this.#pool.stop();
  }
}
