import { expect, it } from 'vitest';
import type { Judged } from '../../../../src/load/sweep/judge.js';
import { steadyPoints } from '../../../../src/load/sweep/steady.js';

function judged(offered: number, achieved: number, generatorValid = true): Judged {
  const latency = { mean: offered / 10, p50: 1, p99: 1, p999: 1, max: 1 };
  const step = { offered, achieved, latency, errors: 0, loss: 0, sustained: true, generatorValid };
  return { step, keptUp: achieved >= 0.99 * offered, shortfallAllowed: 0.01 };
}

function rates(...steps: Judged[]): number[] {
  return steadyPoints(steps).map(({ rate }) => rate);
}

it('takes every rate that was kept up with while none was too high', () => {
  expect(rates(judged(100, 100), judged(200, 199))).toEqual([100, 200]);
});

it('leaves out what is overload, and what may be', () => {
  expect(rates(judged(100, 100), judged(940, 940), judged(955, 950), judged(1000, 950))).toEqual([100, 940]);
});

it('keeps what was held by a server that collapses in overload', () => {
  expect(rates(judged(100, 100), judged(800, 800), judged(900, 900), judged(1000, 500))).toEqual([100, 800]);
});

it('does not take a generator that falls short for a server that does', () => {
  expect(rates(judged(100, 100), judged(200, 200, false), judged(300, 150, false))).toEqual([100, 200]);
});

it('prefers the time from sending', () => {
  const late = judged(100, 100, false);
  const points = steadyPoints([{ ...late, step: { ...late.step, response: 7 } }]);
  expect(points).toEqual([{ rate: 100, response: 7 }]);
});
