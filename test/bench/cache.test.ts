/** bench:cache: its parts against what is known of them, and the whole in its tiny form. */
import { describe, expect, it } from 'vitest';
import { type ExactCache, ExactFifo, ExactLru, replayExact } from '../../bench/cache/exact.js';
import type { Written } from '../../bench/cache/main.js';
import { readOptions } from '../../bench/cache/options.js';
import { ExactS3Fifo } from '../../bench/cache/s3-fifo.js';
import { makeTraces, type Trace, traceNames } from '../../bench/cache/traces.js';
import { Chance } from '../../bench/support/requests.js';
import { LIMIT_MS, runBench } from './run-bench.js';

const SCALE = { items: 1000, warmup: 4, counted: 4, seed: 3 };

/** Slow and plain: the keys from the next to go to the last. */
class NaiveCache implements ExactCache {
  readonly #keys: number[] = [];
  readonly #items: number;
  readonly #movesUp: boolean;

  constructor(items: number, movesUp: boolean) {
    this.#items = items;
    this.#movesUp = movesUp;
  }

  ask(key: number): boolean {
    const at = this.#keys.indexOf(key);
    if (at >= 0 && !this.#movesUp) return true;
    if (at >= 0) this.#keys.splice(at, 1);
    else if (this.#keys.length === this.#items) this.#keys.shift();
    this.#keys.push(key);
    return at >= 0;
  }
}

function traceOf(name: string): Trace {
  return makeTraces(SCALE, [name])[0] as Trace;
}

describe('exact policies', () => {
  it.each([
    ['LRU', (items: number, keys: number) => new ExactLru(items, keys), true],
    ['FIFO', (items: number, keys: number) => new ExactFifo(items, keys), false],
  ] as const)('%s does what a naive one does', (_name, make, movesUp) => {
    const chance = new Chance(1);
    for (const items of [1, 2, 7, 50]) {
      const cache = make(items, 100);
      const naive = new NaiveCache(items, movesUp);
      for (let i = 0; i < 3000; i++) {
        const key = Math.min(chance.below(100), chance.below(100));
        expect(cache.ask(key)).toBe(naive.ask(key));
      }
    }
  });

  it('hit nothing in a loop that is longer than the cache, and all in a shorter one', () => {
    const trace = traceOf('loop of 1.1');
    expect(replayExact(trace, new ExactLru(1000, trace.keyCount))).toEqual({ gets: 4000, hits: 0 });
    expect(replayExact(trace, new ExactFifo(1000, trace.keyCount))).toEqual({ gets: 4000, hits: 0 });
    expect(replayExact(trace, new ExactLru(1100, trace.keyCount))).toEqual({ gets: 4000, hits: 4000 });
  });
});

describe('S3-FIFO as published', () => {
  /** Ten items: one in the small queue, nine in the main one. */
  const ask = (cache: ExactS3Fifo, keys: readonly number[]) => keys.map((key) => cache.ask(key));

  it('lets go of what was asked for once, and keeps what was asked for three times', () => {
    const cache = new ExactS3Fifo(10, 100);
    expect(ask(cache, [0, 0, 0])).toEqual([false, true, true]);
    ask(cache, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    ask(cache, [20, 21, 22]);
    expect(ask(cache, [0, 1])).toEqual([true, false]);
  });

  it('takes what comes back soon into the main queue, past any scan', () => {
    const cache = new ExactS3Fifo(10, 100);
    ask(cache, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(cache.ask(0)).toBe(false);
    ask(cache, [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32]);
    expect(ask(cache, [0, 20])).toEqual([true, false]);
  });

  it('never holds more than its items', () => {
    const chance = new Chance(2);
    const cache = new ExactS3Fifo(10, 40);
    for (let i = 0; i < 2000; i++) cache.ask(Math.min(chance.below(40), chance.below(40)));
    const held = Array.from({ length: 40 }, (_, key) => key).filter((key) => cache.isIn(key));
    expect(held).toHaveLength(10);
  });
});

describe('traces', () => {
  it('are the same for a seed, and have keys in their range', () => {
    const again = makeTraces(SCALE);
    expect(again.map(({ name }) => name)).toEqual(traceNames());
    for (const [i, { name, keys, keyCount, warmup }] of makeTraces(SCALE).entries()) {
      expect(keys, name).toEqual(again[i]?.keys);
      expect(Math.max(...keys), name).toBeLessThan(keyCount);
      expect(keys.length - warmup, name).toBe(4000);
    }
    expect(makeTraces({ ...SCALE, seed: 4 }, ['Zipf 0.8'])[0]?.keys).not.toEqual(traceOf('Zipf 0.8').keys);
  });

  it('have the shape that their names say', () => {
    expect([...traceOf('loop of 2').keys.subarray(1998, 2002)]).toEqual([1998, 1999, 0, 1]);
    const scanned = traceOf('steady scan').keys.filter((key) => key >= 10_000);
    expect(scanned.length / (4096 + 4000)).toBeCloseTo(0.2, 1);
    expect(new Set(scanned).size).toBe(scanned.length);
    const most = (keys: Uint32Array) => {
      const counts = new Map<number, number>();
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
      return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
    };
    const jumping = traceOf('jumping').keys;
    expect(most(jumping.subarray(0, 4000))).not.toBe(most(jumping.subarray(-500)));
    expect(most(traceOf('Zipf 1.2').keys)).toBe(0);
  });
});

describe('options of bench:cache', () => {
  it('are checked', () => {
    expect(readOptions([])).toMatchObject({ items: 50_000, seed: 1, smoke: false });
    expect(readOptions(['-h'])).toBeUndefined();
    expect(() => readOptions(['--items', '10'])).toThrow(/--items must be \d+ or more/);
    expect(() => readOptions(['--seed', 'x'])).toThrow(/--seed/);
    expect(() => readOptions(['--only', 'nothing'])).toThrow(/choose from Zipf 0.8/);
  });
});

describe('bench:cache', () => {
  it('compares all policies on the traces asked for', { timeout: LIMIT_MS }, async () => {
    const { stdout, json } = await runBench<Written>('cache', ['--smoke', '--only', 'Zipf 0.8,loop of 1.1']);
    expect(json.comparisons.map(({ trace }) => trace)).toEqual(['Zipf 0.8', 'loop of 1.1 x items']);
    const { hasRedis } = json.limits;
    const ratioOf = (policy: string) => {
      const { hits = Number.NaN, gets = 1 } = json.comparisons[0]?.sameItems.find((one) => one.policy === policy) ?? {};
      return hits / gets;
    };
    // The engine does what its policy says, but for what differs from run to run: the hash, hence what lies where.
    expect(Math.abs(ratioOf('ringshard') - ratioOf('exact S3-FIFO'))).toBeLessThan(0.04);
    const redis = hasRedis ? ['redis LRU', 'redis LFU'] : [];
    for (const { trace, sameMemory, sameItems } of json.comparisons) {
      expect(stdout).toContain(`| ${trace} |`);
      expect(sameMemory.map(({ policy }) => policy)).toEqual(hasRedis ? ['ringshard', ...redis] : []);
      expect(sameItems.map(({ policy }) => policy)).toEqual([
        'ringshard',
        ...redis,
        'exact LRU',
        'exact FIFO',
        'exact S3-FIFO',
      ]);
      const gets = sameItems[0]?.gets;
      for (const result of [...sameMemory, ...sameItems]) {
        const what = `${trace}, ${result.policy}`;
        expect(result.gets, what).toBe(gets);
        expect(Number.isInteger(result.hits), what).toBe(true);
        expect(result.hits, what).toBeGreaterThanOrEqual(0);
        expect(result.hits, what).toBeLessThanOrEqual(result.gets);
        expect(result.items, what).toBeGreaterThan(0);
        // Each miss brought one item in, and no more can have gone than came and were there.
        if (result.evicted !== undefined) {
          expect(result.evicted, what).toBeLessThanOrEqual(result.gets - result.hits + 2 * result.items);
        }
      }
    }
  });
});
