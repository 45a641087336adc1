/** Results that look like real ones, from a seed: for tests of tables and pages, and for looking at pages. */
import { CELLS, indexOf, sparseOf } from '../../../../src/load/result/cells.js';
import { addCells, type Histogram, latencyOf, microsAt, newHistogram } from '../../../../src/load/result/histogram.js';
import type { IntervalCells } from '../../../../src/load/result/interval.js';
import type {
  ErrorCount,
  LoadResult,
  OperationResult,
  SeriesPoint,
  Settings,
} from '../../../../src/load/result/result.js';
import type { Outcome } from '../../../../src/load/run/watch.js';
import { normal, random } from './random.js';

export interface SampleOptions {
  readonly seed?: number;
  readonly seconds?: number;
  /** Median latency in microseconds. */
  readonly median?: number;
  readonly rate?: number;
  readonly open?: boolean;
  /** Second in which the server stands still for a while. */
  readonly stallAt?: number;
  readonly errors?: boolean;
}

type Wanted = Required<Omit<SampleOptions, 'stallAt'>> & Pick<SampleOptions, 'stallAt'>;

const DEFAULTS = { seed: 1, seconds: 60, median: 180, rate: 84_000, open: true, errors: false };

export const STARTED = Date.UTC(2026, 10, 21, 14, 30);

/** Latencies that are drawn each second and operation; each stands for as many as the rate asks. */
const DRAWS = 4000;
const NAMES = ['get', 'set'] as const;

export function sampleOutcome(options: SampleOptions = {}): Outcome {
  const wanted = { ...DEFAULTS, ...options };
  const draw = random(wanted.seed);
  const byName = new Map<string, Histogram>(NAMES.map((name) => [name, newHistogram()]));
  const series: SeriesPoint[] = [];
  const intervals: IntervalCells[] = [];
  for (let second = 0; second < wanted.seconds; second++) {
    const inSecond = newHistogram();
    for (const operation of NAMES) {
      const startMs = STARTED + second * 1000;
      const cells = cellsOf(operation, second, wanted, draw);
      intervals.push({ operation, startMs, endMs: startMs + 1000, cells });
      addCells(byName.get(operation) as Histogram, cells);
      addCells(inSecond, cells);
    }
    series.push(pointOf(inSecond, second, wanted, draw));
  }
  return { result: resultOf(byName, series, wanted), intervals };
}

export function sampleResult(options: SampleOptions = {}): LoadResult {
  return sampleOutcome(options).result;
}

/** A run in which no request was answered. */
export function deadResult(): LoadResult {
  const result = sampleResult({ seconds: 0, open: false });
  return {
    ...result,
    end: 'failed',
    failure: 'connect ECONNREFUSED 127.0.0.1:6379',
    totals: { ...result.totals, sent: 50, failed: 50 },
    errors: [{ kind: 'refused', count: 50, example: 'connect ECONNREFUSED 127.0.0.1:6379', firstAt: -5 }],
    objectives: [{ text: 'p99<2ms', measured: 0, met: false }],
  };
}

function cellsOf(name: string, second: number, { median, rate, stallAt }: Wanted, draw: () => number): Uint32Array {
  const level = median * (1 + 0.08 * Math.sin(second / 5) + 0.04 * normal(draw)) * (name === 'set' ? 1.25 : 1);
  const counts = new Uint32Array(CELLS);
  const weight = Math.round(rate / NAMES.length / DRAWS);
  const draws = Math.round((rate / NAMES.length / weight) * (1 + 0.004 * normal(draw)));
  for (let i = 0; i < draws; i++) {
    const slow = draw() < 0.004 ? 6 + 30 * draw() : 1;
    const waited = second === stallAt && draw() < 0.1 ? 100_000 * draw() : 0;
    const cell = indexOf(Math.round(level * Math.exp(0.28 * normal(draw)) * slow + waited));
    counts[cell] = (counts[cell] ?? 0) + weight;
  }
  return sparseOf(counts);
}

function pointOf(histogram: Histogram, second: number, wanted: Wanted, draw: () => number): SeriesPoint {
  const { open, rate, errors, stallAt } = wanted;
  const fails = errors && (second === stallAt || draw() < 0.12);
  return {
    at: second + 1,
    seconds: 1,
    succeeded: histogram.totalCount,
    failed: fails ? Math.round(400 * draw()) : 0,
    ...(open && { offered: rate }),
    p50: microsAt(histogram, 50),
    p99: microsAt(histogram, 99),
    p999: microsAt(histogram, 99.9),
    max: microsAt(histogram, 100),
    stall: (draw() < 0.05 ? 2400 : 300) * draw(),
  };
}

function resultOf(byName: Map<string, Histogram>, series: SeriesPoint[], wanted: Wanted): LoadResult {
  const { seconds, open, errors } = wanted;
  const failed = series.reduce((sum, point) => sum + point.failed, 0);
  const all = newHistogram();
  for (const histogram of byName.values()) all.add(histogram);
  const reads = byName.get('get')?.totalCount ?? 0;
  const lateness = newHistogram();
  for (let micros = 1; micros <= 40; micros++) lateness.recordValueWithCount(micros * 1000, 41 - micros);
  const totals = operationOf('all', all, failed, reads, seconds);
  return {
    format: 'ringshard-load',
    version: 1,
    startedAt: new Date(STARTED).toISOString(),
    end: 'complete',
    settings: settingsOf(wanted),
    machine: {
      cpu: 'Example CPU @ 3.00GHz',
      cores: 8,
      memoryBytes: 34_359_738_368,
      platform: 'linux 6.1.0 x64',
      node: 'v20.20.2',
      host: 'bench-1',
    },
    seconds,
    totals,
    operations: [...byName].map(([name, histogram]) =>
      operationOf(name, histogram, name === 'get' ? failed : 0, name === 'get' ? reads : 0, seconds),
    ),
    series,
    errors: errors ? errorsOf(failed) : [],
    generator: {
      cpuPerRequest: 1.34,
      utilization: 0.72,
      stalls: 3,
      longestStall: 2310,
      ...(open && { lateness: latencyOf(lateness) }),
      warnings: errors ? ['a thread of the generator was busy for 96 % of the time'] : [],
      valid: true,
    },
    ...(errors && { verification: { checked: 1_200_000, wrong: 0, stale: 0, missing: 2, lost: 1, passed: false } }),
    objectives: [{ text: 'p99<2ms', measured: totals.latency.p99, met: totals.latency.p99 < 2000 }],
  };
}

function operationOf(
  name: string,
  histogram: Histogram,
  failed: number,
  reads: number,
  seconds: number,
): OperationResult {
  const succeeded = histogram.totalCount;
  const hits = Math.round(reads * 0.93);
  return {
    name,
    sent: succeeded + failed,
    succeeded,
    failed,
    hits,
    misses: reads - hits,
    throughput: seconds === 0 ? 0 : succeeded / seconds,
    bytesSent: succeeded * 60,
    bytesReceived: succeeded * 40,
    latency: latencyOf(histogram),
  };
}

function settingsOf({ open, rate, seconds, errors }: Wanted): Settings {
  return {
    target: 'redis://127.0.0.1:6379',
    protocol: 'redis',
    load: open ? 'open loop' : 'closed loop',
    ...(open && { arrivals: 'Poisson', schedule: `${rate}/s for ${seconds} s`, offered: rate }),
    connections: 50,
    pipeline: 16,
    threads: 2,
    operations: 'get 50 %, set 50 %',
    keys: 1_000_000,
    distribution: 'zipf 0.99',
    values: '64 bytes',
    warmup: 5,
    timeout: 10,
    seed: 42,
    verify: errors,
  };
}

/** The example tries what a server could do to a page. */
export const HOSTILE = "OOM used memory > 'maxmemory'. </script><img src=x onerror=alert(1)>";

function errorsOf(failed: number): ErrorCount[] {
  const timeouts = Math.ceil(failed / 3);
  return [
    { kind: 'timeout', count: timeouts, example: 'no reply within 10 s', firstAt: 12.4 },
    { kind: 'reply', code: 'OOM', count: failed - timeouts, example: HOSTILE, firstAt: -1.5 },
  ];
}
