/** Whether a run has met what was asked of it (`--slo p99<2ms`). */
import type { Objective } from '../plan/plan.js';
import { decodeHistogram, microsAt } from './histogram.js';
import type { LoadResult, ObjectiveResult, OperationResult } from './result.js';

/** What objectives are judged by; `measured` is in the unit of the objective's limit. */
export function evaluate(objectives: readonly Objective[], { totals }: Pick<LoadResult, 'totals'>): ObjectiveResult[] {
  return objectives.map((objective) => {
    const measured = measure(objective.metric, totals);
    return { text: objective.text, measured, met: judged(objective, totals) && compare(objective, measured) };
  });
}

/** Of every request that came to an end, the share that failed; 1 when nothing succeeded. */
export function errorShare({ succeeded, failed }: Pick<OperationResult, 'succeeded' | 'failed'>): number {
  return succeeded === 0 ? 1 : failed / (succeeded + failed);
}

function measure(metric: Objective['metric'], totals: OperationResult): number {
  switch (metric) {
    case 'throughput':
      return totals.throughput;
    case 'errors':
      return errorShare(totals);
    case 'mean':
      return totals.latency.mean;
    case 'max':
      return totals.latency.max;
    default:
      return microsAt(decodeHistogram(totals.latency.histogram), Number(metric.slice(1)));
  }
}

/** Without a successful reply there is no latency that could be short enough. */
function judged({ metric }: Objective, { succeeded, latency }: OperationResult): boolean {
  return metric === 'throughput' || metric === 'errors' || (succeeded > 0 && latency.count > 0);
}

function compare({ comparison, limit }: Objective, measured: number): boolean {
  switch (comparison) {
    case '<':
      return measured < limit;
    case '<=':
      return measured <= limit;
    case '>':
      return measured > limit;
    case '>=':
      return measured >= limit;
  }
}
