import { describe, expect, it } from 'vitest';
import { CONN_AUTHENTICATED, CONN_MEMCACHED, CONN_UNDECIDED } from '../../../src/engine/layout/connection.js';
import { Stack } from '../../support/stack.js';
import { cuttings, feed } from '../engine/feed.js';

const MEMCACHED = CONN_MEMCACHED | CONN_UNDECIDED;
const KNOWN = MEMCACHED | CONN_AUTHENTICATED;

const long = 'v'.repeat(5000);
/** Longer than what a frame holds: it lies outside. */
const longer = 'w'.repeat(40_000);

const CASES: Readonly<Record<string, readonly [input: string, output: string]>> = {
  'a set and a get': ['set a 5 0 3\r\nabc\r\nget a\r\n', 'STORED\r\nVALUE a 5 3\r\nabc\r\nEND\r\n'],
  'a get of several keys': [
    'set a 0 0 1\r\n1\r\nset b 0 0 1\r\n2\r\nget b nix a b\r\n',
    'STORED\r\nSTORED\r\nVALUE b 0 1\r\n2\r\nVALUE a 0 1\r\n1\r\nVALUE b 0 1\r\n2\r\nEND\r\n',
  ],
  'quiet requests among others': [
    'set a 0 0 1 noreply\r\n1\r\nincr a 5 noreply\r\nget a\r\ndelete a noreply\r\nget a\r\n',
    'VALUE a 0 1\r\n6\r\nEND\r\nEND\r\n',
  ],
  'line ends in a value': ['set a 0 0 4\r\n\r\n\r\n\r\nget a\r\n', 'STORED\r\nVALUE a 0 4\r\n\r\n\r\n\r\nEND\r\n'],
  'a value that looks like a request': ['set a 0 0 7\r\nget a\r\n\r\nget b\r\n', 'STORED\r\nEND\r\n'],
  'a value that does not end': ['set a 0 0 1\r\nxyz\r\nget a\r\n', 'CLIENT_ERROR bad data chunk\r\nERROR\r\nEND\r\n'],
  'a value that ends half': ['set a 0 0 1\r\nx\rzget a\r\n', 'CLIENT_ERROR bad data chunk\r\nEND\r\n'],
  'a long value that does not end': [
    `set a 0 0 40000\r\n${longer}xxget a\r\n`,
    'CLIENT_ERROR bad data chunk\r\nEND\r\n',
  ],
  'a long value': [`set a 0 0 5000\r\n${long}\r\nget a\r\n`, `STORED\r\nVALUE a 0 5000\r\n${long}\r\nEND\r\n`],
  'a longer value': [`set a 0 0 40000\r\n${longer}\r\nget a\r\n`, `STORED\r\nVALUE a 0 40000\r\n${longer}\r\nEND\r\n`],
  'an empty line': ['\r\nversion\r\n', 'ERROR\r\nVERSION 1.6.18\r\n'],
  'meta commands': [
    'ms a 2 T0 F7\r\nhi\r\nmg a v f Oabc k\r\nma n N0 J5 v\r\nmd a q\r\nmg a k\r\nmn\r\n',
    'HD\r\nVA 2 f7 Oabc ka\r\nhi\r\nVA 1\r\n5\r\nEN ka\r\nMN\r\n',
  ],
  'a value that nobody wants': ['ms a 5 Y\r\nhello\r\nmn\r\n', 'CLIENT_ERROR invalid flag\r\nMN\r\n'],
};

describe.each([1, 3])('the text protocol with %i shards', (shards) => {
  it.each(Object.entries(CASES))('%s, however it is cut', async (_, [input, output]) => {
    const stack = new Stack({ shards });
    const before = stack.engine.exports.usedBytes();
    for (const pieces of cuttings(Buffer.from(input, 'latin1'))) {
      await stack.ask('FLUSHALL');
      expect(await feed(stack, pieces, KNOWN)).toEqual({ output, ended: false });
    }
    expect(stack.engine.exports.usedBytes()).toBe(before);
  });
});

it('passes a value over that is too large, however it is cut', async () => {
  const stack = new Stack({ memcachedItemSizeMax: '1kb' });
  const input = `set a 0 0 1\r\nx\r\nset a 0 0 1024\r\n${'y'.repeat(1024)}\r\nget a\r\n`;
  for (const pieces of cuttings(Buffer.from(input))) {
    const output = 'STORED\r\nSERVER_ERROR object too large for cache\r\nEND\r\n';
    expect(await feed(stack, pieces, KNOWN)).toEqual({ output, ended: false });
  }
});

it('answers a get of more keys than there is room for at once', async () => {
  const stack = new Stack({ shards: 2 });
  const count = 30_000;
  const { output } = await feed(stack, [Buffer.from(`set a 0 0 1\r\nx\r\nget${' a'.repeat(count)}\r\nmn\r\n`)], KNOWN);
  expect(output).toBe(`STORED\r\n${'VALUE a 0 1\r\nx\r\n'.repeat(count)}END\r\nMN\r\n`);
});

it('ends a connection whose line has no end', async () => {
  const stack = new Stack();
  expect(await feed(stack, [Buffer.alloc(3000, 'x')], KNOWN)).toEqual({ output: '', ended: true });
  const gets = Buffer.from(`get${' a'.repeat(40_000)}`);
  expect(await feed(stack, [gets.subarray(0, 60_000), gets.subarray(60_000)], KNOWN)).toEqual({
    output: '',
    ended: true,
  });
});

describe('before a client is let in', () => {
  const stack = new Stack({ requirepass: 'secret' });
  const cases: Readonly<Record<string, readonly [input: string, output: string]>> = {
    'nothing is done': ['get a\r\nversion\r\n', 'CLIENT_ERROR unauthenticated\r\n'.repeat(2)],
    'the password counts': [
      'set x 0 0 14\r\ndefault secret\r\nset a 0 0 1\r\nx\r\nget a\r\n',
      'STORED\r\nSTORED\r\nVALUE a 0 1\r\nx\r\nEND\r\n',
    ],
    'a wrong password does not': [
      'set x 0 0 13\r\ndefault wrong\r\nget a\r\n',
      'CLIENT_ERROR authentication failure\r\nCLIENT_ERROR unauthenticated\r\n',
    ],
    'another name does not': ['set x 0 0 13\r\nnobody secret\r\n', 'CLIENT_ERROR authentication failure\r\n'],
    'both are needed': ['set x 0 0 6\r\nsecret\r\n', 'CLIENT_ERROR bad authentication token format\r\n'],
    'the line must end': ['set x 0 0 6\r\nsecretxx', 'CLIENT_ERROR bad command line termination\r\n'],
  };
  it.each(Object.entries(cases))('%s, however it is cut', async (_, [input, output]) => {
    for (const pieces of cuttings(Buffer.from(input))) {
      expect(await feed(stack, pieces, MEMCACHED)).toEqual({ output, ended: false });
    }
  });

  it('little is kept for it', async () => {
    expect(await feed(stack, [Buffer.from('set x 0 0 2000\r\n')], MEMCACHED)).toEqual({ output: '', ended: true });
  });
});
