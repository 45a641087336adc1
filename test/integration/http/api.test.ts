/** Lists, batches, commands, health, metrics, the API's description. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { useHttpServer } from '../../support/http-server.js';

const http = useHttpServer({ shards: 2, maxmemoryPolicy: 'noeviction' });
const json: ReturnType<typeof http>['json'] = (...args) => http().json(...args);
const ask: ReturnType<typeof http>['ask'] = (...args) => http().ask(...args);

/** All keys, page by page. */
async function keysOf(path: string): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = '0';
  while (cursor !== null) {
    const { body } = await json('GET', `${path}&cursor=${cursor}`);
    const page = body as { keys: string[]; cursor: string | null };
    found.push(...page.keys);
    cursor = page.cursor;
  }
  return found;
}

describe('/v1/keys', () => {
  it('lists keys page by page', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `list:${i}`);
    await http()
      .server.client({ database: 5 })
      .mset(names.map((name) => [name, 'x']));
    const found = await keysOf('/v1/keys?db=5&match=list:*&count=50');
    expect(new Set(found)).toEqual(new Set(names));
  });

  it('tells keys that are no text in base64', async () => {
    const key = Buffer.from([0xff, 0xfe]);
    await http().server.client({ database: 6 }).set(key, 'x');
    expect(await keysOf('/v1/keys?db=6&encoding=base64')).toEqual([key.toString('base64')]);
  });

  it.each(['count=0', 'count=x', 'cursor=x', 'db=77', 'mach=x', 'encoding=hex'])('refuses %s', async (query) => {
    expect(await json('GET', `/v1/keys?${query}`)).toMatchObject({ status: 400, body: { status: 400 } });
  });
});

describe('/v1/keys:batch', () => {
  it('reads, sets and deletes', async () => {
    const operations = [
      { op: 'set', key: 'b1', value: 'one', ttl: '1h' },
      { op: 'set', key: 'b1', value: 'two', onlyIf: 'new' },
      { op: 'get', key: 'b1' },
      { op: 'get', key: 'b2' },
      { op: 'delete', key: 'b1' },
      { op: 'delete', key: 'b1' },
    ];
    expect(await json('POST', '/v1/keys:batch', { operations })).toEqual({
      status: 200,
      body: { results: [{ set: true }, { set: false }, { value: 'one' }, { value: null }, { deleted: true }, { deleted: false }] }, // biome-ignore format: short
    });
  });

  it('takes bytes in base64', async () => {
    const [key, value] = [Buffer.from([1, 255]).toString('base64'), Buffer.from([254, 0]).toString('base64')];
    const operations = [
      { op: 'set', key, value },
      { op: 'get', key },
    ];
    const { body } = await json('POST', '/v1/keys:batch', { encoding: 'base64', operations });
    expect(body).toEqual({ results: [{ set: true }, { value }] });
    expect(
      await http()
        .server.client()
        .getBytes(Buffer.from([1, 255])),
    ).toEqual(Buffer.from([254, 0]));
  });

  it('says what is wrong', async () => {
    const many = Array.from({ length: 1001 }, () => ({ op: 'get', key: 'a' }));
    expect(await json('POST', '/v1/keys:batch', { operations: many })).toMatchObject({ status: 413 });
    expect(await json('POST', '/v1/keys:batch', { operations: [{ op: 'put', key: 'a' }] })).toMatchObject({
      status: 400,
    });
    expect(await json('POST', '/v1/keys:batch', { operations: [{ op: 'set', key: 'a', value: 'x', ttl: 'x' }] })).toMatchObject({ status: 400 }); // biome-ignore format: short
    expect((await ask('POST', '/v1/keys:batch', '{', { 'Content-Type': 'application/json' })).status).toBe(400);
    expect((await ask('POST', '/v1/keys:batch', '{}')).status).toBe(415);
    expect((await ask('PUT', '/v1/keys:batch', '{}')).headers.get('allow')).toBe('POST, OPTIONS');
    const large = JSON.stringify({ operations: [{ op: 'set', key: 'a', value: 'x'.repeat(2_000_000) }] });
    expect((await ask('POST', '/v1/keys:batch', large, { 'Content-Type': 'application/json' })).status).toBe(413);
  });
});

describe('/v1/commands', () => {
  const run = async (...words: (string | number)[]) => (await json('POST', '/v1/commands', words)).body;

  it('runs a command, or several in a row', async () => {
    expect(await run('SET', 'c', 5)).toEqual({ result: 'OK' });
    expect(await run('GET', 'c')).toEqual({ result: '5' });
    expect(await run('GET', 'nothing')).toEqual({ result: null });
    expect(await run('CONFIG', 'GET', 'databases')).toEqual({ result: { databases: '16' } });
    expect(await run('NOSUCH')).toMatchObject({ error: { code: 'ERR' } });
    const { body } = await json('POST', '/v1/commands', [['INCR', 'c'], ['APPEND', 'c', 'x'], ['INCR', 'c']]); // biome-ignore format: short
    expect(body).toMatchObject({ results: [{ result: 6 }, { result: 2 }, { error: { code: 'ERR' } }] });
    await run('SET', 'big', '9223372036854775806');
    expect(await run('INCR', 'big')).toEqual({ result: '9223372036854775807' });
    const base64 = await json('POST', '/v1/commands?encoding=base64&db=3', ['SET', 'a2V5', '/w==']);
    expect(base64.body).toEqual({ result: 'OK' });
    expect(await http().server.client({ database: 3 }).getBytes('key')).toEqual(Buffer.from([0xff]));
  });

  it.each([['SELECT', 1], ['CLIENT', 'REPLY', 'OFF'], ['HELLO', 2], ['SUBSCRIBE', 'x'], ['WAIT', 1, 0],
    ['SHUTDOWN'], ['QUIT']])('refuses %s', async (...words) => {
    expect(await run(...words)).toMatchObject({ status: 422 });
    expect(await run('PING')).toEqual({ result: 'PONG' });
  }); // biome-ignore format: short

  it.each([[[]], [{}], [[[]]], [[1, {}]], ['PING']])('refuses %j', async (body) => {
    expect(await json('POST', '/v1/commands', body)).toMatchObject({ status: 400 });
  });
});

describe('for operators', () => {
  it('says how it is', async () => {
    expect(await json('GET', '/livez')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await json('GET', '/readyz?noleader')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await json('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok', shards: 2 } });
  });

  it("has metrics under redis_exporter's names", async () => {
    const client = http().server.client();
    await client.set('metric', 'x', { ttl: '1h' });
    for (let i = 0; i < 5; i++) await client.get('metric');
    const { text, headers } = await ask('GET', '/metrics');
    expect(headers.get('content-type')).toContain('version=0.0.4');
    for (const line of text.trim().split('\n')) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_][a-z_0-9]*(\{([a-z_]+="[^"]*",?)+\})? (-?[0-9.e+-]+|NaN|[+-]Inf))$/,
      );
    }
    const names = text.match(/^# TYPE \S+/gm) ?? [];
    expect(new Set(names).size).toBe(names.length);
    expect(text).toMatch(/^redis_up 1$/m);
    expect(Number(/^redis_commands_total\{cmd="get"\} (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(5);
    expect(Number(/^redis_db_keys_expiring\{db="db0"\} (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(1);
    for (const name of ['redis_memory_used_bytes', 'redis_connected_clients', 'redis_keyspace_hits_total', 'redis_evicted_keys_total', 'ringshard_shards 2', 'ringshard_direct_turns_total']) expect(text).toContain(name); // biome-ignore format: short
  });

  it('describes its API in a form that a validator accepts', async () => {
    const { body } = await json('GET', '/openapi.json');
    const result = await new Validator().validate(body as Record<string, unknown>);
    expect(result).toMatchObject({ valid: true });
    const { openapi, paths } = body as { openapi: string; paths: Record<string, object> };
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths).sort()).toEqual([
      ...['/v1/commands', '/v1/keys', '/v1/keys/{key}', '/v1/keys/{key}:append', '/v1/keys/{key}:expire'],
      ...['/v1/keys/{key}:increment', '/v1/keys:batch'],
    ]);
    expect(Object.keys(paths['/v1/keys/{key}'] as object).sort()).toEqual(['delete', 'get', 'head', 'patch', 'post', 'put']); // biome-ignore format: short
    expect((await ask('GET', '/docs')).text).toContain('openapi.json');
  });
});
