/** What the benchmarks reckon with. */
import { describe, expect, it } from 'vitest';
import { readOptions } from '../../bench/server/options.js';
import { parseReport } from '../../bench/server/redis-benchmark.js';
import { GetReplies } from '../../bench/support/get-replies.js';
import { Chance } from '../../bench/support/requests.js';
import { ratios, spreadOf } from '../../bench/support/statistics.js';
import { Zipf } from '../../bench/support/zipf.js';

const REPORT = `====== GET ======
  100000 requests completed in 0.50 seconds
  50 parallel clients

Latency by percentile distribution:
0.000% <= 0.095 milliseconds (cumulative count 1)
50.000% <= 0.143 milliseconds (cumulative count 51000)
99.219% <= 0.303 milliseconds (cumulative count 99230)
99.902% <= 0.519 milliseconds (cumulative count 99905)
100.000% <= 0.799 milliseconds (cumulative count 100000)

Cumulative distribution of latencies:
100.000% <= 0.807 milliseconds (cumulative count 100000)

Summary:
  throughput summary: 199600.80 requests per second
`;

describe('statistics', () => {
  it('takes medians of what was measured, and ratios round by round', () => {
    expect(spreadOf([3, undefined, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(spreadOf([1, 2])).toEqual({ median: 1.5, min: 1, max: 2 });
    expect(spreadOf([undefined])).toBeUndefined();
    expect(ratios([4, 9, 1], [2, undefined, 0])).toEqual([2, undefined, undefined]);
  });
});

describe("redis-benchmark's report", () => {
  it('is read', () => {
    const { requests, requestsPerSecond, latency } = parseReport(REPORT);
    expect({ requests, requestsPerSecond }).toEqual({ requests: 100_000, requestsPerSecond: 199_600.8 });
    expect(latency).toEqual({ p50: 143, p99: 303, p999: 519, max: 799 });
  });

  it('is not guessed at', () => {
    expect(() => parseReport('Could not connect to Redis')).toThrow(/no distribution/);
  });
});

describe('replies to GETs', () => {
  it('are told apart however they are cut', () => {
    const bytes = Buffer.from('$3\r\nabc\r\n$-1\r\n$-1\r\n$3\r\nxyz\r\n');
    for (let size = 1; size <= bytes.length; size++) {
      const seen: boolean[] = [];
      const replies = new GetReplies(3, (isHit) => seen.push(isHit));
      for (let at = 0; at < bytes.length; at += size) {
        const piece = bytes.subarray(at, at + size);
        expect(replies.take(piece, piece.length)).toBe(true);
      }
      expect(seen).toEqual([true, false, false, true]);
    }
  });

  it('are not what errors are', () => {
    const replies = new GetReplies(3, () => {});
    expect(replies.take(Buffer.from('-ERR no\r\n'), 9)).toBe(false);
  });
});

describe('skewed keys', () => {
  it('come up in proportion to their rank', () => {
    const count = 1000;
    const zipf = new Zipf(new Chance(3), count, 0.99);
    const seen = new Array<number>(count).fill(0);
    for (let i = 0; i < 200_000; i++) {
      const key = zipf.next();
      seen[key] = (seen[key] ?? Number.NaN) + 1;
    }
    expect(seen.reduce((a, b) => a + b)).toBe(200_000);
    // 1 / sum of 1 / i ^ 0.99 is 0.13.
    expect((seen[0] ?? 0) / 200_000).toBeCloseTo(0.13, 1);
    expect((seen[0] ?? 0) / (seen[1] ?? 0)).toBeCloseTo(2 ** 0.99, 0);
  });

  it.each([0.5, 0.8, 1, 1.2, 2])('fit the law at a skew of %d', (skew) => {
    const count = 50;
    const draws = 100_000;
    const zipf = new Zipf(new Chance(5), count, skew);
    const seen = new Array<number>(count).fill(0);
    for (let i = 0; i < draws; i++) {
      const key = zipf.next();
      seen[key] = (seen[key] ?? Number.NaN) + 1;
    }
    const weights = seen.map((_, i) => (i + 1) ** -skew);
    const all = weights.reduce((a, b) => a + b);
    const chi = seen.reduce((sum, n, i) => {
      const expected = (draws * (weights[i] as number)) / all;
      return sum + (n - expected) ** 2 / expected;
    }, 0);
    // 49 degrees of freedom: above 100 in one of 20,000 samples.
    expect(chi).toBeLessThan(100);
  });
});

describe('options of bench:server', () => {
  it('have defaults, and a tiny form', () => {
    expect(readOptions([])).toMatchObject({ rounds: 5, keys: 1_000_000, smoke: false, only: [] });
    expect(readOptions(['--smoke', '--only', 'slow,expiry'])).toMatchObject({ rounds: 1, only: ['slow', 'expiry'] });
    expect(readOptions(['--peers', 'none'])?.peers).toEqual([]);
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it('are checked', () => {
    expect(() => readOptions(['--rounds', 'many'])).toThrow(/--rounds/);
    expect(() => readOptions(['--peers', 'memcached'])).toThrow(/memcached/);
    expect(() => readOptions(['--generators', 'none'])).toThrow(/--generators/);
    expect(() => readOptions(['--nonsense'])).toThrow(/nonsense/);
  });
});
