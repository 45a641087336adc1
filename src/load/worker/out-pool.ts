/** Where requests lie while a socket takes them: mostly at once, so that one region serves all connections in turn. */
import type { LoadEngine } from './load-engine.js';

const REGION = 256 * 1024;

export class OutPool {
  readonly #engine: LoadEngine;
  readonly #free: number[] = [];
  /** Bytes of a region. */
  readonly size: number;
  /** The region that the next requests are written to. */
  current: number;

  constructor(engine: LoadEngine, requestMost: number) {
    this.#engine = engine;
    this.size = Math.max(REGION, requestMost);
    this.current = this.#allocate();
  }

  #allocate(): number {
    return this.#engine.exports.allocate(this.size) >>> 0;
  }

  /** A socket has kept the current region; it goes on in another one until `giveBack`. */
  keep(): number {
    const kept = this.current;
    this.current = this.#free.pop() ?? this.#allocate();
    return kept;
  }

  giveBack(region: number): void {
    this.#free.push(region);
  }
}
