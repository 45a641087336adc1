/**
 * S3-FIFO as it was published (Yang et al., SOSP 2023), exact: the policy that the engine has, without the engine. Where
 * ringshard differs from it, the engine's way to do it is the reason, not the policy.
 */
import type { ExactCache } from './exact.js';

const SMALL_SHARE = 0.1;
/** Accesses that are remembered, and those with which a key leaves the small queue for the main one. */
const COUNT_MAX = 3;
const COUNT_TO_MOVE = 2;

const OUT = 0;
const SMALL = 1;
const MAIN = 2;

/** Keys in the order in which they came. */
class Queue {
  readonly #keys: Uint32Array;
  #first = 0;
  length = 0;

  constructor(most: number) {
    this.#keys = new Uint32Array(most);
  }

  push(key: number): void {
    this.#keys[(this.#first + this.length++) % this.#keys.length] = key;
  }

  shift(): number {
    const key = this.#keys[this.#first] as number;
    this.#first = (this.#first + 1) % this.#keys.length;
    this.length--;
    return key;
  }
}

export class ExactS3Fifo implements ExactCache {
  readonly #items: number;
  readonly #smallMost: number;
  readonly #small: Queue;
  readonly #main: Queue;
  readonly #place: Uint8Array;
  readonly #count: Uint8Array;
  /** When a key left the small queue for good, counted in such keys, from 1 on; 0: it did not, or has come back. */
  readonly #ghost: Float64Array;
  #ghosts = 0;

  constructor(items: number, keyCount: number) {
    this.#items = items;
    this.#smallMost = Math.floor(items * SMALL_SHARE);
    this.#small = new Queue(items);
    this.#main = new Queue(items);
    this.#place = new Uint8Array(keyCount);
    this.#count = new Uint8Array(keyCount);
    this.#ghost = new Float64Array(keyCount);
  }

  isIn(key: number): boolean {
    return this.#place[key] !== OUT;
  }

  ask(key: number): boolean {
    if (this.isIn(key)) {
      this.#count[key] = Math.min(COUNT_MAX, (this.#count[key] as number) + 1);
      return true;
    }
    while (this.#small.length + this.#main.length === this.#items) this.#evict();
    const ghost = this.#ghost[key] as number;
    this.#ghost[key] = 0;
    this.#enter(key, ghost !== 0 && this.#ghosts - ghost <= this.#items ? MAIN : SMALL, 0);
    return false;
  }

  #enter(key: number, place: number, count: number): void {
    this.#place[key] = place;
    this.#count[key] = count;
    (place === MAIN ? this.#main : this.#small).push(key);
  }

  /** One step: a key goes, or moves on. */
  #evict(): void {
    if (this.#small.length > this.#smallMost || this.#main.length === 0) {
      const key = this.#small.shift();
      if ((this.#count[key] as number) >= COUNT_TO_MOVE) {
        this.#enter(key, MAIN, 0);
        return;
      }
      this.#place[key] = OUT;
      this.#ghost[key] = ++this.#ghosts;
      return;
    }
    const key = this.#main.shift();
    const count = this.#count[key] as number;
    if (count > 0) this.#enter(key, MAIN, count - 1);
    else this.#place[key] = OUT;
  }
}
