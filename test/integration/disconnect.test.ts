import { describe, expect, it } from 'vitest';
import { type RawClient, request } from '../support/raw-client.js';
import { useServer } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

async function figure(client: RawClient, section: string, name: string): Promise<number> {
  const text = String(await client.call('INFO', section));
  return Number(new RegExp(`^${name}:(.*)\r$`, 'm').exec(text)?.[1]);
}

/** Bytes that the shards use, and requests under way. */
async function inUse(client: RawClient): Promise<readonly [bytes: number, outstanding: number]> {
  const text = String(await client.call('INFO', 'ringshard'));
  const bytes = [...text.matchAll(/used_bytes=(\d+)/g)].reduce((sum, [, one]) => sum + Number(one), 0);
  return [bytes, Number(/outstanding_requests:(\d+)/.exec(text)?.[1])];
}

describe.each([
  { shards: 1, dispatch: 'ring' },
  { shards: 4, dispatch: 'direct' },
])('clients that vanish ($shards shards, dispatch $dispatch)', { timeout: 30_000 }, (options) => {
  const { open } = useServer({ ...options, maxmemory: '512mb' });

  /** Lets clients do something and vanish; then nothing may be left of it. */
  async function leavesNothing(act: (client: RawClient) => void): Promise<void> {
    const admin = await open();
    await waitFor(async () => (await figure(admin, 'clients', 'connected_clients')) === 1);
    const [before] = await inUse(admin);
    for (let round = 0; round < 10; round++) {
      const clients = await Promise.all(Array.from({ length: 5 }, () => open()));
      for (const client of clients) act(client);
      await admin.call('PING');
      for (const client of clients) client.close();
    }
    await waitFor(async () => (await figure(admin, 'clients', 'connected_clients')) === 1);
    let left = '';
    const isAllGone = waitFor(async () => {
      const [bytes, outstanding] = await inUse(admin);
      left = `${bytes} bytes (before: ${before}), ${outstanding} requests`;
      return bytes <= before && outstanding === 0;
    });
    await isAllGone.catch(() => expect.fail(`still in use: ${left}`));
  }

  it('in the middle of a reply', async () => {
    const admin = await open();
    for (let i = 0; i < 4; i++) await admin.call('SET', `long${i}`, Buffer.alloc(3_000_000, 'x'));
    admin.close();
    await leavesNothing((client) => {
      client.socket.pause();
      client.send(Buffer.concat(Array.from({ length: 20 }, (_, i) => request('GET', `long${i % 4}`))));
      client.send(request('MGET', 'long0', 'long1', 'long2', 'long3'));
    });
  });

  it('in the middle of a request', async () => {
    await leavesNothing((client) => {
      client.send(Buffer.from(`*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5000000\r\n${'x'.repeat(2_000_000)}`));
    });
  });

  it('while their requests are under way', async () => {
    const admin = await open();
    await admin.call('SET', 'under', Buffer.alloc(1_000_000));
    admin.close();
    await leavesNothing((client) => {
      client.send(Buffer.concat([request('BITCOUNT', 'under'), request('KEYS', '*'), request('DBSIZE')]));
      client.send(request('SET', 'under', Buffer.alloc(1_000_000)));
      client.send(Buffer.concat(Array.from({ length: 100 }, (_, i) => request('MGET', 'a', 'b', 'c', `d${i}`))));
    });
  });

  it('while they wait for the end of a pause', async () => {
    const admin = await open();
    expect(await admin.call('CLIENT', 'PAUSE', 600_000, 'WRITE')).toBe('OK');
    const clients = await Promise.all([open(), open()]);
    for (const client of clients) client.send(request('SET', 'paused', 1));
    await admin.call('PING');
    clients[0]?.close();
    clients[1]?.socket.end();
    await waitFor(async () => (await figure(admin, 'clients', 'connected_clients')) === 1);
    expect(await admin.call('CLIENT', 'UNPAUSE')).toBe('OK');
    expect(await admin.call('EXISTS', 'paused')).toBe(0);
  });

  it('and come back: a number that is used again gets no replies of its predecessor', async () => {
    const admin = await open();
    await admin.call('SET', 'value', Buffer.alloc(100_000, 'x'));
    for (let round = 0; round < 100; round++) {
      const client = await open();
      client.send(Buffer.concat(Array.from({ length: 10 }, () => request('GET', 'value'))));
      client.close();
      const next = await open();
      expect(await next.call('ECHO', round)).toBe(String(round));
      next.close();
    }
  });
});
