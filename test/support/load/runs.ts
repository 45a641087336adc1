/** Runs of the load generator: in this process, from dist/ (its threads start there), or as a program. */
import { parseLoad } from '../../../src/load/options/parse.js';
import type { Plan } from '../../../src/load/plan/plan.js';
import { medianOf } from '../../../src/load/result/cells.js';
import type { ErrorCount, LoadResult } from '../../../src/load/result/result.js';
import type { Outcome, Watch } from '../../../src/load/run/watch.js';
import { soon } from '../wait.js';

/** The plan of a command line. */
export function planOf(...args: readonly (string | number)[]): Plan {
  const request = parseLoad(args.map(String), {
    variables: {},
    readFile: () => {
      throw new Error('no file');
    },
    cores: 2,
    randomSeed: () => 4711,
  });
  if (request.kind !== 'run' && request.kind !== 'sweep') throw new Error(JSON.stringify(request));
  return request.plan;
}

const RUN = new URL('../../../dist/load/run/run.js', import.meta.url).href;
/** No run here takes longer, whatever the server does. */
const DEADLINE_MS = 20_000;

export async function runPlan(plan: Plan, watch: Partial<Watch> = {}): Promise<Outcome> {
  const { runPlan: run } = (await import(RUN)) as typeof import('../../../src/load/run/run.js');
  return soon(run(plan, { signal: new AbortController().signal, ...watch }), DEADLINE_MS);
}

/** A run of a command line, without warm-up unless it asks for one. */
export async function load(...args: readonly (string | number)[]): Promise<LoadResult> {
  const warmup = args.includes('--warmup') || args.includes('-n') ? [] : ['--warmup', '0'];
  return (await runPlan(planOf(...args, ...warmup))).result;
}

/** Errors of a kind. */
export function errorsOf({ errors }: LoadResult, kind: ErrorCount['kind']): number {
  return errors.filter((error) => error.kind === kind).reduce((sum, { count }) => sum + count, 0);
}

/** What is wrong with the sums of a result; empty when they agree. */
export function flawsOf(result: LoadResult): string[] {
  const { totals, operations, series } = result;
  const flaws: string[] = [];
  const expect = (what: string, got: number, wanted: number) => {
    if (got !== wanted) flaws.push(`${what}: ${got} instead of ${wanted}`);
  };
  expect('sent', totals.sent, totals.succeeded + totals.failed);
  for (const field of ['sent', 'succeeded', 'failed', 'hits', 'misses', 'bytesSent', 'bytesReceived'] as const) {
    expect(
      `${field} of all operations`,
      operations.reduce((sum, one) => sum + one[field], 0),
      totals[field],
    );
  }
  const timeouts = errorsOf(result, 'timeout');
  expect('latencies', totals.latency.count, totals.succeeded + Math.min(timeouts, totals.failed));
  const inSeries = series.reduce((sum, { succeeded }) => sum + succeeded, 0);
  if (inSeries > totals.succeeded) flaws.push(`${inSeries} in the series, ${totals.succeeded} in all`);
  return flaws;
}

/** Measured requests that took more than so many milliseconds. */
export function countAbove({ intervals }: Outcome, ms: number): number {
  let count = 0;
  for (const { cells } of intervals) {
    for (let at = 0; at + 1 < cells.length; at += 2) {
      if (medianOf(cells[at] as number) > ms * 1000) count += cells[at + 1] as number;
    }
  }
  return count;
}
