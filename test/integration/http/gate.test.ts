/** Who is let in, and what is too much. */
import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { createServer } from 'ringshard';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpOptions, type HttpServer, startHttpServer } from '../../support/http-server.js';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(options: HttpOptions = {}): Promise<HttpServer> {
  const http = await startHttpServer(options);
  undo.push(() => http.server.close());
  return http;
}

/** fetch does not let anyone choose these headers. */
function askWith({ url }: HttpServer, headers: Record<string, string>, method = 'GET', path = '/v1/keys/a') {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const req = request(url + path, { method, headers }, (res) => {
      res.resume();
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers }));
    });
    req.on('error', reject);
    req.end();
  });
}

/** Sends bytes as they are, and gives back all that comes until the server closes the connection. */
async function sendRaw({ url }: HttpServer, ...pieces: string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (piece) => {
    text += piece.toString('latin1');
  });
  socket.on('error', () => {});
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return text;
}

describe('password', () => {
  it('is asked for by Bearer or Basic', async () => {
    const http = await start({ requirepass: 's3cret:x' });
    const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const statusWith = async (headers: Record<string, string>, path = '/v1/keys') => (await http.ask('GET', path, undefined, headers)).status; // biome-ignore format: short
    const refused = await http.ask('GET', '/v1/keys');
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic realm=')]); // biome-ignore format: short
    expect(await statusWith({ Authorization: 'Bearer s3cret:x' })).toBe(200);
    expect(await statusWith(basic('default:s3cret:x'))).toBe(200);
    expect(await statusWith(basic(':s3cret:x'))).toBe(200);
    for (const wrong of [basic('other:s3cret:x'), basic('default:s3cret'), basic('x'), { Authorization: 'Bearer s3cret' }, { Authorization: 'Bearer' }, { Authorization: 's3cret:x' }]) expect(await statusWith(wrong)).toBe(401); // biome-ignore format: short
    expect([await statusWith({}, '/livez'), await statusWith({}, '/readyz'), await statusWith({}, '/metrics')]).toEqual([200, 200, 401]); // biome-ignore format: short
    await http.server.client().call('CONFIG', 'SET', 'requirepass', 'other');
    expect(await statusWith({ Authorization: 'Bearer other' })).toBe(200);
  });
});

describe('hosts and origins', () => {
  it('answers to its own names only', async () => {
    const http = await start({ httpHosts: 'cache.example' });
    const status = async (Host: string) => (await askWith(http, { Host })).status;
    for (const name of ['localhost', 'LOCALHOST:1', 'app.localhost', '127.0.0.1:99', '[::1]:8080', '10.1.2.3', 'cache.example', 'Cache.Example.:80']) expect(await status(name)).toBe(404); // biome-ignore format: short
    for (const name of ['evil.example', 'cache.example.evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', ' ', '[::1', 'a:b:c']) expect(await status(name)).toBe(421); // biome-ignore format: short
  });

  it('lets no page of another origin change anything, unless it was named', async () => {
    const http = await start({ httpCorsOrigins: ['https://app.example'] });
    const ask = (Origin: string, method: string, more = {}) => askWith(http, { Origin, ...more }, method);
    expect((await ask('https://evil.example', 'PUT')).status).toBe(403);
    expect((await ask('null', 'DELETE')).status).toBe(403);
    expect((await ask(http.url, 'PUT')).status).toBe(201);
    const read = await ask('https://evil.example', 'GET');
    expect([read.status, read.headers['access-control-allow-origin']]).toEqual([200, undefined]);
    const preflight = await ask('https://app.example', 'OPTIONS', { 'Access-Control-Request-Method': 'PUT' });
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': 'https://app.example' } });
    expect((await ask('https://app.example', 'PUT')).status).toBe(204);
  });
});

describe('what the API may do', () => {
  it('is read-only if it is told so', async () => {
    const http = await start({ httpApi: 'read-only' });
    await http.server.client().set('a', '1');
    expect((await http.ask('GET', '/v1/keys/a')).text).toBe('1');
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH']) expect((await http.ask(method, '/v1/keys/a', 'x')).status).toBe(403); // biome-ignore format: short
    expect((await http.ask('POST', '/v1/keys/a:increment')).status).toBe(403);
    expect(await http.json('POST', '/v1/commands', ['GET', 'a'])).toEqual({ status: 200, body: { result: '1' } });
    for (const words of [['SET', 'a', 1], ['FLUSHALL'], ['CONFIG', 'SET', 'timeout', 1], ['DEBUG', 'SLEEP', 0]]) expect(await http.json('POST', '/v1/commands', words)).toMatchObject({ status: 403 }); // biome-ignore format: short
    expect(await http.json('POST', '/v1/keys:batch', { operations: [{ op: 'get', key: 'a' }] })).toMatchObject({ status: 200 }); // biome-ignore format: short
    expect(await http.json('POST', '/v1/keys:batch', { operations: [{ op: 'delete', key: 'a' }] })).toMatchObject({ status: 403 }); // biome-ignore format: short
  });

  it('is nothing if it is off', async () => {
    const http = await start({ httpApi: 'off' });
    expect((await http.ask('GET', '/v1/keys')).status).toBe(404);
    expect((await http.ask('GET', '/livez')).status).toBe(200);
  });
});

describe('limits', () => {
  it('refuses values that are too long, announced or not, and asks no client to send them', async () => {
    const http = await start({ httpBodyLimit: '4kb' });
    expect((await http.ask('PUT', '/v1/keys/a', 'x'.repeat(4096))).status).toBe(201);
    expect((await http.ask('PUT', '/v1/keys/a', 'x'.repeat(4097))).status).toBe(413);
    const head = 'PUT /v1/keys/a HTTP/1.1\r\nHost: localhost\r\n';
    const chunk = `800\r\n${'x'.repeat(2048)}\r\n`;
    const chunked = await sendRaw(http, `${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, chunk, chunk);
    expect(chunked).toMatch(/^HTTP\/1\.1 413 [\s\S]*Connection: close/i);
    const expecting = await sendRaw(http, `${head}Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n`);
    expect(expecting).toMatch(/^HTTP\/1\.1 413/);
    const welcome = await sendRaw(
      http,
      `${head}Connection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok`,
    );
    expect(welcome).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 204/);
    expect((await http.ask('GET', '/v1/keys/a')).text).toBe('ok');
  });

  it('refuses what is no HTTP, and headers that are too long', async () => {
    const http = await start({ httpHeaderLimit: '2kb' });
    expect(await sendRaw(http, '*1\r\n$4\r\nPING\r\n')).toMatch(/^HTTP\/1\.1 400/);
    expect(await sendRaw(http, 'GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
    expect(await sendRaw(http, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(4000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
    const both =
      'PUT /v1/keys/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(await sendRaw(http, both)).toMatch(/^HTTP\/1\.1 400/);
    expect((await http.ask('GET', '/livez')).status).toBe(200);
  });

  it('does not wait for ever for a request that comes slowly', async () => {
    const http = await start({ httpHeaderTimeout: 1, httpRequestTimeout: 1 });
    const text = await sendRaw(http, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow:');
    expect(text).toMatch(/^(HTTP\/1\.1 408|$)/);
    const body = await sendRaw(http, 'PUT /v1/keys/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nab');
    expect(body).toMatch(/^(HTTP\/1\.1 408|$)/);
  });

  it('answers requests that come one behind the other in their order', async () => {
    const http = await start();
    const host = 'HTTP/1.1\r\nHost: localhost\r\n';
    const put = `PUT /v1/keys/p ${host}Content-Length: 1\r\n\r\n7`;
    const increment = `POST /v1/keys/p:increment ${host}Content-Length: 0\r\n\r\n`;
    const text = await sendRaw(http, put + increment + increment, `GET /v1/keys/p ${host}Connection: close\r\n\r\n`);
    expect(text.match(/HTTP\/1\.1 \d+|\{"value":\d+\}/g)).toEqual([
      ...['HTTP/1.1 201', 'HTTP/1.1 200', '{"value":8}', 'HTTP/1.1 200', '{"value":9}', 'HTTP/1.1 200'],
    ]);
    expect(text.endsWith('\r\n\r\n9')).toBe(true);
  });
});

describe('the service', () => {
  it('goes on without HTTP when the usual port is taken, and says so; a port that was named must be free', async () => {
    const taken = createTcpServer().listen(8080, '127.0.0.1');
    const isOurs = await Promise.race([
      once(taken, 'listening').then(() => true),
      once(taken, 'error').then(() => false),
    ]);
    if (isOurs) undo.push(() => taken.close());
    const lines: string[] = [];
    const server = await createServer({ httpPort: 'auto', onLog: (line) => lines.push(line) });
    undo.push(() => server.close());
    expect(server.httpUrl).toBeUndefined();
    expect(lines.join('')).toMatch(/No HTTP: port 8080 is taken/);
    expect(await server.client().ping()).toBe('PONG');
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    undo.push(() => other.close());
    const httpPort = (other.address() as AddressInfo).port;
    await expect(createServer({ httpPort })).rejects.toThrow(/can't serve HTTP.*EADDRINUSE/);
  });

  it('finishes what it has begun before it ends, and leaves no connection behind', async () => {
    const http = await startHttpServer();
    await http.ask('PUT', '/v1/keys/a', Buffer.alloc(3_000_000, 'x'));
    const asked = Promise.allSettled(Array.from({ length: 5 }, () => http.ask('GET', '/v1/keys/a')));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await http.server.close();
    // What had not arrived yet may be refused; what was answered is whole.
    for (const answer of await asked) {
      if (answer.status === 'fulfilled') expect(answer.value.bytes).toHaveLength(3_000_000);
    }
    await expect(http.ask('GET', '/livez')).rejects.toThrow();
  });

  it('finds its way back when its own connections were killed', async () => {
    const http = await start();
    await http.ask('PUT', '/v1/keys/a', 'x');
    const client = http.server.client();
    expect(await client.call('CLIENT', 'LIST')).toContain('name=http-keys');
    await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    expect((await http.ask('GET', '/v1/keys/a')).text).toBe('x');
  });
});
