/** Everything that a run needs to know: what the command line comes down to. Plain data, so that threads can have it. */
import type { Target } from './target.js';
import type { Workload } from './workload.js';

/** Part of an open loop's schedule: the rate goes from `from` to `to` in a straight line. Requests a second, seconds. */
export interface Phase {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

export type Load =
  /** Every connection keeps `pipeline` requests under way. */
  | { readonly kind: 'closed' }
  /**
   * Requests are sent when the schedule says, whatever the server does; latency counts from that time. At most
   * `pipeline` are under way on a connection; what finds no place waits, and its time runs.
   */
  | { readonly kind: 'open'; readonly arrivals: 'poisson' | 'constant'; readonly phases: readonly Phase[] };

export interface Plan {
  readonly target: Target;
  readonly workload: Workload;
  readonly load: Load;
  /** Of all threads together. */
  readonly connections: number;
  /** Requests under way on a connection, at most. */
  readonly pipeline: number;
  readonly threads: number;
  /** Measured time in seconds, after the warm-up; undefined with `requests`. */
  readonly duration?: number;
  /** Requests to send in all (measured ones); undefined with `duration`. */
  readonly requests?: number;
  /** Seconds at the beginning that are not measured. */
  readonly warmup: number;
  /** Store every key once before the run. */
  readonly preload: boolean;
  /** Seconds after which a request counts as unanswered. */
  readonly timeout: number;
  readonly seed: number;
  /** Of an open loop: how a thread waits for the next arrival. `spin` is exact and takes a core, `sleep` is good to 1 ms. */
  readonly pacing: 'spin' | 'sleep';
  readonly objectives: readonly Objective[];
}

export type Metric = 'throughput' | 'errors' | 'mean' | 'max' | `p${number}`;

/** `p99<2ms`. Limits in microseconds, requests a second, or (errors) as a share from 0 to 1. */
export interface Objective {
  readonly text: string;
  readonly metric: Metric;
  readonly comparison: '<' | '<=' | '>' | '>=';
  readonly limit: number;
}
