import type { RingMemory } from '../../../src/ring/ring.js';

const DATA = 128;

/** A small ring with positions that begin anywhere, so that their wrap at 2^32 is near if need be. */
export function ringMemory(capacity: number, from = 0, buffer = new SharedArrayBuffer(DATA + capacity)): RingMemory {
  const words = new Int32Array(buffer);
  words[0] = from | 0;
  words[16] = from | 0;
  return { words, head: 0, tail: 64, data: DATA, capacity };
}
