/** Tests of goodness of fit. Critical values are for a chance of about one in a million: seeds are fixed all the same. */

/** Pearson's statistic; cells whose expectation is 0 must be empty. */
export function chiSquare(seen: readonly number[], shares: readonly number[]): number {
  const total = seen.reduce((a, b) => a + b, 0);
  const sum = shares.reduce((a, b) => a + b, 0);
  return seen.reduce((chi, count, i) => {
    const expected = (total * (shares[i] ?? 0)) / sum;
    if (expected === 0) return count === 0 ? chi : Number.POSITIVE_INFINITY;
    return chi + (count - expected) ** 2 / expected;
  }, 0);
}

/** Upper quantile of the chi-square distribution (Wilson and Hilferty's approximation) at 4.75 standard deviations. */
export function criticalChi(freedom: number): number {
  const part = 2 / (9 * freedom);
  return freedom * (1 - part + 4.75 * Math.sqrt(part)) ** 3;
}

/** Kolmogorov's distance between a sample and a distribution, times the root of its size; above 2.7 once in a million. */
export function kolmogorov(sample: readonly number[], distribution: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let most = 0;
  sorted.forEach((x, i) => {
    const p = distribution(x);
    most = Math.max(most, p - i / n, (i + 1) / n - p);
  });
  return most * Math.sqrt(n);
}

/** Counts of 0 to n - 1. */
export function tally(n: number, draws: number, draw: () => number): number[] {
  const seen = new Array<number>(n).fill(0);
  for (let i = 0; i < draws; i++) {
    const value = draw();
    if (!(value >= 0 && value < n)) throw new Error(`${value} is not in 0 to ${n - 1}`);
    seen[value] = (seen[value] ?? 0) + 1;
  }
  return seen;
}
