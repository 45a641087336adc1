import { expect, it } from 'vitest';
import { request } from '../../support/resp.js';
import { Stack } from '../../support/stack.js';

const REQUESTS = [
  ['GET', 'none'],
  ['MGET', 'a', 'none'],
  ['SET', 'a', '1', 'NX'],
  ['RANDOMKEY'],
  ['LCS', 'a', 'a', 'IDX'],
  ['BITFIELD', 'a', 'OVERFLOW', 'FAIL', 'INCRBY', 'u2', '0', '9'],
  ['SCAN', '0', 'MATCH', 'z'],
];

async function replies(stack: Stack, protocol: number): Promise<string> {
  const client = stack.connect();
  client.send(request('HELLO', protocol));
  await stack.settle();
  client.takeBytes();
  client.send(Buffer.concat(REQUESTS.map((words) => request(...words))));
  await stack.settle();
  return client.takeBytes().toString('latin1');
}

it.each([1, 4])('writes both versions of the protocol, %i shard(s)', async (shards) => {
  const stack = new Stack({ shards });
  await stack.line('SET a x');
  expect(await replies(stack, 2)).toBe(
    '$-1\r\n*2\r\n$1\r\nx\r\n$-1\r\n$-1\r\n$1\r\na\r\n' +
      '*4\r\n$7\r\nmatches\r\n*1\r\n*2\r\n*2\r\n:0\r\n:0\r\n*2\r\n:0\r\n:0\r\n$3\r\nlen\r\n:1\r\n' +
      '*1\r\n$-1\r\n*2\r\n$1\r\n0\r\n*0\r\n'.replace('$1\r\n0', shards === 1 ? '$1\r\n0' : '$1\r\n1'),
  );
  expect(await replies(stack, 3)).toBe(
    '_\r\n*2\r\n$1\r\nx\r\n_\r\n_\r\n$1\r\na\r\n' +
      '%2\r\n$7\r\nmatches\r\n*1\r\n*2\r\n*2\r\n:0\r\n:0\r\n*2\r\n:0\r\n:0\r\n$3\r\nlen\r\n:1\r\n' +
      '*1\r\n_\r\n*2\r\n$1\r\n0\r\n*0\r\n'.replace('$1\r\n0', shards === 1 ? '$1\r\n0' : '$1\r\n1'),
  );
});

it('sends long values, and lists of them, whole and in order', async () => {
  for (const dispatch of ['direct', 'ring'] as const) {
    const stack = new Stack({ shards: 2, dispatch });
    const values = Array.from({ length: 40 }, (_, i) => String.fromCharCode(97 + (i % 26)).repeat(i * 9000));
    const pairs = values.flatMap((value, i) => [`k${i}`, value]);
    expect(await stack.ask('MSET', ...pairs)).toBe('+OK\r\n');
    const list = `*40\r\n${values.map((value) => `$${value.length}\r\n${value}\r\n`).join('')}`;
    const keys = values.map((_, i) => `k${i}`);
    expect((await stack.ask('MGET', ...keys)) === list).toBe(true);
    const all = await stack.askAll(...keys.map((key) => ['GET', key]));
    expect(all.every((reply, i) => reply === `$${values[i]?.length}\r\n${values[i]}\r\n`)).toBe(true);
  }
});
