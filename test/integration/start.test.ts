import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../support/server-process.js';
import { useServers } from '../support/servers.js';

const servers = useServers();

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ringshard-'));
  servers.later(() => rmSync(path, { recursive: true }));
  return path;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

describe('start', { timeout: 30_000 }, () => {
  it('says in one line what runs, and answers', async () => {
    const server = await servers.start({ shards: 2, maxmemory: '64mb' });
    expect(lines(server.output)).toHaveLength(1);
    expect(server.output).toMatch(/Ready to accept connections: .*2 shards.*maxmemory 64mb .*redis-cli -p \d+/);
    expect(await (await servers.open(server)).call('PING')).toBe('PONG');
  });

  it('names a taken port in one line, and ends with 1', async () => {
    const { port } = await servers.start();
    const { code, output } = await runProgram(['--port', String(port), '--bind', '127.0.0.1']);
    expect(code).toBe(1);
    expect(lines(output)).toHaveLength(1);
    expect(output).toContain(`port ${port}: Address already in use`);
  });

  it('does not take a port half: a taken IPv4 address ends it', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    servers.later(() => other.close());
    const { port } = other.address() as { port: number };
    expect((await runProgram(['--port', String(port)])).code).toBe(1);
  });

  it.each([
    ['an unknown option', ['--maxmemroy', '1gb'], /unknown option '--maxmemroy' \(did you mean --maxmemory\?\)/],
    ['a bad value', ['--port', 'x'], /port/],
    ['a bad policy', ['--maxmemory-policy', 'lru'], /maxmemory-policy/],
    ['a missing config file', ['/nowhere/ringshard.conf'], /No such file/i],
    ['too little memory for the shards', ['--maxmemory', '1mb', '--shards', '4'], /maxmemory/],
    ['more memory than shards can hold', ['--maxmemory', '5gb', '--shards', '1'], /maxmemory/],
  ])('refuses %s in one line, and ends with 2', async (_, args, text) => {
    const { code, output, errors } = await runProgram(args);
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(lines(errors)).toHaveLength(1);
    expect(errors).toMatch(/^ringshard: /);
    expect(errors).toMatch(text);
  });

  it('shows options and version', async () => {
    const help = await runProgram(['--help']);
    expect(help.code).toBe(0);
    for (const option of ['--port', '--maxmemory', '--shards', '--dispatch', '--requirepass']) {
      expect(help.output).toContain(`  ${option} <`);
    }
    const version = await runProgram(['--version']);
    expect(version).toMatchObject({ code: 0, errors: '' });
    expect(version.output).toMatch(/^ringshard \d+\.\d+\.\d+\n$/);
  });

  it('takes options from a file, the environment and the command line, the later the stronger', async () => {
    const conf = join(folder(), 'ringshard.conf');
    writeFileSync(conf, 'databases 3\nrequirepass "from file"\nmaxmemory 100mb\nsave 900 1\n');
    const server = await servers.start(
      { maxmemory: '32mb' },
      { args: [conf], env: { RINGSHARD_MAXMEMORY: '64mb', RINGSHARD_PASSWORD: 'from environment' } },
    );
    expect(server.output).toContain('maxmemory 32mb');
    const client = await servers.open(server);
    expect(await client.call('AUTH', 'from file')).toMatch(/^-WRONGPASS/);
    expect(await client.call('AUTH', 'from environment')).toBe('OK');
    expect(await client.call('SELECT', 2)).toBe('OK');
    expect(await client.call('SELECT', 3)).toBe('-ERR DB index is out of range');
  });

  it('listens on the port that RINGSHARD_PORT says', async () => {
    const { port } = await servers.start();
    const { code, output } = await runProgram(['--bind', '127.0.0.1'], { RINGSHARD_PORT: String(port) });
    expect(code).toBe(1);
    expect(output).toContain(`port ${port}: Address already in use`);
  });

  it('refuses a variable that it does not know', async () => {
    const { code, errors } = await runProgram([], { RINGSHARD_MAXMEMROY: '1gb' });
    expect(code).toBe(2);
    expect(errors).toContain('RINGSHARD_MAXMEMORY');
  });

  it('writes its process id into a file while it runs, and its log into another', async () => {
    const path = folder();
    const pidfile = join(path, 'pid');
    const logfile = join(path, 'log');
    const server = await servers.start({ pidfile });
    expect(readFileSync(pidfile, 'utf8')).toBe(`${server.pid}\n`);
    server.signal('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(() => readFileSync(pidfile)).toThrow('ENOENT');
    const { code } = await runProgram(['--logfile', logfile, '--port', '0', '--bind', '192.0.2.1']);
    expect(code).toBe(1);
    expect(lines(readFileSync(logfile, 'utf8'))).toHaveLength(1);
  });
});
