import { expect, it } from 'vitest';
import { Doorbell } from '../../../src/ring/doorbell.js';

function makeBell(): Doorbell {
  return new Doorbell(new Int32Array(new SharedArrayBuffer(64)), 8);
}

it('rings only for somebody who sleeps, and once', () => {
  const bell = makeBell();
  expect(bell.ring()).toBe(false);
  bell.announce();
  expect(bell.ring()).toBe(true);
  expect(bell.ring()).toBe(false);
});

it('does not ring for somebody who has thought better of it', () => {
  const bell = makeBell();
  bell.announce();
  bell.cancel();
  expect(bell.ring()).toBe(false);
});

it('does not let anybody sleep who was rung for in between', () => {
  const bell = makeBell();
  bell.announce();
  bell.ring();
  // Would not return otherwise.
  bell.wait(Number.POSITIVE_INFINITY);
  expect(bell.ring()).toBe(false);
});

it('is awake again when the time is over', () => {
  const bell = makeBell();
  bell.announce();
  bell.wait(1);
  expect(bell.ring()).toBe(false);
});

it('wakes an event loop', async () => {
  const bell = makeBell();
  bell.announce();
  const woken = new Promise<void>((resolve) => bell.waitAsync(resolve));
  // Nothing else keeps the event loop going.
  const keep = setInterval(() => {}, 1000);
  expect(bell.ring()).toBe(true);
  await woken;
  clearInterval(keep);
});

it('wakes an event loop that was rung for before it waits', async () => {
  const bell = makeBell();
  bell.announce();
  bell.ring();
  await new Promise<void>((resolve) => bell.waitAsync(resolve));
});
