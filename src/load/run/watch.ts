/** What whoever starts a run sees of it while it goes on, and how to end it early. */
import type { Plan } from '../plan/plan.js';
import type { IntervalCells } from '../result/interval.js';
import type { LoadResult, SeriesPoint } from '../result/result.js';

export interface Progress {
  readonly phase: 'connect' | 'preload' | 'warm-up' | 'run' | 'drain';
  /** Seconds or requests that are done, of how many. */
  readonly done: number;
  readonly total: number;
  readonly unit: 'seconds' | 'requests' | 'connections';
  /** The second that has just ended; in the warm-up and in the run. */
  readonly point?: SeriesPoint;
  /** Errors since the beginning. */
  readonly errors: number;
}

export interface Watch {
  /** Ends the run: what was measured until then is reported. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Outcome {
  readonly result: LoadResult;
  /** For the histogram log: of each second and operation. */
  readonly intervals: readonly IntervalCells[];
}

/** `runPlan` (run.ts): never throws for what the server does; a run that can't go on has end 'failed'. */
export type RunPlan = (plan: Plan, watch: Watch) => Promise<Outcome>;
