import { describe, expect, it } from 'vitest';
import { excusedRate, findKnee, lowestNotHeldAbove } from '../../../../src/load/model/knee.js';
import { shortfallAllowed } from '../../../../src/load/model/sustained.js';
import type { RateStep } from '../../../../src/load/sweep/result.js';

/** `10+ 20-`: rates, and whether each was sustained. */
function steps(text: string): RateStep[] {
  return text.split(' ').map((word) => ({
    offered: Number.parseInt(word, 10),
    achieved: Number.parseInt(word, 10),
    latency: { mean: 1, p50: 1, p99: 1, p999: 1, max: 1 },
    errors: 0,
    loss: 0,
    sustained: word.endsWith('+'),
    generatorValid: true,
  }));
}

describe('findKnee', () => {
  it.each([
    ['10+ 20+ 30+ 40-', 30],
    ['10+ 20+ 30+', 30],
    ['10-', undefined],
    ['10- 20- 30-', undefined],
    // Order does not matter.
    ['40- 10+ 35+ 30+ 37-', 35],
    // A lower rate that was not held is an end, unless the two next higher ones were.
    ['10+ 20- 30+ 40-', 10],
    ['10+ 20- 30+ 40+ 50-', 40],
    ['10- 20+ 30+ 40-', 30],
    ['10+ 20- 30- 40+ 50+', 10],
    // Once.
    ['10+ 20- 30+ 40+ 50- 60+ 70+', 40],
    // Held at the second try.
    ['10+ 20- 20+ 30-', 20],
    ['10+ 20+ 20- 30-', 20],
  ])('of %s it is %s', (text, expected) => {
    expect(findKnee(steps(text))?.offered).toBe(expected);
  });

  it('is a step that was sustained', () => {
    expect(findKnee(steps('10+ 20+ 20-'))?.sustained).toBe(true);
  });

  it('knows none without steps', () => {
    expect(findKnee([])).toBeUndefined();
  });

  it('tells which rate is the next that was not held, and which was excused', () => {
    expect(lowestNotHeldAbove(steps('10- 20+ 30+ 40- 50-'), 30)).toBe(40);
    expect(lowestNotHeldAbove(steps('10- 20+'), 0)).toBe(10);
    expect(lowestNotHeldAbove(steps('10+ 20- 20+'), 10)).toBeUndefined();
    expect(excusedRate(steps('10+ 20- 30+ 40+ 50-'))).toBe(20);
    expect(excusedRate(steps('10+ 20+ 30-'))).toBeUndefined();
  });
});

describe('shortfallAllowed', () => {
  it('is one percent, or what chance explains with few requests', () => {
    expect(shortfallAllowed(1_000_000, 'poisson')).toBe(0.01);
    expect(shortfallAllowed(10_000, 'poisson')).toBeCloseTo(0.03, 10);
    expect(shortfallAllowed(10_000, 'constant')).toBe(0.01);
    expect(shortfallAllowed(10, 'constant')).toBe(0.1);
    expect(shortfallAllowed(4, 'poisson')).toBe(0.5);
  });
});
