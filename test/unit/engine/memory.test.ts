import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/wasm/engine.js';
import { Random } from '../../support/random.js';
import { Stack } from '../../support/stack.js';

const LIMIT = 8 * 1024 * 1024;
const PAGE = 4096;
const OOM = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";

function engineOf(stack: Stack): Engine {
  return stack.shards[0] as Engine;
}

function used(stack: Stack): number {
  return engineOf(stack).exports.usedPages() * PAGE;
}

/** Sets keys until `times` have been set; returns how many were refused. */
async function fill(stack: Stack, times: number, size: number, ...options: (string | number)[]): Promise<number> {
  let refused = 0;
  for (let from = 0; from < times; from += 500) {
    const requests = Array.from({ length: 500 }, (_, i) => ['SET', `key:${from + i}`, 'v'.repeat(size), ...options]);
    for (const reply of await stack.askAll(...requests)) if (reply !== '+OK\r\n') refused++;
  }
  return refused;
}

describe('noeviction', () => {
  it('refuses what takes memory, and nothing else', async () => {
    const stack = new Stack({ maxmemory: LIMIT });
    expect(await fill(stack, 10_000, 1000)).toBeGreaterThan(1000);
    expect(used(stack)).toBeLessThanOrEqual(LIMIT);
    expect(await stack.ask('SET', 'another', 'x'.repeat(1000))).toBe(OOM);
    expect(await stack.ask('GET', 'key:1')).toBe(`$1000\r\n${'v'.repeat(1000)}\r\n`);
    expect(await stack.ask('DEL', 'key:1', 'key:2', 'key:3')).toBe(':3\r\n');
    expect(await stack.ask('SET', 'key:1', 'x'.repeat(1000))).toBe('+OK\r\n');
    expect(await stack.ask('EXPIRE', 'key:4', 100)).toBe(':1\r\n');
    expect(await stack.ask('APPEND', 'key:1', 'x'.repeat(100_000))).toBe(OOM);
    expect(await stack.ask('SETBIT', 'bits', 8_000_000, 1)).toBe(OOM);
  });

  it('can be written to again when something has been deleted, also after a long request was refused', async () => {
    const stack = new Stack({ maxmemory: LIMIT });
    await fill(stack, 10_000, 1000);
    expect(await stack.ask('APPEND', 'key:1', 'x'.repeat(100_000))).toBe(OOM);
    expect(await stack.ask('APPEND', 'key:2', 'x'.repeat(10_000))).toBe(OOM);
    expect(await stack.ask('DEL', 'key:3', 'key:4')).toBe(':2\r\n');
    expect(await stack.ask('SET', 'key:3', 'x'.repeat(1000))).toBe('+OK\r\n');
    expect(used(stack)).toBeLessThanOrEqual(LIMIT);
  });

  it('takes no value that is larger than all of it', async () => {
    const stack = new Stack({ maxmemory: LIMIT });
    expect(await stack.ask('SET', 'a', Buffer.alloc(LIMIT + 1))).toBe(OOM);
    expect(await stack.ask('SET', 'a', Buffer.alloc(LIMIT / 2))).toBe('+OK\r\n');
    expect(await stack.ask('SET', 'b', Buffer.alloc(LIMIT / 2))).toBe(OOM);
    expect(await stack.ask('STRLEN', 'a')).toBe(`:${LIMIT / 2}\r\n`);
    expect(await stack.ask('EXISTS', 'b')).toBe(':0\r\n');
  });
});

const POLICIES = ['allkeys-lru', 'allkeys-lfu', 'allkeys-random'] as const;
const VOLATILE = ['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'] as const;

describe.each(POLICIES)('%s', (maxmemoryPolicy) => {
  it('makes room, and keeps to the limit', async () => {
    const stack = new Stack({ maxmemory: LIMIT, maxmemoryPolicy });
    for (const size of [3000, 9000, 400, 40_000]) {
      expect(await fill(stack, (LIMIT * 1.2) / size, size)).toBe(0);
      expect(used(stack)).toBeLessThanOrEqual(LIMIT);
    }
  });
});

describe.each(VOLATILE)('%s', (maxmemoryPolicy) => {
  it('gives up what expires, and nothing else', async () => {
    const stack = new Stack({ maxmemory: LIMIT, maxmemoryPolicy });
    await stack.askAll(...Array.from({ length: 1000 }, (_, i) => ['SET', `stay:${i}`, 'v'.repeat(1000)]));
    expect(await fill(stack, 3000, 4000, 'EX', 1000)).toBe(0);
    expect(used(stack)).toBeLessThanOrEqual(LIMIT);
    const stay = Array.from({ length: 1000 }, (_, i) => `stay:${i}`);
    expect(await stack.ask('EXISTS', ...stay)).toBe(':1000\r\n');
    expect(await fill(stack, 3000, 4000)).toBeGreaterThan(0);
  });
});

it('volatile-ttl gives up first what expires first', async () => {
  const stack = new Stack({ maxmemory: LIMIT, maxmemoryPolicy: 'volatile-ttl' });
  await stack.askAll(
    ...Array.from({ length: 2000 }, (_, i) => ['SET', `late:${i}`, 'v'.repeat(1000), 'EX', 1_000_000]),
  );
  expect(await fill(stack, 3000, 4000, 'EX', 100)).toBe(0);
  const late = Array.from({ length: 2000 }, (_, i) => `late:${i}`);
  expect(await stack.ask('EXISTS', ...late)).toBe(':2000\r\n');
});

it('S3-FIFO keeps what is used, also when much else comes by once', async () => {
  const stack = new Stack({ maxmemory: LIMIT, maxmemoryPolicy: 'allkeys-lru' });
  const hot = Array.from({ length: 1000 }, (_, i) => `hot:${i}`);
  await stack.askAll(...hot.map((key) => ['SET', key, 'v'.repeat(1000)]));
  for (let round = 0; round < 7; round++) {
    await stack.askAll(...hot.map((key) => ['GET', key]));
    const once = Array.from({ length: 2500 }, (_, i) => ['SET', `once:${round}:${i}`, 'v'.repeat(1000)]);
    await stack.askAll(...once);
  }
  const kept = Number((await stack.ask('EXISTS', ...hot)).slice(1));
  expect(kept).toBeGreaterThan(990);
});

it('gives everything back, whatever was done', async () => {
  const stack = new Stack({ maxmemory: LIMIT * 4, maxmemoryPolicy: 'allkeys-lru', databases: 4 });
  const { exports } = engineOf(stack);
  const before = exports.usedBytes();
  const random = new Random(7);
  for (let round = 0; round < 60; round++) {
    const requests = Array.from({ length: 300 }, () => {
      const key = `k${random.below(2000)}`;
      const size = random.chance(0.02) ? random.below(400_000) : random.below(2000);
      return random.pick([
        ['SET', key, Buffer.alloc(size, 120)],
        ['SET', key, Buffer.alloc(size, 120), 'PX', 1 + random.below(20_000)],
        ['APPEND', key, Buffer.alloc(size % 500, 121)],
        ['RENAME', key, `k${random.below(2000)}`],
        ['COPY', key, `k${random.below(2000)}`, 'REPLACE'],
        ['MOVE', key, random.between(1, 3)],
        ['SWAPDB', random.below(4), random.below(4)],
        ['EXPIRE', key, random.below(30)],
        ['GET', key],
        ['DEL', key],
        random.chance(0.03) ? ['FLUSHDB'] : ['PERSIST', key],
      ]);
    });
    await stack.askAll(...requests);
    if (random.chance(0.5)) stack.clock.advance(random.below(5000));
  }
  await stack.ask('FLUSHALL');
  await stack.settle();
  stack.clock.advance(200);
  await stack.settle();
  expect(exports.garbageKeys()).toBe(0);
  expect(exports.suspendedBatches()).toBe(0);
  for (let i = 0; i < 4; i++) expect([exports.keysIn(i), exports.volatileKeysIn(i)]).toEqual([0, 0]);
  // What the eviction queues take for themselves may stay.
  expect(exports.usedBytes() - before).toBeLessThan(256 * 1024);
});
