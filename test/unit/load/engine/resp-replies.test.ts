/** Replies of the Redis protocol, in both of its versions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedOf, garbage, isBroken, Reader, type Reply, streams } from './reader.js';

const SEED = 31;
const LINE = fc.string({ unit: fc.constantFrom(...'abc XYZ-_:$*+0'), maxLength: 40 });
const BYTES = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('', '\r\n', '$3\r\nabc\r\n', '-ERR no\r\n').map((text) => Buffer.from(text)),
  fc.nat(3000).map((n) => Buffer.alloc(n, 'v')),
);

function bulk(type: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${type}${content.length}\r\n`), content, Buffer.from('\r\n')]);
}

const PLAIN: fc.Arbitrary<Buffer> = fc.oneof(
  LINE.map((text) => Buffer.from(`+${text}\r\n`)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Buffer.from(`:${n}\r\n`)),
  fc
    .constantFrom(',3.14\r\n', ',inf\r\n', ',-inf\r\n', ',nan\r\n', '#t\r\n', '#f\r\n')
    .map((text) => Buffer.from(text)),
  fc.bigInt({ min: 0n, max: 2n ** 400n }).map((n) => Buffer.from(`(${n}\r\n`)),
  BYTES.map((content) => bulk('$', content)),
  BYTES.map((content) => bulk('=', Buffer.concat([Buffer.from('txt:'), content]))),
);
const NULL = fc.constantFrom('$-1\r\n', '_\r\n', '*-1\r\n', '%-1\r\n').map((text) => Buffer.from(text));
const ERROR_LINE = LINE.map((text) => Buffer.from(`-ERR ${text}\r\n`));
const ERROR_BULK = BYTES.map((content) => bulk('!', content));

const { element, attributes } = fc.letrec<{ element: Buffer; aggregate: Buffer; attributes: Buffer }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    PLAIN,
    NULL,
    ERROR_LINE,
    ERROR_BULK,
    tie('aggregate'),
    fc.tuple(tie('attributes'), PLAIN).map((parts) => Buffer.concat(parts)),
  ),
  aggregate: fc
    .tuple(fc.constantFrom('*', '~', '%'), fc.array(tie('element'), { maxLength: 4 }))
    .map(([type, items]) => {
      const all = type === '%' ? [...items, ...items] : items;
      return Buffer.concat([Buffer.from(`${type}${items.length}\r\n`), ...all]);
    }),
  attributes: fc
    .array(tie('element'), { maxLength: 2 })
    .map((items) => Buffer.concat([Buffer.from(`|${items.length}\r\n`), ...items, ...items])),
}));
const AGGREGATE = fc.tuple(fc.constantFrom('*', '~', '%'), fc.array(element, { maxLength: 5 })).map(([type, items]) => {
  const all = type === '%' ? [...items, ...items] : items;
  return Buffer.concat([Buffer.from(`${type}${items.length}\r\n`), ...all]);
});
const PUSH = fc
  .array(element, { maxLength: 3 })
  .map((items) => Buffer.concat([Buffer.from(`>${items.length + 1}\r\n+invalidate\r\n`), ...items]));

function textOf(bytes: Buffer): string {
  return bytes.toString('latin1').slice(0, 200);
}

const BARE: fc.Arbitrary<Reply> = fc.oneof(
  PLAIN.map((bytes) => ({ bytes, outcome: 'hit' as const })),
  AGGREGATE.map((bytes) => ({ bytes, outcome: 'hit' as const })),
  NULL.map((bytes) => ({ bytes, outcome: 'miss' as const })),
  ERROR_LINE.map((bytes) => ({ bytes, outcome: 'error' as const, text: textOf(bytes.subarray(1, -2)) })),
  BYTES.map((content) => ({ bytes: bulk('!', content), outcome: 'error' as const, text: textOf(content) })),
);
const REPLY: fc.Arbitrary<Reply> = fc
  .tuple(BARE, fc.option(fc.oneof(PUSH, attributes), { freq: 4 }))
  .map(([reply, before]) => (before == null ? reply : { ...reply, bytes: Buffer.concat([before, reply.bytes]) }));

describe('RESP replies', () => {
  const reader = new Reader('redis');
  const elsewhere = new Reader('redis', { behind: 0x2d });

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
    ['+OK\r\n', 'hit'],
    ['$-1\r\n', 'miss'],
    ['_\r\n', 'miss'],
    ['*-1\r\n', 'miss'],
    ['*0\r\n', 'hit'],
    ['%0\r\n', 'hit'],
    ['~0\r\n', 'hit'],
    ['$0\r\n\r\n', 'hit'],
    ['*2\r\n$-1\r\n-ERR inside\r\n', 'hit'],
    ['*2\r\n|1\r\n+k\r\n+v\r\n:1\r\n:2\r\n', 'hit'],
    ['|1\r\n+ttl\r\n:5\r\n$-1\r\n', 'miss'],
    ['|1\r\n+ttl\r\n:5\r\n-ERR behind attributes\r\n', 'error'],
    ['|0\r\n$1\r\nx\r\n', 'hit'],
    ['>2\r\n+message\r\n$1\r\nx\r\n$-1\r\n', 'miss'],
    ['!9\r\nERR large\r\n', 'error'],
    ['*1\n:5\n', 'hit'],
  ])('%j is a %s', (text, outcome) => {
    const bytes = Buffer.from(text);
    for (const cuts of [[], [...bytes.keys()]]) {
      const { hits, misses, failed, events } = reader.read(bytes, cuts);
      expect({ hit: hits, miss: misses, error: failed, events }).toEqual({
        hit: 0,
        miss: 0,
        error: 0,
        events: 0,
        [outcome]: 1,
      });
    }
  });

  it.each([
    ['an empty line', '\r\n'],
    ['an unknown type', '?what\r\n'],
    ['another protocol', 'HTTP/1.1 400 Bad Request\r\n'],
    ['a stream', '$?\r\n;4\r\nabcd\r\n;0\r\n'],
    ['a streamed array', '*?\r\n:1\r\n.\r\n'],
    ['no length', '$\r\n'],
    ['a sign alone', '$-\r\n'],
    ['another negative length', '$-2\r\n'],
    ['a length with a letter', '*1x\r\n'],
    ['a length above 64 bits', '$99999999999999999999\r\n'],
    ['a length of 2^64', '*18446744073709551616\r\n'],
    ['a map that is too large', '%9223372036854775807\r\n'],
    ['more elements than there can be', '*4294967296\r\n'],
    ['a long row of digits', `$${'0'.repeat(3000)}1\r\n`],
    ['a string that goes on', '$3\r\nabcdef\r\n'],
    ['a reply too many', '+OK\r\n'.repeat(13)],
  ])('break off with %s', (_, text) => {
    const bytes = Buffer.from(text);
    const whole = reader.read(bytes);
    expect(isBroken(whole)).toBe(true);
    expect(isBroken(reader.read(bytes, [...bytes.keys()]))).toBe(true);
    expect(whole.texts.at(-1)).toMatch(/^<.*>$/s);
  });

  it('may be nested deeply, and large', () => {
    const deep = Buffer.from(`${'*1\r\n'.repeat(10_000)}:1\r\n`);
    expect(reader.read(deep)).toMatchObject({ hits: 1, events: 0 });
    const large = Buffer.from(`*100000\r\n${':1\r\n'.repeat(100_000)}`);
    expect(reader.read(large)).toMatchObject({ hits: 1, bytes: large.length });
    const value = bulk('$', Buffer.alloc(16 * 1024 * 1024, 'x'));
    expect(reader.read(value)).toMatchObject({ hits: 1, bytes: value.length });
  });

  it('that are cut off are none', () => {
    for (const text of ['$5\r\nabc', '*3\r\n:1\r\n', '+OK', '|1\r\n+a\r\n']) {
      expect(reader.read(Buffer.from(text))).toMatchObject({ hits: 0, misses: 0, failed: 0, events: 0 });
    }
    // And leave nothing behind for the connection that follows.
    expect(reader.read(Buffer.from('$-1\r\n'))).toMatchObject({ misses: 1, bytes: 5 });
  });

  it('that are garbage do no harm', () => {
    const words = [
      '$',
      '*',
      '%',
      '|',
      '>',
      '!',
      '-ERR ',
      '+',
      ':',
      '\r\n',
      '\n',
      '5',
      '-1',
      '0',
      '$3\r\nabc\r\n',
      '*2\r\n',
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
        expect(whole.hits + whole.misses + whole.failed).toBeLessThanOrEqual(12);
      }),
      { seed: SEED, numRuns: 600 },
    );
    expect(reader.read(Buffer.from('$1\r\nx\r\n'))).toMatchObject({ hits: 1, bytes: 7 });
  });
});
