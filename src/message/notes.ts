/**
 * Notes on keys, which a shard sends to the acceptor as reply records of the exchange KEY_NOTES of nobody, as many in a
 * record as there are.
 *
 *   record   header | notes
 *   note     u32 event | u32 connection | u32 bytes of the key | u8 database, 3 spare | the key, padded to 4
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

export const KEY_NOTES = 0xfffffffe;
const NOTE_HEADER = 16;
/** A longer key does not travel: of it is only told that something has become of it. */
export const KEY_MAX = 64 * 1024;

/** What has become of a key. */
export interface KeyNote {
  /** NOTE_... (engine/layout/note.ts) */
  readonly event: number;
  readonly database: number;
  /** Whose command it was; 0: nobody's. */
  readonly connection: number;
  /** Its bytes; undefined when it is too long. */
  readonly key: Uint8Array | undefined;
}

function sizeOf({ key }: KeyNote): number {
  return NOTE_HEADER + (((key?.byteLength ?? 0) + 3) & ~3);
}

/** How many of the notes go into a record of at most `most` bytes, and how long that is. */
export function fitNotes(notes: readonly KeyNote[], most: number): { readonly count: number; readonly size: number } {
  let size = REPLY_HEADER;
  let count = 0;
  for (const note of notes) {
    const next = size + sizeOf(note);
    if (next + 7 > most) break;
    size = next;
    count++;
  }
  return { count, size: (size + 7) & ~7 };
}

/** Writes a record of `size` bytes at byte offset `to`. */
export function writeNotes(bytes: Uint8Array, to: number, notes: readonly KeyNote[], size: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + to, size);
  bytes.fill(0, to, to + REPLY_HEADER);
  view.setUint32(REPLY_SIZE, size, true);
  view.setUint32(REPLY_CONNECTION, 0, true);
  view.setUint32(REPLY_EXCHANGE, KEY_NOTES, true);
  view.setUint16(REPLY_FLAGS, REPLY_LAST, true);
  let at = REPLY_HEADER;
  for (const note of notes) {
    const { event, connection, database, key } = note;
    view.setUint32(at, event, true);
    view.setUint32(at + 4, connection, true);
    view.setUint32(at + 8, key?.byteLength ?? TOO_LONG, true);
    view.setUint32(at + 12, database, true);
    if (key !== undefined) bytes.set(key, to + at + NOTE_HEADER);
    at += sizeOf(note);
  }
  view.setUint32(REPLY_BYTES, at - REPLY_HEADER, true);
}

const TOO_LONG = 0xffffffff;

/** Reads a record's payload; the keys are copies. */
export function readNotes(payload: Uint8Array): KeyNote[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const notes: KeyNote[] = [];
  for (let at = 0; at < payload.byteLength; ) {
    const bytes = view.getUint32(at + 8, true);
    const key = bytes === TOO_LONG ? undefined : payload.slice(at + NOTE_HEADER, at + NOTE_HEADER + bytes);
    const note: KeyNote = {
      event: view.getUint32(at, true),
      connection: view.getUint32(at + 4, true),
      database: view.getUint32(at + 12, true),
      key,
    };
    notes.push(note);
    at += sizeOf(note);
  }
  return notes;
}
