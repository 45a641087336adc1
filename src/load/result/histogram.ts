/**
 * Histograms of latency in nanoseconds, three digits: what is reported and written. Nanoseconds from 1, up to an hour, is
 * what the public HdrHistogram tools expect of a log. Counts are doubles, exact up to 2^53.
 */
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { CELLS, highestOf, medianOf } from './cells.js';
import type { Latency } from './result.js';

export type { Histogram } from 'hdr-histogram-js';

const NANOS_PER_MICRO = 1000;
const BITS = 64;

export function newHistogram(): Histogram {
  return build({
    bitBucketSize: BITS,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestOf(CELLS - 1) * NANOS_PER_MICRO,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
}

/** Adds what the load engine has counted: pairs of cell number and count. */
export function addCells(histogram: Histogram, cells: Uint32Array): void {
  for (let at = 0; at + 1 < cells.length; at += 2) {
    const count = cells[at + 1] ?? 0;
    if (count > 0) histogram.recordValueWithCount(medianOf(cells[at] ?? 0) * NANOS_PER_MICRO, count);
  }
}

export function histogramOf(cells: Uint32Array): Histogram {
  const histogram = newHistogram();
  addCells(histogram, cells);
  return histogram;
}

export function merged(histograms: Iterable<Histogram>): Histogram {
  const sum = newHistogram();
  for (const histogram of histograms) sum.add(histogram);
  return sum;
}

/** HdrHistogram V2, compressed, base64. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

/** Throws when the text is no histogram. */
export function decodeHistogram(text: string): Histogram {
  return decodeFromCompressedBase64(text, BITS, false);
}

/** Microseconds at a percentile, 0 to 100; 0 of an empty histogram. */
export function microsAt(histogram: Histogram, percentile: number): number {
  if (histogram.totalCount === 0) return 0;
  // A cell's upper end may lie above everything that was recorded.
  return Math.min(histogram.getValueAtPercentile(percentile), histogram.maxValue) / NANOS_PER_MICRO;
}

export function latencyOf(histogram: Histogram): Latency {
  return {
    count: histogram.totalCount,
    mean: histogram.mean / NANOS_PER_MICRO,
    min: microsAt(histogram, 0),
    max: microsAt(histogram, 100),
    stddev: histogram.stdDeviation / NANOS_PER_MICRO,
    p50: microsAt(histogram, 50),
    p90: microsAt(histogram, 90),
    p95: microsAt(histogram, 95),
    p99: microsAt(histogram, 99),
    p999: microsAt(histogram, 99.9),
    p9999: microsAt(histogram, 99.99),
    histogram: encodeHistogram(histogram),
  };
}
