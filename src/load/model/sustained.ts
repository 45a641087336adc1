/** By how much the rate that a server achieves may be below the offered one before it has not kept up. */

/** Falling short by less than this share is not told from keeping up. */
const SHORTFALL_MIN = 0.01;
/** Standard deviations of a Poisson process's count that are put down to chance. */
const DEVIATIONS = 3;
/** With a handful of requests chance would excuse everything. */
const SHORTFALL_MAX = 0.5;

/**
 * The share by which the achieved rate may be below the offered one, for a step of so many offered requests. Of Poisson
 * arrivals the number that comes varies by its square root; of a constant schedule by one.
 */
export function shortfallAllowed(requests: number, arrivals: 'poisson' | 'constant'): number {
  const chance = (arrivals === 'poisson' ? DEVIATIONS * Math.sqrt(requests) : 1) / requests;
  return Math.min(SHORTFALL_MAX, Math.max(SHORTFALL_MIN, chance));
}
