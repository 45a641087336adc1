/** bench:load in its tiny form: what it writes is complete. Not how fast anything is, but that a stall is seen. */
import { describe, expect, it } from 'vitest';
import type { Written } from '../../bench/load/main.js';
import { readOptions } from '../../bench/load/options.js';
import { OURS, THEIRS } from '../../bench/load/speed.js';
import { calculatedMs } from '../../bench/load/stall.js';
import { LIMIT_MS, runBench } from './run-bench.js';

describe('bench:load', () => {
  it('measures speed and a stall', { timeout: LIMIT_MS }, async () => {
    const { stdout, json } = await runBench<Written>('load', ['--smoke']);
    expect(json.failures).toEqual([]);
    const programs = 'redis-benchmark' in json.machine.peers ? [OURS, THEIRS] : [OURS];
    if (programs.length === 1) expect(stdout).toContain('redis-benchmark is not installed (apt-get install ');
    for (const id of ['speed/get-p16/per-second', 'speed/set-p16/per-second', 'speed/get-p16/server-cpu']) {
      const { samples = {} } = json.figures.find((figure) => figure.id === id) ?? {};
      expect(Object.keys(samples).sort(), id).toEqual([...programs].sort());
      for (const [value] of Object.values(samples)) expect(value, id).toBeGreaterThan(0);
    }
    checkStall(json.stall);
    expect(stdout).toContain('by calculation');
  });
});

/** A busy machine adds to latencies and takes nothing away: what the calculation says is the least. */
function checkStall(stall: Written['stall']): void {
  if (stall === undefined) throw new Error('there is no stall');
  const { open, closed, rate, everyMs, stalls } = stall;
  // Of few requests, a percentile is that of the neighbour; a stall may lie across the end.
  expect(open.p95 / 1000).toBeGreaterThan(calculatedMs(stall, 90) / 2);
  expect(open.max / 1000).toBeGreaterThan(stall.forMs / 2);
  // What was due last may have found no connection until the end.
  expect(open.count).toBeLessThanOrEqual((rate * everyMs * stalls) / 1000);
  expect(open.count).toBeGreaterThan((rate * everyMs * stalls) / 2000);
  expect(closed.count).toBeGreaterThan(0);
}

describe('what a stall does to requests that come at any time', () => {
  it('is calculated', () => {
    const stall = { everyMs: 1000, forMs: 100 };
    expect([50, 90, 95, 99, 99.9, 100].map((percentile) => calculatedMs(stall, percentile))).toEqual([
      0,
      0,
      50,
      90,
      expect.closeTo(99),
      100,
    ]);
  });
});

describe('options of bench:load', () => {
  it('are checked', () => {
    expect(readOptions([])).toMatchObject({ rounds: 7, smoke: false, stall: { everyMs: 1000, forMs: 100 } });
    expect(readOptions(['-h'])).toBeUndefined();
    expect(() => readOptions(['--keys', '0.5'])).toThrow(/--keys must be a whole number/);
    expect(() => readOptions(['--smoke', '--results'])).toThrow(/full runs/);
  });
});
