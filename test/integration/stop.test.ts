import { describe, expect, it } from 'vitest';
import { request } from '../support/raw-client.js';
import { useServers } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

const servers = useServers();
const VALUE = Buffer.alloc(1000, 'v');

describe('stop', { timeout: 30_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 at %s, without a client and with an idle one',
    async (signal) => {
      const server = await servers.start({ shards: 2 });
      const client = await servers.open(server);
      await client.call('SET', 'a', 1);
      server.signal(signal);
      expect(await server.exited).toBe(0);
      expect(await client.closed()).toEqual([]);
      expect(server.output).toContain('Bye');
    },
  );

  it.each(['ring', 'direct', 'auto'])('under load answers in whole replies (dispatch %s)', async (dispatch) => {
    const server = await servers.start({ shards: 2, dispatch });
    const clients = await Promise.all(Array.from({ length: 4 }, () => servers.open(server)));
    for (const client of clients) {
      const batch = Buffer.concat(Array.from({ length: 200 }, (_, i) => request('SET', `key${i}`, VALUE)));
      const go = () => {
        while (!client.isClosed && client.socket.write(batch));
      };
      client.socket.on('drain', go);
      go();
    }
    await waitFor(() => clients.every((client) => client.received > 1000));
    server.signal('SIGTERM');
    expect(await server.exited).toBe(0);
    for (const client of clients) {
      expect(new Set(await client.closed())).toEqual(new Set(['OK']));
      expect(client.isAmidReply).toBe(false);
    }
  });

  it('finishes a long command that it has received', async () => {
    const server = await servers.start({ shards: 1 });
    const client = await servers.open(server);
    const count = 100_000;
    client.send(Buffer.concat(Array.from({ length: count }, (_, i) => request('SET', `key:${i}`, ''))));
    await client.replies(count);
    client.send(request('KEYS', '*'));
    await waitFor(() => client.receivedBytes > 5 * count);
    server.signal('SIGTERM');
    const [reply] = await client.replies(1);
    expect(reply).toHaveLength(count);
    expect(await server.exited).toBe(0);
  });

  it('ends with 0 at SHUTDOWN', async () => {
    const server = await servers.start({ shards: 2 });
    const client = await servers.open(server);
    client.send(Buffer.concat([request('SET', 'a', 1), request('SHUTDOWN', 'NOSAVE')]));
    expect(await client.closed()).toEqual(['OK']);
    expect(await server.exited).toBe(0);
  });

  it('a second signal ends it at once', async () => {
    const server = await servers.start({ 'shutdown-timeout': 3600 });
    const client = await servers.open(server);
    const other = await servers.open(server);
    await other.call('SET', 'big', Buffer.alloc(40_000_000));
    client.socket.pause();
    for (let i = 0; i < 3; i++) client.send(request('GET', 'big'));
    await other.call('PING');
    await waitFor(() => other.call('PING').then((pong) => pong === 'PONG'));
    server.signal('SIGTERM');
    await waitFor(() => server.output.includes('finishing what was received'));
    expect(server.hasExited).toBe(false);
    server.signal('SIGTERM');
    expect(await server.exited).toBe(1);
  });

  it('does not wait for ever for a client that does not read', async () => {
    const server = await servers.start({ 'shutdown-timeout': 0 });
    const client = await servers.open(server);
    await client.call('SET', 'big', Buffer.alloc(40_000_000));
    client.socket.pause();
    client.send(request('GET', 'big'));
    await (await servers.open(server)).call('PING');
    server.signal('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('accepts nobody while it stops', async () => {
    const server = await servers.start({ 'shutdown-timeout': 3600 });
    const client = await servers.open(server);
    await client.call('SET', 'big', Buffer.alloc(40_000_000));
    client.socket.pause();
    client.send(request('GET', 'big'));
    await (await servers.open(server)).call('PING');
    server.signal('SIGTERM');
    await waitFor(() => server.output.includes('finishing what was received'));
    await expect(servers.open(server)).rejects.toThrow('ECONNREFUSED');
  });
});
