/** What a sweep has found out: the JSON document of `ringshard load sweep`. Times are microseconds. */
import type { Machine } from '../result/machine.js';
import type { LoadResult, Settings } from '../result/result.js';

export interface SweepResult {
  readonly format: 'ringshard-sweep';
  readonly version: 1;
  readonly startedAt: string;
  readonly end: 'complete' | 'interrupted' | 'failed';
  /** Why it could not go on; with end 'complete': why no more connections were tried before the rates. */
  readonly failure?: string;
  readonly settings: Settings;
  readonly machine: Machine;
  /** What every rate step had to meet, as given (`p99<2ms`); a throughput is not among them. */
  readonly objectives: readonly string[];
  /** Closed loop, growing number of connections. */
  readonly scaling: readonly ScalingPoint[];
  readonly scalability?: ScalabilityFit;
  /** Open loop, growing rate. A rate that was tried twice is there twice. */
  readonly steps: readonly RateStep[];
  readonly queueing?: QueueingFit;
  /** The highest offered rate at which achieved = offered and the objectives held; undefined if none did. */
  readonly knee?: RateStep;
}

export interface ScalingPoint {
  readonly connections: number;
  /** Requests a second. */
  readonly throughput: number;
  readonly latency: Summary;
  readonly errors: number;
  readonly generatorUtilization: number;
}

export interface RateStep {
  readonly offered: number;
  readonly achieved: number;
  readonly latency: Summary;
  /** Mean from the moment of sending: without what the generator was late by. The queueing curve is fitted to it. */
  readonly response?: number;
  readonly errors: number;
  /** Share of requests without a reply; of interest with UDP. */
  readonly loss: number;
  readonly sustained: boolean;
  /** Why it was not sustained. */
  readonly reason?: string;
  readonly generatorValid: boolean;
}

export interface Summary {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export function summaryOf({ mean, p50, p99, p999, max }: LoadResult['totals']['latency']): Summary {
  return { mean, p50, p99, p999, max };
}

/** Gunther's Universal Scalability Law: X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)). */
export interface ScalabilityFit {
  /** Requests a second of one connection alone. */
  readonly lambda: number;
  /** Contention, and coherency. */
  readonly sigma: number;
  readonly kappa: number;
  /**
   * Where the model's throughput is highest (infinite without coherency cost: null), and that throughput: without
   * coherency cost what it rises towards, and without contention either, the model's at the most connections measured.
   */
  readonly peakConnections: number | null;
  readonly peakThroughput: number;
  /** Coefficient of determination of the throughputs. */
  readonly rSquared: number;
}

/** Mean response time over load: R(x) = base + wait * u / (1 - u), u = x / capacity. */
export interface QueueingFit {
  readonly base: number;
  readonly wait: number;
  /** Requests a second at which the model's queue grows without end. */
  readonly capacity: number;
  readonly rSquared: number;
}
