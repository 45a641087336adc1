/** Open loops as the command line writes them: `--rate 50k`, `--ramp 1k:50k:30s`, `--steps 1k,2k,4k:10s`. */
import type { Phase } from './plan.js';
import { readDuration, readRate } from './quantity.js';
import { UsageError } from './usage-error.js';

export const LEAST_SECONDS = 0.1;
export const MOST_SECONDS = 7 * 24 * 3600;

/** From one rate to another. */
export function readRamp(text: string): readonly Phase[] {
  const [from = '', to = '', time = '', more] = text.split(':');
  if (time === '' || more !== undefined) throw new UsageError('expected from:to:time, such as 1k:50k:30s');
  const phase = { from: readRate(from, 0), to: readRate(to, 0), seconds: secondsOf(time) };
  if (phase.from + phase.to === 0) throw new UsageError('one of the rates must be above 0');
  return [phase];
}

/** Several rates, each for the time after the colon. */
export function readSteps(text: string): readonly Phase[] {
  const [rates = '', time = '', more] = text.split(':');
  if (time === '' || more !== undefined)
    throw new UsageError('expected rates and the time of each, such as 1k,2k,4k:10s');
  const seconds = secondsOf(time);
  return rates.split(',').map((rate) => {
    const perSecond = readRate(rate);
    return { from: perSecond, to: perSecond, seconds };
  });
}

export function steadyFor(rate: number, seconds: number): readonly Phase[] {
  return [{ from: rate, to: rate, seconds }];
}

/**
 * Long enough for so many requests whatever chance makes of the arrivals: each thread draws its own, and the sum of n
 * exponential gaps is below n + 10 sqrt(n) + 10 of their means with certainty for all that matters.
 */
export function steadyUntil(rate: number, requests: number, threads: number): readonly Phase[] {
  const each = requests / threads;
  return steadyFor(rate, ((each + 10 * Math.sqrt(each) + 10) * threads) / rate);
}

export function totalSeconds(phases: readonly Phase[]): number {
  return phases.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Mean rate over the whole schedule. */
export function meanRate(phases: readonly Phase[]): number {
  const requests = phases.reduce((sum, { from, to, seconds }) => sum + ((from + to) / 2) * seconds, 0);
  return requests / totalSeconds(phases);
}

function secondsOf(text: string): number {
  return readDuration(text, LEAST_SECONDS, MOST_SECONDS);
}
