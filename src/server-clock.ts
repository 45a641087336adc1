/** The time as a server sees it, in all of its threads: the system's, moved on by whoever tests with it. */
import { CLOCK_OFFSET } from './engine/layout/control.js';
import { CONTROL } from './engine/layout/memory.js';

export class ServerClock {
  #offset = 0;
  /** The same in every shard's memory, for its thread. */
  #copies: readonly Float64Array[] = [];

  /** Milliseconds since 1970. */
  readonly now = (): number => Date.now() + this.#offset;

  attach(memories: readonly WebAssembly.Memory[]): void {
    this.#copies = memories.map(({ buffer }) => new Float64Array(buffer, CONTROL + CLOCK_OFFSET, 1));
  }

  /** Moves the clock on. What expires in between is gone for every request that comes after. */
  advance(ms: number): void {
    this.#offset += ms;
    for (const copy of this.#copies) copy[0] = this.#offset;
  }
}
