/** What a schedule asks for between two times. */
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../../src/load/plan/plan.js';
import { offeredBetween } from '../../../../src/load/run/offered.js';

const PHASES: readonly Phase[] = [
  { from: 100, to: 100, seconds: 2 },
  { from: 0, to: 0, seconds: 3 },
  { from: 0, to: 200, seconds: 4 },
];

describe('requests that are offered', () => {
  it.each([
    [0, 2, 200],
    [0.5, 1.25, 75],
    [1, 4, 100],
    [2, 5, 0],
    [5, 9, 400],
    [7, 8, 125],
    [-3, 1, 100],
    [8, 99, 175],
    [9, 10, 0],
    [3, 3, 0],
    [4, 1, 0],
  ])('from %d s to %d s are %d', (from, to, expected) => {
    expect(offeredBetween(PHASES, from, to)).toBeCloseTo(expected, 9);
  });

  it('of the seconds add up to those of the whole', () => {
    let sum = 0;
    for (let at = 0; at < 9; at += 0.3) sum += offeredBetween(PHASES, at, Math.min(9, at + 0.3));
    expect(sum).toBeCloseTo(600, 6);
  });

  it('of a phase without end go on', () => {
    expect(offeredBetween([{ from: 5, to: 5, seconds: Number.POSITIVE_INFINITY }], 10, 12)).toBeCloseTo(10, 9);
  });
});
