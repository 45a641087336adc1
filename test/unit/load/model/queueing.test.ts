import { describe, expect, it } from 'vitest';
import { fitQueueing, responseAt } from '../../../../src/load/model/queueing.js';
import { Random } from '../../../support/random.js';

const RATES = [10_000, 20_000, 40_000, 60_000, 80_000, 90_000];

function curve(base: number, wait: number, capacity: number, rates = RATES) {
  return rates.map((rate) => ({ rate, response: responseAt({ base, wait, capacity }, rate) }));
}

/** Mean time in an M/M/1 system of this load, service time 1: Lindley's recursion over so many customers. */
function simulatedResponse(random: Random, load: number, customers: number): number {
  const exponential = () => -Math.log((random.word() + 1) / 2 ** 32);
  let waiting = 0;
  let sum = 0;
  for (let i = 0; i < customers; i++) {
    const service = exponential();
    sum += waiting + service;
    waiting = Math.max(0, waiting + service - exponential() / load);
  }
  return sum / customers;
}

describe('fitQueueing', () => {
  it.each([
    [100, 100, 95_000],
    [250, 10, 91_000],
    [0, 50, 120_000],
    [80, 400, 200_000],
  ])('finds exactly what made the curve: base %d, wait %d, capacity %d', (base, wait, capacity) => {
    const fit = fitQueueing(curve(base, wait, capacity));
    expect(fit?.base).toBeCloseTo(base, 2);
    expect(fit?.wait).toBeCloseTo(wait, 2);
    expect((fit?.capacity ?? 0) / capacity).toBeCloseTo(1, 5);
    expect(fit?.rSquared).toBeCloseTo(1, 6);
  });

  it('finds the capacity through noise of 5 %', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = new Random(seed);
      const points = curve(120, 60, 95_000).map((p) => ({
        rate: p.rate,
        response: p.response * (1 + (random.below(2001) - 1000) / 20_000),
      }));
      expect(Math.abs((fitQueueing(points)?.capacity ?? 0) / 95_000 - 1)).toBeLessThan(0.04);
    }
  });

  it('describes a simulated M/M/1 queue: base and wait are the service time', () => {
    const random = new Random(42);
    const loads = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9];
    // 20 us of service: 50 k/s.
    const points = loads.map((load) => ({
      rate: load * 50_000,
      response: 20 * simulatedResponse(random, load, 100_000),
    }));
    const fit = fitQueueing(points);
    expect(Math.abs((fit?.capacity ?? 0) / 50_000 - 1)).toBeLessThan(0.03);
    expect(Math.abs((fit?.base ?? 0) / 20 - 1)).toBeLessThan(0.1);
    expect(Math.abs((fit?.wait ?? 0) / 20 - 1)).toBeLessThan(0.25);
    expect(fit?.rSquared).toBeGreaterThan(0.98);
  });

  it('keeps the capacity above every rate that was kept up with', () => {
    const points = curve(50, 5, 90_100);
    expect(fitQueueing(points)?.capacity).toBeGreaterThan(90_000);
    const cliff = RATES.map((rate) => ({ rate, response: rate === 90_000 ? 50_000 : 50 }));
    expect(fitQueueing(cliff)?.capacity).toBeGreaterThan(90_000);
  });

  it('says nothing of a response time that tells no end', () => {
    expect(fitQueueing(RATES.map((rate) => ({ rate, response: 100 })))).toBeUndefined();
    expect(fitQueueing(RATES.map((rate, i) => ({ rate, response: 100 + (i % 2) })))).toBeUndefined();
    expect(fitQueueing(RATES.map((rate) => ({ rate, response: 50 + rate / 1000 })))).toBeUndefined();
    expect(fitQueueing(RATES.map((rate) => ({ rate, response: 1e6 / rate })))).toBeUndefined();
  });

  it('asks for four different rates with replies', () => {
    const points = curve(100, 100, 95_000);
    expect(fitQueueing([])).toBeUndefined();
    expect(fitQueueing(points.slice(0, 3))).toBeUndefined();
    expect(fitQueueing([...points.slice(0, 3), ...points.slice(0, 3)])).toBeUndefined();
    expect(fitQueueing(points.map((p) => ({ ...p, response: 0 })))).toBeUndefined();
    expect(fitQueueing(points.slice(0, 4))).toBeDefined();
  });

  it('is infinite from the capacity on', () => {
    expect(responseAt({ base: 1, wait: 1, capacity: 10 }, 5)).toBe(2);
    expect(responseAt({ base: 1, wait: 1, capacity: 10 }, 10)).toBe(Number.POSITIVE_INFINITY);
    expect(responseAt({ base: 1, wait: 1, capacity: 10 }, 11)).toBe(Number.POSITIVE_INFINITY);
  });
});
