import { Redis as Redis6 } from 'ioredis';
import { Redis as Redis5 } from 'ioredis5';
import { createClient } from 'redis';
import { describe, expect, it } from 'vitest';
import { useServer, useServers } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

const PASSWORD = 'top secret';
const BINARY = Buffer.from(Array.from({ length: 512 }, (_, i) => i & 0xff));
const BIG = Buffer.alloc(5_000_000, 'abcdefg');

describe.each([
  ['ioredis 6', Redis6],
  ['ioredis 5', Redis5 as unknown as typeof Redis6],
])('%s', { timeout: 30_000 }, (_, Redis) => {
  const { server } = useServer({ shards: 4, requirepass: PASSWORD });
  const guards = useServers();

  function connect(password: string = PASSWORD): Redis6 {
    const redis = new Redis({ port: server().port, host: '127.0.0.1', password, retryStrategy: () => null });
    redis.on('error', () => {});
    guards.later(() => redis.disconnect());
    return redis;
  }

  it('is let in by the password only', async () => {
    expect(await connect().ping()).toBe('PONG');
    await expect(connect('wrong').get('a')).rejects.toThrow();
  });

  it('keeps binary keys and values, and large ones', async () => {
    const redis = connect();
    await redis.set(BINARY, BINARY);
    expect(await redis.getBuffer(BINARY)).toEqual(BINARY);
    await redis.set('big', BIG);
    expect(BIG.equals((await redis.getBuffer('big')) as Buffer)).toBe(true);
    expect(await redis.strlen('big')).toBe(BIG.length);
  });

  it('reads and writes keys of all shards at once', async () => {
    const redis = connect();
    const keys = Array.from({ length: 1000 }, (_, i) => `multi:${i}`);
    await redis.mset(Object.fromEntries(keys.map((key, i) => [key, i])));
    expect(await redis.mget([...keys, 'none'])).toEqual([...keys.map((_, i) => String(i)), null]);
    expect(await redis.del(keys)).toBe(1000);
  });

  it('pipelines', async () => {
    const redis = connect();
    const pipeline = redis.pipeline();
    for (let i = 0; i < 1000; i++) pipeline.set(`pipe:${i}`, i).get(`pipe:${i}`).incr('pipes');
    const results = (await pipeline.exec()) ?? [];
    expect(results.filter(([error]) => error !== null)).toEqual([]);
    expect(results.slice(-2).map(([, result]) => result)).toEqual(['999', 1000]);
  });

  it('finds every key with SCAN', async () => {
    const redis = connect();
    await redis.flushall();
    const keys = Array.from({ length: 2000 }, (_, i) => `scan:${i}`);
    await redis.mset(keys.flatMap((key) => [key, '']));
    const found = new Set<string>();
    for await (const some of redis.scanStream({ match: 'scan:*', count: 100 })) for (const key of some) found.add(key);
    expect(found).toEqual(new Set(keys));
  });

  it('sees keys expire', async () => {
    const redis = connect();
    expect(await redis.set('short', 'x', 'PX', 50)).toBe('OK');
    expect(await redis.set('long', 'x', 'EX', 100)).toBe('OK');
    await waitFor(async () => (await redis.get('short')) === null);
    expect(await redis.ttl('long')).toBeGreaterThan(50);
    expect(await redis.pttl('short')).toBe(-2);
  });
});

describe.each([2, 3] as const)('node-redis 6, RESP%i', { timeout: 30_000 }, (RESP) => {
  const { server } = useServer({ shards: 4, requirepass: PASSWORD });
  const guards = useServers();

  async function connect(password = PASSWORD) {
    const client = createClient({
      socket: { port: server().port, host: '127.0.0.1', reconnectStrategy: false },
      password,
      RESP,
    });
    client.on('error', () => {});
    guards.later(() => client.isOpen && client.destroy());
    await client.connect();
    return client;
  }

  it('is let in by the password only', async () => {
    expect(await (await connect()).ping()).toBe('PONG');
    await expect(connect('wrong')).rejects.toThrow('WRONGPASS');
  });

  it('reads and writes: many at a time, large values, several keys', async () => {
    const client = await connect();
    const keys = Array.from({ length: 1000 }, (_, i) => `node:${i}`);
    await Promise.all(keys.map((key, i) => client.set(key, i)));
    expect(await client.mGet(keys)).toEqual(keys.map((_, i) => String(i)));
    await client.set('big', BIG);
    expect(await client.get('big')).toBe(BIG.toString());
    expect(await client.del(keys)).toBe(1000);
  });

  it('finds every key with SCAN', async () => {
    const client = await connect();
    await client.flushAll();
    const keys = Array.from({ length: 2000 }, (_, i) => `scan:${i}`);
    await client.mSet(keys.map((key): [string, string] => [key, '']));
    const found = new Set<string>();
    for await (const some of client.scanIterator({ MATCH: 'scan:*', COUNT: 100 }))
      for (const key of some) found.add(key);
    expect(found).toEqual(new Set(keys));
  });

  it('sees keys expire, and counts', async () => {
    const client = await connect();
    expect(await client.set('short', 'x', { expiration: { type: 'PX', value: 50 } })).toBe('OK');
    await waitFor(async () => (await client.get('short')) === null);
    expect(await client.incrBy('n', 5)).toBe(5);
    expect(await client.incrByFloat('n', 0.5)).toBe('5.5');
    expect(await client.exists(['n', 'none'])).toBe(1);
  });
});
