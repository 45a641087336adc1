/** Every protocol, loop and number of threads: what the generator counts is what the server saw. */
import { describe, expect, it } from 'vitest';
import { HttpServer } from '../../support/load/http-server.js';
import { MemcachedServer } from '../../support/load/memcached-server.js';
import { RespServer } from '../../support/load/resp-server.js';
import { flawsOf, load } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';
import { UdpServer } from '../../support/load/udp-server.js';

const started = useStarted();

const SERVERS = {
  redis: () => started(new RespServer()),
  memcached: () => started(new MemcachedServer()),
  'memcached+udp': () => started(new UdpServer()),
  http: () => started(new HttpServer()),
};
const PROTOCOLS = ['redis', 'memcached', 'memcached+udp', 'http'] as const;
const CASES = PROTOCOLS.flatMap((protocol) =>
  [1, 2].flatMap((threads) => [[], ['--rate', 3000]].map((loop) => ({ protocol, threads, loop }))),
);

describe('counts', { timeout: 30_000 }, () => {
  it.each(CASES)('$protocol, $threads threads, $loop: -n is exact, and the sums agree', async (given) => {
    const server = await SERVERS[given.protocol]();
    const url = `${given.protocol}://127.0.0.1:${server.port}`;
    const result = await load(url, '-n', 601, '-c', 4, '-T', given.threads, '--keys', 50, ...given.loop);
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(result.errors).toEqual([]);
    expect(result.totals).toMatchObject({ sent: 601, succeeded: 601, failed: 0 });
    expect(server.requests).toBe(601);
    expect(server.store.reads + server.store.writes).toBe(601);
    const { hits, misses } = result.totals;
    expect({ hits, misses }).toEqual({ hits: server.store.hits, misses: server.store.reads - server.store.hits });
    expect(result.series.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(601);
  });

  it.each(PROTOCOLS)('%s: preload stores every key once, then every read hits', async (protocol) => {
    const server = await SERVERS[protocol]();
    const url = `${protocol}://127.0.0.1:${server.port}`;
    let stored = 0;
    const result = await load(url, '-n', 300, '-c', 3, '-T', 2, '-r', 1001, '--preload', '--workload', 'get');
    stored = server.store.writes;
    expect(stored).toBe(1001);
    expect(server.store.size).toBe(1001);
    expect(result.totals).toMatchObject({ sent: 300, hits: 300, misses: 0 });
    expect(flawsOf(result)).toEqual([]);
  });

  it.each(PROTOCOLS)('%s: one seed, the same keys', async (protocol) => {
    const seen: string[][] = [];
    for (let i = 0; i < 2; i++) {
      const server = await SERVERS[protocol]();
      const args = ['-n', 200, '-c', 1, '--seed', 17, '--keys', 1000, '--distribution', 'zipf'] as const;
      await load(`${protocol}://127.0.0.1:${server.port}`, ...args);
      seen.push([...server.store.asked]);
    }
    expect(seen[0]).toHaveLength(200);
    expect(seen[0]).toEqual(seen[1]);
  });

  it.each(PROTOCOLS)('%s: a duration below a second is that long, and rates are of it', async (protocol) => {
    const server = await SERVERS[protocol]();
    const result = await load(`${protocol}://127.0.0.1:${server.port}`, '--duration', '300ms', '-c', 2);
    expect(flawsOf(result)).toEqual([]);
    expect(result.totals.succeeded).toBe(server.requests);
    expect(result.seconds).toBeGreaterThanOrEqual(0.3);
    expect(result.seconds).toBeLessThan(0.8);
    const inTime = result.series.reduce((sum, { succeeded }) => sum + succeeded, 0);
    expect(result.totals.throughput).toBeCloseTo(inTime / result.seconds, 3);
  });

  it('measures only after the warm-up', async () => {
    const server = await SERVERS.redis();
    const url = `redis://127.0.0.1:${server.port}`;
    const result = await load(
      url,
      '--rate',
      1000,
      '--arrivals',
      'constant',
      '--warmup',
      '500ms',
      '--duration',
      '500ms',
    );
    expect(flawsOf(result)).toEqual([]);
    expect(result.totals.sent).toBe(500);
    expect(server.requests).toBe(1000);
  });
});
