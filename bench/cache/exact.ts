/** Exact LRU and exact FIFO, to compare with: caches of a number of items, played in this process. */
import type { Trace } from './traces.js';

export interface Counted {
  readonly gets: number;
  readonly hits: number;
}

export interface ExactCache {
  /** Asks for a key, and takes it in when it is not there. Whether it was. */
  ask(key: number): boolean;
}

export function replayExact(trace: Trace, cache: ExactCache): Counted {
  const { keys, warmup } = trace;
  let hits = 0;
  for (let place = 0; place < keys.length; place++) {
    if (cache.ask(keys[place] as number) && place >= warmup) hits++;
  }
  return { gets: keys.length - warmup, hits };
}

/** What came in first goes first. */
export class ExactFifo implements ExactCache {
  /** Keys from the oldest on, in a circle. */
  readonly #queue: Uint32Array;
  readonly #isIn: Uint8Array;
  #count = 0;

  constructor(items: number, keyCount: number) {
    this.#queue = new Uint32Array(items);
    this.#isIn = new Uint8Array(keyCount);
  }

  ask(key: number): boolean {
    if (this.#isIn[key] === 1) return true;
    const place = this.#count++ % this.#queue.length;
    if (this.#count > this.#queue.length) this.#isIn[this.#queue[place] as number] = 0;
    this.#queue[place] = key;
    this.#isIn[key] = 1;
    return false;
  }
}

/** What was asked for least recently goes first. */
export class ExactLru implements ExactCache {
  readonly #items: number;
  /** A ring of keys; `#end` stands between the newest, before it, and the oldest, after it. */
  readonly #before: Uint32Array;
  readonly #after: Uint32Array;
  readonly #isIn: Uint8Array;
  readonly #end: number;
  #count = 0;

  constructor(items: number, keyCount: number) {
    this.#items = items;
    this.#end = keyCount;
    this.#before = new Uint32Array(keyCount + 1).fill(keyCount);
    this.#after = new Uint32Array(keyCount + 1).fill(keyCount);
    this.#isIn = new Uint8Array(keyCount);
  }

  ask(key: number): boolean {
    const wasIn = this.#isIn[key] === 1;
    if (wasIn) this.#takeOut(key);
    else if (this.#count === this.#items) this.#evict();
    else this.#count++;
    this.#isIn[key] = 1;
    this.#link(this.#before[this.#end] as number, key);
    this.#link(key, this.#end);
    return wasIn;
  }

  #evict(): void {
    const oldest = this.#after[this.#end] as number;
    this.#takeOut(oldest);
    this.#isIn[oldest] = 0;
  }

  #takeOut(key: number): void {
    this.#link(this.#before[key] as number, this.#after[key] as number);
  }

  #link(before: number, after: number): void {
    this.#after[before] = after;
    this.#before[after] = before;
  }
}
