/** The knee: the highest offered rate that a server sustains. */
import type { RateStep } from '../sweep/result.js';

/** All steps of one offered rate. */
interface Rate {
  readonly offered: number;
  /** The last one that was sustained; a rate that was held once can be held. */
  readonly held: RateStep | undefined;
}

/**
 * The sustained step with the highest rate below which every lower rate was held as well; undefined if none was held.
 * One rate in between that was not held is taken for noise when the next two higher ones were: the second such rate,
 * or one with less above it, ends the search. Steps may come in any order.
 */
export function findKnee(steps: readonly RateStep[]): RateStep | undefined {
  const rates = byRate(steps);
  let knee: RateStep | undefined;
  let excused = false;
  for (let i = 0; i < rates.length; i++) {
    const held = rates[i]?.held;
    if (held !== undefined) knee = held;
    else if (!excused && rates[i + 1]?.held && rates[i + 2]?.held) excused = true;
    else break;
  }
  return knee;
}

/** The lowest rate above `rate` that was tried and not held. */
export function lowestNotHeldAbove(steps: readonly RateStep[], rate: number): number | undefined {
  return byRate(steps).find(({ offered, held }) => offered > rate && held === undefined)?.offered;
}

/** The rate below the knee that was taken for noise. */
export function excusedRate(steps: readonly RateStep[]): number | undefined {
  const knee = findKnee(steps)?.offered ?? 0;
  return byRate(steps).find(({ offered, held }) => offered < knee && held === undefined)?.offered;
}

function byRate(steps: readonly RateStep[]): readonly Rate[] {
  const offered = [...new Set(steps.map((step) => step.offered))].sort((a, b) => a - b);
  return offered.map((rate) => ({
    offered: rate,
    held: steps.findLast((step) => step.offered === rate && step.sustained),
  }));
}
