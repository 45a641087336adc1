/** Runs one step after the other, and knows when there should be no next one. */
import type { Plan } from '../plan/plan.js';
import type { LoadResult } from '../result/result.js';
import type { RunPlan } from '../run/watch.js';
import type { SweepWatch } from './watch.js';

/** How a phase of the sweep came to its end. */
export interface PhaseEnd {
  readonly end: 'complete' | 'interrupted' | 'failed';
  readonly failure?: string;
}

/** Less than this share of a step's time says too little to be reported when the user ends the sweep in it. */
const PARTIAL_MIN = 0.5;

export class StepRunner {
  readonly #plan: Plan;
  readonly #run: RunPlan;
  readonly #watch: SweepWatch;
  #first: LoadResult | undefined;

  constructor(plan: Plan, run: RunPlan, watch: SweepWatch) {
    this.#plan = plan;
    this.#run = run;
    this.#watch = watch;
  }

  /** Of the first step, whatever became of it: what the sweep's settings and machine are known from. */
  get first(): LoadResult | undefined {
    return this.#first;
  }

  /** The user has ended the sweep. The first step runs even so: it finds out by itself, and tells the settings. */
  get interrupted(): boolean {
    return this.#first !== undefined && this.#watch.signal.aborted;
  }

  /** The first step preloads, if the plan says so, and has all of the plan's warm-up. */
  async run(step: Plan): Promise<LoadResult> {
    const { preload, warmup } = this.#plan;
    const plan = this.#first === undefined ? { ...step, preload, warmup: Math.max(warmup, step.warmup) } : step;
    const { result } = await this.#run(plan, this.#watch);
    this.#first ??= result;
    return result;
  }
}

/** Whether a step's figures can be reported. */
export function isUsable({ end, seconds }: LoadResult, planned: number): boolean {
  return end === 'complete' || (end === 'interrupted' && seconds >= PARTIAL_MIN * planned);
}

/** How a step ends its phase; undefined: it does not. */
export function endingOf({ end, failure }: LoadResult, where: string): PhaseEnd | undefined {
  if (end === 'failed') return { end, failure: `${where}: ${failure ?? 'the run could not go on'}` };
  return end === 'interrupted' ? { end } : undefined;
}
