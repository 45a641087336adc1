/** The runs that a sweep is made of, derived from the plan that the user has given. */
import { openLoopPipeline } from '../plan/limits.js';
import type { Load, Objective, Plan } from '../plan/plan.js';

/** Of a step, in seconds and as a share of it: enough for connections to be made and queues to settle. */
const WARMUP_MAX = 1;
const WARMUP_SHARE = 0.25;

/** As many connections as the step says, each with the plan's pipeline. No objective decides what is only measured. */
export function closedStep(plan: Plan, connections: number, seconds: number): Plan {
  const threads = Math.min(plan.threads, connections);
  return { ...stepOf(plan, seconds), load: { kind: 'closed' }, connections, threads, objectives: [] };
}

/** The plan's connections at a constant rate. */
export function openStep(plan: Plan, rate: number, seconds: number): Plan {
  const step = stepOf(plan, seconds);
  const phases = [{ from: rate, to: rate, seconds }];
  const load: Load = { kind: 'open', arrivals: arrivalsOf(plan), phases };
  // The plan's own pipeline is that of the closed loop.
  const pipeline = openLoopPipeline(plan.target.protocol, Math.ceil(plan.connections / plan.threads));
  return { ...step, load, pipeline, objectives: stepObjectives(plan) };
}

/** What every rate step has to meet: not a throughput, which is what the sweep itself sets. */
export function stepObjectives(plan: Plan): readonly Objective[] {
  return plan.objectives.filter(({ metric }) => metric !== 'throughput');
}

export function arrivalsOf({ load }: Plan): 'poisson' | 'constant' {
  return load.kind === 'open' ? load.arrivals : 'poisson';
}

/** Steps are measured in seconds, not in requests, and find the keys where the first has put them. */
function stepOf({ requests, ...plan }: Plan, seconds: number): Plan {
  const warmup = Math.min(WARMUP_MAX, WARMUP_SHARE * seconds);
  return { ...plan, duration: seconds, warmup, preload: false };
}
