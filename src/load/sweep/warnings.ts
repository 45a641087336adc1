/** What a reader of a sweep's figures has to know before trusting them. One line each. */
import { relativeDeviation } from '../model/goodness.js';
import { excusedRate } from '../model/knee.js';
import { responseAt } from '../model/queueing.js';
import { throughputAt } from '../model/scalability.js';
import { plural, rateText, shareText } from '../show/numbers.js';
import type { SweepResult } from './result.js';

/** A model with a lower R² than this and a larger deviation does not describe what was measured. */
const R_SQUARED_MIN = 0.8;
/** R² alone is no measure where all values are nearly the same. */
const DEVIATION_MAX = 0.05;
/** A ceiling so many times beyond what was measured is a guess. */
const REACH_MAX = 1.5;
/** Share of the time that the generator's busiest thread may be at work before the ceiling may be its own. */
const BUSY = 0.9;

export function warningsOf(result: SweepResult): string[] {
  return [
    ...scalabilityWarnings(result),
    ...generatorWarnings(result),
    ...rateWarnings(result),
    ...queueWarnings(result),
  ];
}

function scalabilityWarnings({ scalability: fit, scaling }: SweepResult): string[] {
  if (fit === undefined) return [];
  const answered = scaling.filter(({ throughput }) => throughput > 0);
  const measured = answered.map(({ throughput }) => throughput);
  const modelled = answered.map(({ connections }) => throughputAt(fit, connections));
  const bounded = fit.sigma > 0 || fit.kappa > 0;
  const beyond = bounded && fit.peakThroughput > REACH_MAX * Math.max(...measured);
  return [
    ...misfit('scalability', fit.rSquared, relativeDeviation(measured, modelled)),
    ...(beyond
      ? ["the scalability model's ceiling is far beyond what was measured: a guess, try more connections"]
      : []),
  ];
}

function generatorWarnings({ scaling, steps }: SweepResult): string[] {
  const busy = scaling.filter(({ generatorUtilization }) => generatorUtilization > BUSY);
  const [first] = busy;
  const limited = steps.find(({ generatorValid, sustained }) => !generatorValid && !sustained);
  return [
    ...(first === undefined
      ? []
      : [
          `the load generator was ${shareText(first.generatorUtilization)} busy at ${plural(first.connections, 'connection')}: from there on the ceiling may be its own (--threads)`,
        ]),
    ...(limited === undefined
      ? []
      : [`the load generator fell behind at ${rateText(limited.offered)}: the server's knee may be higher`]),
  ];
}

function rateWarnings({ steps }: SweepResult): string[] {
  const excused = excusedRate(steps);
  if (excused === undefined) return [];
  return [`${rateText(excused)} was not sustained but higher rates were: taken for noise`];
}

function queueWarnings({ queueing: fit, steps, knee }: SweepResult): string[] {
  if (fit === undefined) return [];
  const below = steps.filter(({ offered, sustained }) => sustained && offered < fit.capacity);
  const deviation = relativeDeviation(
    below.map(({ latency }) => latency.mean),
    below.map(({ offered }) => responseAt(fit, offered)),
  );
  const reached = Math.max(knee?.offered ?? 0, ...below.map(({ offered }) => offered));
  const beyond = fit.capacity > REACH_MAX * reached;
  return [
    ...(below.length === 0 ? [] : misfit('queueing', fit.rSquared, deviation)),
    ...(beyond ? ["the queueing model's capacity is far beyond what was sustained: a guess"] : []),
  ];
}

function misfit(name: string, rSquared: number, deviation: number): string[] {
  if (rSquared >= R_SQUARED_MIN || deviation <= DEVIATION_MAX) return [];
  return [`the ${name} model does not describe this: R² ${rSquared.toFixed(2)}, typically ${shareText(deviation)} off`];
}
