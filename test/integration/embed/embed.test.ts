/** A server within the program, as whoever installs the package has it. */
import { createServer, type EmbeddedServer, ReplyError } from 'ringshard';
import { afterEach, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/raw-client.js';

const servers: EmbeddedServer[] = [];

async function start(options: Parameters<typeof createServer>[0] = {}): Promise<EmbeddedServer> {
  const server = await createServer(options);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('createServer', () => {
  it('serves sockets and its own client with the same keys', async () => {
    const server = await start({ port: 0 });
    expect(server.url).toBe(`redis://127.0.0.1:${server.port}`);
    const own = server.client();
    const other = await RawClient.open(server.port);
    await own.set('a', 'from within');
    expect(await other.call('GET', 'a')).toBe('from within');
    await other.call('SET', 'a', 'from outside');
    expect(await own.get('a')).toBe('from outside');
    other.close();
  });

  it('takes the options of the command line, and refuses wrong ones', async () => {
    const server = await start({ shards: 2, databases: 3, maxmemory: '64mb', maxmemoryPolicy: 'allkeys-lru' });
    const config = await server.client().call('CONFIG', 'GET', 'maxmemory*', 'shards', 'databases');
    expect(Object.fromEntries(config as Map<string, string>)).toMatchObject({
      maxmemory: String(64 * 1024 ** 2),
      'maxmemory-policy': 'allkeys-lru',
      shards: '2',
      databases: '3',
    });
    await expect(createServer({ shards: 0 })).rejects.toMatchObject({ code: 'INVALID_VALUE' });
    await expect(createServer({ shard: 1 } as never)).rejects.toMatchObject({ code: 'UNKNOWN_OPTION' });
  });

  it('says so when a port is taken', async () => {
    const { port } = await start();
    await expect(createServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('runs twenty servers side by side, each with keys of its own', async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => start({ maxmemory: '64mb' })));
    await Promise.all(many.map((server, i) => server.client().set('who', i)));
    const answers = await Promise.all(many.map((server) => server.client().get('who')));
    expect(answers).toEqual(many.map((_, i) => String(i)));
    expect(new Set(many.map(({ port }) => port)).size).toBe(20);
  });

  it('has a clock that can be moved, in every thread', async () => {
    for (const dispatch of ['direct', 'ring'] as const) {
      const server = await start({ dispatch });
      const client = server.client();
      await client.set('short', 'x', { ttl: '1h' });
      await client.set('long', 'x', { ttl: '2h' });
      const before = server.clock.now();
      server.clock.advance('1h');
      expect(server.clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
      expect(await client.get('short')).toBeNull();
      const left = (await client.ttl('long')) as number;
      expect(left).toBeGreaterThan(3_500_000);
      expect(left).toBeLessThanOrEqual(3_600_000);
      // Nobody has asked for it: the shard's thread has freed it.
      await client.set('unseen', 'x', { ttl: 1000 });
      server.clock.advance(5000);
      await expect.poll(() => client.dbSize()).toBe(1);
      expect(() => server.clock.advance('soon')).toThrow(/no span of time/);
    }
  });

  it('is quiet, or logs where it is told to', async () => {
    const lines: string[] = [];
    const server = await start({ onLog: (line) => lines.push(line), loglevel: 'verbose' });
    const client = await RawClient.open(server.port);
    client.send('*1\r\n$x\r\n');
    await client.closed();
    expect(lines.join('')).toContain('no request');
  });

  it('tells when it has ended by itself', async () => {
    const ended = new Promise((resolve) => {
      void start({ onEnd: (exitCode) => resolve(exitCode) }).then(
        (server) =>
        server.client().call('SHUTDOWN', 'NOSAVE').catch(() => {}), // biome-ignore format: short
      );
    });
    expect(await ended).toBe(0);
  });

  it('answers what was asked before it closes, and nothing afterwards', async () => {
    const server = await start();
    const client = server.client();
    const asked = Promise.all([client.set('a', 1), client.incr('a'), client.call('SET', 'b', Buffer.alloc(5_000_000))]);
    await server.close();
    expect(await asked).toEqual([true, 2, 'OK']);
    expect(client.isClosed).toBe(true);
    await expect(client.get('a')).rejects.toThrow(/closed/);
    expect(() => server.client()).toThrow(/closed/);
  });
});

describe('its client', () => {
  it('has methods for the common commands', async () => {
    const client = (await start({ shards: 2 })).client();
    expect(await client.set('k', 'v', { onlyIf: 'existing' })).toBe(false);
    expect(await client.set('k', 'v', { onlyIf: 'new', ttl: '10s' })).toBe(true);
    expect(await client.ttl('k')).toBeGreaterThan(9000);
    expect(await client.getSet('k', Buffer.from([0xff, 1]), { keepTtl: true })).toBe('v');
    expect(await client.ttl('k')).toBeGreaterThan(9000);
    expect(await client.getBytes('k')).toEqual(Buffer.from([0xff, 1]));
    expect(await client.persist('k')).toBe(true);
    expect(await client.ttl('k')).toBe(Number.POSITIVE_INFINITY);
    expect(await client.ttl('none')).toBeUndefined();
    await client.mset({ a: 1, b: 'two' });
    await client.mset([['c', 3n]]);
    expect(await client.mget('a', 'b', 'c', 'd')).toEqual(['1', 'two', '3', null]);
    expect([await client.incr('n'), await client.incrBy('n', 5), await client.decr('n')]).toEqual([1, 6, 5]);
    expect(await client.incrByFloat('n', 0.5)).toBe(5.5);
    expect([await client.append('a', '23'), await client.strlen('a'), await client.getRange('a', 1, -1)]).toEqual([3, 3, '23']); // biome-ignore format: short
    expect(await client.expireAt('a', new Date(1000))).toBe(true);
    expect([await client.exists('a', 'b', 'b'), await client.del('b', 'c', 'x')]).toEqual([2, 2]);
    expect([await client.type('n'), await client.rename('n', 'm'), await client.getDel('m')]).toEqual(['string', 'OK', '5.5']); // biome-ignore format: short
    expect(await client.keys()).toEqual(['k']);
    expect(await client.flushAll()).toBe('OK');
    expect(await client.dbSize()).toBe(0);
    expect(await client.ping()).toBe('PONG');
    expect(await client.info('server')).toMatch(/^# Server\r\n/);
  });

  it('goes through all keys', async () => {
    const client = (await start({ shards: 2 })).client();
    const names = Array.from({ length: 500 }, (_, i) => `key:${i}`);
    await client.mset(names.map((name) => [name, 'x']));
    await client.set('other', 'x');
    const found = new Set<string>();
    for await (const key of client.scan({ match: 'key:*', count: 50 })) found.add(key);
    expect(found).toEqual(new Set(names));
  });

  it('rejects calls whose reply is an error, and no others', async () => {
    const client = (await start()).client();
    const results = await Promise.allSettled([client.set('a', 'x'), client.incr('a'), client.get('a')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(client.incr('a')).rejects.toBeInstanceOf(ReplyError);
    await expect(client.call('NOSUCH')).rejects.toMatchObject({ code: 'ERR' });
    await expect(client.call('CLIENT', 'REPLY', 'OFF')).rejects.toThrow(/not possible/);
    await expect(client.call()).rejects.toThrow(/name of a command/);
    await expect(client.call('GET', {} as never)).rejects.toThrow(/strings, numbers and bytes/);
  });

  it('keeps the order of a hundred thousand calls at once', async () => {
    const client = (await start({ shards: 2 })).client();
    const replies = await Promise.all(Array.from({ length: 100_000 }, () => client.incr('n')));
    expect(replies.every((reply, i) => reply === i + 1)).toBe(true);
    expect(client.pending).toBe(0);
  });

  it('sends and receives long values', async () => {
    const client = (await start()).client();
    const value = Buffer.alloc(20_000_000, 'abcdefg');
    const small = client.set('small', 1);
    const [set, got, then] = await Promise.all([client.set('big', value), client.getBytes('big'), client.get('small')]);
    expect([await small, set, then, value.equals(got as Buffer)]).toEqual([true, true, '1', true]);
  });

  it('tells who has written too much when to go on', async () => {
    const client = (await start()).client();
    const value = Buffer.alloc(4_000_000);
    const calls = [client.set('a', value)];
    let waited = 0;
    for (let i = 0; i < 20; i++) {
      const before = client.pending;
      await client.ready();
      if (client.pending < before) waited++;
      calls.push(client.set(`a${i}`, value));
    }
    expect(await Promise.all(calls)).toEqual(new Array(21).fill(true));
    expect(waited).toBeGreaterThan(0);
  });

  it('has databases, a name and a line in CLIENT LIST, and is gone when it is closed', async () => {
    const server = await start({ maxclients: 2 });
    const watcher = server.client({ name: 'watcher' });
    const client = server.client({ name: 'app', database: 3 });
    await client.set('a', 'in 3');
    expect(await watcher.get('a')).toBeNull();
    const list = await watcher.call<string>('CLIENT', 'LIST');
    expect(list).toMatch(/addr=in-process:0 .*name=app .*db=3 .*cmd=set .*resp=3/);
    expect(() => server.client()).toThrow(/max number of clients/);
    const last = client.get('a');
    await client.close();
    expect(await last).toBe('in 3');
    expect(await watcher.call('CLIENT', 'LIST')).not.toContain('name=app');
    await expect(client.get('a')).rejects.toThrow(/closed/);
  });

  it('learns that it was killed', async () => {
    const server = await start();
    const [killer, victim] = [server.client(), server.client({ name: 'victim' })];
    await victim.ping();
    expect(await killer.call('CLIENT', 'KILL', 'ID', '2')).toBe(1);
    await expect(victim.ping()).rejects.toThrow(/closed|ended/);
  });

  it('needs no password', async () => {
    const server = await start({ requirepass: 'secret' });
    expect(await server.client().ping()).toBe('PONG');
    const stranger = await RawClient.open(server.port);
    expect(await stranger.call('PING')).toMatch(/NOAUTH/);
    stranger.close();
  });
});
