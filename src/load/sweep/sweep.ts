/**
 * `ringshard load sweep`: how a server's throughput grows with connections, and its response time with load, measured
 * and fitted; and the knee, the highest rate that it sustains.
 */
import { findKnee } from '../model/knee.js';
import { fitQueueing } from '../model/queueing.js';
import { fitScalability } from '../model/scalability.js';
import type { SweepSettings } from '../options/request.js';
import type { Plan } from '../plan/plan.js';
import type { LoadResult, Settings } from '../result/result.js';
import type { RunPlan } from '../run/watch.js';
import { arrivalsOf, stepObjectives } from './plans.js';
import { RateSearch } from './rates.js';
import type { SweepResult } from './result.js';
import { type PhaseEnd, StepRunner } from './runner.js';
import { bestThroughput, measureScaling, type Scaling } from './scaling.js';
import { steadyPoints } from './steady.js';
import type { SweepWatch } from './watch.js';

/**
 * Steps that can't be run end it: a failure while connections are added only that part, if there are figures to choose
 * rates from. What was measured until then is reported, with whatever models it is enough for.
 */
export async function runSweep(
  plan: Plan,
  settings: SweepSettings,
  run: RunPlan,
  watch: SweepWatch,
): Promise<{ readonly result: SweepResult }> {
  const runner = new StepRunner(plan, run, watch);
  const rates = settings.rates?.length === 0 ? undefined : settings.rates;
  const search = new RateSearch(plan, settings.stepSeconds, runner, watch);
  const connections = connectionsOf(plan, settings, rates);
  const scaling = await measureScaling(plan, connections, settings.stepSeconds, runner, watch);
  const best = bestThroughput(scaling.points);
  const ending = goesOn(scaling, best) ? await search.search(rates, best) : scaling;
  if (runner.first === undefined) throw new Error('a sweep without a step');
  return { result: assemble(plan, scaling, search, ending, runner.first) };
}

/** Without numbers of connections to try, the plan's own tells what rates are worth trying. */
function connectionsOf(plan: Plan, { connections }: SweepSettings, rates: readonly number[] | undefined) {
  return connections.length === 0 && rates === undefined ? [plan.connections] : connections;
}

function goesOn({ points, end }: Scaling, best: number): boolean {
  return end === 'complete' ? best > 0 || points.length === 0 : end === 'failed' && best > 0;
}

function assemble(plan: Plan, scaling: Scaling, search: RateSearch, ending: PhaseEnd, first: LoadResult): SweepResult {
  const { judged } = search;
  const steps = judged.map(({ step }) => step);
  const failure = ending.failure ?? scaling.failure;
  const scalability = fitScalability(scaling.points);
  const queueing = fitQueueing(steadyPoints(judged));
  const knee = findKnee(steps);
  return {
    format: 'ringshard-sweep',
    version: 1,
    startedAt: first.startedAt,
    end: ending.end,
    ...(failure === undefined ? {} : { failure }),
    settings: settingsOf(plan, first),
    machine: first.machine,
    objectives: stepObjectives(plan).map(({ text }) => text),
    scaling: scaling.points,
    ...(scalability === undefined ? {} : { scalability }),
    steps,
    ...(queueing === undefined ? {} : { queueing }),
    ...(knee === undefined ? {} : { knee }),
  };
}

/** The rate steps' settings, without a rate: what the first step was asked for, but for what was its own. */
function settingsOf(plan: Plan, { settings }: LoadResult): Settings {
  const { schedule, offered, ...rest } = settings;
  const { connections, threads } = plan;
  return { ...rest, load: 'open loop', arrivals: arrivalsOf(plan), connections, threads };
}
