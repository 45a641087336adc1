import { Redis as Redis6 } from 'ioredis';
import { Redis as Redis5 } from 'ioredis5';
import { createClient } from 'redis';
import { describe, expect, it } from 'vitest';
import { plain, type RawClient, request } from '../support/raw-client.js';
import { useServer, useServers } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

const REFUSED =
  "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context";

async function next(client: RawClient, count = 1): Promise<unknown[]> {
  return (await client.replies(count)).map(plain);
}

describe.each([{ shards: 1 }, { shards: 3 }])('publish and subscribe, shards: $shards', ({ shards }) => {
  const { open } = useServer({ shards });

  it('answers once for each channel, in the order of the pipeline', async () => {
    const client = await open();
    client.send(Buffer.concat([request('SET', 'k', 1), request('GET', 'k'), request('SUBSCRIBE', 'a', 'b')]));
    client.send(Buffer.concat([request('PING'), request('PSUBSCRIBE', 'p*'), request('PING', 'x')]));
    expect(await next(client, 7)).toEqual([
      'OK',
      '1',
      ['subscribe', 'a', 1],
      ['subscribe', 'b', 2],
      ['pong', ''],
      ['psubscribe', 'p*', 3],
      ['pong', 'x'],
    ]);
  });

  it('allows a subscriber in RESP2 little, until it is none any more', async () => {
    const client = await open();
    await client.call('SUBSCRIBE', 'a');
    expect(await client.call('GET', 'k')).toBe(REFUSED);
    expect(await client.call('CLIENT', 'ID')).toMatch(/^-ERR Can't execute 'client\|id'/);
    expect(await client.call('PING', 'a', 'b')).toBe("-ERR wrong number of arguments for 'ping' command");
    expect(await client.call('NOSUCH')).toMatch(/^-ERR unknown command/);
    expect(await client.call('GET')).toMatch(/^-ERR wrong number/);
    expect(await client.call('UNSUBSCRIBE')).toEqual(['unsubscribe', 'a', 0]);
    expect(await client.call('UNSUBSCRIBE')).toEqual(['unsubscribe', null, 0]);
    expect(await client.call('GET', 'none')).toBe(null);
    await client.call('SSUBSCRIBE', 's');
    expect(await client.call('GET', 'k')).toBe(REFUSED);
    expect(await client.call('RESET')).toBe('RESET');
    expect(await client.call('PING')).toBe('PONG');
  });

  it('lets a subscriber in RESP3 do everything, and pushes messages between its replies', async () => {
    const client = await open();
    const other = await open();
    await client.call('HELLO', 3);
    expect(await client.call('SUBSCRIBE', 'c3')).toEqual(['subscribe', 'c3', 1]);
    expect(await client.call('SET', 'k', 'v')).toBe('OK');
    expect(await other.call('PUBLISH', 'c3', 'hi')).toBe(1);
    expect(await next(client)).toEqual([['message', 'c3', 'hi']]);
    client.send(Buffer.concat([request('PUBLISH', 'c3', 'me'), request('GET', 'k')]));
    expect(await next(client, 3)).toEqual([['message', 'c3', 'me'], 1, 'v']);
    client.send(request('HELLO', 2));
    await next(client);
    expect(await client.call('GET', 'k')).toBe(REFUSED);
  });

  it('carries channels and payloads of any bytes and lengths', async () => {
    const [subscriber, publisher] = [await open(), await open()];
    const channel = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    await subscriber.call('SUBSCRIBE', channel);
    const payloads = [0, 1, 100, 5000, 40_000, 300_000, 3_000_000].map((length) => Buffer.alloc(length, channel));
    for (const payload of payloads) {
      expect(await publisher.call('PUBLISH', channel, payload)).toBe(1);
      const message = (await subscriber.reply()) as Buffer[];
      expect([message[1], payload.equals(message[2] as Buffer)]).toEqual([channel, true]);
    }
  });

  it('tells who is subscribed to what', async () => {
    const [a, b, c] = [await open(), await open(), await open()];
    a.send(request('SUBSCRIBE', 'one', 'two'));
    await next(a, 2);
    b.send(Buffer.concat([request('SUBSCRIBE', 'two'), request('PSUBSCRIBE', 'x*', 'y*'), request('SSUBSCRIBE', 's')]));
    await next(b, 4);
    expect(await c.call('PUBSUB', 'CHANNELS', 't*')).toEqual(['two']);
    expect(await c.call('PUBSUB', 'NUMSUB', 'one', 'two', 'three')).toEqual(['one', 1, 'two', 2, 'three', 0]);
    expect(await c.call('PUBSUB', 'NUMPAT')).toBe(2);
    expect(await c.call('PUBSUB', 'SHARDCHANNELS')).toEqual(['s']);
    expect(await c.call('PUBSUB', 'SHARDNUMSUB', 's', 't')).toEqual(['s', 1, 't', 0]);
    expect(await c.call('CLIENT', 'LIST', 'TYPE', 'pubsub')).toMatch(/flags=P .*sub=1 psub=2 ssub=1 /);
    const info = String(await c.call('INFO', 'stats'));
    expect(info).toMatch(/pubsub_channels:2\r\npubsub_patterns:2\r\npubsubshard_channels:1\r\n/);
    b.close();
    await waitFor(async () => (await c.call('PUBSUB', 'NUMPAT')) === 0);
    expect(await c.call('SPUBLISH', 's', 'x')).toBe(0);
  });

  it('confirms and delivers also to clients that want no replies', async () => {
    const [client, other] = [await open(), await open()];
    client.send(Buffer.concat([request('CLIENT', 'REPLY', 'OFF'), request('SUBSCRIBE', 'off'), request('PING')]));
    expect(await next(client)).toEqual([['subscribe', 'off', 1]]);
    expect(await other.call('PUBLISH', 'off', 'x')).toBe(1);
    expect(await next(client)).toEqual([['message', 'off', 'x']]);
  });
});

describe('a subscriber that does not read', () => {
  const servers = useServers();

  it('is cut off and counted, and neither publisher nor others wait for it', { timeout: 60_000 }, async () => {
    const server = await servers.start({ 'client-output-buffer-limit': 'pubsub 2mb 1mb 60' });
    const [lazy, keen, publisher] = [
      await servers.open(server),
      await servers.open(server),
      await servers.open(server),
    ];
    for (const client of [lazy, keen]) await client.call('SUBSCRIBE', 'c');
    lazy.socket.pause();
    const payload = Buffer.alloc(32 * 1024, 'x');
    let told = 2;
    let sent = 0;
    while (told === 2) {
      expect(sent++).toBeLessThan(2000);
      told = (await publisher.call('PUBLISH', 'c', payload)) as number;
    }
    expect((await keen.replies(sent)).length).toBe(sent);
    expect(await publisher.call('INFO', 'stats')).toMatch(/client_output_buffer_limit_disconnections:1\r\n/);
    expect(await publisher.call('PUBSUB', 'NUMSUB', 'c')).toEqual(['c', 1]);
  });
});

describe('clients', { timeout: 30_000 }, () => {
  const { server } = useServer({ shards: 2 });
  const guards = useServers();

  it.each([
    ['ioredis 6', Redis6],
    ['ioredis 5', Redis5 as unknown as typeof Redis6],
  ])('%s gets messages of channels and patterns', async (_, Redis) => {
    const connect = () => {
      const redis = new Redis({ port: server().port, host: '127.0.0.1' });
      guards.later(() => redis.disconnect());
      return redis;
    };
    const [subscriber, publisher] = [connect(), connect()];
    const got: string[] = [];
    subscriber.on('message', (channel, message) => got.push(`${channel} ${message}`));
    subscriber.on('pmessage', (pattern, channel, message) => got.push(`${pattern} ${channel} ${message}`));
    expect(await subscriber.subscribe('a', 'b')).toBe(2);
    expect(await subscriber.psubscribe('a*')).toBe(3);
    const pipeline = publisher.pipeline();
    for (let i = 0; i < 100; i++) pipeline.publish('a', String(i));
    expect((await pipeline.exec())?.every(([error, told]) => error === null && told === 2)).toBe(true);
    await waitFor(() => got.length === 200);
    expect(got.filter((line) => line.startsWith('a '))).toEqual(Array.from({ length: 100 }, (_, i) => `a ${i}`));
    expect(await subscriber.unsubscribe('a', 'b')).toBe(1);
    expect(await subscriber.punsubscribe('a*')).toBe(0);
    expect(await subscriber.set('k', 'v')).toBe('OK');
  });

  it.each([2, 3] as const)('node-redis with RESP%i gets messages of all kinds', async (RESP) => {
    const connect = async () => {
      const client = createClient({ RESP, socket: { port: server().port, host: '127.0.0.1' } });
      guards.later(() => client.destroy());
      await client.connect();
      return client;
    };
    const [subscriber, publisher] = [await connect(), await connect()];
    const got: string[] = [];
    const listen = (message: string, channel: string) => got.push(`${channel} ${message}`);
    await subscriber.subscribe('a', listen);
    await subscriber.pSubscribe('b?', listen);
    await subscriber.sSubscribe('s', listen);
    expect(await Promise.all([publisher.publish('a', '1'), publisher.publish('bb', '2')])).toEqual([1, 1]);
    expect(await publisher.sPublish('s', '3')).toBe(1);
    await waitFor(() => got.length === 3);
    expect(got).toEqual(['a 1', 'bb 2', 's 3']);
    await subscriber.unsubscribe();
    await subscriber.pUnsubscribe();
    await subscriber.sUnsubscribe();
    expect(await publisher.publish('a', '4')).toBe(0);
  });
});
