/** Which keys are drawn, and how often. */
import { describe, expect, it } from 'vitest';
import {
  KEYS_HOTSPOT,
  KEYS_LATEST,
  KEYS_SEQUENTIAL,
  KEYS_UNIFORM,
  KEYS_ZIPF,
} from '../../../../src/load/engine/layout.js';
import { Harness, INSERT, newEngine, SET } from './harness.js';
import { chiSquare, criticalChi, tally } from './statistics.js';

const SEED = 20_261_121n;

function engineWith(kind: number, keys: number, a = 0, b = 0, thread = 0, threads = 1, own = 0) {
  const { exports } = newEngine();
  exports.seedRandom(SEED + BigInt(thread));
  exports.initKeys(kind, keys, a, b, thread, threads, own);
  return exports;
}

function zipfShares(n: number, exponent: number): number[] {
  return Array.from({ length: n }, (_, i) => (i + 1) ** -exponent);
}

describe('scramble', () => {
  const powers = [2, 4, 8, 10, 12].flatMap((k) => [2 ** k - 1, 2 ** k, 2 ** k + 1]);

  it.each([1, 2, 3, 1000, ...powers])('permutes 0 to n - 1 for n = %d', (n) => {
    const { scramble } = newEngine().exports;
    const images = new Set(Array.from({ length: n }, (_, i) => Number(scramble(BigInt(i), BigInt(n)))));
    expect(images.size).toBe(n);
    expect(Math.max(...images)).toBe(n - 1);
  });

  it('takes neighbours apart', () => {
    const { scramble } = newEngine().exports;
    const n = 100_000;
    const images = Array.from({ length: 1000 }, (_, i) => Number(scramble(BigInt(i), BigInt(n))));
    const tenths = tally(10, 1000, () => Math.floor(((images.pop() ?? 0) * 10) / n));
    expect(Math.min(...tenths)).toBeGreaterThan(50);
  });
});

describe('uniform keys', () => {
  it('are uniform', () => {
    const { drawKey } = engineWith(KEYS_UNIFORM, 97);
    const chi = chiSquare(
      tally(97, 100_000, () => Number(drawKey())),
      new Array<number>(97).fill(1),
    );
    expect(chi).toBeLessThan(criticalChi(96));
    // Too good is not random either.
    expect(chi).toBeGreaterThan(40);
  });

  it('reach beyond 32 bits of product', () => {
    const n = 4_000_000_000;
    const { drawKey } = engineWith(KEYS_UNIFORM, n);
    const tenths = tally(10, 20_000, () => Math.floor((Number(drawKey()) / n) * 10));
    expect(chiSquare(tenths, new Array<number>(10).fill(1))).toBeLessThan(criticalChi(9));
  });
});

describe('ranks by Zipf', () => {
  it.each([0.01, 0.5, 0.99, 1, 1.2, 2, 5])('have their shares with exponent %d', (exponent) => {
    const n = 40;
    const { exports } = newEngine();
    exports.seedRandom(SEED);
    exports.initZipf(exponent);
    const seen = tally(n, 100_000, () => Number(exports.zipfRank(BigInt(n))));
    // Of cells with few the statistic says too much: the last ones go together.
    const shares = zipfShares(n, exponent);
    const total = shares.reduce((a, b) => a + b);
    let used = shares.findIndex((share) => (share / total) * 100_000 < 20);
    if (used < 0) used = n;
    const rest = (of: number[]) => [...of.slice(0, used), of.slice(used).reduce((a, b) => a + b, 0)];
    expect(chiSquare(rest(seen), rest(shares))).toBeLessThan(criticalChi(used));
  });

  it('have their shares among a million', () => {
    const n = 1_000_000;
    const { exports } = newEngine();
    exports.seedRandom(SEED);
    exports.initZipf(0.99);
    const bins = tally(7, 100_000, () => Math.floor(Math.log10(Number(exports.zipfRank(BigInt(n))) + 1)));
    const shares = new Array<number>(7).fill(0);
    for (let i = 1; i <= n; i++) {
      const bin = Math.floor(Math.log10(i));
      shares[bin] = (shares[bin] ?? 0) + i ** -0.99;
    }
    expect(chiSquare(bins.slice(0, 6), shares.slice(0, 6))).toBeLessThan(criticalChi(5));
  });

  it('are right after n has changed', () => {
    const { exports } = newEngine();
    exports.seedRandom(SEED);
    exports.initZipf(1);
    for (const n of [10, 3, 20]) {
      const seen = tally(n, 50_000, () => Number(exports.zipfRank(BigInt(n))));
      expect(chiSquare(seen, zipfShares(n, 1)), `n = ${n}`).toBeLessThan(criticalChi(n - 1));
    }
  });

  it('become keys that are scattered', () => {
    const exports = engineWith(KEYS_ZIPF, 50, 1.2);
    const shares = new Array<number>(50).fill(0);
    zipfShares(50, 1.2).forEach((share, rank) => {
      shares[Number(exports.scramble(BigInt(rank), 50n))] = share;
    });
    const seen = tally(50, 100_000, () => Number(exports.drawKey()));
    expect(chiSquare(seen, shares)).toBeLessThan(criticalChi(49));
  });
});

describe('the latest keys', () => {
  it('are the hottest', () => {
    const { drawKey } = engineWith(KEYS_LATEST, 40, 0.99);
    const seen = tally(40, 100_000, () => Number(drawKey()));
    expect(chiSquare(seen.reverse(), zipfShares(40, 0.99))).toBeLessThan(criticalChi(39));
  });

  it('are inserted ones when there are some', () => {
    const harness = new Harness({
      workload: { operations: [INSERT], keys: 10, distribution: { kind: 'latest', exponent: 2 } },
    });
    for (let i = 0; i < 5; i++) {
      expect(harness.fill().toString()).toContain(`key:${String(10 + i).padStart(6, '0')}`);
      harness.receive('+OK\r\n');
    }
    const seen = tally(15, 20_000, () => Number(harness.exports.drawKey()));
    expect(chiSquare(seen.reverse(), zipfShares(15, 2))).toBeLessThan(criticalChi(14));
  });
});

describe('a hot spot', () => {
  it.each([
    [100, 0.2, 0.8],
    [100, 0.01, 0.5],
    [50, 0.001, 0.9],
    [100, 1, 0.3],
    [100, 0.5, 0],
    [100, 0.5, 1],
  ])('of %d keys has a share of %d with %d of the operations', (n, keys, operations) => {
    const exports = engineWith(KEYS_HOTSPOT, n, keys, operations);
    const hot = Math.max(1, Math.round(keys * n));
    const shares = new Array<number>(n).fill(hot === n ? 1 : (1 - operations) / (n - hot));
    for (let rank = 0; rank < hot; rank++) {
      shares[Number(exports.scramble(BigInt(rank), BigInt(n)))] = hot === n ? 1 : operations / hot;
    }
    const seen = tally(n, 100_000, () => Number(exports.drawKey()));
    expect(chiSquare(seen, shares)).toBeLessThan(criticalChi(n - 1));
  });
});

describe('sequential keys', () => {
  it.each([
    [10, 1],
    [10, 3],
    [1, 1],
    [7, 7],
  ])('%d of %d threads come once in each round', (keys, threads) => {
    const all: number[] = [];
    for (let thread = 0; thread < threads; thread++) {
      const { drawKey } = engineWith(KEYS_SEQUENTIAL, keys, 0, 0, thread, threads);
      const mine = Math.floor(keys / threads) + Number(keys % threads > thread);
      const first = Array.from({ length: mine }, () => Number(drawKey()));
      const second = Array.from({ length: mine }, () => Number(drawKey()));
      expect(second).toEqual(first);
      expect(first).toEqual([...first].sort((a, b) => a - b));
      all.push(...first);
    }
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: keys }, (_, i) => i));
  });
});

const DISTRIBUTIONS: [string, number, number, number][] = [
  ['uniform', KEYS_UNIFORM, 0, 0],
  ['zipf', KEYS_ZIPF, 0.99, 0],
  ['latest', KEYS_LATEST, 0.99, 0],
  ['hotspot', KEYS_HOTSPOT, 0.2, 0.8],
  ['sequential', KEYS_SEQUENTIAL, 0, 0],
];

describe.each(DISTRIBUTIONS)('with %s keys', (_, kind, a, b) => {
  it('one key is always the same', () => {
    const { drawKey } = engineWith(kind, 1, a, b);
    expect(tally(1, 100, () => Number(drawKey()))).toEqual([100]);
  });

  it('threads that own keys share none and leave none out', () => {
    const owners = new Map<number, number>();
    for (let thread = 0; thread < 3; thread++) {
      const { drawKey } = engineWith(kind, 20, a, b, thread, 3, 1);
      for (const key of new Set(Array.from({ length: 2000 }, () => Number(drawKey())))) {
        expect(owners.has(key), `key ${key}`).toBe(false);
        owners.set(key, thread);
      }
    }
    expect([...owners.keys()].sort((x, y) => x - y)).toEqual(Array.from({ length: 20 }, (__, i) => i));
  });

  it('a thread without a key of its own draws one that there is', () => {
    const { drawKey } = engineWith(kind, 3, a, b, 5, 8);
    tally(3, 100, () => Number(drawKey()));
  });
});

describe('what is drawn', () => {
  it('the same seed draws the same, another thread something else', () => {
    const draws = (thread: number) => {
      const { exports } = new Harness(
        {
          seed: 7,
          threads: 4,
          workload: {
            keys: 100_000,
            distribution: { kind: 'zipf', exponent: 0.5 },
            values: { kind: 'range', least: 0, most: 5000 },
          },
        },
        thread,
      );
      return Array.from({ length: 20 }, () => [exports.drawKey(), exports.drawValueSize()]);
    };
    expect(draws(1)).toEqual(draws(1));
    expect(draws(1)).not.toEqual(draws(2));
  });
});

describe('inserted keys', () => {
  it('of all threads are new, whatever the number of keys', () => {
    const seen = new Set<string>();
    for (let thread = 0; thread < 3; thread++) {
      const harness = new Harness({ threads: 3, pipeline: 50, workload: { operations: [INSERT], keys: 10 } }, thread);
      for (const [key] of harness
        .fill()
        .toString()
        .matchAll(/key:\d+/g))
        seen.add(key);
    }
    expect(seen.size).toBe(150);
    expect([...seen].every((key) => Number(key.slice(4)) >= 10)).toBe(true);
  });
});

describe('scans', () => {
  it('read keys that there are, round the end', () => {
    const scan = { name: 'scan', kind: 'scan', weight: 1, scanLength: 5 } as const;
    for (let thread = 0; thread < 4; thread++) {
      const harness = new Harness({ threads: 4, pipeline: 200, workload: { operations: [scan], keys: 10 } }, thread);
      const numbers = [
        ...harness
          .fill()
          .toString()
          .matchAll(/key:(\d+)/g),
      ].map(([, number]) => Number(number));
      expect(new Set(numbers).size).toBe(10);
      expect(Math.max(...numbers)).toBe(9);
    }
  });
});

describe('operations', () => {
  it('come by their weights', () => {
    const weights = [50, 30, 0, 19.5, 0.5];
    const { exports } = new Harness({
      workload: { operations: weights.map((weight, i) => ({ ...SET, name: `set-${i}`, weight })) },
    });
    const seen = tally(5, 100_000, () => exports.drawOperation());
    expect(seen[2]).toBe(0);
    expect(chiSquare(seen, weights)).toBeLessThan(criticalChi(3));
  });

  it('of one kind are always that', () => {
    const { exports } = new Harness({});
    expect(tally(1, 100, () => exports.drawOperation())).toEqual([100]);
  });
});

describe('value sizes', () => {
  it('are fixed', () => {
    const { exports } = new Harness({ workload: { values: { kind: 'fixed', bytes: 77 } } });
    for (let i = 0; i < 100; i++) expect(exports.drawValueSize()).toBe(77);
  });

  it('are uniform over a range, both ends included', () => {
    const { exports } = new Harness({ workload: { values: { kind: 'range', least: 10, most: 40 } } });
    const seen = tally(31, 50_000, () => exports.drawValueSize() - 10);
    expect(chiSquare(seen, new Array<number>(31).fill(1))).toBeLessThan(criticalChi(30));
  });

  it('come by the weights of a list', () => {
    const entries = [
      { bytes: 64, weight: 90 },
      { bytes: 0, weight: 9 },
      { bytes: 16_777_216, weight: 1 },
    ];
    const { exports } = new Harness({ workload: { values: { kind: 'list', entries } } });
    const places = new Map(entries.map(({ bytes }, i) => [bytes, i]));
    const seen = tally(3, 50_000, () => places.get(exports.drawValueSize()) ?? -1);
    expect(chiSquare(seen, [90, 9, 1])).toBeLessThan(criticalChi(2));
  });
});
