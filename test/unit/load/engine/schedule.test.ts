/** When the requests of an open loop are due. */
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../../src/load/plan/plan.js';
import { Harness } from './harness.js';
import { chiSquare, criticalChi, kolmogorov } from './statistics.js';

interface Options {
  readonly arrivals?: 'poisson' | 'constant';
  readonly threads?: number;
  readonly warmup?: number;
  readonly seed?: number;
}

function scheduleOf(phases: readonly Phase[], options: Options = {}, thread = 0) {
  const { arrivals = 'constant', ...rest } = options;
  return new Harness({ ...rest, load: { kind: 'open', arrivals, phases } }, thread).exports;
}

/** All arrivals, at most so many, in microseconds. */
function arrivalsOf(exports: ReturnType<typeof scheduleOf>, most = 1_000_000): number[] {
  const times: number[] = [];
  while (times.length < most && exports.nextDue() < 1e300) {
    times.push(exports.nextDue());
    exports.advanceSchedule();
  }
  return times;
}

function steady(rate: number, seconds: number): Phase {
  return { from: rate, to: rate, seconds };
}

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, i) => time - (times[i] ?? 0));
}

function expectSorted(times: readonly number[]): void {
  expect(times.length === 0 || (times[0] ?? -1) >= 0).toBe(true);
  expect(gaps(times).every((gap) => gap >= 0)).toBe(true);
}

describe('constant arrivals', () => {
  it.each([
    [1000, 2, 1],
    [300, 10, 3],
    [7, 3, 4],
    [123_457, 1, 2],
    [0.5, 10, 1],
  ])('at %d a second for %d s from %d threads lie evenly', (rate, seconds, threads) => {
    const all = Array.from({ length: threads }, (_, thread) =>
      arrivalsOf(scheduleOf([steady(rate, seconds)], { threads }, thread)),
    );
    for (const times of all) expectSorted(times);
    const merged = all.flat().sort((a, b) => a - b);
    // Exactly as many as were asked for: none lies on the end.
    expect(merged).toHaveLength(rate * seconds);
    const gap = 1e6 / rate;
    const most = gaps(merged).reduce((worst, found) => Math.max(worst, Math.abs(found / gap - 1)), 0);
    expect(most).toBeLessThan(1e-6);
    expect(merged[0]).toBeCloseTo(gap / 2, 5);
    expect(merged.at(-1)).toBeLessThan(seconds * 1e6);
  });

  it('follow steps, and phases without any', () => {
    const phases = [steady(10, 1), steady(0, 5), steady(100, 2), steady(0, 1), steady(1, 3)];
    const times = arrivalsOf(scheduleOf(phases));
    expectSorted(times);
    const count = (from: number, to: number) => times.filter((time) => time >= from * 1e6 && time < to * 1e6).length;
    expect([count(0, 1), count(1, 6), count(6, 8), count(8, 9), count(9, 12)]).toEqual([10, 0, 200, 0, 3]);
  });

  it.each([
    [0, 1000, 4],
    [1000, 0, 4],
    [10, 500, 3],
    [500, 10, 3],
  ])('of a ramp from %d to %d within %d s are where the integral says', (from, to, seconds) => {
    const times = arrivalsOf(scheduleOf([{ from, to, seconds }]));
    expectSorted(times);
    expect(times.length).toBe(Math.round(((from + to) / 2) * seconds));
    const off = times.map((micros, i) => {
      const t = micros / 1e6;
      const due = from * t + (((to - from) / seconds) * t * t) / 2;
      return Math.abs(due - (i + 0.5));
    });
    expect(Math.max(...off)).toBeLessThan(1e-5);
  });

  it('of a ramp up, a plateau and a ramp down to nothing are all there', () => {
    const phases = [{ from: 0, to: 700, seconds: 3 }, steady(700, 3), { from: 700, to: 0, seconds: 3 }];
    for (const threads of [1, 3, 7]) {
      const all = Array.from({ length: threads }, (_, thread) => arrivalsOf(scheduleOf(phases, { threads }, thread)));
      for (const times of all) {
        expectSorted(times);
        expect(times.every((time) => Number.isFinite(time) && time <= 9e6)).toBe(true);
      }
      expect(all.flat()).toHaveLength(4200);
    }
  });

  it('begin with the first rate while warming up', () => {
    const times = arrivalsOf(scheduleOf([{ from: 100, to: 300, seconds: 1 }], { warmup: 2 }));
    expect(times.filter((time) => time < 2e6)).toHaveLength(200);
    expect(times.filter((time) => time >= 2e6)).toHaveLength(200);
  });

  it('do not drift in a week', () => {
    const exports = scheduleOf([steady(1, 7 * 24 * 3600)]);
    const times = arrivalsOf(exports);
    expect(times).toHaveLength(604_800);
    expect(times.at(-1)).toBeCloseTo(604_799.5e6, 0);
  });

  it('go on for ever when nobody says until when', () => {
    const times = arrivalsOf(scheduleOf([steady(1000, Number.POSITIVE_INFINITY)]), 5000);
    expect(times).toHaveLength(5000);
    expect(times.at(-1)).toBeCloseTo(4_999_500, 3);
  });

  it('never come at a rate of 0', () => {
    expect(arrivalsOf(scheduleOf([steady(0, 10)]))).toEqual([]);
    expect(arrivalsOf(scheduleOf([steady(0, Number.POSITIVE_INFINITY)]))).toEqual([]);
  });

  it('are over once the schedule has been ended', () => {
    const exports = scheduleOf([steady(10, 10)]);
    exports.endRun();
    expect(exports.nextDue()).toBe(Number.POSITIVE_INFINITY);
  });

  it('have finite times however phases are rounded', () => {
    for (let i = 1; i < 200; i++) {
      const odd = steady(i * 0.7, 0.1 + i / 7);
      const times = arrivalsOf(scheduleOf([odd, { from: 0, to: i, seconds: i / 3 }], { threads: 3 }, i % 3), 300);
      if (!times.every((time) => time >= 0)) expect.fail(`phases of ${i}`);
    }
  });
});

describe('Poisson arrivals', () => {
  const exponential = (x: number) => 1 - Math.exp(-x);

  it('have exponential gaps', () => {
    const times = arrivalsOf(scheduleOf([steady(1000, 20)], { arrivals: 'poisson', seed: 3 }));
    expectSorted(times);
    expect(
      kolmogorov(
        gaps(times).map((gap) => gap / 1000),
        exponential,
      ),
    ).toBeLessThan(2.7);
  });

  it('have gaps that do not depend on the one before', () => {
    const all = gaps(arrivalsOf(scheduleOf([steady(1000, 20)], { arrivals: 'poisson', seed: 4 })));
    const mean = all.reduce((a, b) => a + b) / all.length;
    const covariance = all.slice(1).reduce((sum, gap, i) => sum + (gap - mean) * ((all[i] ?? 0) - mean), 0);
    const variance = all.reduce((sum, gap) => sum + (gap - mean) ** 2, 0);
    expect(Math.abs(covariance / variance) * Math.sqrt(all.length)).toBeLessThan(4.75);
  });

  it('of all threads together are Poisson counts', () => {
    const threads = 3;
    const seconds = 4000;
    const counts = new Array<number>(seconds).fill(0);
    for (let thread = 0; thread < threads; thread++) {
      const options = { arrivals: 'poisson', threads, seed: 5 } as const;
      for (const time of arrivalsOf(scheduleOf([steady(5, seconds)], options, thread))) {
        counts[Math.floor(time / 1e6)] = (counts[Math.floor(time / 1e6)] ?? 0) + 1;
      }
    }
    const most = 12;
    const seen = new Array<number>(most + 1).fill(0);
    for (const count of counts) seen[Math.min(count, most)] = (seen[Math.min(count, most)] ?? 0) + 1;
    const shares: number[] = [];
    for (let k = 0, p = Math.exp(-5); k < most; k++, p *= 5 / k) shares.push(p);
    shares.push(1 - shares.reduce((a, b) => a + b));
    expect(chiSquare(seen, shares)).toBeLessThan(criticalChi(most));
  });

  it('of a ramp thicken as it rises', () => {
    const seconds = 10;
    const times = arrivalsOf(scheduleOf([{ from: 0, to: 4000, seconds }], { arrivals: 'poisson', seed: 6 }));
    expectSorted(times);
    // Given their number, arrivals are independent draws whose distribution is the integral.
    expect(kolmogorov(times, (micros) => (micros / 1e6 / seconds) ** 2)).toBeLessThan(2.7);
    expect(Math.abs(times.length - 20_000)).toBeLessThan(4.75 * Math.sqrt(20_000));
  });

  it('differ from thread to thread, and are the same for the same seed', () => {
    const times = (thread: number) =>
      arrivalsOf(scheduleOf([steady(100, 1)], { arrivals: 'poisson', threads: 2, seed: 9 }, thread));
    expect(times(0)).toEqual(times(0));
    expect(times(0)).not.toEqual(times(1));
  });
});

describe('what is due until a time', () => {
  it('is the integral of the rates', () => {
    const { dueUntil } = scheduleOf([steady(100, 1), steady(0, 2), { from: 0, to: 200, seconds: 2 }], { threads: 2 });
    const expected: [number, number][] = [
      [-1, 0],
      [0, 0],
      [0.5, 25],
      [1, 50],
      [2.5, 50],
      [4, 75],
      [5, 150],
      [99, 150],
    ];
    for (const [seconds, due] of expected) expect(dueUntil(seconds * 1e6)).toBeCloseTo(due, 6);
  });

  it('agrees with the arrivals', () => {
    const exports = scheduleOf([{ from: 50, to: 900, seconds: 3 }, steady(20, 4), { from: 20, to: 0, seconds: 1 }]);
    const times = arrivalsOf(exports);
    times.forEach((time, i) => {
      expect(exports.dueUntil(time)).toBeCloseTo(i + 0.5, 4);
    });
  });

  it('grows for ever with a phase without end', () => {
    expect(scheduleOf([steady(10, Number.POSITIVE_INFINITY)]).dueUntil(1e9)).toBeCloseTo(10_000, 6);
  });
});
