/** What the dashboard is made of; scripts/look-dashboard.mjs opens it in a browser. */
import { afterEach, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../../support/http-server.js';

let http: HttpServer | undefined;
afterEach(() => http?.server.close());

it('is one page that loads nothing from elsewhere', async () => {
  http = await startHttpServer();
  const { status, headers, text } = await http.ask('GET', '/');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect((await http.ask('POST', '/')).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
});

it('has figures that grow', async () => {
  http = await startHttpServer({ shards: 2 });
  const client = http.server.client();
  await client.set('a', 'x');
  await client.get('a');
  await client.get('b');
  const { body } = await http.json('GET', '/dashboard/figures');
  expect(body).toMatchObject({
    totals: { hits: 1, misses: 1 },
    keys: 1,
    mayWrite: false,
    commands: { get: { calls: 2 }, set: { calls: 1 } },
    shards: [{ shard: 0 }, { shard: 1 }],
  });
});

it('reads, and writes only if it may', async () => {
  http = await startHttpServer();
  const client = http.server.client();
  const run = async (...words: unknown[]) => (await http?.json('POST', '/dashboard/commands?db=0', words))?.body;
  await client.set('a', '1');
  expect(await run('GET', 'a')).toEqual({ result: '1' });
  for (const words of [['INCR', 'a'], ['FLUSHALL'], ['CONFIG', 'SET', 'http-writes', 'yes'], ['SELECT', '1']]) {
    expect(await run(...words)).toMatchObject({ error: { code: 'REFUSED' } });
  }
  expect(await run(1, {})).toMatchObject({ status: 400 });
  await client.call('CONFIG', 'SET', 'http-writes', 'yes');
  expect(await run('INCR', 'a')).toEqual({ result: 2 });
  expect((await http.ask('POST', '/dashboard/commands', '["GET","a"]')).status).toBe(415);
});
