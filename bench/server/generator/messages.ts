/** What the benchmark asks of its load generator, a process of its own, and what that answers. */
import type { Keys } from '../../support/requests.js';

/** Closed loop: every connection sends a pipeline of requests when the one before has been answered in full. */
export interface ClosedLoop {
  readonly kind: 'closed-loop';
  readonly port: number;
  /** Of the server, whose CPU time is read at both ends of the measurement. */
  readonly pid: number;
  readonly command: 'GET' | 'SET';
  readonly keys: Keys;
  readonly valueBytes: number;
  readonly connections: number;
  readonly pipeline: number;
  readonly seconds: number;
  /** Ends after so many requests instead. */
  readonly requests?: number | undefined;
  readonly warmupSeconds: number;
}

/** Every connection sends a GET at fixed times, one at a time. Runs until `stop` comes. */
export interface PacedGets {
  readonly kind: 'paced-gets';
  readonly port: number;
  readonly pid: number;
  readonly keys: Keys;
  readonly valueBytes: number;
  readonly connections: number;
  /** Requests a second of each connection. */
  readonly rate: number;
}

/** SETs every key once; `options` follow the value. */
export interface Fill {
  readonly kind: 'fill';
  readonly port: number;
  readonly keys: Keys;
  readonly valueBytes: number;
  readonly options: readonly string[];
}

/** `KEYS *` again and again, until `stop` comes. Every reply must have `count` elements of 16 bytes. */
export interface KeysLoop {
  readonly kind: 'keys-loop';
  readonly port: number;
  readonly count: number;
}

/** GETs of keys of skewed popularity, each of those that were missed followed by a SET. */
export interface ReadThrough {
  readonly kind: 'read-through';
  readonly port: number;
  readonly pid: number;
  readonly keys: Keys;
  readonly valueBytes: number;
  readonly connections: number;
  readonly pipeline: number;
  /** Exponent of the popularity. */
  readonly skew: number;
  /** GETs that are counted, and before them those that are not. */
  readonly requests: number;
  readonly warmupRequests: number;
}

export type Job = ClosedLoop | PacedGets | Fill | KeysLoop | ReadThrough;

export type ToGenerator =
  | { readonly type: 'start'; readonly job: Job }
  /** Forgets what was measured so far. */
  | { readonly type: 'reset' }
  | { readonly type: 'stop' };

export type FromGenerator =
  | { readonly type: 'result'; readonly result: Outcome }
  | { readonly type: 'error'; readonly message: string };

/** In microseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Which fields there are depends on the job. */
export interface Outcome {
  /** Requests that were answered, correctly, in the time measured. */
  readonly requests: number;
  readonly seconds: number;
  readonly hits?: number;
  readonly latency?: Latency;
  readonly serverCpuSeconds?: number | undefined;
  readonly own: OwnFigures;
}

/** The generator itself: it must not be taken for the server. */
interface OwnFigures {
  readonly cpuSeconds: number;
  /** How late its event loop came to what was due, in milliseconds. */
  readonly stallP99Ms: number;
  readonly stallMaxMs: number;
}
