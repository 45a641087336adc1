/** Puts together what the threads report: seconds, totals, failures. */
import {
  COUNT_BYTES_RECEIVED,
  COUNT_BYTES_SENT,
  COUNT_FAILED,
  COUNT_HITS,
  COUNT_MISSES,
  COUNT_SENT,
  COUNT_SUCCEEDED,
  COUNTS,
} from '../engine/layout.js';
import { addCells, type Histogram, latencyOf, merged, microsAt, newHistogram } from '../result/histogram.js';
import type { IntervalCells } from '../result/interval.js';
import type { OperationResult, SeriesPoint } from '../result/result.js';
import type { FailureCount, Interval } from '../worker/messages.js';

const SECOND = 1e6;
/** Ends of intervals that are as near as this to the end of the warm-up belong to it, in microseconds. */
const NEAR = 50_000;

/** One operation over the whole measured time. */
interface Tally {
  readonly counts: Float64Array;
  readonly latency: Histogram;
  readonly service: Histogram;
}

export interface CollectorOptions {
  readonly operations: readonly string[];
  readonly threads: number;
  readonly isOpenLoop: boolean;
  /** Requests that are due between two times (seconds since the measured time began); open loop. */
  readonly offered: ((from: number, to: number) => number) | undefined;
  /** A second is complete. */
  readonly onPoint: (point: SeriesPoint, isWarmup: boolean) => void;
}

export class Collector {
  readonly #options: CollectorOptions;
  readonly #tallies: Tally[];
  /** By second: what threads have reported of one that is not complete yet. */
  readonly #pending = new Map<number, Interval[]>();
  /** The last second that each thread has reported; a thread that stood still may leave some out. */
  readonly #reported: number[];
  readonly series: SeriesPoint[] = [];
  readonly intervals: IntervalCells[] = [];
  readonly lateness = newHistogram();
  /** By thread: microseconds at work, in the measured time. */
  readonly busy: number[];
  stalls = 0;
  longestStall = 0;
  /** Milliseconds since 1970 when the measured time began. */
  startMs = 0;
  readonly #failures = new Map<string, { -readonly [K in keyof FailureCount]: FailureCount[K] }>();

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#tallies = options.operations.map(() => ({
      counts: new Float64Array(COUNTS),
      latency: newHistogram(),
      service: newHistogram(),
    }));
    this.#reported = Array.from({ length: options.threads }, () => Number.NEGATIVE_INFINITY);
    this.busy = Array.from({ length: options.threads }, () => 0);
  }

  /** Failures since the beginning. */
  get failureCount(): number {
    let sum = 0;
    for (const { count } of this.#failures.values()) sum += count;
    return sum;
  }

  get failures(): FailureCount[] {
    return [...this.#failures.values()].sort((a, b) => b.count - a.count);
  }

  addFailures(failures: readonly FailureCount[]): void {
    for (const failure of failures) {
      const key = `${failure.kind} ${failure.code}`;
      const known = this.#failures.get(key);
      if (known === undefined) this.#failures.set(key, { ...failure });
      else {
        known.count += failure.count;
        if (failure.firstAt < known.firstAt)
          Object.assign(known, { firstAt: failure.firstAt, example: failure.example });
      }
    }
  }

  add(thread: number, interval: Interval): void {
    this.addFailures(interval.failures);
    this.#tally(interval);
    if (interval.isDrain) return;
    if (!isOfWarmup(interval.from, interval.to)) {
      this.busy[thread] = (this.busy[thread] ?? 0) + interval.busy;
      this.stalls += interval.stalls;
      this.longestStall = Math.max(this.longestStall, interval.stall);
    }
    const second = secondOf(interval);
    this.#reported[thread] = second;
    this.#pending.set(second, [...(this.#pending.get(second) ?? []), interval]);
    this.#emit();
  }

  /** A thread will report no more. */
  end(thread: number): void {
    this.#reported[thread] = Number.POSITIVE_INFINITY;
    this.#emit();
  }

  #tally({ operations, lateness, to }: Interval): void {
    for (const [i, { counts, latency, service }] of operations.entries()) {
      const tally = this.#tallies[i] as Tally;
      for (let j = 0; j < COUNTS; j++) tally.counts[j] = (tally.counts[j] ?? 0) + (counts[j] ?? 0);
      addCells(tally.latency, latency);
      addCells(tally.service, service);
    }
    if (to > 0) addCells(this.lateness, lateness);
  }

  /** Seconds of which no thread will report more. */
  #emit(): void {
    const complete = Math.min(...this.#reported);
    for (const second of [...this.#pending.keys()].sort((a, b) => a - b)) {
      if (second > complete) return;
      const intervals = this.#pending.get(second) ?? [];
      this.#pending.delete(second);
      this.#emitSecond(intervals);
    }
  }

  #emitSecond(intervals: readonly Interval[]): void {
    const to = Math.max(...intervals.map((interval) => interval.to));
    const begin = Math.min(...intervals.map((interval) => interval.from));
    const isWarmup = isOfWarmup(begin, to);
    const from = isWarmup ? begin : Math.max(begin, 0);
    const all = newHistogram();
    let succeeded = 0;
    let failed = 0;
    for (const { operations } of intervals) {
      for (const [i, { counts, latency }] of operations.entries()) {
        succeeded += counts[COUNT_SUCCEEDED] ?? 0;
        failed += counts[COUNT_FAILED] ?? 0;
        addCells(all, latency);
        if (!isWarmup && latency.length > 0) this.#keep(i, from, to, latency);
      }
    }
    // A thread that ends between two seconds has nothing to tell of the last one.
    if (to <= from && succeeded + failed === 0) return;
    const offered = this.#options.offered?.(Math.max(from, 0) / SECOND, to / SECOND);
    const point: SeriesPoint = {
      at: to / SECOND,
      seconds: (to - from) / SECOND,
      succeeded,
      failed,
      ...(offered === undefined ? {} : { offered }),
      p50: microsAt(all, 50),
      p99: microsAt(all, 99),
      p999: microsAt(all, 99.9),
      max: microsAt(all, 100),
      stall: Math.max(...intervals.map(({ stall }) => stall)),
    };
    if (!isWarmup) this.series.push(point);
    this.#options.onPoint(point, isWarmup);
  }

  #keep(operation: number, from: number, to: number, cells: Uint32Array): void {
    this.intervals.push({
      operation: this.#options.operations[operation] as string,
      startMs: this.startMs + from / 1000,
      endMs: this.startMs + to / 1000,
      cells,
    });
  }

  /** `seconds`: the measured time. */
  results(seconds: number): { totals: OperationResult; operations: OperationResult[] } {
    const operations = this.#tallies.map((tally, i) =>
      this.#resultOf(this.#options.operations[i] as string, tally, seconds),
    );
    const all: Tally = {
      counts: new Float64Array(COUNTS).map((_, j) =>
        this.#tallies.reduce((sum, { counts }) => sum + (counts[j] ?? 0), 0),
      ),
      latency: merged(this.#tallies.map(({ latency }) => latency)),
      service: merged(this.#tallies.map(({ service }) => service)),
    };
    const totals = this.#resultOf('all', all, seconds);
    const inTime = this.series.reduce((sum, { succeeded }) => sum + succeeded, 0);
    // Replies that came after the end count as answered, but not for the rate.
    return { totals: { ...totals, throughput: seconds > 0 ? inTime / seconds : 0 }, operations };
  }

  #resultOf(name: string, { counts, latency, service }: Tally, seconds: number): OperationResult {
    const count = (which: number) => counts[which] ?? 0;
    return {
      name,
      sent: count(COUNT_SENT),
      succeeded: count(COUNT_SUCCEEDED),
      failed: count(COUNT_FAILED),
      misses: count(COUNT_MISSES),
      hits: count(COUNT_HITS),
      throughput: seconds > 0 ? count(COUNT_SUCCEEDED) / seconds : 0,
      bytesSent: count(COUNT_BYTES_SENT),
      bytesReceived: count(COUNT_BYTES_RECEIVED),
      latency: latencyOf(latency),
      ...(this.#options.isOpenLoop ? { service: latencyOf(service) } : {}),
    };
  }
}

/** A run without warm-up may be over sooner than NEAR: it begins at 0. */
function isOfWarmup(from: number, to: number): boolean {
  return from < 0 && to <= NEAR;
}

/** The number of the second that an interval is about: 1 is the first of the measured time, 0 the last of the warm-up. */
function secondOf({ from, to }: Interval): number {
  // Intervals begin at a full second or, when the thread was late, behind it.
  const second = Math.floor((from + 1) / SECOND) + 1;
  return second <= 0 && to > NEAR ? 1 : second;
}
