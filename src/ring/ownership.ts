/**
 * Ownership of a shard's memory: one word says who may run the engine on it. The shard's thread holds it while it
 * works; the acceptor borrows it for a batch while the shard is idle.
 */
import { OWNER, OWNER_ACCEPTOR, OWNER_NOBODY, OWNER_SHARD, OWNER_WANTED } from '../engine/layout/control.js';

/** How long the shard's thread sleeps before it looks again whether a borrower has finished, in milliseconds. */
const RECHECK_MS = 5;

export class Ownership {
  readonly #words: Int32Array;
  readonly #owner: number;
  readonly #wanted: number;

  /** `base` is the byte offset of the control words. */
  constructor(words: Int32Array, base: number) {
    this.#words = words;
    this.#owner = (base + OWNER) >> 2;
    this.#wanted = (base + OWNER_WANTED) >> 2;
  }

  /** Takes the memory for the shard's own thread, waiting for a borrower to finish. */
  takeForShard(): void {
    for (;;) {
      const before = Atomics.compareExchange(this.#words, this.#owner, OWNER_NOBODY, OWNER_SHARD);
      if (before === OWNER_NOBODY || before === OWNER_SHARD) return;
      Atomics.store(this.#words, this.#wanted, 1);
      Atomics.wait(this.#words, this.#owner, before, RECHECK_MS);
      Atomics.store(this.#words, this.#wanted, 0);
    }
  }

  /** Borrows the memory for the acceptor, unless somebody has it or the shard waits for it. */
  tryBorrow(): boolean {
    if (Atomics.load(this.#words, this.#wanted) !== 0) return false;
    return Atomics.compareExchange(this.#words, this.#owner, OWNER_NOBODY, OWNER_ACCEPTOR) === OWNER_NOBODY;
  }

  release(): void {
    Atomics.store(this.#words, this.#owner, OWNER_NOBODY);
    if (Atomics.load(this.#words, this.#wanted) !== 0) Atomics.notify(this.#words, this.#owner);
  }

  /** Takes the memory of a thread that is gone; whether it was the one that held it. */
  seize(): boolean {
    return Atomics.exchange(this.#words, this.#owner, OWNER_ACCEPTOR) === OWNER_SHARD;
  }

  holder(): number {
    return Atomics.load(this.#words, this.#owner);
  }
}
