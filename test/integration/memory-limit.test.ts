import { describe, expect, it } from 'vitest';
import { plain, type RawClient, request } from '../support/raw-client.js';
import { useServers } from '../support/servers.js';

const servers = useServers();
const LIMIT = 16 * 1024 ** 2;
const OOM = "-OOM command not allowed when used memory > 'maxmemory'.";
const VALUE = Buffer.alloc(500, 'm');

async function fill(client: RawClient, prefix: string, count: number): Promise<unknown[]> {
  client.send(Buffer.concat(Array.from({ length: count }, (_, i) => request('SET', `${prefix}${i}`, VALUE))));
  return (await client.replies(count)).map(plain);
}

async function infoOf(client: RawClient, section: string, name: string): Promise<number> {
  const text = String(await client.call('INFO', section));
  return Number(new RegExp(`^${name}:(.*)\r$`, 'm').exec(text)?.[1]);
}

describe.each([1, 4])('memory limit (%i shards)', { timeout: 30_000 }, (shards) => {
  it('refuses writes when memory is full and nothing may be given up', async () => {
    const server = await servers.start({ shards, maxmemory: LIMIT });
    const client = await servers.open(server);
    const replies = await fill(client, 'k', 60_000);
    const stored = replies.filter((reply) => reply === 'OK').length;
    expect(new Set(replies)).toEqual(new Set(['OK', OOM]));
    expect(await client.call('DBSIZE')).toBe(stored);
    expect(stored * VALUE.length).toBeGreaterThan(LIMIT / 2);
    expect(await infoOf(client, 'memory', 'used_memory')).toBeLessThanOrEqual(LIMIT * 1.1);
    expect(plain((await client.call('GET', 'k0')) as string)).toBe(VALUE.toString());
    expect(await client.call('DEL', ...Array.from({ length: 5000 }, (_, i) => `k${i}`))).toBe(5000);
    expect(await client.call('SET', 'again', VALUE)).toBe('OK');
  });

  it('refuses a value that is larger than the memory', async () => {
    const server = await servers.start({ shards, maxmemory: LIMIT });
    const client = await servers.open(server);
    expect(await client.call('SET', 'huge', Buffer.alloc(2 * LIMIT))).toMatch(/^-OOM/);
    expect(await client.call('SET', 'small', 'x')).toBe('OK');
    expect(await client.call('EXISTS', 'huge')).toBe(0);
  });

  it.each(['allkeys-lru', 'allkeys-lfu', 'allkeys-random'])('gives keys up under %s', async (policy) => {
    const server = await servers.start({ shards, maxmemory: LIMIT, 'maxmemory-policy': policy });
    const client = await servers.open(server);
    expect(new Set(await fill(client, 'k', 60_000))).toEqual(new Set(['OK']));
    const evicted = await infoOf(client, 'stats', 'evicted_keys');
    expect(evicted).toBeGreaterThan(0);
    expect(await client.call('DBSIZE')).toBe(60_000 - evicted);
    expect(await infoOf(client, 'memory', 'used_memory')).toBeLessThanOrEqual(LIMIT * 1.1);
    expect(await client.call('SET', 'large', Buffer.alloc(LIMIT / 16))).toBe('OK');
  });

  it('under volatile-ttl gives up only keys that expire', async () => {
    const server = await servers.start({ shards, maxmemory: LIMIT, 'maxmemory-policy': 'volatile-ttl' });
    const client = await servers.open(server);
    await fill(client, 'stays', 5000);
    client.send(
      Buffer.concat(Array.from({ length: 40_000 }, (_, i) => request('SET', `goes${i}`, VALUE, 'EX', 1000 + i))),
    );
    expect(new Set((await client.replies(40_000)).map(plain))).toEqual(new Set(['OK']));
    expect(await client.call('EXISTS', ...Array.from({ length: 5000 }, (_, i) => `stays${i}`))).toBe(5000);
    expect(await infoOf(client, 'stats', 'evicted_keys')).toBeGreaterThan(0);
  });
});

describe('CONFIG SET maxmemory', { timeout: 30_000 }, () => {
  it('raises and lowers the limit, and changes the policy, while the server runs', async () => {
    const server = await servers.start({ shards: 2, maxmemory: LIMIT });
    const client = await servers.open(server);
    expect(await fill(client, 'k', 60_000)).toContain(OOM);
    expect(await client.call('CONFIG', 'SET', 'maxmemory', 4 * LIMIT)).toBe('OK');
    expect(await fill(client, 'k', 60_000)).not.toContain(OOM);
    expect(await client.call('DBSIZE')).toBe(60_000);
    expect(await client.call('CONFIG', 'SET', 'maxmemory', LIMIT)).toBe('OK');
    expect(await client.call('SET', 'more', VALUE)).toBe(OOM);
    expect(await client.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru')).toBe('OK');
    expect(new Set(await fill(client, 'n', 1000))).toEqual(new Set(['OK']));
  });
});
