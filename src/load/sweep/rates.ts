/**
 * Second part of a sweep: open loop, with higher and higher rates until the server does not sustain them, then halving
 * the way between the last that it did and the first that it did not.
 */
import { findKnee, lowestNotHeldAbove } from '../model/knee.js';
import type { Plan } from '../plan/plan.js';
import { rateText } from '../show/numbers.js';
import { type Judged, judgeStep } from './judge.js';
import { openStep } from './plans.js';
import type { RateStep } from './result.js';
import { endingOf, isUsable, type PhaseEnd, type StepRunner } from './runner.js';
import type { SweepWatch } from './watch.js';

/** Of the best closed-loop throughput: where the curve is drawn from. */
const SHARES = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9];
/** From there on, each rate is this much higher than the one before; so often at the most (to 3.2 times the best). */
const CLIMB = 1.15;
const CLIMBS_MAX = 9;
/** From a gap of 15 % that leaves 1 %, which is what a shortfall is told by. */
const HALVINGS = 4;
/** Below this share of what was offered there is no doubt, and no reason to try again. */
const CLEAR_SHARE = 0.9;
/** Rates are round numbers. */
const DIGITS = 3;

export class RateSearch {
  readonly #plan: Plan;
  readonly #seconds: number;
  readonly #runner: StepRunner;
  readonly #watch: SweepWatch;
  readonly #judged: Judged[] = [];

  constructor(plan: Plan, seconds: number, runner: StepRunner, watch: SweepWatch) {
    this.#plan = plan;
    this.#seconds = seconds;
    this.#runner = runner;
    this.#watch = watch;
  }

  /** By growing rate. */
  get judged(): readonly Judged[] {
    return this.#judged.toSorted((a, b) => a.step.offered - b.step.offered);
  }

  /** With the rates that are given, or chosen from the best throughput that a closed loop has reached. */
  async search(given: readonly number[] | undefined, best: number): Promise<PhaseEnd> {
    for (const rate of given ?? chosenRates(best)) {
      const ending = await this.#measure(rate);
      if (ending !== undefined) return ending;
      if (this.#isBeyond()) break;
    }
    for (let i = 0; i < HALVINGS; i++) {
      const rate = this.#middle();
      if (rate === undefined) break;
      const ending = await this.#measure(rate);
      if (ending !== undefined) return ending;
    }
    return { end: 'complete' };
  }

  /** Once, and once more when chance may have decided. */
  async #measure(rate: number): Promise<PhaseEnd | undefined> {
    const ending = await this.#step(rate, false);
    if (ending !== undefined || !isDoubtful(this.#judged.at(-1)?.step)) return ending;
    return this.#step(rate, true);
  }

  async #step(offered: number, again: boolean): Promise<PhaseEnd | undefined> {
    if (this.#runner.interrupted) return { end: 'interrupted' };
    this.#watch.onStart?.({ kind: 'rate', offered, again });
    const result = await this.#runner.run(openStep(this.#plan, offered, this.#seconds));
    if (isUsable(result, this.#seconds)) {
      const judged = judgeStep(result, offered, this.#plan);
      this.#judged.push(judged);
      this.#watch.onStep?.({ kind: 'rate', step: judged.step });
    }
    return endingOf(result, `at ${rateText(offered)}`);
  }

  /** No need to go higher: the last rate was clearly too much, or the last two were not held. */
  #isBeyond(): boolean {
    const steps = this.#steps();
    const last = steps.at(-1);
    if (last === undefined || last.sustained) return false;
    const before = steps.findLast(({ offered }) => offered !== last.offered);
    return !isDoubtful(last) || before?.sustained === false;
  }

  /** Between the knee and the next rate that was not held; undefined when they are as near as rates can be. */
  #middle(): number | undefined {
    const steps = this.#steps();
    const low = findKnee(steps)?.offered ?? 0;
    const high = lowestNotHeldAbove(steps, low);
    if (high === undefined) return undefined;
    const middle = round((low + high) / 2);
    return middle > low && middle < high ? middle : undefined;
  }

  /** In the order of time. */
  #steps(): readonly RateStep[] {
    return this.#judged.map(({ step }) => step);
  }
}

function isDoubtful(step: RateStep | undefined): boolean {
  return step !== undefined && !step.sustained && step.achieved >= CLEAR_SHARE * step.offered;
}

function* chosenRates(best: number): Generator<number> {
  for (const share of SHARES) yield round(share * best);
  let rate = (SHARES.at(-1) ?? 1) * best;
  for (let i = 0; i < CLIMBS_MAX; i++) {
    rate *= CLIMB;
    yield round(rate);
  }
}

function round(rate: number): number {
  return Number(rate.toPrecision(DIGITS));
}
