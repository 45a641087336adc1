/** A cluster: requests go where their slot is, also after it has moved, and a node may go away and come back. */
import { describe, expect, it } from 'vitest';
import { PretendCluster } from '../../support/load/pretend-cluster.js';
import { RespServer } from '../../support/load/resp-server.js';
import { errorsOf, flawsOf, load } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';
import { sleep, waitFor } from '../../support/wait.js';

const started = useStarted();
const urlOf = ({ first }: PretendCluster) => `redis+cluster://127.0.0.1:${first.port}`;
const LOOPS = [
  { loop: 'closed', args: [] },
  { loop: 'open', args: ['--rate', 2000] },
] as const;

describe('cluster', { timeout: 30_000 }, () => {
  it.each(LOOPS)('$loop loop: every request goes to the node that serves its slot', async ({ args }) => {
    const cluster = await started(new PretendCluster());
    const { first, second } = cluster;
    const result = await load(urlOf(cluster), '-n', 1000, '-c', 4, '-T', 2, '-r', 300, '--preload', ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.errors).toEqual([]);
    expect(result.totals).toMatchObject({ sent: 1000, succeeded: 1000, misses: 0 });
    expect(first.requests + second.requests).toBe(1300);
    expect(first.store.size + second.store.size).toBe(300);
    for (const node of [first, second]) {
      expect(node.store.size).toBeGreaterThan(100);
      expect(node.store.keys.every((key) => cluster.owner(cluster.slotOf(key)) === node)).toBe(true);
    }
  });

  it.each(LOOPS)('$loop loop: slots that move are followed', async ({ args }) => {
    const cluster = await started(new PretendCluster());
    const { first, second } = cluster;
    const run = load(urlOf(cluster), '--duration', '1200ms', '-c', 4, '-T', 2, '--workload', 'set', ...args);
    await waitFor(() => first.requests + second.requests > 300);
    cluster.border = 4000;
    await sleep(400);
    const moved = first.requests + second.requests;
    const result = await run;
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(result.totals.failed).toBe(0);
    expect(first.requests + second.requests).toBeGreaterThan(moved);
    // Each thread needs to be told once for a slot, or until it has asked for the map.
    const told = errorsOf(result, 'moved');
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(2000);
    expect(first.requests + second.requests).toBe(result.totals.sent + told);
  });

  it('--verify holds while slots move', async () => {
    const cluster = await started(new PretendCluster());
    const { first, second } = cluster;
    const args = ['--duration', '1s', '-c', 4, '-r', 50, '--verify', '--allow-misses', '-P', 4] as const;
    const run = load(urlOf(cluster), ...args);
    await waitFor(() => first.requests + second.requests > 500);
    cluster.border = 12000;
    const result = await run;
    expect(flawsOf(result)).toEqual([]);
    expect(result.verification).toMatchObject({ wrong: 0, stale: 0, missing: 0, lost: 0, passed: true });
  });

  it.each(LOOPS)('$loop loop: a node goes away and comes back', async ({ args }) => {
    const cluster = await started(new PretendCluster());
    const { first, second } = cluster;
    const run = load(urlOf(cluster), '--duration', '1500ms', '-c', 4, '-T', 2, '--timeout', '500ms', ...args);
    await waitFor(() => second.requests > 100);
    await second.stop();
    await sleep(300);
    const before = { first: first.requests, second: second.requests };
    await second.start();
    await waitFor(() => second.requests > before.second + 50);
    const result = await run;
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(first.requests).toBeGreaterThan(before.first);
    expect(errorsOf(result, 'refused')).toBeGreaterThan(0);
  });

  it('fewer connections than nodes are refused', async () => {
    const cluster = await started(new PretendCluster());
    const result = await load(urlOf(cluster), '-n', 10, '-c', 2, '-T', 2);
    expect(result).toMatchObject({
      end: 'failed',
      failure: 'the cluster has 2 nodes: give at least as many --connections for each thread',
    });
  });

  it('a server that is no cluster says so', async () => {
    const server = await started(new RespServer());
    const result = await load(`redis+cluster://127.0.0.1:${server.port}`, '-n', 10);
    expect(result).toMatchObject({ end: 'failed', failure: expect.stringContaining('cluster support disabled') });
  });
});
