/**
 * Notes on slow commands, which a shard sends to the acceptor as reply records of the exchange SLOW_NOTES of nobody.
 *
 *   record   header | f64 milliseconds since 1970 | f64 microseconds | u32 connection | u32 spare | the frame's beginning
 */
import {
  REPLY_BYTES,
  REPLY_CONNECTION,
  REPLY_EXCHANGE,
  REPLY_FLAGS,
  REPLY_HEADER,
  REPLY_LAST,
  REPLY_SIZE,
} from '../engine/layout/reply.js';

export const SLOW_NOTES = 0xffffffff;
/** Longest part of a frame that is kept. */
export const SLOW_FRAME_MAX = 8 * 1024;
const NOTE_HEADER = 24;

export interface SlowNote {
  /** When it ended. */
  readonly at: number;
  readonly micros: number;
  readonly connection: number;
  /** The frame, or its beginning. */
  readonly frame: Uint8Array;
}

export function slowRecordSize(note: SlowNote): number {
  return (REPLY_HEADER + NOTE_HEADER + note.frame.byteLength + 7) & ~7;
}

/** Writes a record of `slowRecordSize` bytes at byte offset `to`. */
export function writeSlowRecord(bytes: Uint8Array, to: number, note: SlowNote): void {
  const size = slowRecordSize(note);
  const view = new DataView(bytes.buffer, bytes.byteOffset + to, size);
  bytes.fill(0, to, to + REPLY_HEADER + NOTE_HEADER);
  view.setUint32(REPLY_SIZE, size, true);
  view.setUint32(REPLY_CONNECTION, 0, true);
  view.setUint32(REPLY_EXCHANGE, SLOW_NOTES, true);
  view.setUint16(REPLY_FLAGS, REPLY_LAST, true);
  view.setUint32(REPLY_BYTES, NOTE_HEADER + note.frame.byteLength, true);
  view.setFloat64(REPLY_HEADER, note.at, true);
  view.setFloat64(REPLY_HEADER + 8, note.micros, true);
  view.setUint32(REPLY_HEADER + 16, note.connection, true);
  bytes.set(note.frame, to + REPLY_HEADER + NOTE_HEADER);
}

/** Reads a record's payload. */
export function readSlowNote(payload: Uint8Array): SlowNote {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  return {
    at: view.getFloat64(0, true),
    micros: view.getFloat64(8, true),
    connection: view.getUint32(16, true),
    frame: payload.slice(NOTE_HEADER),
  };
}
