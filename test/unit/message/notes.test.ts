import { describe, expect, it } from 'vitest';
import { REPLY_BYTES, REPLY_HEADER, REPLY_SIZE } from '../../../src/engine/layout/reply.js';
import { fitNotes, type KeyNote, readNotes, writeNotes } from '../../../src/message/notes.js';
import { Random } from '../../support/random.js';

function someNotes(random: Random, count: number): KeyNote[] {
  return Array.from({ length: count }, () => ({
    event: random.below(0x10000),
    database: random.below(64),
    connection: random.word(),
    key: random.chance(0.05) ? undefined : new Uint8Array(random.bytes(random.below(40))),
  }));
}

describe('records of notes', () => {
  it('bring every note, in order, in as many records as it takes', () => {
    const random = new Random(7);
    const notes = someNotes(random, 500);
    const memory = new Uint8Array(8192);
    const read: KeyNote[] = [];
    for (let rest = notes; rest.length !== 0; ) {
      const { count, size } = fitNotes(rest, 1024);
      expect([count > 0, size % 8, size <= 1024]).toEqual([true, 0, true]);
      memory.fill(0xff);
      writeNotes(memory, 64, rest.slice(0, count), size);
      const view = new DataView(memory.buffer, 64);
      expect(view.getUint32(REPLY_SIZE, true)).toBe(size);
      const start = 64 + REPLY_HEADER;
      read.push(...readNotes(memory.subarray(start, start + view.getUint32(REPLY_BYTES, true))));
      expect(memory.subarray(64 + size).every((byte) => byte === 0xff)).toBe(true);
      rest = rest.slice(count);
    }
    expect(read).toEqual(notes);
  });
});
