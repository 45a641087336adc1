/** The resource of one key. */
import { describe, expect, it } from 'vitest';
import { useHttpServer } from '../../support/http-server.js';
import { RawClient } from '../../support/raw-client.js';

const http = useHttpServer({ shards: 2 });
const ask: ReturnType<typeof http>['ask'] = (...args) => http().ask(...args);
const statusOf = async (...args: Parameters<typeof ask>) => (await ask(...args)).status;
const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('GET, PUT and DELETE', () => {
  it('keeps bytes as they are, under keys of any bytes', async () => {
    const value = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const key = '/v1/keys/%00%ff%2F/a%3Ab:increment';
    const put = await ask('PUT', key, value);
    expect([put.status, put.headers.get('location')]).toEqual([201, key]);
    const got = await ask('GET', key);
    expect([got.status, got.headers.get('content-type'), got.headers.get('content-length')]).toEqual([200, 'application/octet-stream', '256']); // biome-ignore format: short
    expect(got.bytes).toEqual(value);
    expect(await statusOf('PUT', key, '')).toBe(204);
    expect((await ask('GET', key)).bytes).toHaveLength(0);
    const client = http().server.client();
    expect(await client.exists(Buffer.from([0, 255, ...Buffer.from('//a:b:increment')]))).toBe(1);
    expect([await statusOf('DELETE', key), await statusOf('DELETE', key), await statusOf('GET', key)]).toEqual([204, 404, 404]); // biome-ignore format: short
  });

  it('shares its keys with the Redis protocol', async () => {
    const redis = await RawClient.open(http().server.port);
    await redis.call('SET', 'shared', 'from redis');
    expect((await ask('GET', '/v1/keys/shared')).text).toBe('from redis');
    await ask('PUT', '/v1/keys/shared?ttl=100', 'from http');
    expect(await redis.call('GET', 'shared')).toBe('from http');
    expect(await redis.call('TTL', 'shared')).toBeGreaterThan(90);
    await redis.call('SELECT', 2);
    await redis.call('SET', 'shared', 'two');
    expect((await ask('GET', '/v1/keys/shared?db=2')).text).toBe('two');
    redis.close();
  });

  it('lets keys expire', async () => {
    const { server } = http();
    await ask('PUT', '/v1/keys/mortal?ttl=1h', 'x');
    expect(Number((await ask('GET', '/v1/keys/mortal')).headers.get('ringshard-ttl'))).toBeGreaterThan(3500);
    await ask('PUT', '/v1/keys/mortal?ttl=keep', 'y');
    expect((await ask('HEAD', '/v1/keys/mortal')).headers.get('ringshard-ttl')).not.toBeNull();
    server.clock.advance('1h');
    expect(await statusOf('GET', '/v1/keys/mortal')).toBe(404);
    for (const ttl of ['0', '-1', 'soon', '1e9d', ''])
      expect(await statusOf('PUT', `/v1/keys/a?ttl=${ttl}`, 'x')).toBe(400);
  });

  it('answers HEAD like GET, without the value', async () => {
    await ask('PUT', '/v1/keys/head', 'hello');
    const [head, get] = [await ask('HEAD', '/v1/keys/head'), await ask('GET', '/v1/keys/head')];
    for (const name of ['etag', 'content-length', 'content-type'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    expect([head.status, head.text]).toEqual([200, '']);
    expect(await statusOf('HEAD', '/v1/keys/none')).toBe(404);
  });

  it('takes JSON that is JSON, and gives any text as JSON', async () => {
    expect(await statusOf('PUT', '/v1/keys/doc', '{"a":', JSON_TYPE)).toBe(400);
    expect(await statusOf('PUT', '/v1/keys/doc', '{"a": 1}', JSON_TYPE)).toBe(201);
    const accept = { Accept: 'application/json' };
    const doc = await ask('GET', '/v1/keys/doc', undefined, accept);
    expect([doc.headers.get('content-type'), doc.text]).toEqual(['application/json', '{"a": 1}']);
    await ask('PUT', '/v1/keys/text', 'h\u00e9llo');
    expect((await ask('GET', '/v1/keys/text', undefined, accept)).text).toBe('"h\u00e9llo"');
    await ask('PUT', '/v1/keys/bytes', Buffer.from([0xff]));
    expect(await statusOf('GET', '/v1/keys/bytes', undefined, accept)).toBe(406);
    expect(await statusOf('GET', '/v1/keys/bytes', undefined, { Accept: 'image/png' })).toBe(406);
    const both = { Accept: 'application/json;q=0.5, application/*' };
    expect((await ask('GET', '/v1/keys/doc', undefined, both)).headers.get('content-type')).toBe(
      'application/octet-stream',
    );
  });

  it('sends parts', async () => {
    await ask('PUT', '/v1/keys/part', '0123456789');
    const part = async (range: string, more = {}) => {
      const answer = await ask('GET', '/v1/keys/part', undefined, { Range: range, ...more });
      return [answer.status, answer.headers.get('content-range'), answer.status === 416 ? '' : answer.text];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=5-99')).toEqual([206, 'bytes 5-9/10', '56789']);
    expect(await part('bytes=10-')).toEqual([416, 'bytes */10', '']);
    expect(await part('bytes=4-2')).toEqual([200, null, '0123456789']);
    expect(await part('lines=1-2')).toEqual([200, null, '0123456789']);
    expect(await part('bytes=0-1', { 'If-Range': '"other"' })).toEqual([200, null, '0123456789']);
  });

  it('has no tag for a long value, and sends parts of it all the same', async () => {
    const value = Buffer.alloc(5_000_000, 'abcdefghijk');
    await ask('PUT', '/v1/keys/long', value);
    const [head, whole] = [await ask('HEAD', '/v1/keys/long'), await ask('GET', '/v1/keys/long')];
    expect([head.headers.get('etag'), head.headers.get('content-length')]).toEqual([null, '5000000']);
    expect(whole.bytes.equals(value)).toBe(true);
    const part = await ask('GET', '/v1/keys/long', undefined, { Range: 'bytes=4999990-' });
    expect([part.status, part.bytes.equals(value.subarray(4_999_990))]).toEqual([206, true]);
    const past = await ask('GET', '/v1/keys/long', undefined, { Range: 'bytes=5000000-' });
    expect(past.status).toBe(416);
  });

  it('says what is wrong as a problem', async () => {
    const { headers, status, text } = await ask('GET', '/v1/keys/none');
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(JSON.parse(text)).toEqual({ type: 'about:blank', title: 'Not found', status: 404, detail: 'there is no such key' }); // biome-ignore format: short
    expect(await statusOf('GET', '/v1/keys/a%zz')).toBe(400);
    expect(await statusOf('GET', '/v1/keys/a?tll=3')).toBe(400);
    expect(await statusOf('GET', '/v1/keys/a?db=99')).toBe(400);
    expect(await statusOf('PUT', '/v1/keys/a', 'x', { 'Content-Encoding': 'gzip' })).toBe(415);
    expect(await statusOf('PUT', '/v1/keys/a', 'x', { 'Content-Range': 'bytes 0-0/2' })).toBe(400);
    const purge = await ask('PURGE', '/v1/keys/a');
    expect([purge.status, purge.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS']);
    const options = await ask('OPTIONS', '/v1/keys/a');
    expect([options.status, options.headers.get('allow')]).toEqual([204, purge.headers.get('allow')]);
  });
});

describe('conditions', () => {
  const etagOf = async (key: string) => (await ask('GET', key)).headers.get('etag') as string;

  it('spares what the client has', async () => {
    await ask('PUT', '/v1/keys/cached', 'v1');
    const etag = await etagOf('/v1/keys/cached');
    expect(await statusOf('GET', '/v1/keys/cached', undefined, { 'If-None-Match': `"x", W/${etag}` })).toBe(304);
    expect(await statusOf('GET', '/v1/keys/cached', undefined, { 'If-None-Match': '*' })).toBe(304);
    await ask('PUT', '/v1/keys/cached', 'v2');
    expect(await statusOf('GET', '/v1/keys/cached', undefined, { 'If-None-Match': etag })).toBe(200);
    expect(await statusOf('GET', '/v1/keys/cached', undefined, { 'If-None-Match': 'v2' })).toBe(400);
  });

  it('sets only what is as it was seen', async () => {
    const key = '/v1/keys/cas';
    expect(await statusOf('PUT', key, 'a', { 'If-Match': '*' })).toBe(412);
    expect(await statusOf('PUT', key, 'a', { 'If-None-Match': '*' })).toBe(201);
    expect(await statusOf('PUT', key, 'b', { 'If-None-Match': '*' })).toBe(412);
    expect(await statusOf('PUT', key, 'b', { 'If-Match': '*' })).toBe(204);
    const etag = await etagOf(key);
    expect(await statusOf('PUT', key, 'c', { 'If-Match': '"other"' })).toBe(412);
    expect(await statusOf('PUT', key, 'c', { 'If-None-Match': etag })).toBe(412);
    const put = await ask('PUT', `${key}?ttl=50`, 'c', { 'If-Match': `"other", ${etag}` });
    expect([put.status, put.headers.get('etag')]).toEqual([204, await etagOf(key)]);
    expect(await statusOf('PUT', `${key}?ttl=keep`, 'd', { 'If-Match': put.headers.get('etag') as string })).toBe(204);
    const { headers, text } = await ask('GET', key);
    expect([text, Number(headers.get('ringshard-ttl')) > 40]).toEqual(['d', true]);
    expect(await statusOf('DELETE', key, undefined, { 'If-Match': etag })).toBe(412);
    expect(await statusOf('DELETE', key, undefined, { 'If-Match': headers.get('etag') as string })).toBe(204);
    expect(await statusOf('DELETE', key, undefined, { 'If-None-Match': '"x"' })).toBe(404);
  });

  it('loses no change of many clients at once, over HTTP and the Redis protocol', async () => {
    const key = '/v1/keys/contended';
    await ask('PUT', key, '0');
    const redis = http().server.client();
    const [writers, times] = [4, 6];
    const write = async () => {
      for (let done = 0; done < times; ) {
        const { text, headers } = await ask('GET', key);
        const status = await statusOf('PUT', key, String(Number(text) + 1), {
          'If-Match': headers.get('etag') as string,
        });
        if (status === 204) done++;
        else expect(status).toBe(412);
      }
    };
    const count = async () => {
      for (let i = 0; i < 50; i++) await redis.incr('contended');
    };
    await Promise.all([...Array.from({ length: writers }, write), count()]);
    expect((await ask('GET', key)).text).toBe(String(writers * times + 50));
  });
});

describe('POST and PATCH', () => {
  it('creates what is not there', async () => {
    expect([await statusOf('POST', '/v1/keys/new?ttl=9', 'x'), await statusOf('POST', '/v1/keys/new', 'y')]).toEqual([201, 409]); // biome-ignore format: short
    expect((await ask('GET', '/v1/keys/new')).text).toBe('x');
  });

  it('counts', async () => {
    const by = async (body?: unknown) => (await http().json('POST', '/v1/keys/count%3Aer:increment', body)).body;
    expect(await by()).toEqual({ value: 1 });
    expect(await by({ by: 41 })).toEqual({ value: 42 });
    expect(await by({ by: -0.5 })).toEqual({ value: 41.5 });
    expect(await by({ by: 1 })).toMatchObject({ status: 400, code: 'ERR' });
    await ask('PUT', '/v1/keys/count:er', '0');
    expect(await by({ by: '9223372036854775807' })).toEqual({ value: '9223372036854775807' });
    expect(await by({ by: 'x' })).toMatchObject({ status: 400 });
    expect(await by({ to: 1 })).toMatchObject({ status: 400 });
  });

  it('appends', async () => {
    await ask('PUT', '/v1/keys/log', 'a');
    expect((await http().ask('POST', '/v1/keys/log:append', 'bc')).text).toBe('{"length":3}\n');
  });

  it('changes when a key expires', async () => {
    const expire = async (body: unknown) => statusOf('POST', '/v1/keys/e:expire', JSON.stringify(body), JSON_TYPE);
    expect([await expire({ ttl: 10 }), await expire({ ttl: null })]).toEqual([404, 404]);
    await ask('PUT', '/v1/keys/e', 'x');
    const client = http().server.client();
    expect([await expire({ ttl: '1h' }), ((await client.ttl('e')) ?? 0) > 3_500_000]).toEqual([204, true]);
    expect([await expire({ ttl: null }), await client.ttl('e')]).toEqual([204, Number.POSITIVE_INFINITY]);
    expect([await expire({ at: '2001-01-01T00:00:00Z' }), await client.exists('e')]).toEqual([204, 0]);
    for (const body of [{}, { ttl: -1 }, { at: 'noon' }, { ttl: 1, at: '2001-01-01T00:00:00Z' }])
      expect(await expire(body)).toBe(400);
  });

  it('patches documents, as one step each', async () => {
    const key = '/v1/keys/patched';
    const patch = (body: unknown, more = {}) =>
      statusOf('PATCH', key, JSON.stringify(body), { 'Content-Type': 'application/merge-patch+json', ...more });
    expect(await patch({ a: 1 })).toBe(404);
    await ask('PUT', `${key}?ttl=60`, '{"a":{"b":1,"c":2},"d":[1,2]}');
    expect(await patch({ a: { b: null, x: 3 }, d: [3] })).toBe(204);
    const { text, headers } = await ask('GET', key);
    expect([JSON.parse(text), headers.has('ringshard-ttl')]).toEqual([{ a: { c: 2, x: 3 }, d: [3] }, true]);
    expect(await patch({}, { 'If-Match': '"old"' })).toBe(412);
    await Promise.all(Array.from({ length: 20 }, (_, i) => patch({ [`m${i}`]: i })));
    expect(Object.keys(JSON.parse((await ask('GET', key)).text))).toHaveLength(22);
    await ask('PUT', key, 'no document');
    expect(await patch({})).toBe(409);
    const wrong = await ask('PATCH', key, '{}', JSON_TYPE);
    expect([wrong.status, wrong.headers.get('accept-patch')]).toEqual([415, 'application/merge-patch+json']);
  });
});
