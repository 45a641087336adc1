/** Seconds, totals and failures out of what several threads report; and what their own figures say. */
import { describe, expect, it } from 'vitest';
import {
  COUNT_FAILED,
  COUNT_HITS,
  COUNT_MISSES,
  COUNT_SENT,
  COUNT_SUCCEEDED,
  COUNTS,
} from '../../../../src/load/engine/layout.js';
import { indexOf } from '../../../../src/load/result/cells.js';
import type { SeriesPoint } from '../../../../src/load/result/result.js';
import { Collector } from '../../../../src/load/run/collector.js';
import { generatorOf } from '../../../../src/load/run/verdict.js';
import type { FailureCount, Interval } from '../../../../src/load/worker/messages.js';

const NONE = new Uint32Array(0);

interface Told {
  /** Seconds. */
  readonly from: number;
  readonly to: number;
  /** Of the first operation. */
  readonly succeeded?: number;
  readonly failed?: number;
  /** Microseconds of all of them. */
  readonly latency?: number;
  readonly lateness?: Uint32Array;
  readonly isDrain?: boolean;
  readonly failures?: readonly FailureCount[];
  readonly stall?: number;
  readonly stalls?: number;
  readonly busy?: number;
}

function interval({ from, to, succeeded = 0, failed = 0, latency = 100, ...rest }: Told): Interval {
  const counts = new Float64Array(COUNTS);
  counts[COUNT_SENT] = succeeded + failed;
  counts[COUNT_SUCCEEDED] = succeeded;
  counts[COUNT_FAILED] = failed;
  counts[COUNT_HITS] = succeeded - 1;
  counts[COUNT_MISSES] = 1;
  const cells = succeeded === 0 ? NONE : Uint32Array.of(indexOf(latency), succeeded);
  return {
    isDrain: false,
    operations: [
      { counts, latency: cells, service: cells },
      { counts: new Float64Array(COUNTS), latency: NONE, service: NONE },
    ],
    lateness: NONE,
    failures: [],
    stall: 0,
    stalls: 0,
    busy: 0,
    ...rest,
    from: from * 1e6,
    to: to * 1e6,
  };
}

function collect(threads: number, isOpenLoop = false) {
  const points: [SeriesPoint, boolean][] = [];
  const collector = new Collector({
    operations: ['get', 'set'],
    threads,
    isOpenLoop,
    offered: isOpenLoop ? (from, to) => 100 * (to - from) : undefined,
    onPoint: (point, isWarmup) => points.push([point, isWarmup]),
  });
  const ends = () => points.map(([{ at, succeeded }]) => [Math.round(at), succeeded]);
  return { collector, points, ends };
}

describe('the collector', () => {
  it('puts a second together when all threads have told of it', () => {
    const { collector, ends, points } = collect(3);
    collector.add(0, interval({ from: 0, to: 1.001, succeeded: 10, latency: 100 }));
    collector.add(0, interval({ from: 1.001, to: 2.001, succeeded: 1 }));
    collector.add(1, interval({ from: 0, to: 1.002, succeeded: 20, failed: 2, latency: 300, stall: 5000 }));
    expect(ends()).toEqual([]);
    collector.add(2, interval({ from: 0.001, to: 1.003, succeeded: 30, latency: 900 }));
    expect(ends()).toEqual([[1, 60]]);
    const [[point] = []] = points;
    expect(point).toMatchObject({ at: 1.003, seconds: 1.003, failed: 2, stall: 5000 });
    expect([point?.p50, point?.p99, point?.max].map((value) => Math.round(value ?? 0))).toEqual([300, 900, 900]);
    expect(point).not.toHaveProperty('offered');
    expect(collector.series).toHaveLength(1);
  });

  it('keeps seconds together when a thread stood still over one of them', () => {
    const { collector, ends } = collect(2);
    for (let second = 0; second < 5; second++) {
      collector.add(0, interval({ from: second + 0.001, to: second + 1.001, succeeded: 10 }));
    }
    collector.add(1, interval({ from: 0, to: 1.003, succeeded: 1 }));
    // Its second and third are one, and end late.
    collector.add(1, interval({ from: 1.003, to: 3.6, succeeded: 2 }));
    collector.add(1, interval({ from: 3.6, to: 4.001, succeeded: 3 }));
    collector.add(1, interval({ from: 4.001, to: 5.001, succeeded: 4 }));
    expect(ends().map(([, succeeded]) => succeeded)).toEqual([11, 12, 10, 13, 14]);
    expect(collector.series.map(({ succeeded }) => succeeded).reduce((a, b) => a + b)).toBe(60);
  });

  it('does not wait for threads that have ended', () => {
    const { collector, ends } = collect(2);
    collector.add(0, interval({ from: 0, to: 1, succeeded: 1 }));
    collector.add(1, interval({ from: 0, to: 0.4, succeeded: 5 }));
    expect(ends()).toEqual([[1, 6]]);
    collector.end(1);
    collector.add(0, interval({ from: 1, to: 2, succeeded: 1 }));
    collector.add(0, interval({ from: 2, to: 2.25, succeeded: 3 }));
    expect(ends()).toEqual([
      [1, 6],
      [2, 1],
      [2, 3],
    ]);
    expect(collector.series.at(-1)?.seconds).toBeCloseTo(0.25, 9);
  });

  it('makes no point of a thread that ends where a second does', () => {
    const { collector } = collect(1);
    collector.add(0, interval({ from: 0, to: 1, succeeded: 1 }));
    collector.add(0, interval({ from: 1, to: 1 }));
    collector.end(0);
    expect(collector.series).toHaveLength(1);
    expect(collector.results(1).totals).toMatchObject({ succeeded: 1, throughput: 1 });
  });

  it('shows the warm-up and does not keep it', () => {
    const { collector, points } = collect(1, true);
    for (const [from, to] of [
      [-2.5, -1.499],
      [-1.499, -0.498],
      [-0.498, 0.002],
      [0.002, 1.001],
    ] as const) {
      collector.add(0, interval({ from, to, stall: 100, stalls: 1, busy: 10 }));
    }
    expect(points.map(([, isWarmup]) => isWarmup)).toEqual([true, true, true, false]);
    expect(collector.series.map(({ offered }) => Math.round(offered ?? -1))).toEqual([100]);
    expect(collector).toMatchObject({ stalls: 1, longestStall: 100, busy: [10] });
  });

  it('takes a run that is over in a moment for a run', () => {
    const { collector, points } = collect(1);
    collector.add(0, interval({ from: 0, to: 0.01, succeeded: 10 }));
    expect(points).toMatchObject([[{ seconds: 0.01, succeeded: 10 }, false]]);
    expect(collector.results(0.01).totals.throughput).toBeCloseTo(1000);
  });

  it('counts what came after the end, but not for the rate', () => {
    const { collector } = collect(1);
    collector.add(0, interval({ from: 0, to: 2, succeeded: 100 }));
    collector.add(0, interval({ from: 2, to: 2.5, succeeded: 7, failed: 3, isDrain: true }));
    collector.end(0);
    const { totals, operations } = collector.results(2);
    expect(totals).toMatchObject({ name: 'all', sent: 110, succeeded: 107, failed: 3, throughput: 50 });
    expect(totals.latency.count).toBe(107);
    expect(operations.map(({ name, succeeded }) => [name, succeeded])).toEqual([
      ['get', 107],
      ['set', 0],
    ]);
    expect(collector.series).toHaveLength(1);
    expect(totals).not.toHaveProperty('service');
  });

  it('keeps latencies of each second and operation for the log', () => {
    const { collector } = collect(2);
    collector.startMs = 1_000_000;
    collector.add(0, interval({ from: 0, to: 1, succeeded: 3, latency: 50 }));
    collector.add(1, interval({ from: 0, to: 1.5, succeeded: 0 }));
    expect(collector.intervals).toEqual([
      { operation: 'get', startMs: 1_000_000, endMs: 1_001_500, cells: Uint32Array.of(50, 3) },
    ]);
  });

  it('adds failures up by kind and code, and keeps the first of each', () => {
    const { collector } = collect(2);
    const failure = (code: string, count: number, firstAt: number): FailureCount => {
      return { kind: 'reply', code, count, example: `${code} at ${firstAt}`, firstAt };
    };
    collector.addFailures([failure('OOM', 2, 500)]);
    collector.add(0, interval({ from: 0, to: 1, failures: [failure('OOM', 3, 100), failure('ERR', 9, 7)] }));
    collector.add(1, interval({ from: 0, to: 1, failures: [failure('OOM', 1, 900)] }));
    expect(collector.failures).toEqual([failure('ERR', 9, 7), { ...failure('OOM', 6, 100) }]);
    expect(collector.failureCount).toBe(15);
  });

  it('has nothing to say of nothing', () => {
    const { collector } = collect(1);
    collector.end(0);
    expect(collector.results(0).totals).toMatchObject({ sent: 0, throughput: 0 });
    expect(collector.results(0).totals.latency).toMatchObject({ count: 0, max: 0 });
  });
});

describe("the generator's verdict on itself", () => {
  function verdict(told: Partial<Told>, { isOpenLoop = true, threads = 1 } = {}) {
    const { collector } = collect(threads, isOpenLoop);
    collector.add(0, interval({ from: 0, to: 10, succeeded: 1000, latency: 500, ...told }));
    for (let thread = 0; thread < threads; thread++) collector.end(thread);
    const { totals } = collector.results(10);
    return generatorOf({ collector, totals, seconds: 10, isOpenLoop, cpuMicros: 4000 });
  }

  it('finds nothing wrong with a good one', () => {
    const generator = verdict({ busy: 5e6, stalls: 2, stall: 200, failed: 1000 });
    expect(generator).toMatchObject({
      cpuPerRequest: 2,
      utilization: 0.5,
      stalls: 2,
      longestStall: 200,
      warnings: [],
      valid: true,
    });
  });

  it('is that a late one is not valid', () => {
    const late = { lateness: Uint32Array.of(indexOf(3000), 20) };
    const generator = verdict(late);
    expect(generator.valid).toBe(false);
    expect(generator.warnings.join()).toContain('fell behind');
    expect(verdict(late, { isOpenLoop: false })).toMatchObject({ valid: true, warnings: [] });
    // Beside latencies of a second, three milliseconds are nothing.
    expect(verdict({ ...late, latency: 1e6 }).valid).toBe(true);
    expect(verdict({ lateness: Uint32Array.of(indexOf(900), 20) }).valid).toBe(true);
  });

  it('warns of a thread that had no time, whatever the others did', () => {
    const generator = verdict({ busy: 9.8e6 }, { threads: 4 });
    expect(generator.utilization).toBeCloseTo(0.98, 9);
    expect(generator.warnings.join()).toContain('98 %');
    expect(verdict({ busy: 99e6 }).utilization).toBe(1);
  });

  it('warns of stalls that are as long as the latencies', () => {
    expect(verdict({ stall: 400 }).warnings.join()).toContain('0.4 ms');
    expect(verdict({ stall: 400, succeeded: 0 }).warnings).toEqual([]);
  });

  it('divides by nothing when nothing was asked', () => {
    expect(verdict({ succeeded: 0 })).toMatchObject({ cpuPerRequest: 0 });
  });
});
