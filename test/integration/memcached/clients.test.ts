/** The clients for Node that people use. */

import { MemcacheClient } from 'memcache-client';
import Memcached from 'memcached';
import memjs from 'memjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemcachedServer, startMemcached } from '../../support/memcached-server.js';

/** A call that ends with a callback, as a promise. */
function called<T>(call: (done: (error: unknown, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error == null ? resolve(value) : reject(error)));
  });
}

describe.each([{ shards: 1 }, { shards: 4, dispatch: 'ring' }])('with %j', (options) => {
  let server: MemcachedServer;
  beforeAll(async () => {
    server = await startMemcached(options);
  });
  afterAll(() => server.process.kill());

  it('serves memcached', async () => {
    const client = new Memcached(`127.0.0.1:${server.port}`);
    expect(await called((done) => client.set('m1', { a: 1 }, 100, done))).toBe(true);
    expect(await called((done) => client.get('m1', done))).toEqual({ a: 1 });
    await called((done) => client.set('m2', 'two', 100, done));
    expect(await called((done) => client.getMulti(['m1', 'm2', 'nix'], done))).toEqual({ m1: { a: 1 }, m2: 'two' });
    const { cas } = await called<{ cas: string }>((done) => client.gets('m2', done));
    expect(await called((done) => client.cas('m2', 'new', cas, 100, done))).toBe(true);
    expect(await called((done) => client.cas('m2', 'newer', cas, 100, done))).toBe(false);
    await called((done) => client.set('n', '5', 100, done));
    expect(await called((done) => client.incr('n', 3, done))).toBe(8);
    expect(await called((done) => client.append('m2', '!', done))).toBe(true);
    expect(await called((done) => client.touch('m2', 10, done))).toBe(true);
    expect(await called((done) => client.del('m2', done))).toBe(true);
    expect(await called((done) => client.get('m2', done))).toBeUndefined();
    const [stats] = await called<readonly Record<string, unknown>[]>((done) => client.stats(done));
    expect(stats?.version).toBe('1.6.18');
    client.end();
  });

  it('serves memcache-client', async () => {
    const client = new MemcacheClient({ server: `127.0.0.1:${server.port}` });
    await client.set('c1', 'value');
    await client.set('c2', { json: [1, 2] });
    expect(await client.get('c1')).toMatchObject({ value: 'value' });
    expect(await client.get(['c1', 'c2'])).toMatchObject({ c1: { value: 'value' }, c2: { value: { json: [1, 2] } } });
    expect(await client.incr('nix', 1).catch((error: Error) => error.message)).toBe('NOT_FOUND');
    const big = 'b'.repeat(500_000);
    await client.set('c3', big);
    expect(await client.get('c3')).toMatchObject({ value: big });
    await client.delete('c1');
    expect(await client.get('c1')).toBeUndefined();
    client.shutdown();
  });

  it('serves memjs, which speaks the binary protocol', async () => {
    const client = memjs.Client.create(`127.0.0.1:${server.port}`);
    expect(await client.set('j1', 'value', { expires: 100 })).toBe(true);
    expect((await client.get('j1')).value?.toString()).toBe('value');
    expect(await client.add('j1', 'other', {})).toBe(false);
    expect(await client.replace('j1', 'third', {})).toBe(true);
    expect(await client.append('j1', '!')).toBe(true);
    // Its prepend sends what append does.
    expect((await client.get('j1')).value?.toString()).toBe('third!');
    expect((await client.increment('jn', 5, { initial: 10 })).value).toBe(10);
    expect((await client.increment('jn', 5, { initial: 10 })).value).toBe(15);
    expect((await client.decrement('jn', 20, {})).value).toBe(0);
    expect(await client.touch('j1', 50)).toBe(true);
    expect(await client.delete('j1')).toBe(true);
    expect((await client.get('j1')).value).toBeNull();
    const big = Buffer.alloc(300_000, 'x');
    expect(await client.set('big', big, {})).toBe(true);
    expect((await client.get('big')).value?.equals(big)).toBe(true);
    client.close();
  });
});

it('lets memjs in with the right password only', async () => {
  const server = await startMemcached({ requirepass: 'secret' });
  const right = memjs.Client.create(`127.0.0.1:${server.port}`, { username: 'default', password: 'secret' });
  expect(await right.set('a', 'b', {})).toBe(true);
  expect((await right.get('a')).value?.toString()).toBe('b');
  right.close();
  const wrong = memjs.Client.create(`127.0.0.1:${server.port}`, { username: 'default', password: 'no', retries: 0 });
  await expect(wrong.get('a')).rejects.toThrow();
  wrong.close();
  await server.process.kill();
});
