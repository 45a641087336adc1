import { describe, expect, it } from 'vitest';
import { plain, request } from '../support/raw-client.js';
import { useServer, useServers } from '../support/servers.js';

const KEYS = 200_000;
const TIMES = 10;
/** Fits none of them, which takes a while to find out. */
const PATTERN = `*:${'*[0-9]'.repeat(4)}*x`;

describe.each([
  { shards: 1, dispatch: 'auto' },
  { shards: 4, dispatch: 'auto' },
  { shards: 1, dispatch: 'ring' },
])('long commands ($shards shards, dispatch $dispatch)', { timeout: 30_000 }, (options) => {
  const { open } = useServer({ ...options, maxmemory: '512mb' });

  it('KEYS over 200 000 keys lets others through', async () => {
    const client = await open();
    client.send(Buffer.concat(Array.from({ length: KEYS }, (_, i) => request('SET', `key:${i}`, i))));
    await client.replies(KEYS);
    const other = await open();
    client.send(Buffer.concat(Array.from({ length: TIMES }, () => request('KEYS', PATTERN))));
    let answered = 0;
    while (client.received < KEYS + TIMES) {
      expect(await other.call('GET', `key:${answered}`)).toBe(String(answered));
      expect(await other.call('PING')).toBe('PONG');
      answered++;
    }
    // More often than it would happen between one KEYS and the next.
    expect(answered).toBeGreaterThan(2 * TIMES);
    expect(await client.replies(TIMES)).toEqual(Array.from({ length: TIMES }, () => []));
    client.send(Buffer.concat([request('KEYS', '*'), request('PING')]));
    const [keys, pong] = await client.replies(2);
    expect(new Set((plain(keys) as string[]) ?? [])).toHaveLength(KEYS);
    expect(pong).toBe('PONG');
  });

  it.each(['DEL', 'UNLINK'])('%s of 100 MB', async (command) => {
    const client = await open();
    const other = await open();
    await client.call('SET', 'big', Buffer.alloc(100_000_000));
    client.send(Buffer.concat([request(command, 'big'), request('EXISTS', 'big'), request('SET', 'big', 'new')]));
    expect(await other.call('PING')).toBe('PONG');
    expect(await client.replies(3)).toEqual([1, 0, 'OK']);
  });

  it('BITCOUNT of 100 MB lets others through, and holds back writes to its key', async () => {
    const client = await open();
    const writer = await open();
    const other = await open();
    await client.call('SET', 'bits', Buffer.alloc(100_000_000, 0xff));
    const before = client.received;
    client.send(request('BITCOUNT', 'bits'));
    writer.send(request('SET', 'bits', ''));
    let answered = 0;
    while (client.received === before) {
      expect(await other.call('INCR', 'others')).toBe(++answered);
    }
    expect(await client.replies(1)).toEqual([800_000_000]);
    expect(await writer.replies(1)).toEqual(['OK']);
    expect(await other.call('STRLEN', 'bits')).toBe(0);
  });

  it('FLUSHALL of many keys is at once, for everybody', async () => {
    const client = await open();
    client.send(Buffer.concat(Array.from({ length: 50_000 }, (_, i) => request('SET', `flush:${i}`, i))));
    await client.replies(50_000);
    client.send(
      Buffer.concat([request('FLUSHALL'), request('DBSIZE'), request('SET', 'flush:1', 'new'), request('DBSIZE')]),
    );
    expect(await client.replies(4)).toEqual(['OK', 0, 'OK', 1]);
  });
});

describe('expiry', { timeout: 30_000 }, () => {
  const servers = useServers();

  it.each([1, 4])('20 000 keys vanish at their time without being read (%i shards)', async (shards) => {
    const server = await servers.start({ shards });
    const client = await servers.open(server);
    const count = 20_000;
    client.send(Buffer.concat(Array.from({ length: count }, (_, i) => request('SET', `e${i}`, i, 'PX', 1500))));
    await client.replies(count);
    await client.call('SET', 'stays', 1);
    expect(await client.call('TTL', 'e0')).toBeGreaterThanOrEqual(-2);
    const until = Date.now() + 20_000;
    while ((await client.call('DBSIZE')) !== 1 && Date.now() < until) await new Promise((go) => setTimeout(go, 20));
    expect(await client.call('DBSIZE')).toBe(1);
    expect(String(await client.call('INFO', 'stats'))).toContain(`expired_keys:${count}\r\n`);
  });
});
