/** Datagrams: lost, twice, late, strange ones, and replies in several. */
import { describe, expect, it } from 'vitest';
import { errorsOf, flawsOf, load } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';
import { UdpServer } from '../../support/load/udp-server.js';

const started = useStarted();
const urlOf = ({ port }: UdpServer) => `memcached+udp://127.0.0.1:${port}`;
const LOOPS = [
  { loop: 'closed', args: [] },
  { loop: 'open', args: ['--rate', 2000, '--arrivals', 'constant'] },
] as const;

describe('datagrams', { timeout: 30_000 }, () => {
  it.each(LOOPS)('$loop loop: each is counted for what it is', async ({ args }) => {
    const server = await started(new UdpServer());
    Object.assign(server.faults, { loseEvery: 101, twiceEvery: 50, strangeEvery: 67 });
    const result = await load(urlOf(server), '-n', 600, '-c', 8, '--timeout', '600ms', ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(server.requests).toBe(600);
    expect(result.datagrams).toEqual({
      sent: 600,
      lost: server.lost,
      // What comes behind the run's last reply is not waited for.
      duplicates: expect.toSatisfy((count: number) => count >= server.twice - 1 && count <= server.twice),
      late: 0,
      strange: server.strange,
    });
    expect(result.totals).toMatchObject({ failed: server.lost, succeeded: 600 - server.lost });
    expect(errorsOf(result, 'timeout')).toBe(server.lost);
  });

  it('late replies are lost requests, and counted when they come', async () => {
    const server = await started(new UdpServer());
    Object.assign(server.faults, { lateEvery: 100, late: 700 });
    const args = ['--rate', 1000, '--arrivals', 'constant', '--duration', '1s', '--timeout', '500ms'] as const;
    const result = await load(urlOf(server), '-c', 4, ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.datagrams?.lost).toBe(server.late);
    const late = result.datagrams?.late ?? 0;
    // Those of the last moments come when nobody listens any more.
    expect(late).toBeGreaterThanOrEqual(2);
    expect(late).toBeLessThanOrEqual(server.late);
  });

  it('replies in several datagrams, in any order, some of them lost, are put together', async () => {
    const server = await started(new UdpServer());
    Object.assign(server.faults, { pieces: 400, loseEvery: 250 });
    const args = ['-n', 600, '-c', 2, '-r', 20, '-d', '16-5000', '--verify', '--timeout', '500ms'] as const;
    const result = await load(urlOf(server), ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.verification).toMatchObject({ wrong: 0, stale: 0, missing: 0 });
    expect(result.datagrams?.lost).toBe(result.totals.failed);
  });

  it('nobody there: the run ends, and has failed', async () => {
    const server = await started(new UdpServer());
    await server.stop();
    const result = await load(urlOf(server), '--duration', '300ms', '-c', 2, '--timeout', '100ms');
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('failed');
    expect(result.totals.succeeded).toBe(0);
    expect(result.errors.map(({ kind }) => kind)).toContain('timeout');
  });

  it('keys are stored although datagrams are lost', async () => {
    const server = await started(new UdpServer());
    server.faults.loseEvery = 150;
    const args = ['-n', 100, '-c', 2, '-r', 500, '--preload', '--workload', 'get', '--timeout', '300ms'] as const;
    const result = await load(urlOf(server), ...args);
    expect(server.store.size).toBe(500);
    expect(result.totals.misses).toBe(0);
    expect(result.datagrams?.sent).toBe(100);
  });
});
