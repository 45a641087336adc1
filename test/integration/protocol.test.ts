import { describe, expect, it } from 'vitest';
import { plain, type RawClient, request } from '../support/raw-client.js';
import { useServer } from '../support/servers.js';
import { sleep } from '../support/wait.js';

/** Sends bytes in pieces that arrive one by one. */
async function trickle(client: RawClient, bytes: Buffer, piece: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += piece) {
    client.send(bytes.subarray(at, at + piece));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function answersTo(client: RawClient, bytes: Buffer | string): Promise<unknown[]> {
  client.send(bytes);
  return client.closed();
}

describe.each([
  { shards: 1, dispatch: 'auto' },
  { shards: 4, dispatch: 'direct' },
  { shards: 4, dispatch: 'ring' },
])('protocol ($shards shards, dispatch $dispatch)', { timeout: 30_000 }, (options) => {
  const { open } = useServer(options);

  it('answers 10 000 pipelined commands in their order', async () => {
    const client = await open();
    const count = 10_000;
    const requests = Array.from({ length: count }, (_, i) =>
      i % 3 === 0 ? request('SET', `p${i}`, i) : i % 3 === 1 ? request('GET', `p${i - 1}`) : request('ECHO', i),
    );
    client.send(Buffer.concat(requests));
    const replies = (await client.replies(count)).map(plain);
    const expected = Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 'OK' : String(i % 3 === 1 ? i - 1 : i)));
    expect(replies).toEqual(expected);
  });

  it('keeps the order of commands of every kind in one pipeline', async () => {
    const client = await open();
    const value = 'v'.repeat(20_000);
    client.send(
      Buffer.concat([
        request('MSET', 'o1', 'a', 'o2', 'b', 'o3', 'c', 'o4', 'd'),
        request('PING'),
        request('MGET', 'o1', 'o2', 'o3', 'o4', 'none'),
        request('SET', 'long', value),
        request('NOSUCH', 'x'),
        request('GET', 'long'),
        request('GET'),
        request('DEL', 'o1', 'o2', 'none'),
        request('RENAME', 'o3', 'o5'),
        request('SELECT', '1'),
        request('GET', 'o5'),
        request('SELECT', '0'),
        request('EXISTS', 'o3', 'o4', 'o5', 'long'),
        request('GET', 'o5'),
      ]),
    );
    expect((await client.replies(14)).map(plain)).toEqual([
      'OK',
      'PONG',
      ['a', 'b', 'c', 'd', null],
      'OK',
      "-ERR unknown command 'NOSUCH', with args beginning with: 'x' ",
      value,
      "-ERR wrong number of arguments for 'get' command",
      2,
      'OK',
      'OK',
      null,
      'OK',
      3,
      'c',
    ]);
  });

  it.each([1, 2, 3, 7, 13])('puts requests together that come in pieces of %i bytes', async (piece) => {
    const client = await open();
    const value = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const bytes = Buffer.concat([
      request('SET', 'pieces', value),
      Buffer.from('PING\r\n'),
      request('MGET', 'pieces', 'none', 'pieces'),
      request('STRLEN', 'pieces'),
    ]);
    await trickle(client, bytes, piece);
    expect(await client.replies(4)).toEqual(['OK', 'PONG', [value, null, value], 256]);
  });

  it('takes inline commands, with quotes, empty lines and bare line feeds', async () => {
    const client = await open();
    client.send("\r\n\r\nPING\r\nset  inline \"a\\x41\\n b\"\nget inline\r\nECHO 'it\\'s'\r\n");
    expect((await client.replies(4)).map(plain)).toEqual(['PONG', 'OK', 'aA\n b', "it's"]);
  });

  it('takes empty and null requests for none', async () => {
    const client = await open();
    client.send('*0\r\n*-1\r\n*1\r\n$4\r\nPING\r\n');
    expect(await client.replies(1)).toEqual(['PONG']);
  });

  it.each([
    ['*x\r\n', 'invalid multibulk length'],
    ['*1048577\r\n', 'invalid multibulk length'],
    ['*1\r\nPING\r\n', "expected '$', got 'P'"],
    ['*1\r\n$x\r\n', 'invalid bulk length'],
    ['*1\r\n$-5\r\n', 'invalid bulk length'],
    ['*1\r\n$536870913\r\n', 'invalid bulk length'],
    ['SET a "b\r\n', 'unbalanced quotes in request'],
    [`${'x'.repeat(70_000)}`, 'too big inline request'],
    [`*${'1'.repeat(70_000)}`, 'too big mbulk count string'],
    [`*1\r\n$${'1'.repeat(70_000)}`, 'too big bulk count string'],
  ])('ends a connection that sends %.20j with an error', async (bytes, text) => {
    const client = await open();
    client.send(request('SET', 'before', 1));
    expect(await answersTo(client, bytes)).toEqual(['OK', `-ERR Protocol error: ${text}`]);
  });

  it('takes nothing that comes after a protocol error', async () => {
    const client = await open();
    client.send(Buffer.concat([request('SET', 'after', 'no'), Buffer.from('*1\r\n+\r\n')]));
    for (let i = 0; i < 20; i++) client.send(request('SET', 'after', 'yes'));
    // A client that writes to a closed connection may not get to see what it was told.
    const replies = await client.closed();
    expect(['OK', "-ERR Protocol error: expected '$', got '+'"].slice(0, replies.length)).toEqual(replies);
    expect(await (await open()).call('GET', 'after')).toBe('no');
  });

  it('survives garbage', async () => {
    let seed = 12345;
    const next = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed >>> 8;
    };
    const other = await open();
    for (let round = 0; round < 30; round++) {
      const client = await open();
      client.send(Buffer.from(Array.from({ length: 2000 }, () => next() & 0xff)));
      client.socket.end();
      await client.closed().catch(() => {});
      expect(await other.call('PING')).toBe('PONG');
    }
  });

  it('speaks RESP3 after HELLO 3, and RESP2 again after HELLO 2', async () => {
    const client = await open();
    expect(await client.call('GET', 'none')).toBe(null);
    const three = (await client.call('HELLO', 3)) as unknown[];
    expect(three.slice(0, 2)).toEqual(['server', 'redis']);
    expect(three[three.indexOf('proto') + 1]).toBe(3);
    client.send(request('GET', 'none'));
    await client.reply();
    const before = client.receivedBytes;
    client.send(request('GET', 'none'));
    await client.reply();
    expect(client.receivedBytes - before).toBe('_\r\n'.length);
    const two = (await client.call('HELLO', 2)) as unknown[];
    expect(two[two.indexOf('proto') + 1]).toBe(2);
    expect(await client.call('HELLO', 4)).toBe('-NOPROTO unsupported protocol version');
  });

  it('takes a command of 100 000 arguments', async () => {
    const client = await open();
    const keys = Array.from({ length: 50_000 }, (_, i) => `many:${i}`);
    expect(await client.callWith(['MSET', ...keys.flatMap((key, i) => [key, i])])).toBe('OK');
    expect(await client.callWith(['MGET', ...keys, ...keys])).toEqual(
      [...keys, ...keys].map((_, i) => String(i % 50_000)),
    );
    expect(await client.callWith(['EXISTS', ...keys])).toBe(50_000);
    expect(await client.callWith(['DEL', ...keys])).toBe(50_000);
  });

  it('is not held up by clients that send half a request', async () => {
    const halves = ['*', '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$100', '*2\r\n$3\r\nGET\r\n$5\r\nab', 'PIN', '*2\r\n$3\r\nGE'];
    for (const half of halves) (await open()).send(half);
    await sleep(20);
    const client = await open();
    for (let i = 0; i < 100; i++) expect(await client.call('SET', `half${i}`, i)).toBe('OK');
  });

  it('closes after QUIT, once all before it is answered', async () => {
    const client = await open();
    expect(await answersTo(client, Buffer.concat([request('PING'), request('QUIT'), request('PING')]))).toEqual([
      'PONG',
      'OK',
    ]);
  });

  it('answers what came before a client stopped sending', async () => {
    const client = await open();
    client.send(Buffer.concat(Array.from({ length: 1000 }, (_, i) => request('SET', `half-closed${i}`, i))));
    client.socket.end();
    expect(await client.closed()).toHaveLength(1000);
  });
});
