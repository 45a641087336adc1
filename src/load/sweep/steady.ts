/** Which of the rate steps tell how response time depends on load. */
import type { ResponsePoint } from '../model/queueing.js';
import type { Judged } from './judge.js';

/**
 * Those whose rate the server has kept up with beyond doubt. In overload the queue grows as long as the step lasts and
 * the mean says nothing; and a rate that is within the allowed shortfall of all that the server can do may already be
 * overload. What it can do is known once it has not kept up: the most that it has achieved.
 */
export function steadyPoints(judged: readonly Judged[]): ResponsePoint[] {
  // A generator that falls short has not found the server's limit.
  const saturated = judged.some(({ step, keptUp }) => step.generatorValid && !keptUp);
  const most = saturated ? Math.max(...judged.map(({ step }) => step.achieved)) : Number.POSITIVE_INFINITY;
  return judged
    .filter(({ step, keptUp, shortfallAllowed }) => keptUp && step.offered < most * (1 - shortfallAllowed))
    .map(({ step }) => ({ rate: step.offered, response: step.response ?? step.latency.mean }));
}
