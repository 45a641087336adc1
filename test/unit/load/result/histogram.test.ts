import { describe, expect, it } from 'vitest';
import { CELLS, indexOf, sparseOf } from '../../../../src/load/result/cells.js';
import {
  addCells,
  decodeHistogram,
  encodeHistogram,
  histogramOf,
  latencyOf,
  merged,
  microsAt,
  newHistogram,
} from '../../../../src/load/result/histogram.js';
import { random } from '../report/random.js';

function cellsOf(values: readonly number[]): Uint32Array {
  const counts = new Uint32Array(CELLS);
  for (const value of values) counts[indexOf(value)] = (counts[indexOf(value)] ?? 0) + 1;
  return sparseOf(counts);
}

function near(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(expected * 0.002 + 0.1);
}

describe('histogram', () => {
  it('says what sorted values say, to three digits', () => {
    const draw = random(5);
    const values = Array.from({ length: 30_000 }, () => Math.floor(20 * Math.exp(8 * draw()))).sort((a, b) => a - b);
    const latency = latencyOf(histogramOf(cellsOf(values)));
    const at = (percent: number) => values[Math.ceil((percent / 100) * values.length) - 1] ?? 0;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(latency.count).toBe(values.length);
    near(latency.mean, mean);
    near(latency.stddev, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length));
    near(latency.min, at(0.001));
    near(latency.p50, at(50));
    near(latency.p90, at(90));
    near(latency.p95, at(95));
    near(latency.p99, at(99));
    near(latency.p999, at(99.9));
    near(latency.p9999, at(99.99));
    near(latency.max, at(100));
  });

  it('is all zeros when empty', () => {
    const { histogram, ...figures } = latencyOf(newHistogram());
    expect(new Set(Object.values(figures))).toEqual(new Set([0]));
    expect(decodeHistogram(histogram).totalCount).toBe(0);
  });

  it('never gives a percentile above the maximum', () => {
    const histogram = histogramOf(cellsOf([123_457]));
    expect(microsAt(histogram, 50)).toBe(microsAt(histogram, 100));
  });

  it('adds up cells and histograms', () => {
    const histogram = histogramOf(cellsOf([10, 20]));
    addCells(histogram, cellsOf([20, 3_600_000_000]));
    expect(histogram.totalCount).toBe(4);
    const both = merged([histogram, histogramOf(cellsOf([5]))]);
    expect(both.totalCount).toBe(5);
    near(microsAt(both, 0), 5);
    near(microsAt(both, 100), 3_600_000_000);
  });

  it('survives being written and read, with more than 2^32 of a kind', () => {
    const histogram = newHistogram();
    addCells(histogram, Uint32Array.of(indexOf(100), 4_294_967_295));
    addCells(histogram, Uint32Array.of(indexOf(100), 4_294_967_295, indexOf(90_000), 1));
    const read = decodeHistogram(encodeHistogram(histogram));
    expect(read.totalCount).toBe(8_589_934_591);
    expect(latencyOf(read).p50).toBe(latencyOf(histogram).p50);
    near(latencyOf(read).max, 90_000);
  });
});
