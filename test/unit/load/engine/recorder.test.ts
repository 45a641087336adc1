/** Histograms and counters. */
import { describe, expect, it } from 'vitest';
import { HISTOGRAM_LATENCY, HISTOGRAM_SERVICE } from '../../../../src/load/engine/layout.js';
import { CELLS, highestOf, indexOf, lowestOf } from '../../../../src/load/result/cells.js';
import { random } from '../report/random.js';
import { Harness } from './harness.js';

const HOUR = 3_600_000_000;

describe('the recorder', () => {
  it('has the cells that reports have', () => {
    const harness = new Harness({});
    expect(harness.exports.cellCount()).toBe(CELLS);
    const expected = new Map<number, number>();
    const last = indexOf(HOUR);
    for (let cell = 0; cell <= last; cell++) {
      for (const value of [lowestOf(cell), Math.min(highestOf(cell), HOUR)]) {
        harness.exports.record(0, HISTOGRAM_LATENCY, value);
        expected.set(cell, (expected.get(cell) ?? 0) + 1);
      }
    }
    expect(harness.drain(0, HISTOGRAM_LATENCY)).toEqual([...expected]);
  });

  it('takes any time, whole or not', () => {
    const harness = new Harness({});
    const cells = (value: number) => {
      harness.exports.record(0, HISTOGRAM_LATENCY, value);
      return harness.drain(0, HISTOGRAM_LATENCY);
    };
    expect(cells(-0.001)).toEqual([[0, 1]]);
    expect(cells(-1e300)).toEqual([[0, 1]]);
    expect(cells(0.999)).toEqual([[0, 1]]);
    expect(cells(1.999)).toEqual([[1, 1]]);
    expect(cells(HOUR + 1)).toEqual([[indexOf(HOUR), 1]]);
    expect(cells(Number.POSITIVE_INFINITY)).toEqual([[indexOf(HOUR), 1]]);
    expect(cells(Number.NaN)).toEqual([[0, 1]]);
  });

  it('keeps histograms apart, and clears what it hands out', () => {
    const harness = new Harness({});
    const draw = random(3);
    const sums = [0, 0, 0, 0];
    const keys = [
      [0, HISTOGRAM_LATENCY],
      [0, HISTOGRAM_SERVICE],
      [1, HISTOGRAM_LATENCY],
      [1, HISTOGRAM_SERVICE],
    ] as const;
    for (let i = 0; i < 20_000; i++) {
      const which = Math.floor(draw() * 4);
      const [operation, histogram] = keys[which] as (typeof keys)[0];
      harness.exports.record(operation, histogram, 2 ** (draw() * 32));
      sums[which] = (sums[which] ?? 0) + 1;
    }
    keys.forEach(([operation, histogram], which) => {
      const pairs = harness.drain(operation, histogram);
      expect(pairs.reduce((sum, [, count]) => sum + count, 0)).toBe(sums[which]);
      expect(pairs.map(([cell]) => cell)).toEqual(pairs.map(([cell]) => cell).sort((a, b) => a - b));
      expect(harness.drain(operation, histogram)).toEqual([]);
    });
  });
});
