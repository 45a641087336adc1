import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { request } from '../support/raw-client.js';
import { useServers } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

const servers = useServers();
/** An address of this machine that is not the loopback interface's. */
const OTHER_ADDRESS = Object.values(networkInterfaces())
  .flat()
  .find((one) => one !== undefined && one.family === 'IPv4' && !one.internal)?.address;

describe('safety', { timeout: 30_000 }, () => {
  it('lets no more clients in than maxclients', async () => {
    const server = await servers.start({ maxclients: 3 });
    const clients = await Promise.all([servers.open(server), servers.open(server), servers.open(server)]);
    for (const client of clients) expect(await client.call('PING')).toBe('PONG');
    const fourth = await servers.open(server);
    expect(await fourth.closed()).toEqual(['-ERR max number of clients reached']);
    clients[0]?.close();
    await waitFor(async () => {
      const next = await servers.open(server);
      return next.call('PING').then(
        (reply) => reply === 'PONG',
        () => false,
      );
    });
  });

  it('closes clients that are idle for longer than the timeout, and no others', async () => {
    const server = await servers.start({ timeout: 1 });
    const idle = await servers.open(server);
    const busy = await servers.open(server);
    await idle.call('PING');
    await waitFor(async () => {
      expect(await busy.call('PING')).toBe('PONG');
      return idle.isClosed;
    });
    expect(await busy.call('PING')).toBe('PONG');
  });

  it('answers nothing without the password', async () => {
    const server = await servers.start({ requirepass: 'secret', shards: 2 });
    const client = await servers.open(server);
    for (const words of [['GET', 'a'], ['PING'], ['MGET', 'a', 'b'], ['KEYS', '*'], ['DBSIZE']]) {
      expect(await client.callWith(words)).toBe('-NOAUTH Authentication required.');
    }
    expect(await client.call('HELLO', 3)).toMatch(/^-NOAUTH HELLO must be called/);
    expect(await client.call('AUTH', 'wrong')).toMatch(/^-WRONGPASS/);
    expect(await client.call('GET', 'a')).toMatch(/^-NOAUTH/);
    expect(await client.call('AUTH', 'someone', 'secret')).toMatch(/^-WRONGPASS/);
    expect(await client.call('AUTH', 'default', 'secret')).toBe('OK');
    expect(await client.call('GET', 'a')).toBe(null);
    expect(await client.call('RESET')).toBe('RESET');
    expect(await client.call('GET', 'a')).toMatch(/^-NOAUTH/);
    expect(await client.call('HELLO', 3, 'AUTH', 'default', 'secret')).toContain('proto');
    expect(await client.call('GET', 'a')).toBe(null);
  });

  it('takes only small requests from clients that are not let in yet', async () => {
    const server = await servers.start({ requirepass: 'secret' });
    const many = await servers.open(server);
    many.send('*11\r\n');
    expect(await many.closed()).toEqual(['-ERR Protocol error: unauthenticated multibulk length']);
    const long = await servers.open(server);
    long.send('*2\r\n$4\r\nAUTH\r\n$16385\r\n');
    expect(await long.closed()).toEqual(['-ERR Protocol error: unauthenticated bulk length']);
    const pipelined = await servers.open(server);
    const words = Array.from({ length: 50 }, (_, i) => String(i));
    pipelined.send(
      Buffer.concat([request('AUTH', 'secret'), request('EXISTS', ...words), request('ECHO', 'x'.repeat(50_000))]),
    );
    expect((await pipelined.replies(3))[1]).toBe(0);
  });

  it('closes a client whose request is longer than client-query-buffer-limit', async () => {
    const server = await servers.start({ 'client-query-buffer-limit': '1mb' });
    const client = await servers.open(server);
    client.send(Buffer.concat([Buffer.from('*3\r\n$3\r\nSET\r\n$1\r\na\r\n$3000000\r\n'), Buffer.alloc(1_500_000)]));
    const replies = await client.closed();
    expect(['-ERR Protocol error: request exceeds client-query-buffer-limit'].slice(0, replies.length)).toEqual(
      replies,
    );
    const other = await servers.open(server);
    expect(await other.call('SET', 'a', Buffer.alloc(900_000))).toBe('OK');
  });

  it('refuses values longer than proto-max-bulk-len', async () => {
    const server = await servers.start({ 'proto-max-bulk-len': '1mb', shards: 2 });
    const client = await servers.open(server);
    expect(await client.call('SET', 'a', Buffer.alloc(1_048_576))).toBe('OK');
    expect(await client.call('APPEND', 'a', 'x')).toMatch(/^-ERR string exceeds maximum allowed size/);
    expect(await client.call('SETRANGE', 'b', 1_048_576, 'x')).toMatch(/^-ERR string exceeds maximum allowed size/);
    client.send('*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1048577\r\n');
    expect(await client.closed()).toEqual(['-ERR Protocol error: invalid bulk length']);
  });

  it.skipIf(OTHER_ADDRESS === undefined)('without a password refuses clients that are not local', async () => {
    const server = await servers.start({ bind: `127.0.0.1 ${OTHER_ADDRESS}` });
    const local = await servers.open(server);
    const other = await servers.open(server, OTHER_ADDRESS);
    expect((await other.closed())[0]).toMatch(/^-DENIED ringshard is running in protected mode/);
    expect(await local.call('CONFIG', 'SET', 'protected-mode', 'no')).toBe('OK');
    expect(await (await servers.open(server, OTHER_ADDRESS)).call('PING')).toBe('PONG');
    expect(await local.call('CONFIG', 'SET', 'protected-mode', 'yes', 'requirepass', 'secret')).toBe('OK');
    expect(await (await servers.open(server, OTHER_ADDRESS)).call('AUTH', 'secret')).toBe('OK');
  });

  it('with a password serves other addresses than the loopback interface', async () => {
    const server = await servers.start({ bind: '127.0.0.1 127.0.0.2', requirepass: 'secret' });
    expect(server.output).toContain(`127.0.0.1:${server.port} and 127.0.0.2:${server.port}`);
  });
});
