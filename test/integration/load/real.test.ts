/** Against redis-server and memcached where they are installed, and against the built ringshard itself. */
import { describe, expect, it } from 'vitest';
import type { LoadResult } from '../../../src/load/result/result.js';
import { isInstalled, joinCluster, memcached, redisServer } from '../../support/load/real-servers.js';
import { errorsOf, flawsOf, load } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';
import { RawClient } from '../../support/raw-client.js';
import { useServers } from '../../support/servers.js';

const started = useStarted();
const servers = useServers();
const WITH = ['-c', 4, '-T', 2, '-r', 200] as const;

function expectGood(result: LoadResult): void {
  expect(flawsOf(result)).toEqual([]);
  expect(result.errors).toEqual([]);
  expect(result.end).toBe('complete');
}

/** What servers of the Redis protocol do with every load. */
async function tryRedis(port: number): Promise<void> {
  const url = `redis://127.0.0.1:${port}`;
  const plain = await load(url, ...WITH, '-n', 1000, '--preload', '--workload', 'get', '-P', 8, '--resp', 3);
  expectGood(plain);
  expect(plain.totals).toMatchObject({ sent: 1000, hits: 1000, misses: 0 });
  for (const workload of ['ycsb-a', 'ycsb-f']) {
    const verified = await load(url, ...WITH, '-n', 1000, '--workload', workload, '--verify', '--rate', 5000);
    expectGood(verified);
    expect(verified.verification).toMatchObject({ passed: true });
  }
  const scans = await load(url, ...WITH, '-n', 300, '--workload', 'ycsb-e');
  expectGood(scans);
}

describe('ringshard', { timeout: 60_000 }, () => {
  it('under every kind of load', async () => {
    const server = await servers.start({ shards: 2 });
    await tryRedis(server.port);
    const client = await servers.open(server);
    expect(await client.call('DBSIZE')).toBeGreaterThanOrEqual(200);
  });
});

describe.skipIf(!isInstalled('redis-server'))(
  'redis-server (skipped where it is not installed)',
  { timeout: 60_000 },
  () => {
    it('under every kind of load', async () => {
      const server = await started(await redisServer());
      await tryRedis(server.port);
      const url = `redis://127.0.0.1:${server.port}`;
      const tests = await load(url, ...WITH, '-n', 800, '-t', 'get,set,incr,lpush,hset,zadd');
      expectGood(tests);
      expect(tests.operations).toHaveLength(6);
      const wrongType = await load(url, ...WITH, '-n', 100, '--command', 'LPUSH {key} a');
      expect(errorsOf(wrongType, 'reply')).toBe(wrongType.totals.failed);
      expect(wrongType.errors).toMatchObject([{ code: 'WRONGTYPE' }]);
    });

    it('stores every key once, and counts what is sent as the server does', async () => {
      const server = await started(await redisServer());
      const url = `redis://127.0.0.1:${server.port}`;
      const result = await load(url, ...WITH, '-n', 1000, '--preload', '--workload', 'get', '-d', '1-2000');
      expectGood(result);
      const client = await RawClient.open(server.port);
      expect(await client.call('DBSIZE')).toBe(200);
      const stats = String(await client.call('INFO', 'commandstats'));
      expect(stats).toMatch(/cmdstat_get:calls=1000,/);
      expect(stats).toMatch(/cmdstat_set:calls=200,/);
      client.close();
    });

    it('a cluster of three, one of which leaves', async () => {
      const options = [
        '--cluster-enabled',
        'yes',
        '--cluster-node-timeout',
        '500',
        '--cluster-require-full-coverage',
        'no',
      ];
      const nodes = [];
      for (let i = 0; i < 3; i++) nodes.push(await started(await redisServer(...options)));
      await joinCluster(nodes);
      const [first, , third] = nodes;
      const url = `redis+cluster://127.0.0.1:${first?.port}`;
      const result = await load(url, '-c', 6, '-T', 2, '-r', 500, '-n', 2000, '--verify', '-P', 4);
      expectGood(result);
      expect(result.verification).toMatchObject({ passed: true });
      const run = load(url, '-c', 6, '-r', 500, '--duration', '1500ms', '--rate', 2000, '--timeout', '300ms');
      await new Promise((resolve) => setTimeout(resolve, 600));
      await third?.stop();
      const broken = await run;
      expect(flawsOf(broken)).toEqual([]);
      expect(broken.end).toBe('complete');
      expect(broken.totals.failed).toBeGreaterThan(0);
      expect(broken.totals.succeeded).toBeGreaterThan(1000);
    });
  },
);

describe.skipIf(!isInstalled('memcached'))(
  'memcached (skipped where it is not installed)',
  { timeout: 60_000, retry: 2 },
  () => {
    it.each(['memcached', 'memcached+udp'])('%s', async (scheme) => {
      const server = await started(await memcached());
      const url = `${scheme}://127.0.0.1:${server.port}`;
      const plain = await load(url, ...WITH, '-n', 1000, '--preload', '--workload', 'get');
      expectGood(plain);
      expect(plain.totals).toMatchObject({ sent: 1000, hits: 1000, misses: 0 });
      const verified = await load(url, ...WITH, '-n', 2000, '--verify', '--rate', 2000, '-d', '16-3000');
      expectGood(verified);
      expect(verified.verification).toMatchObject({ passed: true });
      const meta = await load(url, ...WITH, '-n', 200, '--command', 'mg {key} v');
      expectGood(meta);
      if (scheme === 'memcached+udp') expect(meta.datagrams).toMatchObject({ sent: 200, lost: 0, strange: 0 });
    });
  },
);
