/**
 * Whether two runs differ by more than the seconds inside each of them do: the rank test of Mann and Whitney, which one bad
 * second can't sway, over means of batches of seconds (neighbouring seconds resemble each other, batches hardly do). What
 * differs from one run to the next it can't see.
 */

/** With fewer seconds, and so fewer batches, no order of ranks is rare enough. */
export const SECONDS_MIN = 10;
const BATCHES_MAX = 20;

/** Of the normal distribution: 99 of 100 pairs of runs that are alike are called alike. */
const QUANTILE = 2.5758;

/** Runs that are alike differ by as much even on a quiet machine. */
const CHANGE_MIN = 0.02;

export type Change = 'more' | 'less' | 'none' | 'unknown';

/** How the values of a run's seconds have changed from `before` to `after`. */
export function changeOf(before: readonly number[], after: readonly number[]): Change {
  if (before.length < SECONDS_MIN || after.length < SECONDS_MIN) return 'unknown';
  const a = mean(before);
  const b = mean(after);
  const small = Math.abs(b - a) <= CHANGE_MIN * Math.max(Math.abs(a), Math.abs(b));
  const score = rankScore(batches(before), batches(after));
  // When most seconds go one way and a few far the other, nobody can tell.
  if (small || Math.abs(score) <= QUANTILE || score > 0 !== b > a) return 'none';
  return score > 0 ? 'more' : 'less';
}

function batches(values: readonly number[]): number[] {
  const count = Math.min(BATCHES_MAX, Math.floor(values.length / 2));
  return Array.from({ length: count }, (_, batch) => {
    const from = Math.floor((batch * values.length) / count);
    const to = Math.floor(((batch + 1) * values.length) / count);
    return mean(values.slice(from, to));
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** By how many standard deviations the second sample's ranks lie above what they would be if both were alike. */
function rankScore(first: readonly number[], second: readonly number[]): number {
  const all = [...first, ...second].sort((a, b) => a - b);
  const count = all.length;
  const rankOf = new Map<number, number>();
  let ties = 0;
  for (let from = 0; from < count; ) {
    const to = all.lastIndexOf(all[from] ?? 0) + 1;
    rankOf.set(all[from] ?? 0, (from + 1 + to) / 2);
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const ranks = second.reduce((sum, value) => sum + (rankOf.get(value) ?? 0), 0);
  const expected = (second.length * (count + 1)) / 2;
  const variance = ((first.length * second.length) / 12) * (count + 1 - ties / (count * (count - 1)));
  return variance <= 0 ? 0 : (ranks - expected) / Math.sqrt(variance);
}
