/** When requests are sent: the closed loop, or the open loop's schedule. */
import { openLoopPipeline } from '../plan/limits.js';
import type { Load, Plan } from '../plan/plan.js';
import { steadyFor, steadyUntil, totalSeconds } from '../plan/schedule.js';
import type { Protocol } from '../plan/target.js';
import { UsageError } from '../plan/usage-error.js';
import type { LoadEnvironment } from './environment.js';
import type { CommonValues, RunValues } from './table.js';
import { refuseTogether } from './values.js';

const USUAL_SECONDS = 10;
export const USUAL_WARMUP = 1;

type Extent = Pick<Plan, 'load' | 'warmup'> & { readonly duration?: number; readonly requests?: number };

/** The load and how long it lasts. */
export function extentOf(values: RunValues): Extent {
  refuseTogether(values, ['rate', '--rate'], ['ramp', '--ramp'], ['steps', '--steps']);
  refuseTogether(values, ['requests', '--requests'], ['duration', '--duration']);
  const { requests, duration } = values;
  const load = loadOf(values);
  const warmup = values.warmup ?? (requests === undefined ? USUAL_WARMUP : 0);
  if (requests !== undefined) return { load, warmup, requests };
  const phases = values.ramp ?? values.steps;
  return { load, warmup, duration: phases === undefined ? (duration ?? USUAL_SECONDS) : totalSeconds(phases) };
}

function loadOf(values: RunValues): Load {
  const { rate, requests, ramp, steps, duration = USUAL_SECONDS } = values;
  const arrivals = values.arrivals ?? 'poisson';
  const phases = ramp ?? steps;
  if (phases !== undefined) {
    const name = ramp === undefined ? '--steps' : '--ramp';
    const other = requests === undefined ? values.duration && '--duration' : '--requests';
    if (other !== undefined) throw new UsageError(`${name} says how long the run is: leave out ${other}`);
    return { kind: 'open', arrivals, phases };
  }
  if (rate !== undefined) {
    const threads = values.threads ?? 1;
    const steady = requests === undefined ? steadyFor(rate, duration) : steadyUntil(rate, requests, threads);
    return { kind: 'open', arrivals, phases: steady };
  }
  for (const [key, name] of [
    ['arrivals', '--arrivals'],
    ['pacing', '--pacing'],
  ] as const) {
    if (values[key] !== undefined)
      throw new UsageError(`${name} is for an open loop: give --rate, --ramp or --steps too`);
  }
  return { kind: 'closed' };
}

export function pipelineOf(values: CommonValues, kind: Load['kind'], protocol: Protocol, connections: number): number {
  if (values.pipeline !== undefined) return values.pipeline;
  return kind === 'open' ? openLoopPipeline(protocol, Math.ceil(connections / (values.threads ?? 1))) : 1;
}

/** Who waits awake needs a core a thread and leaves one to the server and everybody else. */
export function pacingOf(values: CommonValues, { cores }: LoadEnvironment): Plan['pacing'] {
  return values.pacing ?? (cores > (values.threads ?? 1) ? 'spin' : 'sleep');
}
