/** Takes out of the engine what it has counted since the last time. */
import { COUNTS, HISTOGRAM_LATENCY, HISTOGRAM_LATENESS, HISTOGRAM_SERVICE } from '../engine/layout.js';
import type { Datagrams } from '../result/result.js';
import type { LoadEngine } from './load-engine.js';
import type { OperationInterval } from './messages.js';

export class Measurements {
  readonly #engine: LoadEngine;
  readonly #scratch: number;
  readonly #operations: number;
  /** What was counted before the run, while keys were stored. */
  #before: Datagrams;

  /** `operations`: those that a report shows. */
  constructor(engine: LoadEngine, operations: number) {
    this.#engine = engine;
    this.#operations = operations;
    this.#scratch = engine.exports.allocate(engine.exports.cellCount() * 8) >>> 0;
    this.#before = this.#count();
  }

  /** The run begins. */
  begin(): void {
    this.#before = this.#count();
  }

  takeOperations(): OperationInterval[] {
    return Array.from({ length: this.#operations }, (_, i) => ({
      counts: this.#takeCounts(i),
      latency: this.#takeCells(i, HISTOGRAM_LATENCY),
      service: this.#takeCells(i, HISTOGRAM_SERVICE),
    }));
  }

  takeLateness(): Uint32Array {
    return this.#takeCells(0, HISTOGRAM_LATENESS);
  }

  #takeCounts(operation: number): Float64Array {
    const { doubles, exports } = this.#engine;
    const at = (exports.countersOf(operation) >>> 0) >>> 3;
    const counts = doubles.slice(at, at + COUNTS);
    doubles.fill(0, at, at + COUNTS);
    return counts;
  }

  #takeCells(operation: number, which: number): Uint32Array {
    const { words, exports } = this.#engine;
    const pairs = exports.drainHistogram(operation, which, this.#scratch);
    return words.slice(this.#scratch >>> 2, (this.#scratch >>> 2) + 2 * pairs);
  }

  /** Of the run. */
  datagrams(): Datagrams {
    const now = this.#count();
    const since = (which: keyof Datagrams) => now[which] - this.#before[which];
    return {
      sent: since('sent'),
      lost: since('lost'),
      duplicates: since('duplicates'),
      late: since('late'),
      strange: since('strange'),
    };
  }

  #count(): Datagrams {
    const [sent = 0, lost = 0, duplicates = 0, late = 0, strange = 0] = [0, 1, 2, 3, 4].map(
      this.#engine.exports.datagramCount,
    );
    return { sent, lost, duplicates, late, strange };
  }
}
