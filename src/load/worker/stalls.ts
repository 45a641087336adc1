/**
 * How the generator's own thread fares: how long it is at work, and how long it did not come round because it was kept
 * from it (its own work, garbage collection, other processes on the core).
 */
import { type EventLoopUtilization, performance } from 'node:perf_hooks';

const TICK_MS = 5;
/** A timer is good to a millisecond; later than that is a stall. */
const TOLERANCE_US = 1000;

export interface StallFigures {
  /** Microseconds. */
  readonly longest: number;
  readonly count: number;
  readonly busy: number;
}

export class StallMeter {
  #timer: NodeJS.Timeout | undefined;
  #expected = 0;
  #longest = 0;
  #count = 0;
  #busy = 0;
  #loop: EventLoopUtilization = performance.eventLoopUtilization();
  /** With spinning, the event loop is never idle; what was done in it is counted by `addBusy`. */
  readonly #spins: boolean;

  constructor(spins: boolean) {
    this.#spins = spins;
  }

  start(): void {
    this.#expected = performance.now() + TICK_MS;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#loop = performance.eventLoopUtilization();
  }

  #tick(): void {
    const now = performance.now();
    const late = (now - this.#expected) * 1000 - TOLERANCE_US;
    if (late > TOLERANCE_US) {
      this.#count++;
      this.#longest = Math.max(this.#longest, late);
    }
    this.#expected = now + TICK_MS;
  }

  addBusy(micros: number): void {
    this.#busy += micros;
  }

  take(): StallFigures {
    const loop = performance.eventLoopUtilization();
    const active = (loop.active - this.#loop.active) * 1000;
    this.#loop = loop;
    const figures = { longest: this.#longest, count: this.#count, busy: this.#spins ? this.#busy : active };
    this.#longest = 0;
    this.#count = 0;
    this.#busy = 0;
    return figures;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
