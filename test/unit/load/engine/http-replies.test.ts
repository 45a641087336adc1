/** Responses of HTTP/1.1. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_CLOSING } from '../../../../src/load/engine/layout.js';
import { command, SET } from './harness.js';
import { expectedOf, garbage, isBroken, Reader, type Reply, streams } from './reader.js';

const SEED = 33;
const BODY = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('', '\r\n\r\n', '0\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n').map((text) => Buffer.from(text)),
  fc.nat(3000).map((n) => Buffer.alloc(n, 'v')),
);
/** Fields that say nothing of the body, some of them only just. */
const FIELD = fc.constantFrom(
  'Server: x',
  'X-Content-Length: 99',
  'Content-Length-Of-Old: 5',
  'Content-Type: text/plain; charset=chunked',
  'Connection: keep-alive',
  'Connection:Keep-Alive, Upgrade',
  'Trailer: Transfer-Encoding',
  'Date: Sat, 21 Nov 2026 16:00:00 GMT',
  'X-Folded: a\r\n b: close\r\n\tContent-Length: 7',
  `Set-Cookie: ${'c'.repeat(3000)}`,
  ': no name',
  'no colon',
);
const FIELDS = fc.array(FIELD, { maxLength: 3 }).map((fields) => fields.map((field) => `${field}\r\n`).join(''));
const LENGTH_NAME = fc.constantFrom('Content-Length: ', 'content-length:', 'CONTENT-LENGTH:   ', 'Content-Length:\t');
const CHUNKED_FIELD = fc.constantFrom(
  'Transfer-Encoding: chunked',
  'transfer-encoding:gzip, Chunked',
  'TRANSFER-ENCODING: CHUNKED',
);

const CHUNK = BODY.filter((bytes) => bytes.length > 0).chain((bytes) =>
  fc
    .tuple(fc.boolean(), fc.constantFrom('', ';name=value', ' ; a="b"', '  '), fc.constantFrom('', '000'))
    .map(([upper, extension, zeros]) => {
      const size = zeros + bytes.length.toString(16);
      return Buffer.concat([
        Buffer.from(`${upper ? size.toUpperCase() : size}${extension}\r\n`),
        bytes,
        Buffer.from('\r\n'),
      ]);
    }),
);
const LAST_CHUNK = fc.constantFrom('0\r\n\r\n', '000;x\r\n\r\n', '0\r\nX-Sum: 5\r\nContent-Length: 9\r\n\r\n');

const SIZED = fc
  .tuple(LENGTH_NAME, FIELDS, FIELDS, BODY)
  .map(([name, before, behind, body]) =>
    Buffer.concat([Buffer.from(`${before}${name}${body.length}\r\n${behind}\r\n`), body]),
  );
const CHUNKED = fc
  .tuple(CHUNKED_FIELD, FIELDS, fc.array(CHUNK, { maxLength: 4 }), LAST_CHUNK, fc.boolean())
  .map(([field, fields, chunks, last, hasLength]) =>
    Buffer.concat([
      Buffer.from(`${hasLength ? 'Content-Length: 3\r\n' : ''}${field}\r\n${fields}\r\n`),
      ...chunks,
      Buffer.from(last),
    ]),
  );
const INTERIM = fc.constantFrom(
  '',
  '',
  '',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\n',
);

function statusLine(status: number, reason: string): Buffer {
  return Buffer.from(`HTTP/1.1 ${status}${reason}\r\n`);
}

const OUTCOMES: readonly [number, Reply['outcome']][] = [
  [200, 'hit'],
  [201, 'hit'],
  [302, 'hit'],
  [404, 'miss'],
  [410, 'miss'],
  [400, 'error'],
  [429, 'error'],
  [503, 'error'],
];
const REASON = fc.constantFrom(' OK', ' ', '', ' Not quite what you think');
const REPLY: fc.Arbitrary<Reply> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(INTERIM, fc.constantFrom(...OUTCOMES), REASON, fc.oneof(SIZED, CHUNKED), fc.constantFrom('', '\r\n'))
      .map(([interim, [status, outcome], reason, rest, blank]) => ({
        bytes: Buffer.concat([Buffer.from(blank + interim), statusLine(status, reason), rest]),
        outcome,
        ...(outcome === 'error' ? { text: String(status) } : {}),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(204, 304), FIELDS, fc.boolean()).map(([status, fields, hasLength]) => ({
      bytes: Buffer.from(`HTTP/1.1 ${status}\r\n${fields}${hasLength ? 'Content-Length: 12\r\n' : ''}\r\n`),
      outcome: 'hit' as const,
    })),
  },
);

describe('HTTP responses', () => {
  const reader = new Reader('http');
  const elsewhere = new Reader('http', { behind: 0x30 });

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
    ['a status line of another protocol', '-ERR unknown command\r\n'],
    ['HTTP/2', 'HTTP/2 200\r\n'],
    ['no status', 'HTTP/1.1\r\n'],
    ['a status that is too short', 'HTTP/1.1 20\r\n'],
    ['a status with letters', 'HTTP/1.1 2x0 OK\r\n'],
    ['a status below 100', 'HTTP/1.1 099 OK\r\n'],
    ['a negative status', 'HTTP/1.1 -12 OK\r\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n'],
    ['two lengths in two fields', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n'],
    ['a length above 64 bits', 'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n'],
    ['a chunk size with other letters', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5x\r\nabcde\r\n'],
    ['a chunk size above 64 bits', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000005\r\n'],
    ['a chunk that goes on', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n'],
    ['a response too many', 'HTTP/1.1 204 OK\r\n\r\n'.repeat(13)],
  ])('break off with %s', (_, text) => {
    const bytes = Buffer.from(text);
    expect(isBroken(reader.read(bytes))).toBe(true);
    expect(isBroken(reader.read(bytes, [...bytes.keys()]))).toBe(true);
  });

  it.each([
    ['HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi', true],
    ['HTTP/1.1 200 OK\r\nCONNECTION:  Close\r\nContent-Length: 2\r\n\r\nhi', true],
    ['HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi', true],
    ['HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi', false],
    ['HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n', true],
  ])('say whether the connection closes: %j', (text, closes) => {
    const reading = reader.read(Buffer.from(text), [...Buffer.from(text).keys()]);
    expect(reading).toMatchObject({ hits: 1, bytes: text.length, events: closes ? EVENT_CLOSING : 0 });
  });

  it('without a length end with the connection', () => {
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\nServer: old\r\n\r\n${'x'.repeat(5000)}\r\n\r\nHTTP/1.1 500`);
    expect(reader.read(bytes)).toMatchObject({ hits: 0, failed: 0 });
    expect(reader.read(bytes, [40, 41, 3000], { ends: true })).toMatchObject({ hits: 1, bytes: bytes.length });
    expect(reader.read(bytes.subarray(0, 20), [], { ends: true })).toMatchObject({ hits: 0, failed: 0 });
    const refused = Buffer.from('HTTP/1.0 503 Busy\r\n\r\nsorry');
    expect(reader.read(refused, [], { ends: true })).toMatchObject({ failed: 1, texts: ['503'] });
  });

  it('to HEAD have no body, whatever they say', () => {
    const head = new Reader('http', { operation: command('HEAD', '/x') });
    const bytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n'.repeat(3));
    const chunked = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'.repeat(3));
    for (const text of [bytes, chunked]) {
      const before = head.harness.counts().succeeded;
      expect(head.read(text)).toMatchObject({ failed: 0, events: 0 });
      expect(head.harness.counts().succeeded - before).toBe(3);
    }
  });

  it('of 404 mean that a write or a command has failed', () => {
    const bytes = Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    for (const operation of [SET, command('GET', '/typo')]) {
      expect(new Reader('http', { operation }).read(bytes)).toMatchObject({ failed: 1, misses: 0, texts: ['404'] });
    }
  });

  it('may be large', () => {
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: 16777216\r\n\r\n${'x'.repeat(16_777_216)}`);
    expect(reader.read(bytes)).toMatchObject({ hits: 1, bytes: bytes.length });
  });

  it('that are garbage do no harm', () => {
    const words = [
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 ',
      'Content-Length: ',
      'Transfer-Encoding: chunked\r\n',
      'Connection: close\r\n',
      '\r\n',
      '\n',
      '5\r\nabcde\r\n',
      '0\r\n',
      'ffffffffffffffff',
    ];
    fc.assert(
      fc.property(garbage(words), (bytes) => {
        const whole = reader.read(bytes, [], { ends: true });
        const cuts = [...bytes.keys()].filter((i) => i % 7 === 0);
        expect(elsewhere.read(bytes, [], { ends: true })).toEqual(whole);
        expect({ ...reader.read(bytes, cuts, { ends: true }), texts: [] }).toEqual({ ...whole, texts: [] });
      }),
      { seed: SEED, numRuns: 600 },
    );
    expect(reader.read(Buffer.from('HTTP/1.1 204 OK\r\n\r\n'))).toMatchObject({ hits: 1, bytes: 19 });
  });
});
