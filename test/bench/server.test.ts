/** bench:server in its tiny form: it runs to its end, and what it writes is complete. Not how fast anything is. */
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../bench/server/figures.js';
import type { Verdict } from '../../bench/server/report.js';
import { TARGETS } from '../../bench/server/targets.js';
import { LIMIT_MS, runBench } from './run-bench.js';

interface Written {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly parameters: { readonly rounds: number; readonly keys: number };
  readonly servers: readonly string[];
  readonly failures: readonly string[];
  readonly targets: readonly Verdict[];
  readonly figures: readonly Figure[];
}

const ALONE = ['--smoke', '--servers', 'auto-1', '--peers', 'none'];

function sampled(json: Written): Record<string, number | undefined> {
  return Object.fromEntries(json.figures.map(({ id, samples }) => [id, samples['auto-1']?.[0]]));
}

describe('bench:server', () => {
  it('measures throughput, start-up and memory without any peer', { timeout: LIMIT_MS }, async () => {
    const { stdout, json } = await runBench<Written>('server', [...ALONE, '--only', 'startup,throughput,memory']);
    expect(json.failures).toEqual([]);
    expect(json.servers).toEqual(['auto-1']);
    expect(json.machine).toEqual(expect.objectContaining({ node: process.version, cores: expect.any(Number) }));
    expect(json.parameters).toEqual(expect.objectContaining({ rounds: 1, keys: 5000 }));
    const samples = sampled(json);
    for (const id of ['startup/ready', 'throughput/get-64-p16/per-second/own', 'throughput/set-1024-p16/p999/own']) {
      expect(samples[id], id).toBeGreaterThan(0);
    }
    expect(json.targets.map(({ text }) => text)).toEqual(TARGETS.map(({ text }) => text));
    expect(json.targets.every(({ verdict }) => verdict === 'not measured')).toBe(true);
    expect(stdout).toContain('Against the targets');
    expect(stdout).toContain('auto, 1 shard');
  });

  it('measures the slow command, expiry and eviction', { timeout: LIMIT_MS }, async () => {
    const { json } = await runBench<Written>('server', [...ALONE, '--only', 'slow,expiry,eviction']);
    expect(json.failures).toEqual([]);
    const samples = sampled(json);
    for (const id of [
      'slow-command/p999',
      'slow-command/keys',
      'expiry/gone',
      'expiry/p999',
      'eviction/set/per-second',
    ]) {
      expect(samples[id], id).toBeGreaterThan(0);
    }
    expect(samples['eviction/hit-rate/hits']).toBeGreaterThan(0);
    expect(samples['eviction/hit-rate/hits']).toBeLessThan(100);
    const judged = json.targets.filter(({ verdict }) => verdict !== 'not measured').map(({ figure }) => figure);
    expect(judged).toEqual(['expiry/gone', 'expiry/p999']);
  });

  it('compares with the peers that are installed', { timeout: LIMIT_MS }, async () => {
    const options = ['--smoke', '--servers', 'auto-1', '--only', 'throughput/get-64', '--requests', '2000'];
    const { stdout, json } = await runBench<Written>('server', options);
    expect(json.failures).toEqual([]);
    expect(json.servers.at(-1)).toBe('auto-1');
    if (json.servers.includes('redis')) expect(stdout).toMatch(/\dx \(/);
    else expect(stdout).toContain('redis-server is not installed');
  });
});
