/** The threads of the shards: long-lived Piscina tasks, one a shard, each on its own memory. */
import { Piscina } from 'piscina';
import { ORDER_NONE, ORDER_STOP } from '../engine/layout/control.js';
import { Doorbell } from '../ring/doorbell.js';
import { DOORBELL, orderFlag } from '../ring/shard-rings.js';
import type { ShardTask } from './worker.js';

/** A shard that has not ended after this time is ended by force. */
const STOP_MS = 2000;

export interface ShardPoolOptions {
  readonly module: WebAssembly.Module;
  /** All memories by number: the acceptor's is 0, shard k's is k + 1. */
  readonly memories: readonly WebAssembly.Memory[];
  /** A shard's task has ended although nobody told it to. */
  readonly onFailure: (shard: number, error: Error) => void;
}

export class ShardPool {
  readonly #options: ShardPoolOptions;
  readonly #piscina: Piscina;
  readonly #running: Promise<void>[] = [];
  #stopping = false;

  constructor(options: ShardPoolOptions) {
    this.#options = options;
    const shards = options.memories.length - 1;
    this.#piscina = new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: shards,
      maxThreads: shards,
      concurrentTasksPerWorker: 1,
    });
    // A thread that dies without a task is replaced; with one, its task fails.
    this.#piscina.on('error', () => {});
  }

  get threads(): readonly { readonly threadId: number }[] {
    return this.#piscina.threads;
  }

  start(shard: number): void {
    const { module, memories, onFailure } = this.#options;
    const task: ShardTask = { shard, module, memories };
    orderFlag(this.#words(shard)).set(ORDER_NONE);
    this.#running[shard] = this.#piscina.run(task).then(
      () => {
        if (!this.#stopping) onFailure(shard, new Error('the task returned'));
      },
      (error: unknown) => {
        if (!this.#stopping) onFailure(shard, error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  #words(shard: number): Int32Array {
    return new Int32Array((this.#options.memories[shard + 1] as WebAssembly.Memory).buffer);
  }

  /** Tells all shards to finish what they have, and waits for them, but not for ever. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (let shard = 0; shard < this.#running.length; shard++) {
      const words = this.#words(shard);
      orderFlag(words).set(ORDER_STOP);
      new Doorbell(words, DOORBELL).ring();
    }
    const late = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref());
    await Promise.race([Promise.all(this.#running), late]);
    await this.#piscina.destroy();
  }
}
