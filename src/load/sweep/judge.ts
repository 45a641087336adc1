/** Whether a server has sustained an offered rate, and if not, why. */
import { shortfallAllowed } from '../model/sustained.js';
import type { Plan } from '../plan/plan.js';
import { errorShare } from '../result/objectives.js';
import type { ErrorCount, LoadResult } from '../result/result.js';
import { rateText, shareText } from '../show/numbers.js';
import { measuredText } from '../show/objective.js';
import { arrivalsOf } from './plans.js';
import { type RateStep, summaryOf } from './result.js';

/** Share of requests that may fail or be lost where no objective says something about errors. */
const FAILED_SHARE_MAX = 0.001;

export interface Judged {
  readonly step: RateStep;
  /** Whatever the objectives say. */
  readonly keptUp: boolean;
  /** The share of the rate that it may fall short of and still be taken for keeping up. */
  readonly shortfallAllowed: number;
}

export function judgeStep(result: LoadResult, offered: number, plan: Plan): Judged {
  const { totals, generator, seconds } = result;
  const achieved = totals.throughput;
  const allowed = shortfallAllowed(offered * seconds, arrivalsOf(plan));
  const keptUp = achieved > 0 && achieved >= offered * (1 - allowed);
  const reasons = [
    ...(keptUp ? [] : [`achieved only ${rateText(achieved)} (${shareText(achieved / offered)})`]),
    ...failures(result, plan),
    ...(result.verification?.passed === false ? ['wrong replies'] : []),
    ...result.objectives
      .filter(({ met }) => !met)
      .map((objective) => `${objective.text}: measured ${measuredText(objective, totals)}`),
  ];
  // What the generator was late by is in the latencies: it can spoil a step, but it can't make one look good.
  if (reasons.length > 0 && !generator.valid) reasons.unshift(generator.warnings[0] ?? 'the generator fell behind');
  const step = {
    offered,
    achieved,
    latency: summaryOf(totals.latency),
    ...(totals.service === undefined ? {} : { response: totals.service.mean }),
    errors: totals.failed,
    loss: lossOf(result),
    sustained: reasons.length === 0,
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    generatorValid: generator.valid,
  };
  return { step, keptUp, shortfallAllowed: allowed };
}

/** Datagrams that went without a reply; elsewhere, requests that had none in time. */
function lossOf({ totals, datagrams, errors }: LoadResult): number {
  const [lost, sent] =
    datagrams === undefined ? [countOf(errors, 'timeout'), totals.sent] : [datagrams.lost, datagrams.sent];
  return sent === 0 ? 0 : lost / sent;
}

function countOf(errors: readonly ErrorCount[], kind: ErrorCount['kind']): number {
  return errors.reduce((sum, error) => sum + (error.kind === kind ? error.count : 0), 0);
}

/** Nothing where an objective limits the errors: it says so itself. */
function failures({ totals, errors, datagrams }: LoadResult, { objectives }: Plan): string[] {
  const share = errorShare(totals);
  if (totals.failed === 0 || share <= FAILED_SHARE_MAX) return [];
  if (objectives.some(({ metric }) => metric === 'errors')) return [];
  const worst = errors.reduce<ErrorCount | undefined>(
    (a, b) => (a === undefined || b.count > a.count ? b : a),
    undefined,
  );
  if (worst === undefined) return [`${shareText(share)} failed`];
  if (datagrams !== undefined && worst.kind === 'timeout') return [`${shareText(share)} lost`];
  return [`${shareText(share)} failed (mostly ${worst.kind}${worst.code === undefined ? '' : ` ${worst.code}`})`];
}
