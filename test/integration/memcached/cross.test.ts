/** What is written over one protocol and read over another. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MemcachedServer, startMemcached } from '../../support/memcached-server.js';
import { RawClient } from '../../support/raw-client.js';
import { TextClient } from '../../support/text-client.js';

describe.each([
  { shards: 1, dispatch: 'auto' },
  { shards: 1, dispatch: 'ring' },
  { shards: 4, dispatch: 'auto' },
])('across protocols ($shards shards, dispatch $dispatch)', (options) => {
  let server: MemcachedServer;
  let resp: RawClient;
  let text: TextClient;
  beforeAll(async () => {
    server = await startMemcached({ ...options, 'maxmemory-policy': 'allkeys-lru', maxmemory: '64mb' });
    resp = await RawClient.open(server.process.port);
    text = await TextClient.open(server.port);
  });
  afterEach(() => resp.call('FLUSHALL'));
  afterAll(async () => {
    resp.close();
    text.close();
    await server.process.kill();
  });

  it('a value that memcached wrote is plain for Redis', async () => {
    await text.ask('set a 5 100 3\r\nabc\r\n');
    expect(await resp.call('GET', 'a')).toBe('abc');
    expect(await resp.call('TTL', 'a')).toBe(100);
    expect(await resp.call('TYPE', 'a')).toBe('string');
    expect(await resp.call('STRLEN', 'a')).toBe(3);
    expect(await resp.call('APPEND', 'a', 'def')).toBe(6);
    expect(await text.ask('get a\r\n')).toBe('VALUE a 5 6\r\nabcdef\r\nEND\r\n');
  });

  it('a value that Redis wrote has flags 0, and takes no more memory', async () => {
    await resp.call('SET', 'a', 'abc');
    await resp.call('SET', 'b', 'abc', 'EX', 50);
    const before = await resp.call('MEMORY', 'USAGE', 'a');
    expect(await text.ask('get a b\r\n')).toBe('VALUE a 0 3\r\nabc\r\nVALUE b 0 3\r\nabc\r\nEND\r\n');
    expect(await text.ask('mg b t v\r\n')).toBe('VA 3 t50\r\nabc\r\n');
    expect(await resp.call('MEMORY', 'USAGE', 'a')).toBe(before);
    await text.ask('gets a\r\n');
    expect(await resp.call('MEMORY', 'USAGE', 'a')).not.toBe(before);
  });

  it('gets gives a CAS id to what has none, and cas takes it', async () => {
    await resp.call('SET', 'a', 'abc', 'EX', 100);
    const [, cas] = /VALUE a 0 3 (\d+)\r/.exec(await text.ask('gets a\r\n')) ?? [];
    expect(await text.ask('gets a\r\n')).toContain(`VALUE a 0 3 ${cas}\r`);
    expect(await resp.call('TTL', 'a')).toBe(100);
    expect(await text.ask(`cas a 0 0 1 ${cas}\r\nx\r\n`)).toBe('STORED\r\n');
    expect(await text.ask(`cas a 0 0 1 ${cas}\r\nx\r\n`)).toBe('EXISTS\r\n');
  });

  const WRITES: Readonly<Record<string, readonly (string | number)[]>> = {
    SET: ['SET', 'a', '123'],
    'SET KEEPTTL': ['SET', 'a', '123', 'KEEPTTL'],
    APPEND: ['APPEND', 'a', '4'],
    SETRANGE: ['SETRANGE', 'a', 1, '9'],
    INCR: ['INCR', 'a'],
    SETBIT: ['SETBIT', 'a', 6, 1],
    BITFIELD: ['BITFIELD', 'a', 'SET', 'u8', 0, 50],
    GETSET: ['GETSET', 'a', '5'],
    MSET: ['MSET', 'a', '6', 'b', '7'],
    INCRBYFLOAT: ['INCRBYFLOAT', 'a', '0.5'],
    RENAME: ['RENAME', 'other', 'a'],
  };
  it.each(Object.keys(WRITES))('%s makes an earlier CAS id worthless', async (name) => {
    await text.ask('set a 7 100 3\r\n123\r\n');
    const [, cas] = /VALUE a 7 3 (\d+)\r/.exec(await text.ask('gets a\r\n')) ?? [];
    await resp.call('SET', 'other', 'x');
    expect(String(await resp.callWith(WRITES[name] as (string | number)[]))).not.toMatch(/^-/);
    expect(await text.ask(`cas a 0 0 1 ${cas}\r\nx\r\n`)).toBe('EXISTS\r\n');
    const again = /VALUE a \d+ \d+ (\d+)\r/.exec(await text.ask('gets a\r\n'))?.[1];
    expect(await text.ask(`cas a 0 0 1 ${again}\r\nx\r\n`)).toBe('STORED\r\n');
  });

  it('EXPIRE and PERSIST leave flags and CAS id', async () => {
    await text.ask('set a 7 0 3\r\nabc\r\n');
    const before = await text.ask('gets a\r\n');
    expect(await resp.call('EXPIRE', 'a', 100)).toBe(1);
    expect(await text.ask('gets a\r\n')).toBe(before);
    expect(await resp.call('PERSIST', 'a')).toBe(1);
    expect(await text.ask('gets a\r\n')).toBe(before);
    expect(await text.ask('touch a 60\r\n')).toBe('TOUCHED\r\n');
    expect(await resp.call('TTL', 'a')).toBe(60);
    expect(await text.ask('gat 0 a\r\n')).toContain('abc');
    expect(await resp.call('TTL', 'a')).toBe(-1);
  });

  it('numbers go both ways', async () => {
    await resp.call('SET', 'n', 10);
    expect(await text.ask('incr n 5\r\n')).toBe('15\r\n');
    expect(await resp.call('INCR', 'n')).toBe(16);
    expect(await text.ask('decr n 100\r\n')).toBe('0\r\n');
    expect(await resp.call('GET', 'n')).toBe('0 ');
  });

  it('long values go both ways', async () => {
    const value = 'v'.repeat(600_000);
    expect(await text.ask(`set big 3 0 600000\r\n${value}\r\n`)).toBe('STORED\r\n');
    expect(await resp.call('GET', 'big')).toBe(value);
    expect(await resp.call('APPEND', 'big', value)).toBe(1_200_000);
    expect((await text.ask('get big\r\n')).length).toBe(1_200_000 + 'VALUE big 3 1200000\r\n\r\nEND\r\n'.length);
    expect(await text.ask('append big 0 0 1\r\n!\r\n')).toBe('STORED\r\n');
    expect(await resp.call('STRLEN', 'big')).toBe(1_200_001);
  });

  it('only database 0 is seen', async () => {
    const other = await RawClient.open(server.process.port);
    await other.call('SELECT', 1);
    await other.call('SET', 'a', 'one');
    expect(await text.ask('get a\r\n')).toBe('END\r\n');
    await text.ask('flush_all\r\n');
    expect(await other.call('GET', 'a')).toBe('one');
    other.close();
  });

  it('writes wait while clients are paused, reads do not', async () => {
    await text.ask('set a 0 0 1\r\n1\r\n');
    expect(await resp.call('CLIENT', 'PAUSE', 300, 'WRITE')).toBe('OK');
    expect(await text.ask('get a\r\n')).toBe('VALUE a 0 1\r\n1\r\nEND\r\n');
    expect(await text.ask('incr a 1\r\nget a\r\n', 2)).toBe('2\r\nVALUE a 0 1\r\n2\r\nEND\r\n');
  });

  it('items of all kinds live through eviction and expiry', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 40; round++) {
      const indices = Array.from({ length: 500 }, (_, i) => i);
      for (const i of indices.filter((n) => n % 3 === 0)) {
        await resp.call('SET', keyOf(round, i), 'v'.repeat(i * 10), 'PX', 20 + (i % 50));
      }
      expect(await text.ask(`${indices.map((i) => linesOf(round, i)).join('')}mn\r\n`)).toBe('MN\r\n');
      for (const i of indices.filter((n) => n % 11 === 0)) await resp.call('EXPIRE', keyOf(round, i), 1);
      expect(await text.ask(`gets ${keyOf(round, 1)}\r\n`)).toMatch(/END\r\n$/);
    }
    expect(await resp.call('PING')).toBe('PONG');
  });
});

function keyOf(round: number, i: number): string {
  return `k${(round * 37 + i * 11) % 3000}`;
}

/** Quiet requests that set a key, and then mostly change it. */
function linesOf(round: number, i: number): string {
  const key = keyOf(round, i);
  const value = 'v'.repeat((i * 131) % 8000);
  const set = `set ${key} ${i} ${i % 7 === 0 ? 1 : 0} ${value.length} noreply\r\n${value}\r\n`;
  const more = [
    `touch ${key} ${i % 3} noreply\r\n`,
    `append ${key} 0 0 1 noreply\r\nx\r\n`,
    `incr ${key} 1 noreply\r\n`,
  ];
  return i % 5 === 0 ? `${set}${more.join('')}` : set;
}

it('a crash leaves clients of memcached an error and their items', async () => {
  for (const dispatch of ['ring', 'direct']) {
    const server = await startMemcached({ dispatch, 'restart-limit': 1000 });
    const resp = await RawClient.open(server.process.port);
    const text = await TextClient.open(server.port);
    await text.ask('set a 7 0 3\r\nabc\r\n');
    expect(await resp.call('DEBUG', 'SHARD', 0, 'THROW')).toBe('OK');
    expect(await resp.call('PING')).toBe('PONG');
    const again = await TextClient.open(server.port);
    expect(await again.ask('get a\r\n')).toBe('VALUE a 7 3\r\nabc\r\nEND\r\n');
    const before = /VALUE a 7 3 (\d+)/.exec(await again.ask('gets a\r\n'))?.[1];
    // In the middle of a change: the shard is emptied, and no CAS id is given twice.
    expect(await resp.call('DEBUG', 'SHARD', 0, 'TRAP')).toBe('OK');
    // It may have been on its way to the shard.
    expect(['PONG', '-ERR shard 0 failed and was emptied']).toContain(await resp.call('PING'));
    const third = await TextClient.open(server.port);
    await third.ask('set a 0 0 1\r\nx\r\n');
    expect(Number(/VALUE a 0 1 (\d+)/.exec(await third.ask('gets a\r\n'))?.[1])).toBeGreaterThan(Number(before));
    for (const client of [resp, text, again, third]) client.close();
    await server.process.kill();
  }
});
