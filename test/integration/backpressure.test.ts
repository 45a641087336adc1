import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plain, request } from '../support/raw-client.js';
import type { ServerProcess } from '../support/server-process.js';
import { useServers } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

const servers = useServers();
const MIB = 1024 ** 2;

/** Memory of a server's process that is in use, where the system tells. */
function residentBytes({ pid }: ServerProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

describe('back-pressure', { timeout: 30_000 }, () => {
  it.each(['direct', 'ring'])(
    'a client that does not read is read no more, and costs little (dispatch %s)',
    async (dispatch) => {
      const server = await servers.start({ shards: 2, dispatch });
      const slow = await servers.open(server);
      const other = await servers.open(server);
      await other.call('SET', 'value', Buffer.alloc(10_000, 'v'));
      const before = residentBytes(server);
      slow.socket.pause();
      const count = 30_000;
      // 300 MB of replies.
      slow.send(Buffer.concat(Array.from({ length: count }, () => request('GET', 'value'))));
      for (let i = 0; i < 300; i++) expect(await other.call('SET', `other${i}`, i)).toBe('OK');
      expect(residentBytes(server) - before).toBeLessThan(100 * MIB);
      expect(slow.isClosed).toBe(false);
      slow.socket.resume();
      const replies = await slow.replies(count);
      expect(replies.every((reply) => Buffer.isBuffer(reply) && reply.length === 10_000)).toBe(true);
      expect(await slow.call('PING')).toBe('PONG');
    },
  );

  it('a client that leaves more unread than the limit is closed, and no other', async () => {
    const server = await servers.start({
      'client-output-pause': '64mb',
      'client-output-buffer-limit': 'normal 8mb 4mb 60',
    });
    const slow = await servers.open(server);
    const other = await servers.open(server);
    await other.call('SET', 'value', Buffer.alloc(10_000, 'v'));
    slow.socket.pause();
    slow.send(Buffer.concat(Array.from({ length: 4000 }, () => request('GET', 'value'))));
    await waitFor(async () => /connected_clients:1\r/.test(String(await other.call('INFO', 'clients'))));
    expect(await other.call('GET', 'none')).toBe(null);
  });

  it('goes on with a client whose unread replies are few (client-output-pause of 1 kB)', async () => {
    const server = await servers.start({ 'client-output-pause': '1kb' });
    const client = await servers.open(server);
    for (const size of [900, 2000, 20_000, 70_000, 262_154, 600_010]) {
      await client.call('SET', 'value', Buffer.alloc(size));
      for (let round = 0; round < 3; round++) {
        client.send(Buffer.concat(Array.from({ length: 20 }, () => request('GET', 'value'))));
        const replies = await client.replies(20);
        expect(replies.every((reply) => Buffer.isBuffer(reply) && reply.length === size)).toBe(true);
      }
    }
  });

  it.each([
    { shards: 1, dispatch: 'ring' },
    { shards: 4, dispatch: 'ring' },
    { shards: 1, dispatch: 'direct' },
  ])('takes requests and gives replies larger than a ring ($shards shards, dispatch $dispatch)', async (options) => {
    const server = await servers.start({ ...options, maxmemory: '512mb' });
    const client = await servers.open(server);
    const value = Buffer.alloc(20_000_000, '0123456789abcde');
    client.send(
      Buffer.concat([
        request('SET', 'a', 'before'),
        request('SET', 'big', value),
        request('APPEND', 'big', 'tail'),
        request('GET', 'big'),
        request('GET', 'a'),
        request('GETRANGE', 'big', -5, -1),
      ]),
    );
    const [first, set, length, got, ...rest] = await client.replies(6);
    expect([first, set, length]).toEqual(['OK', 'OK', value.length + 4]);
    expect(Buffer.concat([value, Buffer.from('tail')]).equals(got as Buffer)).toBe(true);
    expect(rest.map(plain)).toEqual(['before', '4tail']);
    expect(await client.call('MSET', 'b', value, 'c', value, 'd', 'small')).toBe('OK');
    client.send(request('MGET', 'd', 'c', 'none', 'b'));
    const [values] = (await client.replies(1)) as [Buffer[]];
    expect(values.map((one) => one?.length ?? null)).toEqual([5, value.length, null, value.length]);
  });

  it('sets and gets 100 MB while others are answered', async () => {
    const server = await servers.start({ shards: 1, maxmemory: '512mb' });
    const client = await servers.open(server);
    const other = await servers.open(server);
    const value = Buffer.alloc(100_000_000, 'x');
    client.send(request('SET', 'big', value));
    for (let i = 0; i < 20; i++) expect(await other.call('SET', 'a', i)).toBe('OK');
    expect(await client.replies(1)).toEqual(['OK']);
    client.send(request('GET', 'big'));
    for (let i = 0; i < 20; i++) expect(await other.call('INCR', 'n')).toBe(i + 1);
    expect(value.equals((await client.reply()) as Buffer)).toBe(true);
  });

  it('many connections that feed a full ring lose nothing', async () => {
    const server = await servers.start({ shards: 1, dispatch: 'ring', maxmemory: '256mb' });
    const clients = await Promise.all(Array.from({ length: 20 }, () => servers.open(server)));
    const count = 500;
    const value = Buffer.alloc(8000, 'y');
    for (const [k, client] of clients.entries()) {
      client.send(Buffer.concat(Array.from({ length: count }, (_, i) => request('SET', `${k}:${i % 10}`, value))));
      client.send(Buffer.concat(Array.from({ length: count }, () => request('INCR', 'sum'))));
    }
    for (const client of clients) {
      const replies = await client.replies(2 * count);
      expect(replies.slice(0, count).every((reply) => reply === 'OK')).toBe(true);
    }
    expect(await clients[0]?.call('GET', 'sum')).toBe(String(20 * count));
  });
});
