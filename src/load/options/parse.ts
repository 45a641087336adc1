/** From the words behind `ringshard load` to what is to be done. Reads files only through the environment. */
import type { Plan } from '../plan/plan.js';
import { UsageError } from '../plan/usage-error.js';
import { checkPlan } from './check.js';
import { type GivenOption, readCommandLine } from './command-line.js';
import type { LoadEnvironment } from './environment.js';
import { COMPARE_TEXT, RUN_TEXT, SWEEP_TEXT } from './help.js';
import { extentOf, pacingOf, pipelineOf, USUAL_WARMUP } from './load-of.js';
import type { LoadRequest, Output } from './request.js';
import {
  COMPARE_GROUPS,
  type CommonValues,
  type OutputValues,
  RUN_GROUPS,
  type RunValues,
  SWEEP_GROUPS,
  type SweepValues,
} from './table.js';
import { targetOf } from './target-of.js';
import { valuesOf } from './values.js';
import { workloadOf } from './workload-of.js';

const USUAL_CONNECTIONS = 50;
const USUAL_SCALING = [1, 2, 4, 8, 16, 32, 64];
const USUAL_STEP_SECONDS = 5;
const USUAL_TIMEOUT = 5;
/** What is lost on the way never comes: there is less to wait for. */
const USUAL_UDP_TIMEOUT = 1;

export function parseLoad(args: readonly string[], environment: LoadEnvironment): LoadRequest {
  const [first, ...rest] = args;
  try {
    if (first === 'sweep') return parseSweep(rest, environment);
    if (first === 'compare') return parseCompare(rest);
    // As with the commands of other programs, `help` is one.
    if (first === 'help') return parseLoad([...rest, '--help'], environment);
    return parseRun(args, environment);
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'error', message: `ringshard load: ${error.message}` };
    throw error;
  }
}

function parseRun(args: readonly string[], environment: LoadEnvironment): LoadRequest {
  const line = readCommandLine(RUN_TEXT, RUN_GROUPS, args);
  if (line.kind === 'help') return line;
  const values = valuesOf<RunValues>(line.options);
  const common = commonOf(line.operands[0], values, line.options, environment);
  const extent = extentOf(values);
  const connections = values.connections ?? USUAL_CONNECTIONS;
  const plan: Plan = {
    ...common,
    ...extent,
    connections,
    pipeline: pipelineOf(values, extent.load.kind, common.target.protocol, connections),
  };
  checkPlan(plan, values);
  return { kind: 'run', plan, output: outputOf(values) };
}

/**
 * The pipeline is that of the closed loops, the open ones have `openLoopPipeline`; the schedule is empty, because each
 * step has its own.
 */
function parseSweep(args: readonly string[], environment: LoadEnvironment): LoadRequest {
  const line = readCommandLine(SWEEP_TEXT, SWEEP_GROUPS, args);
  if (line.kind === 'help') return line;
  const values = valuesOf<SweepValues>(line.options);
  const connections = values.connections ?? USUAL_SCALING;
  const most = Math.max(...connections);
  const stepSeconds = values.step ?? USUAL_STEP_SECONDS;
  const common = commonOf(line.operands[0], values, line.options, environment);
  const plan: Plan = {
    ...common,
    load: { kind: 'open', arrivals: values.arrivals ?? 'poisson', phases: [] },
    duration: stepSeconds,
    warmup: values.warmup ?? USUAL_WARMUP,
    connections: most,
    pipeline: pipelineOf(values, 'closed', common.target.protocol, most),
  };
  checkPlan(plan, values);
  const { rates } = values;
  const sweep = { connections, ...(rates === undefined ? {} : { rates }), stepSeconds };
  return { kind: 'sweep', plan, sweep, output: outputOf(values) };
}

function parseCompare(args: readonly string[]): LoadRequest {
  const line = readCommandLine(COMPARE_TEXT, COMPARE_GROUPS, args);
  if (line.kind === 'help') return line;
  const [before, after] = line.operands as readonly [string, string];
  return { kind: 'compare', before, after, output: outputOf(valuesOf<OutputValues>(line.options)) };
}

type CommonPlan = Pick<
  Plan,
  'target' | 'workload' | 'preload' | 'threads' | 'timeout' | 'seed' | 'pacing' | 'objectives'
>;

function commonOf(
  url: string | undefined,
  values: CommonValues,
  given: readonly GivenOption[],
  environment: LoadEnvironment,
): CommonPlan {
  const target = targetOf(url, values, environment);
  return {
    target,
    ...workloadOf(target, values, given, environment),
    threads: values.threads ?? 1,
    timeout: values.timeout ?? (target.protocol === 'memcached-udp' ? USUAL_UDP_TIMEOUT : USUAL_TIMEOUT),
    seed: values.seed ?? environment.randomSeed(),
    pacing: pacingOf(values, environment),
    objectives: values.objectives ?? [],
  };
}

function outputOf({ json, hlog, html, quiet }: OutputValues): Output {
  const files = [json, hlog, html].filter((file) => file !== undefined);
  if (new Set(files).size < files.length) throw new UsageError(`two results can't be written to one file`);
  return {
    ...(json === undefined ? {} : { json }),
    ...(hlog === undefined ? {} : { hlog }),
    ...(html === undefined ? {} : { html }),
    quiet: quiet === true,
  };
}
