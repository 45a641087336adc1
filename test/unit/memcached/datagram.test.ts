import { expect, it } from 'vitest';
import { datagramsOf, HEADER_BYTES, readHeader, sizeOfReply } from '../../../src/acceptor/udp/datagram.js';
import { Random } from '../../support/random.js';

const header = (...words: number[]) => Buffer.from(words.flatMap((word) => [word >> 8, word & 255]));

it('reads the header of a request', () => {
  expect(readHeader(Buffer.concat([header(7, 0, 1, 0), Buffer.from('x')]))).toEqual({ id: 7, isWhole: true });
  expect(readHeader(Buffer.concat([header(7, 1, 2, 0), Buffer.from('x')]))).toEqual({ id: 7, isWhole: false });
  expect(readHeader(header(7, 0, 1, 0))).toBeUndefined();
  expect(readHeader(Buffer.concat([header(7, 0, 0, 0), Buffer.from('x')]))).toBeUndefined();
  expect(readHeader(Buffer.concat([header(7, 2, 2, 0), Buffer.from('x')]))).toBeUndefined();
  for (let bytes = 0; bytes <= HEADER_BYTES; bytes++) expect(readHeader(Buffer.alloc(bytes, 1))).toBeUndefined();
});

it.each([1, 1391, 1392, 1393, 2784, 2785, 100_000])('takes a reply of %i bytes apart', (bytes) => {
  const text = Buffer.from(Array.from({ length: bytes }, (_, i) => i & 255));
  const datagrams = datagramsOf(0x1234, Buffer.concat([Buffer.alloc(HEADER_BYTES), text]));
  expect(Buffer.concat(datagrams.map((datagram) => datagram.subarray(HEADER_BYTES)))).toEqual(text);
  expect(datagrams.every(({ length }) => length <= 1400)).toBe(true);
  expect(datagrams.reduce((sum, { length }) => sum + length, 0)).toBe(sizeOfReply(bytes));
  for (const [number, datagram] of datagrams.entries()) {
    expect(datagram.subarray(0, HEADER_BYTES)).toEqual(header(0x1234, number, datagrams.length, 0));
  }
});

it('makes nothing else of any bytes', () => {
  const random = new Random(1);
  for (let i = 0; i < 10_000; i++) {
    const datagram = random.bytes(random.below(20));
    const read = readHeader(datagram);
    if (read === undefined) continue;
    expect(datagram.length).toBeGreaterThan(HEADER_BYTES);
    expect(read.id).toBe(datagram.readUInt16BE(0));
    expect(read.isWhole).toBe(datagram.readUInt16BE(4) === 1);
  }
});
