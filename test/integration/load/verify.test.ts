/** --verify: passes on a server that does right under concurrency, and finds each way of doing wrong. */
import { describe, expect, it } from 'vitest';
import { MemcachedServer } from '../../support/load/memcached-server.js';
import { RespServer } from '../../support/load/resp-server.js';
import { errorsOf, flawsOf, load } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';
import { UdpServer } from '../../support/load/udp-server.js';

const started = useStarted();
/** Few keys, so that writes and reads of one key meet. */
const FEW = ['-n', 3000, '-c', 8, '-T', 2, '-r', 20, '--verify', '-d', '16-200'] as const;

describe('a server that does right', { timeout: 30_000 }, () => {
  it.each([
    { args: [] },
    { args: ['-P', 16] },
    { args: ['--rate', 8000] },
    { args: ['--workload', 'ycsb-a'] },
    { args: ['--workload', 'ycsb-d', '--key-digits', 12] },
    { args: ['--workload', 'ycsb-f', '-P', 4] },
    { args: ['--workload', 'ycsb-f', '--rate', 5000] },
  ])('passes $args', async ({ args }) => {
    const server = await started(new RespServer());
    const result = await load(`redis://127.0.0.1:${server.port}`, ...FEW, ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.verification).toMatchObject({ wrong: 0, stale: 0, missing: 0, lost: 0, passed: true });
    expect(result.verification?.checked).toBeGreaterThan(1000);
  });

  it('passes over memcached and UDP', async () => {
    const tcp = await started(new MemcachedServer());
    const udp = await started(new UdpServer());
    udp.faults.pieces = 150;
    for (const url of [`memcached://127.0.0.1:${tcp.port}`, `memcached+udp://127.0.0.1:${udp.port}`]) {
      const result = await load(url, ...FEW);
      expect(flawsOf(result)).toEqual([]);
      expect(result.verification).toMatchObject({ passed: true });
    }
  });

  it('is not accused because of connections that break', async () => {
    const server = await started(new RespServer());
    server.faults.resetAfter = 200;
    const result = await load(`redis://127.0.0.1:${server.port}`, ...FEW, '-P', 4);
    expect(flawsOf(result)).toEqual([]);
    // What was lost is held against it, what was read is not.
    expect(result.verification).toMatchObject({ wrong: 0, stale: 0, missing: 0, passed: false });
    expect(result.verification?.lost).toBe(errorsOf(result, 'reset'));
  });
});

describe('a server that does wrong', { timeout: 30_000 }, () => {
  it.each([
    ['wrong', 'wrong value', { wrongEvery: 100 }],
    ['stale', 'stale value', { staleEvery: 50 }],
    ['missing', 'missing value', { swallowEvery: 97 }],
  ] as const)('%s values', async (field, kind, faults) => {
    const server = await started(new RespServer());
    const url = `redis://127.0.0.1:${server.port}`;
    // One connection without a pipeline: reads and writes have one order. One request after the other is checked.
    const args = ['-n', 2000, '-c', 1, '-r', 20, '--verify', '--ratio', '1:1'] as const;
    Object.assign(server.faults, faults);
    const result = await load(url, ...args);
    expect(flawsOf(result)).toEqual([]);
    const { verification } = result;
    expect(verification?.passed).toBe(false);
    expect(verification?.[field]).toBeGreaterThan(3);
    expect(verification?.[field]).toBe(errorsOf(result, kind));
    expect(result.errors.find((error) => error.kind === kind)?.example).toMatch(/^key:\d{12}$/);
    expect(result.totals.failed).toBe(verification?.[field]);
  });

  it('replies that never come', async () => {
    const server = await started(new UdpServer());
    server.faults.loseEvery = 500;
    const result = await load(`memcached+udp://127.0.0.1:${server.port}`, ...FEW, '--timeout', '200ms');
    expect(flawsOf(result)).toEqual([]);
    expect(result.verification).toMatchObject({ wrong: 0, stale: 0, missing: 0, passed: false });
    expect(result.verification?.lost).toBe(result.datagrams?.lost);
  });

  it('with --allow-misses keys may go', async () => {
    const server = await started(new RespServer());
    server.faults.swallowEvery = 50;
    const result = await load(`redis://127.0.0.1:${server.port}`, ...FEW, '--allow-misses');
    expect(result.verification).toMatchObject({ passed: true });
    expect(result.totals.misses).toBeGreaterThan(10);
  });
});
