/** Everything that a server can do wrong: counted by kind, and the run goes on where it can. */
import { afterEach, describe, expect, it } from 'vitest';
import { MemcachedServer } from '../../support/load/memcached-server.js';
import { RespServer } from '../../support/load/resp-server.js';
import { errorsOf, flawsOf, load } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';
import type { TcpServer } from '../../support/load/tcp-server.js';
import { sleep, waitFor } from '../../support/wait.js';

const started = useStarted();
const rejections: unknown[] = [];
const onRejection = (error: unknown) => rejections.push(error);
process.on('unhandledRejection', onRejection);
afterEach(() => expect(rejections).toEqual([]));

const urlOf = ({ port }: { readonly port: number }) => `redis://127.0.0.1:${port}`;
const LOOPS = [
  { loop: 'closed', args: [] },
  { loop: 'open', args: ['--rate', 2000] },
] as const;
const TCP: readonly { readonly protocol: string; readonly create: () => TcpServer<unknown> }[] = [
  { protocol: 'redis', create: () => new RespServer() },
  { protocol: 'memcached', create: () => new MemcachedServer() },
];

describe('replies', { timeout: 30_000 }, () => {
  it.each(TCP)('$protocol: error replies are failures, with their code', async ({ protocol, create }) => {
    const server = await started(create());
    server.faults.errorEvery = 10;
    const result = await load(`${protocol}://127.0.0.1:${server.port}`, '-n', 500, '-c', 4);
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(result.totals).toMatchObject({ sent: 500, succeeded: 450, failed: 50 });
    const code = protocol === 'redis' ? 'ERR' : 'SERVER_ERROR';
    expect(result.errors).toMatchObject([{ kind: 'reply', code, count: 50, example: `${code} injected failure` }]);
  });

  it.each(TCP)('$protocol: byte by byte, with large values and pipelines', async ({ protocol, create }) => {
    const server = await started(create());
    server.faults.bytewise = true;
    const result = await load(
      `${protocol}://127.0.0.1:${server.port}`,
      '-n',
      200,
      '-c',
      2,
      '-P',
      8,
      '-d',
      '1-3000',
      '-r',
      20,
    );
    expect(flawsOf(result)).toEqual([]);
    expect(result.errors).toEqual([]);
    expect(result.totals.succeeded).toBe(200);
  });

  it.each(TCP)('$protocol: garbage ends the connection, and the next one is tried', async ({ protocol, create }) => {
    const server = await started(create());
    server.faults.garbageAfter = 50;
    const result = await load(`${protocol}://127.0.0.1:${server.port}`, '-n', 300, '-c', 1, '-P', 4);
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(result.totals.failed).toBeGreaterThanOrEqual(5);
    if (protocol === 'redis') expect(errorsOf(result, 'protocol')).toBe(result.totals.failed);
    expect(server.accepted).toBeLessThan(60);
  });

  it('nothing but garbage: no good-looking zero, and pauses between the attempts', async () => {
    const server = await started(new RespServer());
    server.faults.greeting = '\x01\x02\x03\r\n';
    const result = await load(urlOf(server), '--duration', '1s', '-c', 1);
    expect(result.end).toBe('failed');
    expect(result.failure).toContain('no request succeeded');
    // 10, 20, 40 ... ms.
    expect(server.accepted).toBeLessThan(15);
  });

  it('a server that lets nobody in says why', async () => {
    const server = await started(new RespServer());
    server.faults.greeting = '-ERR max number of clients reached\r\n';
    server.faults.closeNew = true;
    const result = await load(urlOf(server), '--duration', '300ms', '-c', 2);
    expect(result.end).toBe('failed');
    expect(result.errors.map(({ example }) => example).join()).toContain('max number of clients');
  });
});

describe('connections', { timeout: 30_000 }, () => {
  it.each(LOOPS)('$loop loop: resets in the middle of a reply', async ({ args }) => {
    const server = await started(new RespServer());
    server.faults.resetAfter = 50;
    const result = await load(urlOf(server), '-n', 400, '-c', 2, ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(result.totals.sent).toBe(400);
    expect(result.totals.failed).toBeGreaterThanOrEqual(6);
    expect(errorsOf(result, 'reset')).toBe(result.totals.failed);
  });

  it.each(LOOPS)('$loop loop: closed between requests', async ({ args }) => {
    const server = await started(new RespServer());
    server.faults.closeAfter = 50;
    const result = await load(urlOf(server), '-n', 400, '-c', 2, '-P', 1, ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(result.totals.sent).toBe(400);
    expect(server.accepted).toBeGreaterThanOrEqual(8);
  });

  it('open loop: all idle connections are closed, and it goes on over new ones', async () => {
    const server = await started(new RespServer());
    const run = load(urlOf(server), '--rate', 20, '--arrivals', 'constant', '--duration', '1s', '-c', 2);
    await waitFor(() => server.requests >= 3);
    await sleep(10);
    server.hangUp();
    const result = await run;
    expect(flawsOf(result)).toEqual([]);
    expect(result.totals.sent).toBe(20);
    expect(result.totals.succeeded).toBeGreaterThanOrEqual(17);
  });

  it.each(LOOPS)('$loop loop: refuses connections for a while', async ({ args }) => {
    const server = await started(new RespServer());
    const run = load(urlOf(server), '--duration', '1500ms', '-c', 4, ...args);
    await waitFor(() => server.requests > 50);
    await server.stop();
    await sleep(300);
    const before = server.requests;
    await server.start();
    const result = await run;
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(server.requests).toBeGreaterThan(before + 50);
    expect(result.errors.find(({ kind }) => kind === 'refused')).toMatchObject({ code: 'ECONNREFUSED' });
    // With pauses, not in a frenzy.
    expect(errorsOf(result, 'refused')).toBeLessThan(60);
  });

  it('gone for good: a run of n requests gives up and has failed', async () => {
    const server = await started(new RespServer());
    const run = load(urlOf(server), '-n', 1_000_000, '-c', 2, '--timeout', '100ms');
    await waitFor(() => server.requests > 50);
    await server.stop();
    const result = await run;
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('failed');
    expect(result.failure).toMatch(/the server went away after \d+ of 1000000 requests/);
  });

  it('refused from the beginning', async () => {
    const server = await started(new RespServer());
    await server.stop();
    const result = await load(urlOf(server), '--duration', '1s');
    expect(result).toMatchObject({
      end: 'failed',
      failure: `can't connect to 127.0.0.1:${server.port}: connection refused`,
    });
  });

  it('closed as soon as they are open', async () => {
    const server = await started(new RespServer());
    server.faults.closeNew = true;
    const result = await load(urlOf(server), '--duration', '500ms', '-c', 2);
    expect(result.end).toBe('failed');
    expect(result.totals.succeeded).toBe(0);
    expect(server.accepted).toBeLessThan(40);
  });
});

describe('silence', { timeout: 30_000 }, () => {
  it.each(LOOPS)('$loop loop: requests without a reply time out, and the run ends', async ({ args }) => {
    const server = await started(new RespServer());
    server.faults.silent = true;
    const result = await load(urlOf(server), '-n', 6, '-c', 2, '-P', 1, '--timeout', '200ms', ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('failed');
    expect(result.failure).toContain('no request succeeded: no reply in time');
    expect(result.totals).toMatchObject({ sent: 6, succeeded: 0, failed: 6 });
    expect(errorsOf(result, 'timeout')).toBe(6);
    expect(result.totals.latency.min).toBeGreaterThan(190_000);
  });

  it.each(LOOPS)('$loop loop: from the middle of the run on', async ({ args }) => {
    const server = await started(new RespServer());
    const run = load(urlOf(server), '--duration', '1s', '-c', 2, '--timeout', '300ms', ...args);
    await waitFor(() => server.requests > 100);
    server.faults.silent = true;
    const result = await run;
    expect(flawsOf(result)).toEqual([]);
    expect(result.end).toBe('complete');
    expect(result.totals.succeeded).toBeGreaterThan(0);
    expect(errorsOf(result, 'timeout')).toBe(result.totals.failed);
    expect(result.totals.failed).toBeGreaterThan(0);
    expect(result.totals.latency.max).toBeGreaterThan(290_000);
  });

  it('in the handshake', async () => {
    const server = await started(new RespServer());
    server.ignoresSetup = true;
    const result = await load(urlOf(server), '--resp', 3, '--duration', '1s', '-c', 2, '--timeout', '200ms');
    expect(result.end).toBe('failed');
    expect(result.failure).toContain('no proper answer to what prepares the connection');
  });

  it('while keys are stored', async () => {
    const server = await started(new RespServer());
    server.faults.silent = true;
    const result = await load(urlOf(server), '-n', 100, '-r', 100, '--preload', '--timeout', '200ms', '-c', 2);
    expect(result.end).toBe('failed');
    expect(result.failure).toBe('storing the keys got stuck at 0 of 100');
  });
});

describe('preparation', { timeout: 30_000 }, () => {
  it('a wrong password', async () => {
    const server = await started(new RespServer());
    server.password = 'right';
    const wrong = await load(`redis://:wrong@127.0.0.1:${server.port}`, '-n', 10);
    expect(wrong).toMatchObject({ end: 'failed', failure: expect.stringContaining('WRONGPASS') });
    const right = await load(`redis://:right@127.0.0.1:${server.port}`, '-n', 10, '--resp', 3);
    expect(right.totals.succeeded).toBe(10);
  });

  it('a database that is not there, said one byte at a time', async () => {
    const server = await started(new RespServer());
    server.refusesSetup = true;
    server.faults.bytewise = true;
    const result = await load(`redis://127.0.0.1:${server.port}/9`, '--resp', 3, '-n', 10);
    expect(result).toMatchObject({ end: 'failed', failure: expect.stringContaining('DB index is out of range') });
  });

  it('keys that can not be stored', async () => {
    const server = await started(new RespServer());
    server.faults.errorEvery = 7;
    const result = await load(urlOf(server), '-n', 10, '-r', 70, '--preload');
    expect(result).toMatchObject({
      end: 'failed',
      failure: '10 of 70 keys could not be stored before the run: ERR injected failure',
    });
  });

  it('keys are stored although connections break', async () => {
    const server = await started(new RespServer());
    server.faults.closeAfter = 100;
    const result = await load(urlOf(server), '-n', 10, '-c', 2, '-r', 1500, '--preload', '--workload', 'get');
    expect(server.store.size).toBe(1500);
    expect(result).toMatchObject({ end: 'complete', totals: { hits: 10 } });
  });
});
