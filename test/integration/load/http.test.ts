/** What HTTP servers do: lengths, chunks, connections that end, interim responses, errors. */
import { describe, expect, it } from 'vitest';
import { OldHttpServer } from '../../support/load/http-1-0-server.js';
import { HttpServer } from '../../support/load/http-server.js';
import { flawsOf, load } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';

const started = useStarted();
const urlOf = ({ port }: { readonly port: number }) => `http://127.0.0.1:${port}`;

describe('http', { timeout: 30_000 }, () => {
  it.each([false, true])('chunked: %s: values are verified', async (isChunked) => {
    const server = await started(new HttpServer());
    server.isChunked = isChunked;
    const result = await load(urlOf(server), '-n', 500, '-c', 4, '-r', 50, '--verify', '-d', '16-5000');
    expect(flawsOf(result)).toEqual([]);
    expect(result.errors).toEqual([]);
    expect(result.verification).toMatchObject({ passed: true });
    expect(result.verification?.checked).toBeGreaterThan(100);
    server.faults.wrongEvery = 50;
    const wrong = await load(urlOf(server), '-n', 500, '-c', 4, '-r', 50, '--verify', '-d', '16-5000');
    expect(wrong.verification?.wrong).toBeGreaterThan(2);
    expect(wrong.verification?.passed).toBe(false);
  });

  it.each([
    [1, []],
    [7, []],
    [7, ['--rate', 1000]],
    [7, ['-P', 4]],
  ])('Connection: close with every response %i (%j) is no error', async (closeEvery, args) => {
    const server = await started(new HttpServer());
    server.closeEvery = closeEvery;
    const result = await load(urlOf(server), '-n', 300, '-c', 3, ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.errors).toEqual([]);
    expect(result.totals).toMatchObject({ sent: 300, succeeded: 300 });
    expect(server.accepted).toBeGreaterThanOrEqual(Math.floor(300 / closeEvery));
  });

  it('HTTP/1.0: the end of the connection is the end of the body', async () => {
    const server = await started(new OldHttpServer());
    const result = await load(`${urlOf(server)}/page`, '-n', 50, '-c', 2);
    expect(flawsOf(result)).toEqual([]);
    expect(result.errors).toEqual([]);
    expect(result.totals.succeeded).toBe(50);
    expect(server.requests).toBe(50);
  });

  it('misses, interim responses, HEAD', async () => {
    const server = await started(new HttpServer());
    server.isHinting = true;
    const misses = await load(urlOf(server), '-n', 100, '-c', 2, '--workload', 'get');
    expect(misses.totals).toMatchObject({ succeeded: 100, misses: 100, hits: 0 });
    server.store.set('a', Buffer.alloc(500, 'x'));
    const head = await load(urlOf(server), '-n', 100, '-c', 2, '--command', 'HEAD /v1/keys/a');
    expect(head.errors).toEqual([]);
    expect(head.totals).toMatchObject({ sent: 100, succeeded: 100 });
  });

  it('errors by status', async () => {
    const server = await started(new HttpServer());
    server.faults.errorEvery = 5;
    const result = await load(urlOf(server), '-n', 100, '-c', 2);
    expect(flawsOf(result)).toEqual([]);
    expect(result.totals).toMatchObject({ succeeded: 80, failed: 20 });
    expect(result.errors).toMatchObject([{ kind: 'reply', code: '503', count: 20 }]);
  });

  it('silence', async () => {
    const server = await started(new HttpServer());
    server.faults.silent = true;
    const result = await load(urlOf(server), '-n', 4, '-c', 2, '--timeout', '200ms');
    expect(flawsOf(result)).toEqual([]);
    expect(result).toMatchObject({ end: 'failed', totals: { succeeded: 0, failed: 4 } });
  });
});
