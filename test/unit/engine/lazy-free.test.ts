import { expect, it } from 'vitest';
import type { Engine } from '../../../src/wasm/engine.js';
import { Stack } from '../../support/stack.js';

const KEYS = 5000;

async function fill(stack: Stack): Promise<void> {
  // Half of them expire: they are in the timer wheel too.
  const requests = Array.from({ length: KEYS }, (_, i) =>
    i % 2 === 0 ? ['SET', `k${i}`, 'v'.repeat(100)] : ['SET', `k${i}`, 'v'.repeat(100), 'PX', 1000 + i],
  );
  await stack.askAll(...requests);
}

/** Lets the shard's time pass until it has done all its housekeeping. */
async function rest(stack: Stack): Promise<void> {
  stack.clock.advance(200);
  await stack.settle();
}

it('frees an emptied database again and again', async () => {
  const stack = new Stack();
  const { exports } = stack.shards[0] as Engine;
  const before = exports.usedBytes();
  for (let round = 0; round < 5; round++) {
    await fill(stack);
    expect(await stack.ask('DBSIZE')).toBe(`:${KEYS}\r\n`);
    await stack.ask('FLUSHALL');
    expect(await stack.ask('DBSIZE')).toBe(':0\r\n');
    await rest(stack);
    expect(exports.garbageKeys()).toBe(0);
    expect(exports.usedBytes()).toBeLessThanOrEqual(before);
  }
});

it('empties step by step while its keys expire', async () => {
  const stack = new Stack();
  const { exports } = stack.shards[0] as Engine;
  const before = exports.usedBytes();
  for (let round = 0; round < 5; round++) {
    await fill(stack);
    exports.setActiveExpire(0);
    await stack.ask('FLUSHDB');
    exports.setActiveExpire(1);
    stack.clock.advance(1000 + KEYS / 2);
    // By turns, a little of each: segments merge while they are being freed.
    for (let busy = true; busy; ) {
      const due = exports.expireDue(stack.clock.now(), 37) !== 0;
      busy = exports.housekeep() !== 0 || due;
    }
    expect(exports.garbageKeys()).toBe(0);
    expect(exports.usedBytes()).toBeLessThanOrEqual(before);
  }
});

it('works in a new database while the old one is freed', async () => {
  const stack = new Stack();
  const { exports } = stack.shards[0] as Engine;
  await fill(stack);
  await stack.askAll(['FLUSHALL'], ['SET', 'k1', 'new']);
  expect(exports.keysIn(0)).toBe(1);
  await rest(stack);
  expect(await stack.ask('GET', 'k1')).toBe('$3\r\nnew\r\n');
});
