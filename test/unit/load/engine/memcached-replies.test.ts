/** Replies of memcached's text protocol. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedOf, garbage, isBroken, Reader, type Reply, streams } from './reader.js';

const SEED = 32;
const KEY = fc.string({ unit: fc.constantFrom(...'abcXYZ0123:-END'), minLength: 1, maxLength: 250 });
const DATA = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('', 'END\r\n', 'VALUE k 0 3\r\nabc\r\nEND\r\n').map((text) => Buffer.from(text)),
  fc.nat(3000).map((n) => Buffer.alloc(n, 'v')),
);

const VALUE = fc
  .tuple(KEY, fc.nat(0xffff), DATA, fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })))
  .map(([key, flags, data, cas]) =>
    Buffer.concat([
      Buffer.from(`VALUE ${key} ${flags} ${data.length}${cas === null ? '' : ` ${cas}`}\r\n`),
      data,
      Buffer.from('\r\n'),
    ]),
  );

function lines(...texts: string[]): fc.Arbitrary<Buffer> {
  return fc.constantFrom(...texts).map((text) => Buffer.from(`${text}\r\n`));
}

const WORDS = fc.string({ unit: fc.constantFrom(...'abc XYZ_'), maxLength: 60 });
const REPLY: fc.Arbitrary<Reply> = fc.oneof(
  fc.array(VALUE, { maxLength: 4 }).map((values) => ({
    bytes: Buffer.concat([...values, Buffer.from('END\r\n')]),
    outcome: values.length === 0 ? ('miss' as const) : ('hit' as const),
  })),
  lines(
    'STORED',
    'DELETED',
    'TOUCHED',
    'OK',
    'NOT_STORED',
    'EXISTS',
    'RESET',
    '12',
    '0',
    'VERSION 1.6.18',
    'HD',
    'HD t1 c5',
    'NS',
    'EX',
    'MN',
  ).map((bytes) => ({ bytes, outcome: 'hit' as const })),
  lines('NOT_FOUND', 'EN', 'NF').map((bytes) => ({ bytes, outcome: 'miss' as const })),
  fc.tuple(DATA, fc.constantFrom('', ' t1', ' s5 kkey f0')).map(([data, flags]) => ({
    bytes: Buffer.concat([Buffer.from(`VA ${data.length}${flags}\r\n`), data, Buffer.from('\r\n')]),
    outcome: 'hit' as const,
  })),
  fc.array(WORDS, { minLength: 1, maxLength: 3 }).map((stats) => ({
    bytes: Buffer.from(`${stats.map((text) => `STAT ${text}\r\n`).join('')}END\r\n`),
    outcome: 'miss' as const,
  })),
  fc
    .tuple(fc.constantFrom('ERROR', 'ERROR ', 'CLIENT_ERROR ', 'SERVER_ERROR '), WORDS)
    .map(([word, text]) => (word === 'ERROR' ? word : word + text))
    .map((text) => ({ bytes: Buffer.from(`${text}\r\n`), outcome: 'error' as const, text })),
);

describe("memcached's replies", () => {
  const reader = new Reader('memcached');
  const elsewhere = new Reader('memcached', { behind: 0x45 });

  it('are the same however they are cut', () => {
    fc.assert(
      fc.property(streams(REPLY), ({ replies, bytes, cuts }) => {
        const expected = expectedOf(replies);
        expect(reader.read(bytes)).toEqual(expected);
        expect(reader.read(bytes, cuts)).toEqual(expected);
        expect(elsewhere.read(bytes, cuts)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it.each([
    ['an empty line', '\r\n'],
    ['a Redis error', "-ERR unknown command 'get'\r\n"],
    ['a Redis status', '+OK\r\n'],
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n'],
    ['small letters', 'stored\r\n'],
    ['a value without a length', 'VALUE k 0\r\n'],
    ['a value with a blank for its length', 'VALUE k 0 \r\n'],
    ['a value with a negative length', 'VALUE k 0 -1\r\n'],
    ['a value with letters in its length', 'VALUE k 0 12abc\r\n'],
    ['a length above 64 bits', 'VALUE k 0 99999999999999999999\r\n'],
    ['a meta value without a length', 'VA \r\n'],
    ['a value that goes on', 'VALUE k 0 3\r\nabcdef\r\nEND\r\n'],
    ['a reply too many', 'STORED\r\n'.repeat(13)],
  ])('break off with %s', (_, text) => {
    const bytes = Buffer.from(text);
    expect(isBroken(reader.read(bytes))).toBe(true);
    expect(isBroken(reader.read(bytes, [...bytes.keys()]))).toBe(true);
  });

  it('may be large', () => {
    const value = Buffer.from(`VALUE k 0 16777216\r\n${'x'.repeat(16_777_216)}\r\nEND\r\n`);
    expect(reader.read(value)).toMatchObject({ hits: 1, bytes: value.length, events: 0 });
  });

  it('that are cut off leave nothing behind', () => {
    for (const text of ['VALUE k 0 5\r\nabc', 'VALUE k 0 1\r\nx\r\n', 'STO']) {
      expect(reader.read(Buffer.from(text))).toMatchObject({ hits: 0, misses: 0, failed: 0, events: 0 });
    }
    expect(reader.read(Buffer.from('END\r\n'))).toMatchObject({ misses: 1, bytes: 5 });
  });

  it('that are garbage do no harm', () => {
    const words = [
      'VALUE ',
      'k 0 3\r\nabc\r\n',
      'END\r\n',
      '\r\n',
      '\n',
      'VA 3',
      ' ',
      'STORED',
      'EN',
      '5',
      '-1',
      'STAT ',
    ];
    fc.assert(
      fc.property(garbage(words), (bytes) => {
        const whole = reader.read(bytes);
        const pieces = reader.read(
          bytes,
          [...bytes.keys()].filter((i) => i % 7 === 0),
        );
        expect(elsewhere.read(bytes)).toEqual(whole);
        expect({ ...pieces, texts: [] }).toEqual({ ...whole, texts: [] });
      }),
      { seed: SEED, numRuns: 600 },
    );
    expect(reader.read(Buffer.from('END\r\n'))).toMatchObject({ misses: 1, bytes: 5 });
  });
});
