/** Replies leave a connection in the order of its requests, whichever way these went. */
import { expect, it } from 'vitest';
import { request } from '../../support/resp.js';
import { Stack } from '../../support/stack.js';

/** Keys of shard 0, 1... of so many. */
async function keysByShard(stack: Stack): Promise<string[]> {
  const keys: string[] = [];
  for (let i = 0; keys.filter((key) => key !== undefined).length < stack.shards.length; i++) {
    await stack.ask('SET', `k${i}`, 'v');
    const shard = stack.shards.findIndex(({ exports }) => exports.keysIn(0) !== 0);
    keys[shard] ??= `k${i}`;
    await stack.ask('DEL', `k${i}`);
  }
  return keys;
}

it('keeps the order of two reads in one turn, each for another shard', async () => {
  const stack = new Stack({ shards: 4 });
  const keys = await keysByShard(stack);
  const client = stack.connect();
  // The last shard first: shards are gone through in the order of their numbers.
  for (const [i, key] of [...keys].reverse().entries()) client.send(request('SETRANGE', key, i, 'x'));
  await stack.settle();
  expect(client.takeBytes().toString()).toBe(':1\r\n:2\r\n:3\r\n:4\r\n');
});

it('keeps it when one shard has to be asked through its ring', async () => {
  const stack = new Stack({ shards: 4 });
  const keys = await keysByShard(stack);
  for (const busy of [0, 1, 2, 3]) {
    const client = stack.connect();
    // It works, and so can't be borrowed.
    stack.cycles[busy]?.doWork();
    for (const [i, key] of keys.entries()) client.send(request('SETRANGE', key, i, 'x'));
    await stack.settle();
    expect(client.takeBytes().toString()).toBe(':1\r\n:2\r\n:3\r\n:4\r\n');
    await stack.ask('FLUSHALL');
    stack.disconnect(client);
  }
});

it('does not wait again for what has been answered when another client is put off', async () => {
  const stack = new Stack();
  await stack.ask('SETBIT', 'long', 80_000_000, 1);
  const [quick, slow] = [stack.connect(), stack.connect()];
  // Two exchanges of one turn, and in the same turn somebody whose command takes long.
  quick.send(request('PING'));
  quick.send(request('GET', 'none'));
  slow.send(request('BITCOUNT', 'long'));
  await stack.settle();
  expect(quick.takeBytes().toString()).toBe('+PONG\r\n$-1\r\n');
  expect(slow.takeBytes().toString()).toBe(':1\r\n');
  expect(quick.connection.exchanges).toHaveLength(0);
});

it('keeps what has been sent while an earlier command waits for several shards', async () => {
  const stack = new Stack({ shards: 4 });
  const keys = await keysByShard(stack);
  const client = stack.connect();
  const [a, b] = keys as [string, string];
  client.send(
    Buffer.concat([
      request('SET', a, '1'),
      request('RENAME', a, b),
      request('GET', b),
      request('MSETNX', a, '2', b, '3'),
      request('KEYS', '*'),
      request('PING'),
    ]),
  );
  await stack.settle();
  expect(client.takeBytes().toString()).toBe(`+OK\r\n+OK\r\n$1\r\n1\r\n:0\r\n*1\r\n$${b.length}\r\n${b}\r\n+PONG\r\n`);
});

it('loses nothing for a client that reads slowly', async () => {
  const stack = new Stack({ dispatch: 'ring' });
  const value = 'v'.repeat(400_000);
  await stack.ask('SET', 'a', value);
  const client = stack.connect();
  client.socket.isSlow = true;
  const count = 12;
  for (let i = 0; i < count; i++) client.send(Buffer.concat([request('ECHO', i), request('GET', 'a')]));
  for (let i = 0; i < 200; i++) {
    await stack.settle();
    client.socket.read();
  }
  const replies = client.takeReplies().map((reply) => reply.toString('latin1'));
  expect(replies).toHaveLength(count * 2);
  expect(replies.every((reply, i) => reply.length > 100 === (i % 2 === 1))).toBe(true);
  expect(replies.filter((_, i) => i % 2 === 0)).toEqual(
    Array.from({ length: count }, (_, i) => `$${String(i).length}\r\n${i}\r\n`),
  );
});

it('sends nothing to the next client that was meant for one that has gone', async () => {
  for (const dispatch of ['direct', 'ring'] as const) {
    const stack = new Stack({ dispatch });
    await stack.ask('SET', 'secret', 'x');
    const gone = stack.connect();
    gone.send(request('GET', 'secret'));
    stack.disconnect(gone);
    const next = stack.connect();
    await stack.settle();
    expect(next.takeBytes().toString()).toBe('');
    expect(stack.dispatcher.outstanding).toBe(0);
  }
});
