/** What two runs differ by: figures side by side, whether that is beyond noise, and what makes them hard to compare. */
import { changeOf, SECONDS_MIN } from './noise.js';
import { errorShare } from './objectives.js';
import type { Latency, LoadResult, SeriesPoint, Settings } from './result.js';

export type Verdict = 'better' | 'worse' | 'noise' | 'unknown';

export interface Difference {
  readonly name: string;
  readonly unit: 'latency' | 'rate' | 'share';
  /** Undefined: that run has no such figure. */
  readonly before?: number;
  readonly after?: number;
  /** After over before. */
  readonly ratio?: number;
  readonly verdict: Verdict;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Why the figures are to be taken with care, one line each. */
  readonly remarks: readonly string[];
}

interface Figure {
  readonly name: string;
  readonly unit: Difference['unit'];
  readonly better: 'more' | 'less';
  readonly of: (result: LoadResult) => number | undefined;
  /** Of each second, by which noise is judged; undefined: no figure of its own. */
  readonly second?: (point: SeriesPoint) => number | undefined;
}

const FIGURES: readonly Figure[] = [
  {
    name: 'throughput',
    unit: 'rate',
    better: 'more',
    of: ({ totals }) => totals.throughput,
    second: ({ succeeded, seconds }) => succeeded / seconds,
  },
  {
    name: 'errors',
    unit: 'share',
    better: 'less',
    of: ({ totals }) => errorShare(totals),
    second: (point) => (point.succeeded + point.failed === 0 ? undefined : errorShare(point)),
  },
  latencyFigure('mean', (latency) => latency.mean),
  latencyFigure(
    'p50',
    (latency) => latency.p50,
    (point) => point.p50,
  ),
  latencyFigure('p90', (latency) => latency.p90),
  latencyFigure(
    'p99',
    (latency) => latency.p99,
    (point) => point.p99,
  ),
  latencyFigure(
    'p99.9',
    (latency) => latency.p999,
    (point) => point.p999,
  ),
  latencyFigure('p99.99', (latency) => latency.p9999),
  latencyFigure('max', (latency) => latency.max),
];

export function compareResults(before: LoadResult, after: LoadResult): Comparison {
  const judgeable = [before, after].every(({ end, generator }) => end !== 'failed' && generator.valid);
  const differences = FIGURES.map((figure) => difference(figure, before, after, judgeable));
  return { differences, remarks: remarksOn(before, after) };
}

function latencyFigure(
  name: string,
  of: (latency: Latency) => number,
  second?: (point: SeriesPoint) => number,
): Figure {
  const figure: Figure = {
    name,
    unit: 'latency',
    better: 'less',
    of: ({ totals }) => (totals.succeeded > 0 && totals.latency.count > 0 ? of(totals.latency) : undefined),
  };
  if (second === undefined) return figure;
  return { ...figure, second: (point) => (point.succeeded > 0 ? second(point) : undefined) };
}

function difference(figure: Figure, before: LoadResult, after: LoadResult, judgeable: boolean): Difference {
  const a = figure.of(before);
  const b = figure.of(after);
  return {
    name: figure.name,
    unit: figure.unit,
    ...(a !== undefined && { before: a }),
    ...(b !== undefined && { after: b }),
    ...(a !== undefined && b !== undefined && a > 0 && { ratio: b / a }),
    verdict: judgeable && a !== undefined && b !== undefined ? verdict(figure, before, after, b - a) : 'unknown',
  };
}

function verdict({ second, better }: Figure, before: LoadResult, after: LoadResult, total: number): Verdict {
  if (second === undefined) return 'unknown';
  const change = changeOf(secondsOf(before, second), secondsOf(after, second));
  if (change === 'unknown') return 'unknown';
  // The seconds' mean may go one way and the whole run's figure the other: then nobody can tell.
  if (change === 'none' || total > 0 !== (change === 'more')) return 'noise';
  return change === better ? 'better' : 'worse';
}

/** Without the last, when it is but a piece of a second. */
function secondsOf({ series }: LoadResult, second: NonNullable<Figure['second']>): number[] {
  return series.flatMap((point) => (point.seconds < 0.5 ? [] : (second(point) ?? [])));
}

function remarksOn(before: LoadResult, after: LoadResult): string[] {
  const remarks: string[] = [];
  for (const [which, run] of [['first', before] as const, ['second', after] as const]) {
    if (run.end === 'failed') remarks.push(`The ${which} run failed: ${run.failure ?? 'it could not go on'}`);
    if (run.end === 'interrupted') remarks.push(`The ${which} run was interrupted after ${run.seconds.toFixed(1)} s`);
    if (run.totals.succeeded === 0) remarks.push(`The ${which} run has no successful reply`);
    if (!run.generator.valid) remarks.push(`The ${which} run is invalid: ${run.generator.warnings.join('; ')}`);
    if (run.verification?.passed === false) remarks.push(`The ${which} run failed its verification`);
    if (run.series.length < SECONDS_MIN) {
      remarks.push(`The ${which} run is shorter than ${SECONDS_MIN} s: too short to tell a change from noise`);
    }
  }
  return [...remarks, ...settingsThatDiffer(before.settings, after.settings), ...machinesThatDiffer(before, after)];
}

const SETTINGS = [
  'target',
  'protocol',
  'load',
  'arrivals',
  'schedule',
  'connections',
  'pipeline',
  'threads',
  'operations',
  'keys',
  'distribution',
  'values',
  'ttl',
  'timeout',
  'verify',
] as const satisfies readonly (keyof Settings)[];

function settingsThatDiffer(before: Settings, after: Settings): string[] {
  return SETTINGS.filter((name) => before[name] !== after[name]).map(
    (name) => `The settings differ in ${name}: ${before[name] ?? 'none'} → ${after[name] ?? 'none'}`,
  );
}

function machinesThatDiffer({ machine: a }: LoadResult, { machine: b }: LoadResult): string[] {
  if (a.cpu !== b.cpu || a.cores !== b.cores || a.host !== b.host) {
    return [`The machines differ: ${a.host} (${a.cores} × ${a.cpu}) → ${b.host} (${b.cores} × ${b.cpu})`];
  }
  return a.node === b.node ? [] : [`The versions of Node differ: ${a.node} → ${b.node}`];
}
