/** What the threads of the load generator and the one that started them tell each other. */
import type { MessagePort } from 'node:worker_threads';
import type { Plan } from '../plan/plan.js';
import type { ErrorKind } from '../result/result.js';

/** Where connections lead: one node, or the nodes of a cluster that serve slots. */
export interface Topology {
  readonly nodes: readonly Address[];
  /** The node of each slot; empty without a cluster. */
  readonly slots: Uint16Array;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface WorkerTask {
  readonly plan: Plan;
  readonly module: WebAssembly.Module;
  readonly thread: number;
  readonly topology: Topology;
  readonly port: MessagePort;
}

export type Order =
  | { readonly type: 'preload' }
  /** `at`: milliseconds since 1970 when the warm-up begins. */
  | { readonly type: 'run'; readonly at: number }
  | { readonly type: 'stop' }
  | { readonly type: 'topology'; readonly topology: Topology };

export type Report =
  /** All connections have been tried. */
  | { readonly type: 'connected'; readonly open: number; readonly failures: readonly FailureCount[] }
  | { readonly type: 'preloading'; readonly keys: number }
  | { readonly type: 'preloaded'; readonly failures: readonly FailureCount[] }
  | ({ readonly type: 'interval' } & Interval)
  /** The cluster has sent us elsewhere. */
  | { readonly type: 'moved' }
  | { readonly type: 'ended'; readonly summary: Summary };

/** What has happened since the last report. */
export interface Interval {
  /** Microseconds since the measured time began; negative in the warm-up. */
  readonly from: number;
  readonly to: number;
  /** The replies that came after the end of the measured time. */
  readonly isDrain: boolean;
  readonly operations: readonly OperationInterval[];
  readonly lateness: Uint32Array;
  readonly failures: readonly FailureCount[];
  /** Longest time for which the thread did not come round, in microseconds, and how often it was more than 1 ms. */
  readonly stall: number;
  readonly stalls: number;
  /** Microseconds for which the thread was at work. */
  readonly busy: number;
}

export interface OperationInterval {
  /** By COUNT_... (engine/layout.ts). */
  readonly counts: Float64Array;
  /** Pairs of cell and count. */
  readonly latency: Uint32Array;
  readonly service: Uint32Array;
}

export interface FailureCount {
  readonly kind: ErrorKind | 'setup' | 'preload';
  readonly code: string;
  readonly count: number;
  readonly example: string;
  /** Microseconds since the measured time began. */
  readonly firstAt: number;
}

export interface Summary {
  /** Requests that were due and never began. */
  readonly unsent: number;
  readonly checked: number;
  readonly sent: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly late: number;
  readonly strange: number;
  /** The server was away for so long that the rest was not sent. */
  readonly gaveUp: boolean;
}
