/** The product's own load generator, as it was built, on a server whose CPU time is taken meanwhile. */

import { availableParallelism } from 'node:os';
import { parseLoad } from '../../dist/load/options/parse.js';
import type { Plan } from '../../dist/load/plan/plan.js';
import type { LoadResult } from '../../dist/load/result/result.js';
import { runPlan } from '../../dist/load/run/run.js';
import { cpuSeconds } from './process-figures.js';

export type { LoadResult } from '../../dist/load/result/result.js';

/** The end of the warm-up may be reported so much early, in seconds; of several reports the last one counts. */
const NEAR = 0.05;
/** The same draws in every run. */
const SEED = 1;

export interface LoadRun {
  readonly result: LoadResult;
  /** CPU time of the server over the measured time, in microseconds a request; undefined if it is not known. */
  readonly serverCpuUs: number | undefined;
}

/** `args` are what stands behind `ringshard load`. */
function planOf(args: readonly string[]): Plan {
  const request = parseLoad(args, {
    variables: {},
    readFile: (path) => {
      throw new Error(`${path} is not to be read`);
    },
    cores: availableParallelism(),
    randomSeed: () => SEED,
  });
  if (request.kind === 'error') throw new Error(request.message);
  if (request.kind !== 'run') throw new Error(`not a run: ringshard load ${args.join(' ')}`);
  return request.plan;
}

/** Throws when the run could not be done, or a request failed. `pid` is the server's. */
export async function runLoad(args: readonly string[], pid: number, signal?: AbortSignal): Promise<LoadRun> {
  const plan = planOf(args);
  let before = plan.warmup === 0 ? cpuSeconds(pid) : undefined;
  const { result } = await runPlan(plan, {
    signal: signal ?? new AbortController().signal,
    onProgress: ({ phase, done, total }) => {
      if (phase === 'warm-up' && done >= total - NEAR) before = cpuSeconds(pid);
    },
  });
  const after = cpuSeconds(pid);
  const { totals, errors, end, failure } = result;
  if (end === 'failed') throw new Error(failure);
  if (totals.failed > 0) throw new Error(`${totals.failed} requests failed: ${errors[0]?.example}`);
  const requests = totals.succeeded;
  const serverCpuUs =
    before === undefined || after === undefined || requests === 0 ? undefined : ((after - before) * 1e6) / requests;
  return { result, serverCpuUs };
}
