/** Derived limits of a plan. */
import type { Protocol } from './target.js';
import type { Segment, Word } from './workload.js';

/** 65535 less the headers of IP and UDP. */
const MOST_DATAGRAM_BYTES = 65_507;
/** memcached's own header of a datagram. */
const FRAME_HEADER_BYTES = 8;
/** `set `, ` 0 `, ten digits of expiry, a space, five digits of length, and two line ends. */
const SET_LINE_BYTES = 4 + 3 + 10 + 1 + 5 + 4;

export const MOST_DATAGRAM_REQUEST = MOST_DATAGRAM_BYTES - FRAME_HEADER_BYTES;

/** The largest value whose `set` fits into a datagram. */
export function mostDatagramValue(keyBytes: number): number {
  return MOST_DATAGRAM_REQUEST - SET_LINE_BYTES - keyBytes;
}

/** A number in decimal, with its sign. */
const NUMBER_BYTES = 21;
/** The length of a data block and two line ends. */
const BLOCK_BYTES = 1 + 8 + 4;

/** The most bytes that memcached's command of these words takes. */
export function mostCommandBytes(words: readonly Word[], keyBytes: number, valueBytes: number): number {
  const lengthOf = (segment: Segment): number => {
    if (segment.kind === 'text') return Buffer.byteLength(segment.text);
    if (segment.kind === 'int' || segment.kind === 'sequence') return NUMBER_BYTES;
    const bytes = segment.kind === 'key' ? keyBytes : (segment.bytes ?? valueBytes);
    return segment.base64 === true ? Math.ceil(bytes / 3) * 4 : bytes;
  };
  return words.flat().reduce((sum, segment) => sum + lengthOf(segment), words.length + BLOCK_BYTES);
}

/** Requests under way on a connection of an open loop, where nobody has said how many. */
export function openLoopPipeline(protocol: Protocol, connectionsPerThread: number): number {
  if (protocol === 'http') return 1;
  const usual = protocol === 'memcached-udp' ? 64 : 1024;
  return Math.min(usual, Math.floor(MOST_UNDER_WAY / connectionsPerThread));
}

/** Requests under way in a thread: each has up to two places of 32 bytes in the load engine's 4 GiB. */
export const MOST_UNDER_WAY = 8_000_000;

/** Keys of a thread whose versions are followed: 16 bytes each in the load engine's memory. */
export const MOST_VERIFIED_KEYS = 100_000_000;

/** Bytes that a value needs to carry its proof. */
export const LEAST_VERIFIED_BYTES = 16;

/** The load engine's table of operations has 64 places, some of which are for requests before the run. */
export const MOST_OPERATIONS = 60;
