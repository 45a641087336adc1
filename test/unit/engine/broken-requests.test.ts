import { expect, it } from 'vitest';
import { Stack } from '../../support/stack.js';
import { cuttings, feed } from './feed.js';

const digits = '1'.repeat(70_000);

/** What is sent after a good request, and what is said about it before the connection ends. */
const CASES: Readonly<Record<string, readonly [input: string, error: string]>> = {
  'a count that is no number': ['*x\r\n', 'invalid multibulk length'],
  'a count with something behind it': ['*1x\r\n', 'invalid multibulk length'],
  'a count that is too large': ['*2147483648\r\n', 'invalid multibulk length'],
  'an argument without a dollar sign': ['*1\r\n:1\r\n', "expected '$', got ':'"],
  'a length that is no number': ['*1\r\n$x\r\n', 'invalid bulk length'],
  'a negative length': ['*1\r\n$-1\r\n', 'invalid bulk length'],
  'a length beyond proto-max-bulk-len': ['*2\r\n$3\r\nGET\r\n$536870913\r\n', 'invalid bulk length'],
  'an endless count': [`*${digits}`, 'too big mbulk count string'],
  'an endless length': [`*1\r\n$${digits}`, 'too big bulk count string'],
  'an endless line': [digits, 'too big inline request'],
  'a quote without an end': ['ECHO "abc\r\n', 'unbalanced quotes in request'],
  'something behind a quote': ['ECHO "abc"d\r\n', 'unbalanced quotes in request'],
};

it.each(Object.entries(CASES))('refuses %s, however it is cut', async (_, [input, error]) => {
  const stack = new Stack();
  const bytes = Buffer.from(`PING\r\n${input}`, 'latin1');
  const output = `+PONG\r\n-ERR Protocol error: ${error}\r\n`;
  const pieces = bytes.length > 1000 ? [[bytes], [bytes.subarray(0, 100), bytes.subarray(100)]] : cuttings(bytes);
  for (const cut of pieces) expect(await feed(stack, cut)).toEqual({ output, ended: true });
});

const UNAUTHENTICATED: Readonly<Record<string, readonly [input: string, output: string]>> = {
  'many arguments': ['*11\r\n', '-ERR Protocol error: unauthenticated multibulk length\r\n'],
  'a long argument': ['*2\r\n$3\r\nGET\r\n$16385\r\n', '-ERR Protocol error: unauthenticated bulk length\r\n'],
};

it.each(Object.entries(UNAUTHENTICATED))('takes no %s from a stranger', async (_, [input, output]) => {
  const stack = new Stack({ requirepass: 'secret' });
  for (const pieces of cuttings(Buffer.from(input))) {
    expect(await feed(stack, pieces, 0)).toEqual({ output, ended: true });
  }
});

it('lets a stranger do nothing', async () => {
  const stack = new Stack({ requirepass: 'secret' });
  const { output } = await feed(stack, [Buffer.from('GET a\r\nNIX\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n')], 0);
  expect(output.match(/NOAUTH/g)?.length).toBeGreaterThanOrEqual(2);
});

it('keeps to client-query-buffer-limit', async () => {
  const stack = new Stack({ clientQueryBufferLimit: '1mb' });
  const value = Buffer.alloc(2 * 1024 * 1024, 'x');
  const { output, ended } = await feed(stack, [
    Buffer.from(`*3\r\n$3\r\nSET\r\n$1\r\na\r\n$${value.length}\r\n`),
    value,
  ]);
  expect(output).toBe('-ERR Protocol error: request exceeds client-query-buffer-limit\r\n');
  expect(ended).toBe(true);
});
