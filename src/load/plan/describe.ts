/** A plan in words, for reports. */
import type { Settings } from '../result/result.js';
import type { Phase, Plan } from './plan.js';
import { formatDuration } from './quantity.js';
import { meanRate } from './schedule.js';
import type { Target } from './target.js';
import { hasKey, hasValue } from './template.js';
import type { KeyDistribution, Operation, ValueSizes, Workload } from './workload.js';

export function settingsOf(plan: Plan): Settings {
  const { target, workload, load } = plan;
  return {
    target: target.url,
    protocol: describeProtocol(target),
    ...(load.kind === 'closed' ? { load: 'closed loop' } : openLoop(load.arrivals, load.phases)),
    connections: plan.connections,
    pipeline: plan.pipeline,
    threads: plan.threads,
    operations: describeOperations(workload.operations),
    keys: workload.keys,
    distribution: usesKeys(plan) ? describeKeys(workload) : 'no keys',
    values: usesValues(plan) ? describeValues(workload.values) : 'no values',
    ...(workload.ttl === undefined ? {} : { ttl: workload.ttl }),
    warmup: plan.warmup,
    timeout: plan.timeout,
    seed: plan.seed,
    verify: workload.verify,
  };
}

/** Without phases (a sweep, whose steps have their own) there is no schedule to tell. */
function openLoop(
  arrivals: string,
  phases: readonly Phase[],
): Pick<Settings, 'load' | 'arrivals' | 'schedule' | 'offered'> {
  const schedule = phases.length === 0 ? {} : { schedule: describePhases(phases), offered: meanRate(phases) };
  return { load: 'open loop', arrivals, ...schedule };
}

function describeProtocol({ protocol, cluster, resp }: Target): string {
  if (protocol === 'memcached-udp') return 'memcached over UDP';
  return `${protocol}${cluster ? ' cluster' : ''}${resp === 3 ? ', RESP3' : ''}`;
}

/** `20 k/s`; `ramp 1 k/s to 50 k/s in 30s`; `steps 1 k/s, 2 k/s, 4 k/s of 10s each` */
function describePhases(phases: readonly Phase[]): string {
  const [first, ...more] = phases as readonly [Phase, ...Phase[]];
  const steady = phases.every(({ from, to }) => from === to);
  const even = phases.every(({ seconds }) => seconds === first.seconds);
  if (more.length === 0 && steady) return rateText(first.from);
  if (steady && even) {
    return `steps ${phases.map(({ from }) => rateText(from)).join(', ')} of ${formatDuration(first.seconds)} each`;
  }
  return phases
    .map(({ from, to, seconds }) => `ramp ${rateText(from)} to ${rateText(to)} in ${formatDuration(seconds)}`)
    .join(', ');
}

/** Exact, other than what was measured: `50 k/s`, `1.25 M/s`, `1,500/s`. */
function rateText(rate: number): string {
  if (rate >= 1e6) return `${numberText(rate / 1e6)} M/s`;
  return rate >= 10_000 || (rate >= 1000 && rate % 1000 === 0)
    ? `${numberText(rate / 1000)} k/s`
    : `${numberText(rate)}/s`;
}

/** `get 50 %, set 50 %` */
function describeOperations(operations: readonly Operation[]): string {
  const total = operations.reduce((sum, { weight }) => sum + weight, 0);
  return operations.map(({ name, weight }) => `${name} ${percentText(weight / total)}`).join(', ');
}

/** `zipf 0.99 over 1,000,000 keys` */
function describeKeys({ distribution, keys }: Pick<Workload, 'distribution' | 'keys'>): string {
  return `${distributionText(distribution)} over ${numberText(keys)} ${keys === 1 ? 'key' : 'keys'}`;
}

function distributionText(distribution: KeyDistribution): string {
  const { kind } = distribution;
  if (kind === 'zipf' || kind === 'latest') return `${kind} ${distribution.exponent}`;
  if (kind !== 'hotspot') return kind;
  return `hot spot (${percentText(distribution.keys)} of the keys, ${percentText(distribution.operations)} of the requests)`;
}

/** `64 bytes`; `64 to 1,024 bytes`; `64 bytes 90 %, 1,024 bytes 10 %` */
function describeValues(sizes: ValueSizes): string {
  if (sizes.kind === 'fixed') return `${numberText(sizes.bytes)} ${sizes.bytes === 1 ? 'byte' : 'bytes'}`;
  if (sizes.kind === 'range') return `${numberText(sizes.least)} to ${numberText(sizes.most)} bytes`;
  const total = sizes.entries.reduce((sum, { weight }) => sum + weight, 0);
  return sizes.entries
    .map(({ bytes, weight }) => `${numberText(bytes)} bytes ${percentText(weight / total)}`)
    .join(', ');
}

function usesKeys({ workload, preload }: Plan): boolean {
  return preload || workload.operations.some(({ kind, words = [] }) => kind !== 'command' || words.some(hasKey));
}

/** Drawn sizes; a `{value:100}` has one of its own. */
function usesValues({ workload, preload }: Plan): boolean {
  return preload || workload.operations.some(({ kind, words = [] }) => WRITING.has(kind) || words.some(hasValue));
}

const WRITING: ReadonlySet<Operation['kind']> = new Set(['write', 'insert', 'modify']);

function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}
