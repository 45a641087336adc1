/** Client-side caching: a copy that a client keeps is never left stale, whatever way its commands and others' go. */
import { createClient } from 'redis';
import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { plain, type RawClient, request, type Word } from '../support/raw-client.js';
import { useServer, useServers } from '../support/servers.js';
import { waitFor } from '../support/wait.js';

const END = 'end';

/** A client that keeps copies of what it reads until it is told that they are old. */
class Cache {
  readonly copies = new Map<string, string | null>();
  readonly #client: RawClient;
  readonly #asked: string[][] = [];

  constructor(client: RawClient) {
    this.#client = client;
  }

  read(keys: string[]): void {
    this.#asked.push(keys);
    this.#client.send(keys.length === 1 ? request('GET', keys[0] as string) : request('MGET', ...keys));
  }

  /** Takes all that has come until the reply to a PING. */
  async settle(): Promise<void> {
    this.#client.send(request('PING', END));
    for (;;) {
      const reply = plain(await this.#client.reply());
      if (reply === END) return;
      if (Array.isArray(reply) && reply[0] === 'invalidate') this.#forget(reply[1] as string[] | null);
      else this.#keep(Array.isArray(reply) ? reply : [reply]);
    }
  }

  #forget(keys: string[] | null): void {
    if (keys === null) this.copies.clear();
    else for (const key of keys) this.copies.delete(key);
  }

  #keep(values: (string | null)[]): void {
    for (const [i, key] of (this.#asked.shift() ?? []).entries()) this.copies.set(key, values[i] as string | null);
  }
}

async function track(client: RawClient, ...options: Word[]): Promise<void> {
  await client.call('HELLO', 3);
  expect(await client.call('CLIENT', 'TRACKING', 'ON', ...options)).toBe('OK');
}

const LANES = [
  { shards: 1, dispatch: 'direct' },
  { shards: 1, dispatch: 'ring' },
  { shards: 4, dispatch: 'auto' },
  { shards: 4, dispatch: 'ring' },
];

const KEYS = Array.from({ length: 40 }, (_, i) => `key:${i}`);

/** Some write. */
function change(random: Random, number: number): Buffer {
  const [one, other] = [random.pick(KEYS), random.pick(KEYS)];
  const kind = random.below(4);
  if (kind === 0) return request('DEL', one);
  if (kind === 1) return request('MSET', one, `a${number}`, other, `b${number}`);
  return request('SET', one, `v${number}`);
}

describe.each(LANES)('copies, $shards shards, dispatch $dispatch', (options) => {
  const { open } = useServer(options);

  it.each([[[]], [['BCAST']]])('are never stale for long, tracking with %j', { timeout: 60_000 }, async (mode) => {
    const random = new Random(20_261_121);
    const [reader, ...writers] = [await open(), await open(), await open()];
    await track(reader, ...mode);
    const cache = new Cache(reader);
    for (let round = 0; round < 60; round++) {
      const owed = writers.map(() => 0);
      for (let i = 0; i < 30; i++) {
        if (random.chance(0.5)) {
          cache.read(random.chance(0.5) ? [random.pick(KEYS)] : [random.pick(KEYS), random.pick(KEYS)]);
          continue;
        }
        const which = random.below(writers.length);
        owed[which] = (owed[which] as number) + 1;
        writers[which]?.send(change(random, round * 30 + i));
      }
      for (const [i, writer] of writers.entries()) await writer.replies(owed[i] as number);
      await cache.settle();
      const actual = (await writers[0]?.call('MGET', ...KEYS)) as (string | null)[];
      const now = new Map(KEYS.map((key, i) => [key, actual[i] ?? null]));
      expect([round, ...cache.copies]).toEqual([round, ...[...cache.copies.keys()].map((key) => [key, now.get(key)])]);
    }
    expect(cache.copies.size).toBeGreaterThan(0);
  });

  it('are given up behind the reply of the command that changes them, or not at all with NOLOOP', async () => {
    const [client, other] = [await open(), await open()];
    await track(client);
    await client.call('SET', 'k', 1);
    await client.call('GET', 'k');
    client.send(Buffer.concat([request('SET', 'k', 2), request('PING')]));
    const replies = (await client.replies(3)).map(plain);
    expect(replies[0]).toBe('OK');
    expect(replies.slice(1)).toContainEqual(['invalidate', ['k']]);
    await track(client, 'NOLOOP');
    await client.call('GET', 'k');
    await client.call('SET', 'k', 3);
    expect(await client.call('PING')).toBe('PONG');
    await client.call('MGET', 'k', 'l', 'm');
    await other.call('MSET', 'l', 1, 'm', 2);
    const told = (await client.replies(2)).map((message) => (plain(message) as [string, string[]])[1][0]);
    expect(told.sort()).toEqual(['l', 'm']);
  });

  it('are all given up after FLUSHALL, and one by one when keys expire or there is no room to remember', async () => {
    const [client, other] = [await open(), await open()];
    await track(client);
    await other.call('SET', 'k', 1, 'PX', 20);
    await client.call('GET', 'k');
    expect(plain(await client.reply())).toEqual(['invalidate', ['k']]);
    await client.call('GET', 'k');
    await other.call('FLUSHALL');
    expect(plain(await client.reply())).toEqual(['invalidate', null]);
    await client.call('MGET', 'a', 'b', 'c');
    await other.call('CONFIG', 'SET', 'tracking-table-max-keys', 1);
    const told = (await client.replies(2)).map((message) => (plain(message) as [string, string[]])[1][0]);
    expect(new Set(told).size).toBe(2);
    expect(await other.call('INFO', 'stats')).toMatch(/tracking_total_keys:1\r\ntracking_total_items:1\r\n/);
    await other.call('CONFIG', 'SET', 'tracking-table-max-keys', 1000);
  });
});

describe('how clients are told', () => {
  const { open } = useServer({ shards: 2 });

  it('of prefixes only, once for several changes', async () => {
    const [client, other] = [await open(), await open()];
    await track(client, 'BCAST', 'PREFIX', 'a:', 'PREFIX', 'b:');
    await other.call('MSET', 'a:1', 1, 'c:1', 1);
    expect(plain(await client.reply())).toEqual(['invalidate', ['a:1']]);
    await other.call('DEL', 'a:1', 'c:1');
    expect(plain(await client.reply())).toEqual(['invalidate', ['a:1']]);
    expect(await client.call('CLIENT', 'TRACKING', 'ON', 'BCAST', 'PREFIX', 'a')).toMatch(/^-ERR Prefix 'a' overlaps/);
    expect(await client.call('CLIENT', 'TRACKING', 'ON')).toMatch(/^-ERR You can't switch BCAST mode/);
    expect(await client.call('CLIENT', 'TRACKING', 'OFF')).toBe('OK');
    await other.call('SET', 'b:1', 1);
    expect(await client.call('PING')).toBe('PONG');
  });

  it.each([
    ['OPTIN', 'YES', 'asked'],
    ['OPTOUT', 'NO', 'plain'],
  ])('%s with CACHING %s is about the next command only', async (option, answer, told) => {
    const [client, other] = [await open(), await open()];
    await track(client, option);
    client.send(
      Buffer.concat([
        request('CLIENT', 'CACHING', answer),
        request('CLIENT', 'ID'),
        request('GET', 'asked'),
        request('GET', 'plain'),
      ]),
    );
    await client.replies(4);
    await other.call('SET', 'asked', 1);
    await other.call('SET', 'plain', 1);
    expect(plain(await client.reply())).toEqual(['invalidate', [told]]);
    expect(await client.call('PING')).toBe('PONG');
    await client.call('CLIENT', 'TRACKING', 'OFF');
  });

  it('by way of another client, on a channel in RESP2; and that this one is gone', async () => {
    const [client, listener, other] = [await open(), await open(), await open()];
    const id = (await listener.call('CLIENT', 'ID')) as number;
    await listener.call('SUBSCRIBE', '__redis__:invalidate');
    await track(client, 'REDIRECT', id);
    expect(await client.call('CLIENT', 'GETREDIR')).toBe(id);
    await client.call('GET', 'k');
    await other.call('SET', 'k', 1);
    expect(plain(await listener.reply())).toEqual(['message', '__redis__:invalidate', ['k']]);
    await client.call('GET', 'k');
    listener.close();
    await waitFor(async () => !String(await other.call('CLIENT', 'LIST')).includes(`id=${id} `));
    await other.call('SET', 'k', 2);
    expect(plain(await client.reply())).toEqual(['tracking-redir-broken', id]);
    const info = (await client.call('CLIENT', 'TRACKINGINFO')) as unknown[];
    expect(info).toEqual(['flags', ['on', 'broken_redirect'], 'redirect', id, 'prefixes', []]);
    expect(await client.call('CLIENT', 'INFO')).toMatch(/ flags=tR .* redir=\d+ /);
    expect(await client.call('RESET')).toBe('RESET');
    expect(await client.call('CLIENT', 'TRACKINGINFO')).toEqual(['flags', ['off'], 'redirect', -1, 'prefixes', []]);
  });
});

describe('the cache of node-redis', { timeout: 30_000 }, () => {
  const { server } = useServer({ shards: 2 });
  const guards = useServers();

  it('is told of changes by others', async () => {
    const connect = async (cached: boolean) => {
      const cache = { ttl: 0, maxEntries: 0, evictPolicy: 'LRU' } as const;
      const socket = { port: server().port, host: '127.0.0.1' };
      const client = createClient({ RESP: 3, socket, ...(cached ? { clientSideCache: cache } : {}) });
      guards.later(() => client.destroy());
      await client.connect();
      return client;
    };
    const [reader, writer] = [await connect(true), await connect(false)];
    await writer.set('k', '1');
    expect([await reader.get('k'), await reader.get('k')]).toEqual(['1', '1']);
    const commands = async () => Number(/cmdstat_get:calls=(\d+)/.exec(await writer.info('commandstats'))?.[1]);
    const before = await commands();
    expect(await reader.get('k')).toBe('1');
    expect(await commands()).toBe(before);
    await writer.set('k', '2');
    await waitFor(async () => (await reader.get('k')) === '2');
  });
});
