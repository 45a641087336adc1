/** What a sweep has found, in sentences. */
import { RESPONSE_POINTS_MIN } from '../model/queueing.js';
import { SCALING_POINTS_MIN } from '../model/scalability.js';
import { latencyText, plural, rateText, shareText } from '../show/numbers.js';
import type { QueueingFit, ScalabilityFit, SweepResult } from './result.js';

export function findings(result: SweepResult): string[] {
  const { scaling, scalability, steps, queueing } = result;
  return [
    ...(steps.length === 0 ? [] : [kneeSentence(result)]),
    ...(scaling.length === 0 ? [] : [scalabilitySentence(scalability, scaling.length)]),
    ...(steps.length === 0 ? [] : [queueingSentence(queueing, result)]),
  ];
}

function kneeSentence({ knee, steps, objectives }: SweepResult): string {
  const goal = objectives.length === 0 ? '' : ` with ${objectives.join(', ')}`;
  if (knee === undefined) return `knee: none, no rate was sustained${goal}`;
  const figures = `${rateText(knee.offered)}${goal} (mean ${latencyText(knee.latency.mean)}, p99 ${latencyText(knee.latency.p99)})`;
  const highest = steps.at(-1)?.offered === knee.offered;
  return highest ? `knee: at least ${figures}; no higher rate was tried` : `knee: ${figures}`;
}

function scalabilitySentence(fit: ScalabilityFit | undefined, points: number): string {
  if (fit === undefined) {
    const reason = points < SCALING_POINTS_MIN ? '' : ' with replies';
    return `scalability: no model, it takes ${SCALING_POINTS_MIN} numbers of connections${reason}`;
  }
  const costs = `contention ${shareText(fit.sigma)}, coherency ${shareText(fit.kappa)}`;
  const alone = `one connection alone ${rateText(fit.lambda)}`;
  return `scalability: the model says: ${ceiling(fit)}; ${alone}, ${costs}`;
}

function ceiling({ sigma, peakConnections, peakThroughput }: ScalabilityFit): string {
  const throughput = rateText(peakThroughput);
  if (peakConnections !== null) {
    return `ceiling about ${throughput} at ${plural(Math.round(peakConnections), 'connection')}`;
  }
  if (sigma > 0) return `it rises towards ${throughput} with more and more connections`;
  return `no ceiling in sight, it grows with every connection (to ${throughput} at the most that were tried)`;
}

function queueingSentence(fit: QueueingFit | undefined, { steps, knee }: SweepResult): string {
  if (fit === undefined) {
    const reason =
      steps.length < RESPONSE_POINTS_MIN
        ? `it takes ${RESPONSE_POINTS_MIN} rates`
        : `it takes ${RESPONSE_POINTS_MIN} rates that the server keeps up with, and a response time that grows towards an end`;
    return `queueing: no model, ${reason}`;
  }
  const { base, wait, capacity } = fit;
  const share = knee === undefined ? '' : ` (the knee is at ${shareText(knee.offered / capacity)} of it)`;
  const times = `${latencyText(base)} without a queue, and ${latencyText(wait)} more at half the capacity`;
  return `queueing: the model says: capacity ${rateText(capacity)}${share}; ${times}`;
}
