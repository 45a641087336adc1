/** First part of a sweep: closed loop, with more and more connections. */
import type { Plan } from '../plan/plan.js';
import type { LoadResult } from '../result/result.js';
import { plural } from '../show/numbers.js';
import { closedStep } from './plans.js';
import { type ScalingPoint, summaryOf } from './result.js';
import { endingOf, isUsable, type PhaseEnd, type StepRunner } from './runner.js';
import type { SweepWatch } from './watch.js';

/** So many steps in a row below this share of the best throughput show how it falls; more would be a waste of time. */
const FALLEN_STEPS = 3;
const FALLEN_SHARE = 0.9;

export interface Scaling extends PhaseEnd {
  readonly points: readonly ScalingPoint[];
}

export async function measureScaling(
  plan: Plan,
  connections: readonly number[],
  seconds: number,
  runner: StepRunner,
  watch: SweepWatch,
): Promise<Scaling> {
  const points: ScalingPoint[] = [];
  for (const count of connections) {
    if (runner.interrupted) return { points, end: 'interrupted' };
    if (hasFallen(points)) break;
    watch.onStart?.({ kind: 'scaling', connections: count });
    const result = await runner.run(closedStep(plan, count, seconds));
    if (isUsable(result, seconds)) {
      const point = pointOf(count, result);
      points.push(point);
      watch.onStep?.({ kind: 'scaling', point });
    }
    const where = `at ${plural(count, 'connection')}`;
    const ending = endingOf(result, where) ?? unanswered(result, where);
    if (ending !== undefined) return { points, ...ending };
  }
  return { points, end: 'complete' };
}

export function bestThroughput(points: readonly ScalingPoint[]): number {
  return Math.max(0, ...points.map((point) => point.throughput));
}

function hasFallen(points: readonly ScalingPoint[]): boolean {
  const limit = FALLEN_SHARE * bestThroughput(points);
  const last = points.slice(-FALLEN_STEPS);
  return last.length === FALLEN_STEPS && last.every((point) => point.throughput < limit);
}

/** A server that answers nothing at one number of connections is not asked again at a higher one. */
function unanswered({ totals, errors }: LoadResult, where: string): PhaseEnd | undefined {
  if (totals.succeeded > 0) return undefined;
  const example = errors[0]?.example;
  return { end: 'failed', failure: `${where}: no request succeeded${example === undefined ? '' : ` (${example})`}` };
}

function pointOf(connections: number, { totals, generator }: LoadResult): ScalingPoint {
  return {
    connections,
    throughput: totals.throughput,
    latency: summaryOf(totals.latency),
    errors: totals.failed,
    generatorUtilization: generator.utilization,
  };
}
