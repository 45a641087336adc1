import { expect, it } from 'vitest';
import { parseDuration } from '../../../src/base/duration.js';

it.each([
  ['250ms', 250],
  ['1.5s', 1500],
  ['90m', 5_400_000],
  ['1h', 3_600_000],
  ['7d', 604_800_000],
  [' 2s ', 2000],
  ['0s', 0],
])('reads %s', (text, ms) => expect(parseDuration(text)).toBe(ms));

it.each(['', 's', '1 h', '-1s', '1w', '1e3s', '.5s', 'soon', '99999999999999999d'])('does not read %j', (text) =>
  expect(parseDuration(text)).toBeUndefined(),
);

it('takes a plain number for what it is told', () => {
  expect([parseDuration('10'), parseDuration('10', 1000), parseDuration('10ms', 1000)]).toEqual([
    undefined,
    10_000,
    10,
  ]);
});
