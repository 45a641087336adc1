/** Keyspace notifications: which events there are, in which order, whichever way the commands go. */
import { describe, expect, it } from 'vitest';
import { plain, type RawClient } from '../support/raw-client.js';
import { useServer, useServers } from '../support/servers.js';

const END = 'end-of-test';

/** Listens to all events; `until` returns what came before a key that only marks the end, as `key event`. */
async function listen(subscriber: RawClient, actor: RawClient, classes: string) {
  await actor.call('CONFIG', 'SET', 'notify-keyspace-events', classes);
  await subscriber.call('PSUBSCRIBE', '__key*__:*');
  return async (): Promise<string[]> => {
    await actor.call('PUBLISH', '__keyspace@0__:', END);
    const events: string[] = [];
    for (;;) {
      const [, , channel, payload] = plain(await subscriber.reply()) as string[];
      if (payload === END) return events;
      events.push(`${channel} ${payload}`);
    }
  };
}

type Step = readonly [command: string, ...events: string[]];

const STEPS: readonly Step[] = [
  ['SET k v', 'k new', 'k set'],
  ['SET k v EX 100', 'k set', 'k expire'],
  ['SET k v KEEPTTL', 'k set'],
  ['SET k v NX'],
  ['GETEX k PERSIST', 'k persist'],
  ['GETEX k EX 100', 'k expire'],
  ['PERSIST k', 'k persist'],
  ['PERSIST k'],
  ['EXPIRE k 100', 'k expire'],
  ['EXPIRE k -1', 'k del'],
  ['EXPIRE k 100'],
  ['SETEX k 100 v', 'k new', 'k set', 'k expire'],
  ['PSETEX k 100000 v', 'k set', 'k expire'],
  ['GETSET k w', 'k set'],
  ['GETDEL k', 'k del'],
  ['GETDEL k', 'k keymiss'],
  ['SETNX k 1', 'k new', 'k set'],
  ['SETNX k 1'],
  ['INCR k', 'k incrby'],
  ['DECRBY k 5', 'k incrby'],
  ['INCRBYFLOAT k 1.5', 'k incrbyfloat'],
  ['APPEND k x', 'k append'],
  ['APPEND a x', 'a new', 'a append'],
  ['SETRANGE a 5 x', 'a setrange'],
  ['SETBIT a 1 1'],
  ['SETBIT a 2 0', 'a setbit'],
  ['BITFIELD a SET u8 0 1 INCRBY u8 8 1', 'a setbit'],
  ['BITOP NOT b a', 'b new', 'b set'],
  ['BITOP AND b none', 'none keymiss', 'b del'],
  ['LCS none a', 'none keymiss'],
  ['COPY none c', 'none keymiss'],
  ['MSET a 1 b 2', 'a set', 'b new', 'b set'],
  ['MSETNX a 1 c 2'],
  ['DEL a b none', 'a del', 'b del'],
  ['UNLINK k', 'k del'],
  ['GET k', 'k keymiss'],
  ['EXISTS k', 'k keymiss'],
  ['MGET k k', 'k keymiss', 'k keymiss'],
  ['SET k v', 'k new', 'k set'],
  ['RENAME k l', 'l new', 'k rename_from', 'l rename_to'],
  ['COPY l m', 'm new', 'm copy_to'],
  ['COPY l m REPLACE', 'm copy_to'],
  ['FLUSHALL'],
];

const LANES = [
  { shards: 1, dispatch: 'direct' },
  { shards: 1, dispatch: 'ring' },
  { shards: 4, dispatch: 'auto' },
];

describe.each(LANES)('keyspace events, $shards shards, dispatch $dispatch', (options) => {
  const { open } = useServer(options);

  it('tells of every change what it was', async () => {
    const [subscriber, actor] = [await open(), await open()];
    const events = await listen(subscriber, actor, 'KAnm');
    for (const [command, ...expected] of STEPS) {
      await actor.callWith(command.split(' '));
      const got = (await events()).map((line) => line.replace('__keyspace@0__:', ''));
      // Of several shards the events of one command come as the shards do.
      expect([command, ...got.sort()]).toEqual([command, ...expected.toSorted()]);
    }
  });

  it('keeps the order of the changes of a key', async () => {
    const [subscriber, actor] = [await open(), await open()];
    const events = await listen(subscriber, actor, 'E$');
    const expected: string[] = [];
    for (let i = 0; i < 200; i++) {
      const command = ['set', 'append', 'incrby', 'setrange'][i % 4] as string;
      const words = {
        set: ['SET', 'k', 1],
        append: ['APPEND', 'k', 1],
        incrby: ['INCRBY', 'k', 1],
        setrange: ['SETRANGE', 'k', 0, 1],
      };
      await actor.callWith(words[command as keyof typeof words]);
      expected.push(`__keyevent@0__:${command} k`);
    }
    expect(await events()).toEqual(expected);
  });

  it('names the database, also of a key that moves', async () => {
    const [subscriber, actor] = [await open(), await open()];
    const events = await listen(subscriber, actor, 'EAn');
    await actor.call('SELECT', 3);
    await actor.call('SET', 'k', 'v');
    await actor.call('MOVE', 'k', 5);
    await actor.call('SWAPDB', 5, 6);
    await actor.call('SELECT', 6);
    await actor.call('DEL', 'k');
    expect(await events()).toEqual([
      '__keyevent@3__:new k',
      '__keyevent@3__:set k',
      '__keyevent@5__:new k',
      '__keyevent@3__:move_from k',
      '__keyevent@5__:move_to k',
      '__keyevent@6__:del k',
    ]);
  });

  it('tells of keys that expire, whether or not somebody asks for them', async () => {
    const [subscriber, actor] = [await open(), await open()];
    const events = await listen(subscriber, actor, 'Ex');
    await actor.call('SET', 'asked', 'v', 'PX', 1);
    await actor.call('SET', 'left', 'v', 'PX', 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await actor.call('GET', 'asked');
    const messages = (await subscriber.replies(2)).map((message) => (plain(message) as string[]).slice(2).join(' '));
    expect(messages.sort()).toEqual(['__keyevent@0__:expired asked', '__keyevent@0__:expired left']);
    expect(await events()).toEqual([]);
  });

  it('tells of the classes that were asked for only, and of nothing without a channel', async () => {
    const [subscriber, actor] = [await open(), await open()];
    const events = await listen(subscriber, actor, 'Kg');
    await actor.call('SET', 'k', 'v');
    await actor.call('DEL', 'k');
    expect(await events()).toEqual(['__keyspace@0__:k del']);
    for (const classes of ['A', '']) {
      await actor.call('CONFIG', 'SET', 'notify-keyspace-events', classes);
      await actor.call('SET', 'k', 'v');
      expect(await events()).toEqual([]);
    }
  });
});

describe('many events', { timeout: 60_000 }, () => {
  const servers = useServers();

  it('reach a subscriber in full, of a job and of evictions', async () => {
    const server = await servers.start({
      shards: 2,
      maxmemory: '16mb',
      'maxmemory-policy': 'allkeys-lru',
      'notify-keyspace-events': 'E$e',
    });
    const [subscriber, actor] = [await servers.open(server), await servers.open(server)];
    await subscriber.call('PSUBSCRIBE', '__keyevent@0__:*');
    const keys = Array.from({ length: 5000 }, (_, i) => `key:${i}`);
    await actor.callWith(['MSET', ...keys.flatMap((key) => [key, 'v'])]);
    const set = (await subscriber.replies(keys.length)).map((message) => String((message as Buffer[])[3]));
    expect(new Set(set)).toEqual(new Set(keys));
    const value = Buffer.alloc(100_000);
    for (let i = 0; i < 400; i++) await actor.call('SET', `big:${i}`, value);
    const evicted = Number(/evicted_keys:(\d+)/.exec(String(await actor.call('INFO', 'stats')))?.[1]);
    expect(evicted).toBeGreaterThan(100);
    const messages = (await subscriber.replies(400 + evicted)).map((message) => String((message as Buffer[])[2]));
    expect(messages.filter((channel) => channel.endsWith(':evicted')).length).toBe(evicted);
  });
});
