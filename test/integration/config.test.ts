import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useServers } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

const servers = useServers();

describe('CONFIG on a running server', { timeout: 30_000 }, () => {
  it('maxclients: acts on who comes next', async () => {
    const server = await servers.start();
    const first = await servers.open(server);
    expect(await first.call('CONFIG', 'SET', 'maxclients', 1)).toBe('OK');
    expect(await (await servers.open(server)).closed()).toEqual(['-ERR max number of clients reached']);
    expect(await first.call('CONFIG', 'SET', 'maxclients', 100)).toBe('OK');
    expect(await (await servers.open(server)).call('PING')).toBe('PONG');
  });

  it('timeout: closes who is idle', async () => {
    const server = await servers.start();
    const idle = await servers.open(server);
    const client = await servers.open(server);
    await idle.call('PING');
    expect(await client.call('CONFIG', 'SET', 'timeout', 1)).toBe('OK');
    await waitFor(async () => (await client.call('PING')) === 'PONG' && idle.isClosed);
  });

  it('requirepass: asks those who come next', async () => {
    const server = await servers.start();
    const client = await servers.open(server);
    expect(await client.call('CONFIG', 'SET', 'requirepass', 'secret')).toBe('OK');
    expect(await client.call('PING')).toBe('PONG');
    const next = await servers.open(server);
    expect(await next.call('PING')).toBe('-NOAUTH Authentication required.');
    expect(await next.call('AUTH', 'secret')).toBe('OK');
    expect(await next.call('CONFIG', 'SET', 'requirepass', '')).toBe('OK');
    expect(await (await servers.open(server)).call('PING')).toBe('PONG');
  });

  it('slowlog-log-slower-than and slowlog-max-len: act on what comes next', async () => {
    const server = await servers.start({ shards: 2 });
    const client = await servers.open(server);
    expect(await client.call('SLOWLOG', 'LEN')).toBe(0);
    expect(await client.call('CONFIG', 'SET', 'slowlog-log-slower-than', 0, 'slowlog-max-len', 3)).toBe('OK');
    for (let i = 0; i < 10; i++) await client.call('SET', `slow${i}`, i);
    await waitFor(async () => (await client.call('SLOWLOG', 'LEN')) === 3);
    expect(await client.call('CONFIG', 'SET', 'slowlog-log-slower-than', -1)).toBe('OK');
    expect(await client.call('SLOWLOG', 'RESET')).toBe('OK');
    await client.call('SET', 'fast', 1);
    expect(await client.call('SLOWLOG', 'LEN')).toBe(0);
  });

  it('proto-max-bulk-len: acts on what comes next', async () => {
    const server = await servers.start();
    const client = await servers.open(server);
    expect(await client.call('CONFIG', 'SET', 'proto-max-bulk-len', '1mb')).toBe('OK');
    client.send('*2\r\n$3\r\nGET\r\n$1048577\r\n');
    expect(await client.closed()).toEqual(['-ERR Protocol error: invalid bulk length']);
  });

  it('changes all of several options or none', async () => {
    const server = await servers.start();
    const client = await servers.open(server);
    expect(await client.call('CONFIG', 'SET', 'timeout', 7, 'port', 1)).toMatch(/^-ERR CONFIG SET failed .*'port'/);
    expect(await client.call('CONFIG', 'SET', 'timeout', 7, 'maxmemory', '99gb')).toMatch(/^-ERR CONFIG SET failed/);
    expect(await client.call('CONFIG', 'GET', 'timeout')).toEqual(['timeout', '0']);
  });

  it('REWRITE keeps what was changed, and what stood in the file, for the next start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringshard-'));
    servers.later(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'ringshard.conf');
    writeFileSync(file, '# my server\nmaxmemory 64mb\nsave ""\ntimeout 5\n');
    const server = await servers.start({}, { args: [file] });
    const client = await servers.open(server);
    expect(await client.call('CONFIG', 'SET', 'timeout', 77, 'maxmemory-policy', 'allkeys-lru')).toBe('OK');
    expect(await client.call('CONFIG', 'SET', 'requirepass', 'with "quotes" and \u00e9')).toBe('OK');
    expect(await client.call('CONFIG', 'REWRITE')).toBe('OK');
    expect(readFileSync(file, 'utf8')).toMatch(/^# my server\n/);
    const all = await client.call('CONFIG', 'GET', '*');
    server.signal('SIGTERM');
    expect(await server.exited).toBe(0);
    const again = await servers.start({}, { args: [file] });
    const next = await servers.open(again);
    expect(await next.call('AUTH', 'with "quotes" and \u00e9')).toBe('OK');
    expect(await next.call('CONFIG', 'GET', '*')).toEqual(all);
  });

  it('REWRITE without a config file says so', async () => {
    const client = await servers.open(await servers.start());
    expect(await client.call('CONFIG', 'REWRITE')).toBe('-ERR The server is running without a config file');
  });
});
