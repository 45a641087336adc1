/**
 * What a run has found out: the JSON document (`--json`), and what tables and pages are made of. Times are microseconds
 * unless the name says otherwise; `version` changes when a reader of the old form would be wrong.
 */
import type { Machine } from './machine.js';

export interface LoadResult {
  readonly format: 'ringshard-load';
  readonly version: 1;
  /** ISO 8601. */
  readonly startedAt: string;
  /** How it came to its end: as planned, by Ctrl-C, or because it could not go on. */
  readonly end: 'complete' | 'interrupted' | 'failed';
  /** With end 'failed': why, in one line. */
  readonly failure?: string;
  readonly settings: Settings;
  readonly machine: Machine;
  /** Measured seconds, without warm-up. */
  readonly seconds: number;
  readonly totals: OperationResult;
  readonly operations: readonly OperationResult[];
  /** One entry a second of the measured time (the last may be shorter). */
  readonly series: readonly SeriesPoint[];
  readonly errors: readonly ErrorCount[];
  readonly generator: Generator;
  readonly verification?: Verification;
  readonly datagrams?: Datagrams;
  readonly objectives: readonly ObjectiveResult[];
}

/** What was asked for, in words that a report shows. */
export interface Settings {
  readonly target: string;
  readonly protocol: string;
  readonly load: 'closed loop' | 'open loop';
  readonly arrivals?: string;
  /** Offered requests a second, of an open loop: the schedule in words, and its mean over the measured time. */
  readonly schedule?: string;
  readonly offered?: number;
  readonly connections: number;
  readonly pipeline: number;
  readonly threads: number;
  /** `get 50 %, set 50 %` */
  readonly operations: string;
  readonly keys: number;
  readonly distribution: string;
  readonly values: string;
  readonly ttl?: number;
  readonly warmup: number;
  readonly timeout: number;
  readonly seed: number;
  readonly verify: boolean;
}

export interface OperationResult {
  /** `all` for the totals. */
  readonly name: string;
  readonly sent: number;
  /** Replies that were no errors. */
  readonly succeeded: number;
  /** Error replies, timeouts, and requests whose connection broke. */
  readonly failed: number;
  /** Reads that found nothing, as far as the protocol tells. */
  readonly misses: number;
  readonly hits: number;
  /** Successful replies a second. */
  readonly throughput: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Open loop: from the intended send time. Closed loop: from the send time. Timeouts count with the time waited. */
  readonly latency: Latency;
  /** Open loop: from the moment of sending, which hides what a stalled server keeps waiting. */
  readonly service?: Latency;
}

export interface Latency {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly stddev: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly p9999: number;
  /** HdrHistogram V2, compressed, base64; values in nanoseconds, three digits. */
  readonly histogram: string;
}

export interface SeriesPoint {
  /** Seconds since the measured time began, at the end of this point's time, and how long that was. */
  readonly at: number;
  readonly seconds: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Requests that the schedule asked for in this time; open loop only. */
  readonly offered?: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  /** Longest time for which a thread of the generator did not come round. */
  readonly stall: number;
}

export type ErrorKind =
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'reply'
  | 'protocol'
  | 'moved'
  | 'unsent'
  | 'wrong value'
  | 'stale value'
  | 'missing value';

export interface ErrorCount {
  readonly kind: ErrorKind;
  /** Of replies: the error's first word (`OOM`, `SERVER_ERROR`, `503`). */
  readonly code?: string;
  readonly count: number;
  /** The first one's text. */
  readonly example: string;
  /** Seconds since the measured time began (negative: in the warm-up). */
  readonly firstAt: number;
}

/** How the load generator itself has fared. */
export interface Generator {
  /** CPU time of the generator's process over the measured time, in microseconds a request. */
  readonly cpuPerRequest: number;
  /** Share of the measured time that its busiest thread was at work, 0 to 1. */
  readonly utilization: number;
  /** Times that a thread did not come round for more than a millisecond, and the longest. */
  readonly stalls: number;
  readonly longestStall: number;
  /** Open loop: by how much requests were sent late although a connection was free. */
  readonly lateness?: Latency;
  /** The figures tell more of the generator than of the server: why, in one line each. */
  readonly warnings: readonly string[];
  readonly valid: boolean;
}

export interface Verification {
  readonly checked: number;
  readonly wrong: number;
  readonly stale: number;
  readonly missing: number;
  /** Requests that were never answered. */
  readonly lost: number;
  readonly passed: boolean;
}

/** UDP. */
export interface Datagrams {
  readonly sent: number;
  /** Requests without a reply in time. */
  readonly lost: number;
  readonly duplicates: number;
  /** Replies that came after their request had been given up. */
  readonly late: number;
  /** Datagrams that were no reply to anything. */
  readonly strange: number;
}

export interface ObjectiveResult {
  readonly text: string;
  readonly measured: number;
  readonly met: boolean;
}
