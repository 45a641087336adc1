/**
 * The cells in which the load engine counts latencies: HdrHistogram's layout in microseconds, three significant digits.
 *
 *   cells 0 to 2047        one value each
 *   every 1024 after that  twice as many values each as in the 1024 before
 */

/** Latencies above this, an hour, count as this. */
const VALUE_MAX = 3_600_000_000;

/** Cells of a width; the first width has them twice. */
const HALF = 1024;
const HALF_BITS = 10;

/** Bucket of the largest value: the power of two that its cells are wide. */
const BUCKET_MAX = bucketOf(VALUE_MAX);

/** Cells in all. */
export const CELLS = (BUCKET_MAX + 2) * HALF;

/** The cell of a latency in whole microseconds. */
export function indexOf(micros: number): number {
  const value = Math.min(Math.max(micros, 0), VALUE_MAX);
  const bucket = bucketOf(value);
  return ((bucket + 1) << HALF_BITS) + ((value >>> bucket) - HALF);
}

/** The least latency that is counted in a cell. */
export function lowestOf(index: number): number {
  const bucket = bucketOfIndex(index);
  return (index - bucket * HALF) * 2 ** bucket;
}

/** The greatest latency that is counted in a cell. */
export function highestOf(index: number): number {
  return lowestOf(index) + 2 ** bucketOfIndex(index) - 1;
}

/** The latency that stands for all in a cell. */
export function medianOf(index: number): number {
  return lowestOf(index) + Math.floor(2 ** bucketOfIndex(index) / 2);
}

/** Pairs of cell number and count, of the cells that are not zero. */
export function sparseOf(counts: Uint32Array): Uint32Array {
  const filled = counts.reduce((sum, count) => (count === 0 ? sum : sum + 1), 0);
  const pairs = new Uint32Array(2 * filled);
  let at = 0;
  counts.forEach((count, index) => {
    if (count === 0) return;
    pairs[at++] = index;
    pairs[at++] = count;
  });
  return pairs;
}

function bucketOf(value: number): number {
  return value < 2 * HALF ? 0 : 31 - Math.clz32(value) - HALF_BITS;
}

function bucketOfIndex(index: number): number {
  return Math.max((index >>> HALF_BITS) - 1, 0);
}
