import { describe, expect, it } from 'vitest';
import { plain, type RawClient, request } from '../support/raw-client.js';
import { useServer, useServers } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

const KEYS = 1000;

async function store(client: RawClient): Promise<void> {
  client.send(Buffer.concat(Array.from({ length: KEYS }, (_, i) => request('SET', `key${i}`, `value${i}`))));
  await client.replies(KEYS);
}

async function ringshardInfo(client: RawClient): Promise<{ readonly restarts: number; readonly emptied: number }> {
  const text = String(await client.call('INFO', 'ringshard'));
  const numberOf = (name: string) => Number(new RegExp(`^${name}:(\\d+)\r$`, 'm').exec(text)?.[1]);
  return { restarts: numberOf('shard_restarts'), emptied: numberOf('shards_emptied') };
}

/** Has shard 0 fail, and waits until it has been recovered. */
async function crash(client: RawClient, how: 'THROW' | 'TRAP'): Promise<void> {
  const before = (await ringshardInfo(client)).restarts;
  expect(await client.call('DEBUG', 'SHARD', 0, how)).toBe('OK');
  await waitFor(async () => (await ringshardInfo(client)).restarts > before);
}

describe.each([
  { shards: 1, dispatch: 'auto' },
  { shards: 1, dispatch: 'ring' },
  { shards: 4, dispatch: 'direct' },
  { shards: 4, dispatch: 'ring' },
])('a shard that crashes ($shards shards, dispatch $dispatch)', { timeout: 30_000 }, (options) => {
  const { server, open } = useServer({ ...options, 'restart-limit': 1000, maxmemory: '256mb' });

  it('keeps its keys when it throws between two commands', async () => {
    const client = await open();
    await client.call('FLUSHALL');
    await store(client);
    const { emptied } = await ringshardInfo(client);
    await crash(client, 'THROW');
    expect(await client.call('DBSIZE')).toBe(KEYS);
    for (let i = 0; i < KEYS; i += 50) expect(await client.call('GET', `key${i}`)).toBe(`value${i}`);
    await store(client);
    expect((await ringshardInfo(client)).emptied).toBe(emptied);
    expect(server().output).toContain('a shard has failed shard=0');
  });

  it('loses no reply of a pipeline over a crash between two commands', async () => {
    const client = await open();
    const admin = await open();
    await client.call('FLUSHALL');
    for (let round = 0; round < 5; round++) {
      const count = 5000;
      client.send(Buffer.concat(Array.from({ length: count }, (_, i) => request('INCR', `n${i % 7}`))));
      admin.send(request('DEBUG', 'SHARD', 0, 'THROW'));
      const replies = await client.replies(count);
      expect(await admin.reply()).toBe('OK');
      expect(replies.slice(-7).every((reply) => typeof reply === 'number')).toBe(true);
    }
    const sums = (await client.call('MGET', 'n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6')) as string[];
    expect(sums.reduce((sum, n) => sum + Number(n), 0)).toBe(25_000);
  });

  it('is emptied when it dies in the middle of a change; the others keep their keys', async () => {
    const client = await open();
    await client.call('FLUSHALL');
    await store(client);
    const { emptied } = await ringshardInfo(client);
    await crash(client, 'TRAP');
    expect((await ringshardInfo(client)).emptied).toBe(emptied + 1);
    const left = (await client.call('DBSIZE')) as number;
    if (options.shards === 1) expect(left).toBe(0);
    else expect(left).toBeGreaterThan(KEYS / 2);
    expect(left).toBeLessThan(KEYS);
    await store(client);
    expect(await client.call('DBSIZE')).toBe(KEYS);
  });

  it('answers every request of a pipeline over a crash in the middle of a change', async () => {
    const client = await open();
    const admin = await open();
    for (let round = 0; round < 5; round++) {
      const count = 5000;
      const { restarts } = await ringshardInfo(admin);
      const keys = Array.from({ length: 20 }, (_, i) => `many${i}`);
      client.send(
        Buffer.concat(
          Array.from({ length: count }, (_, i) => (i % 100 === 0 ? request('EXISTS', ...keys) : request('ECHO', i))),
        ),
      );
      admin.send(request('DEBUG', 'SHARD', 0, 'TRAP'));
      const replies = (await client.replies(count)).map(plain);
      expect(await admin.reply()).toBe('OK');
      const strange = replies.filter(
        (reply, i) => reply !== '-ERR shard 0 failed and was emptied' && reply !== (i % 100 === 0 ? 0 : String(i)),
      );
      expect(strange).toEqual([]);
      // The order reaches a thread that sleeps only when it wakes up.
      await waitFor(async () => (await ringshardInfo(admin)).restarts > restarts);
      expect(await client.call('PING')).toBe('PONG');
    }
  });

  it.each(['THROW', 'TRAP'] as const)(
    'answers a long command and what comes behind it when it dies (%s)',
    async (how) => {
      const client = await open();
      const admin = await open();
      const value = Buffer.alloc(20_000_000, 'x');
      await client.call('SET', 'big', value);
      client.send(Buffer.concat([request('SET', 'big', value), request('BITCOUNT', 'big'), request('PING')]));
      await crash(admin, how);
      const [set, count, pong] = (await client.replies(3)).map(plain);
      expect(set === 'OK' || /^-ERR shard 0 (was restarted|failed)/.test(String(set))).toBe(true);
      expect(typeof count === 'number' || /^-ERR shard 0 /.test(String(count))).toBe(true);
      expect(pong === 'PONG' || /^-ERR shard 0 /.test(String(pong))).toBe(true);
      expect(await client.call('SET', 'big', value)).toBe('OK');
      expect(await client.call('STRLEN', 'big')).toBe(value.length);
    },
  );

  it.each(['THROW', 'TRAP'] as const)('survives while long values are being read (%s)', async (how) => {
    const admin = await open();
    const value = Buffer.alloc(8_000_000, 'r');
    const keys = Array.from({ length: 8 }, (_, i) => `read${i}`);
    for (const key of keys) await admin.call('SET', key, value);
    const readers = await Promise.all(keys.map(() => open()));
    for (const [i, reader] of readers.entries()) {
      reader.socket.pause();
      reader.send(request('GET', keys[i] as string));
    }
    await crash(admin, how);
    for (const key of keys) await admin.call('SET', key, Buffer.alloc(value.length, 'w'));
    for (const reader of readers) {
      reader.socket.resume();
      // Whole and as it was, or the connection has ended.
      const reply = await reader.reply().catch(() => undefined);
      if (Buffer.isBuffer(reply)) expect(value.equals(reply)).toBe(true);
      else if (how === 'THROW') expect.unreachable('a reply was lost although no data was');
    }
    for (const key of keys) expect(await admin.call('STRLEN', key)).toBe(value.length);
  });

  it('goes on after many crashes', async () => {
    const client = await open();
    await client.call('FLUSHALL');
    for (let round = 0; round < 10; round++) {
      await crash(client, 'THROW');
      await store(client);
    }
    expect(await client.call('DBSIZE')).toBe(KEYS);
    expect(await client.call('SET', 'big', Buffer.alloc(5_000_000))).toBe('OK');
  });
});

describe('a shard that fails in the hands of the acceptor', { timeout: 30_000 }, () => {
  const { open } = useServer({ shards: 2, dispatch: 'direct', 'restart-limit': 1000 });

  it('keeps its keys when it throws between two commands', async () => {
    const client = await open();
    await store(client);
    const before = await ringshardInfo(client);
    expect(await client.call('DEBUG', 'SHARD', 0, 'THROW', 'DIRECT')).toBe('OK');
    client.send(Buffer.concat(Array.from({ length: KEYS }, (_, i) => request('GET', `key${i}`))));
    const replies = (await client.replies(KEYS)).map(plain);
    const wrong = replies.filter((reply, i) => reply !== `value${i}` && !/^-ERR shard 0 /.test(String(reply)));
    expect(wrong).toEqual([]);
    expect(await client.call('DBSIZE')).toBe(KEYS);
    expect(await ringshardInfo(client)).toEqual({ restarts: before.restarts + 1, emptied: before.emptied });
  });

  it('is emptied when it fails in the middle of a change, and works again', async () => {
    const client = await open();
    await store(client);
    const { emptied } = await ringshardInfo(client);
    expect(await client.call('DEBUG', 'SHARD', 0, 'TRAP', 'DIRECT')).toBe('OK');
    client.send(Buffer.concat(Array.from({ length: KEYS }, (_, i) => request('GET', `key${i}`))));
    const replies = (await client.replies(KEYS)).map(plain);
    const wrong = replies.filter(
      (reply, i) => reply !== `value${i}` && reply !== null && !/^-ERR shard 0 /.test(String(reply)),
    );
    expect(wrong).toEqual([]);
    expect((await ringshardInfo(client)).emptied).toBe(emptied + 1);
    await store(client);
    expect(await client.call('DBSIZE')).toBe(KEYS);
  });
});

describe('an MGET over several shards', { timeout: 30_000 }, () => {
  const { open } = useServer({ shards: 4, dispatch: 'ring', 'restart-limit': 1000 });

  it('of which a shard dies is answered in full, or with an error that may end the connection', async () => {
    const admin = await open();
    const keys = Array.from({ length: 20 }, (_, i) => `many${i}`);
    for (let round = 0; round < 10; round++) {
      const client = await open();
      const count = 500;
      client.send(Buffer.concat(Array.from({ length: count }, () => request('MGET', ...keys))));
      client.socket.end();
      expect(await admin.call('DEBUG', 'SHARD', 0, 'TRAP')).toBe('OK');
      const replies = await client.closed();
      const whole = replies.filter((reply) => Array.isArray(reply) && reply.length === keys.length);
      const failed = replies.filter((reply) => /^-ERR shard 0 /.test(String(reply)));
      expect(whole.length + failed.length).toBe(replies.length);
      if (failed.length === 0) expect(whole).toHaveLength(count);
    }
  });
});

describe('restart-limit', { timeout: 30_000 }, () => {
  const servers = useServers();

  it('ends the server when a shard fails too often', async () => {
    const server = await servers.start({ 'restart-limit': 2 });
    const client = await servers.open(server);
    for (let round = 0; round < 2; round++) await crash(client, 'THROW');
    client.send(request('DEBUG', 'SHARD', 0, 'THROW'));
    expect(await server.exited).toBe(1);
    expect(server.output).toContain('shard 0 has failed 3 times within a minute');
  });
});
