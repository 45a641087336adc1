import type { Clock } from '../../src/shard/duty-cycle.js';

/** What one look at the clock takes: slices of work come to an end although nothing moves the clock meanwhile. */
const LOOK_MS = 0.01;

/** A clock that stands still until it is moved, but for `elapsed`, which creeps. */
export class FakeClock implements Clock {
  #now: number;
  #elapsed = 0;

  /** Milliseconds since 1970; a round number with room before it and behind it. */
  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly elapsed = (): number => {
    this.#elapsed += LOOK_MS;
    return this.#elapsed;
  };

  advance(ms: number): void {
    this.#now += ms;
    this.#elapsed += ms;
  }
}
