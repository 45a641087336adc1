/** Keys and values of a test server, with the version before the last one, and what it got to see. */
import { type Faults, isNth } from './faults.js';

export class Store {
  readonly faults: Faults;
  readonly #values = new Map<string, Buffer>();
  readonly #before = new Map<string, Buffer>();
  /** Keys in the order in which they were read or written. */
  readonly asked: string[] = [];
  reads = 0;
  writes = 0;
  hits = 0;

  constructor(faults: Faults) {
    this.faults = faults;
  }

  get size(): number {
    return this.#values.size;
  }

  get keys(): string[] {
    return [...this.#values.keys()];
  }

  /** Forgets what has been counted, not what is stored. */
  forgetCounts(): void {
    this.reads = 0;
    this.writes = 0;
    this.hits = 0;
    this.asked.length = 0;
  }

  get(key: string): Buffer | undefined {
    this.reads++;
    this.asked.push(key);
    const { staleEvery, wrongEvery } = this.faults;
    const value = this.#values.get(key);
    if (value !== undefined) this.hits++;
    if (isNth(this.reads, staleEvery)) return this.#before.get(key) ?? value;
    if (isNth(this.reads, wrongEvery) && value !== undefined) {
      const wrong = Buffer.from(value);
      wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
      return wrong;
    }
    return value;
  }

  set(key: string, value: Buffer): void {
    this.writes++;
    this.asked.push(key);
    const last = this.#values.get(key);
    if (last !== undefined) this.#before.set(key, last);
    if (isNth(this.writes, this.faults.swallowEvery)) this.#values.delete(key);
    // A copy: what comes in is part of a larger read.
    else this.#values.set(key, Buffer.from(value));
  }

  delete(key: string): boolean {
    return this.#values.delete(key);
  }
}
