import { JsHistogram } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { CELLS, highestOf, indexOf, lowestOf, medianOf, sparseOf } from '../../../../src/load/result/cells.js';
import { newHistogram } from '../../../../src/load/result/histogram.js';
import { random } from '../report/random.js';

const HOUR = 3_600_000_000;

describe('cells', () => {
  it('counts up to 2047 exactly', () => {
    for (const value of [0, 1, 1023, 1024, 2047]) {
      expect(indexOf(value)).toBe(value);
      expect([lowestOf(value), medianOf(value), highestOf(value)]).toEqual([value, value, value]);
    }
  });

  it('lie one after the other without a gap', () => {
    for (let index = 1; index < CELLS; index++) {
      if (lowestOf(index) !== highestOf(index - 1) + 1) expect.fail(`gap before cell ${index}`);
    }
    expect(highestOf(CELLS - 1)).toBeGreaterThanOrEqual(HOUR);
  });

  it('know which values they count, to three digits', () => {
    const draw = random(11);
    for (let i = 0; i < 2000; i++) {
      const value = Math.floor(2 ** (draw() * Math.log2(HOUR)));
      const index = indexOf(value);
      expect(index).toBeLessThan(CELLS);
      expect(lowestOf(index)).toBeLessThanOrEqual(value);
      expect(highestOf(index)).toBeGreaterThanOrEqual(value);
      expect(highestOf(index) - lowestOf(index)).toBeLessThanOrEqual(value / 1000);
      expect(indexOf(medianOf(index))).toBe(index);
    }
  });

  it('are those of the public HdrHistogram', () => {
    const model = Object.create(newHistogram(), {}) as JsHistogram;
    expect(model).toBeInstanceOf(JsHistogram);
    const draw = random(12);
    for (let i = 0; i < 2000; i++) {
      const value = Math.floor(2 ** (draw() * Math.log2(HOUR)));
      expect(indexOf(value)).toBe(model.countsArrayIndex(value));
    }
  });

  it('take what is out of range for the nearest', () => {
    expect(indexOf(10 * HOUR)).toBe(indexOf(HOUR));
    expect(indexOf(-1)).toBe(0);
  });

  it('are listed when they are not zero', () => {
    const counts = new Uint32Array(CELLS);
    counts[0] = 3;
    counts[5000] = 4_000_000_000;
    expect([...sparseOf(counts)]).toEqual([0, 3, 5000, 4_000_000_000]);
    expect(sparseOf(new Uint32Array(CELLS))).toHaveLength(0);
  });
});
