import { expect, it } from 'vitest';
import { Random } from '../../support/random.js';
import { bulkBytes, elementsOf } from '../../support/resp.js';
import { Stack } from '../../support/stack.js';

interface Page {
  readonly cursor: string;
  readonly keys: readonly string[];
}

async function scan(stack: Stack, cursor: string, ...options: (string | number)[]): Promise<Page> {
  const reply = Buffer.from(await stack.ask('SCAN', cursor, ...options), 'latin1');
  const [next, keys] = elementsOf(reply) as [Buffer, Buffer];
  return { cursor: bulkBytes(next).toString(), keys: elementsOf(keys).map((key) => bulkBytes(key).toString()) };
}

async function scanAll(stack: Stack, between: () => Promise<void>, ...options: (string | number)[]): Promise<string[]> {
  const found: string[] = [];
  let cursor = '0';
  do {
    const page = await scan(stack, cursor, ...options);
    found.push(...page.keys);
    cursor = page.cursor;
    await between();
  } while (cursor !== '0');
  return found;
}

const nothing = async () => {};

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i}`);
}

function setAll(stack: Stack, keys: readonly string[]): Promise<unknown> {
  return stack.askAll(...keys.map((key) => ['SET', key, 'v']));
}

it.each([1, 4])('finds every key once when nothing changes, %i shard(s)', async (shards) => {
  const stack = new Stack({ shards });
  const keys = names('key', 5000);
  await setAll(stack, keys);
  expect((await scanAll(stack, nothing, 'COUNT', 37)).sort()).toEqual([...keys].sort());
});

it.each([1, 4])('misses no key that stays while the index grows and shrinks, %i shard(s)', async (shards) => {
  for (const seed of [1, 2]) {
    const random = new Random(seed);
    const stack = new Stack({ shards });
    const stay = names('stay', 1000);
    await setAll(stack, stay);
    let [added, removed] = [0, 0];
    const change = async () => {
      // First it grows, then it shrinks; or the other way round.
      const grows = (seed % 2 === 0) === added + removed < 20_000;
      const step = 200 + random.below(400);
      const keys = names(`go${random.below(50)}-`, step);
      if (grows) await setAll(stack, keys);
      else await stack.ask('DEL', ...keys);
      if (grows) added += step;
      else removed += step;
    };
    for (let i = 0; i < 20; i++) await setAll(stack, names(`go${i}-`, 300));
    const found = new Set(await scanAll(stack, change, 'COUNT', 50));
    expect(stay.filter((key) => !found.has(key))).toEqual([]);
  }
});

it('looks for what it is told to', async () => {
  const stack = new Stack({ shards: 2 });
  await setAll(stack, ['apple', 'apricot', 'banana']);
  expect((await scanAll(stack, nothing, 'MATCH', 'ap*')).sort()).toEqual(['apple', 'apricot']);
  expect(await scanAll(stack, nothing, 'TYPE', 'hash')).toEqual([]);
  expect(await scanAll(stack, nothing, 'TYPE', 'string')).toHaveLength(3);
  expect(await stack.line('SCAN x')).toBe('-ERR invalid cursor\r\n');
  expect(await stack.line('SCAN 0 COUNT 0')).toBe('-ERR syntax error\r\n');
  expect(await stack.line('SCAN 0 COUNT x')).toBe('-ERR value is not an integer or out of range\r\n');
  expect(await stack.line('SCAN 0 NONSENSE 1')).toBe('-ERR syntax error\r\n');
});

it('draws every key at random', async () => {
  const stack = new Stack();
  const keys = names('key', 20);
  await setAll(stack, keys);
  const drawn = new Set<string>();
  for (let i = 0; i < 400; i++) drawn.add(bulkBytes(Buffer.from(await stack.ask('RANDOMKEY'))).toString());
  expect([...drawn].sort()).toEqual([...keys].sort());
});

it('lists keys with one shard as with several, long lists too', async () => {
  for (const shards of [1, 4]) {
    const stack = new Stack({ shards });
    const keys = names('a-key-that-is-rather-long-', 20_000);
    await setAll(stack, keys);
    const reply = Buffer.from(await stack.ask('KEYS', '*'), 'latin1');
    expect(elementsOf(reply)).toHaveLength(keys.length);
    expect(await stack.ask('KEYS', 'none')).toBe('*0\r\n');
  }
});
