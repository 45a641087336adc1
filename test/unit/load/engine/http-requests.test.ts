/** The bytes of HTTP requests. */
import { describe, expect, it } from 'vitest';
import { type Changes, command, GET, Harness, only, SET } from './harness.js';
import { parseHttp } from './requests.js';

describe('HTTP requests', () => {
  const http = { protocol: 'http' } as const;

  function request(changes: Changes) {
    const requests = parseHttp(new Harness({ ...http, ...changes }).fill());
    expect(requests).toHaveLength(1);
    return requests[0] as (typeof requests)[0];
  }

  it('of a get and a put', () => {
    const get = request({ workload: only(GET) });
    expect(get.line).toBe('GET /v1/keys/key:000000 HTTP/1.1');
    expect(Object.fromEntries(get.fields)).toMatchObject({ host: 'h:1' });
    expect(get.fields.has('content-length')).toBe(false);
    const put = request({ workload: only(SET, { values: { kind: 'fixed', bytes: 70_000 } }) });
    expect(put.line).toBe('PUT /v1/keys/key:000000 HTTP/1.1');
    expect(put.body).toHaveLength(70_000);
    expect(put.fields.get('content-type')).toBe('application/octet-stream');
    expect(request({ workload: only(SET, { values: { kind: 'fixed', bytes: 0 } }) }).fields.get('content-length')).toBe(
      '0',
    );
  });

  it('say how long to keep a value', () => {
    expect(request({ workload: only(SET, { ttl: 9 }) }).line).toBe('PUT /v1/keys/key:000000?ttl=9 HTTP/1.1');
    const target = { path: '/x?k={key}' };
    expect(request({ target, workload: only(SET, { ttl: 9 }) }).line).toBe('PUT /x?k=key:000000&ttl=9 HTTP/1.1');
  });

  it('name the host and who asks', () => {
    const fields = (target: Changes['target']) =>
      request({ ...(target ? { target } : {}), workload: only(GET) }).fields;
    expect(fields({ host: '::1', port: 8080 }).get('host')).toBe('[::1]:8080');
    expect(fields({ host: 'a.b', port: 80 }).get('host')).toBe('a.b');
    const authorization = fields({ username: 'ada', password: 'pä:ss' }).get('authorization') ?? '';
    expect(Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString()).toBe('ada:pä:ss');
  });

  it('carry what a command says', () => {
    const body = '{"key": "{key:base64}", "value": "{value:3:base64}"}';
    const put = request({ workload: only(command('PUT', '/v3/kv/put', body)) });
    expect(put.line).toBe('PUT /v3/kv/put HTTP/1.1');
    expect(put.fields.get('content-type')).toBe('application/json');
    const json = JSON.parse(put.body.toString()) as { key: string; value: string };
    expect(Buffer.from(json.key, 'base64').toString()).toBe('key:000000');
    expect(Buffer.from(json.value, 'base64')).toHaveLength(3);
    expect(request({ workload: only(command('POST', '/n/{int:3:3}')) }).fields.get('content-length')).toBe('0');
    expect(request({ workload: only(command('DELETE', '/n')) }).fields.has('content-length')).toBe(false);
    expect(request({ workload: only(command('POST', '/n', '{value:9}')) }).body).toHaveLength(9);
  });
});
