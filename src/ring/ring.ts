/**
 * A ring of variable-length records with one producer and one consumer, in memory that two threads share.
 *
 *   positions grow for ever (modulo 2^32); index = position & mask
 *
 *      tail (consumer releases)                    head (producer publishes)
 *      ▼                                           ▼
 *   ───┬────────┬──────────────┬─────┬─────────────┬─────────
 *      │ record │ record       │ pad │ record      │ free
 *   ───┴────────┴──────────────┴─────┴─────────────┴─────────
 *
 * A record is contiguous and begins with its size in bytes, a multiple of 8, in a word; what doesn't fit before the end
 * of the memory is put at its beginning, behind a pad, whose size word has the bit RING_PAD. Writing and publishing are
 * two steps, so that a batch of records costs one atomic store; so are reading and releasing.
 *
 * After Agrona's ring buffers (https://github.com/real-logic/agrona), with the padding record.
 */
import { RING_PAD } from '../engine/layout/ring.js';

export interface RingMemory {
  readonly words: Int32Array;
  /** Byte offsets: of the words that hold the positions, and of the records. */
  readonly head: number;
  readonly tail: number;
  readonly data: number;
  /** Bytes for records, a power of two. */
  readonly capacity: number;
}

/** The number of bytes that a record of `bytes` bytes takes. */
export function recordSize(bytes: number): number {
  return (bytes + 7) & ~7;
}

export class RingProducer {
  readonly #words: Int32Array;
  readonly #head: number;
  readonly #tail: number;
  readonly #data: number;
  readonly #capacity: number;
  /** Where the next record goes; what lies behind `#published` is not yet visible. */
  #position: number;
  #published: number;
  #consumed: number;

  constructor(memory: RingMemory) {
    this.#words = memory.words;
    this.#head = memory.head >> 2;
    this.#tail = memory.tail >> 2;
    this.#data = memory.data;
    this.#capacity = memory.capacity;
    this.#position = Atomics.load(this.#words, this.#head) >>> 0;
    this.#published = this.#position;
    this.#consumed = Atomics.load(this.#words, this.#tail) >>> 0;
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Bytes that are written or not yet released, as far as known. */
  get used(): number {
    return (this.#position - this.#consumed) >>> 0;
  }

  /**
   * Byte offset at which a record of `size` bytes (a multiple of 8) may be written, -1 when there is no room for it.
   * The record counts once `commit` has been called.
   */
  claim(size: number): number {
    const index = this.#position & (this.#capacity - 1);
    const toEnd = this.#capacity - index;
    const needed = size <= toEnd ? size : size + toEnd;
    if (!this.#hasFree(needed)) return -1;
    if (size <= toEnd) return this.#data + index;
    this.#words[(this.#data + index) >> 2] = toEnd | RING_PAD;
    this.#position = (this.#position + toEnd) >>> 0;
    return this.#data;
  }

  /**
   * Room for records whose sizes are not known yet: claims at least `least` contiguous bytes, at most `most`. Returns
   * the offset, with the bytes in `claimed`; -1 when there is no room.
   */
  claimArea(least: number, most: number): number {
    const offset = this.claim(least);
    if (offset < 0) return -1;
    const index = offset - this.#data;
    const free = this.#capacity - this.used;
    this.claimed = Math.min(most, free, this.#capacity - index);
    return offset;
  }

  claimed = 0;

  #hasFree(bytes: number): boolean {
    if (this.used + bytes <= this.#capacity) return true;
    this.#consumed = Atomics.load(this.#words, this.#tail) >>> 0;
    return this.used + bytes <= this.#capacity;
  }

  /** Counts `bytes` bytes of records, written where they were claimed. */
  commit(bytes: number): void {
    this.#position = (this.#position + bytes) >>> 0;
  }

  /** Makes what was committed visible; false when there was nothing. */
  publish(): boolean {
    if (this.#position === this.#published) return false;
    this.#published = this.#position;
    Atomics.store(this.#words, this.#head, this.#position | 0);
    return true;
  }

  /** Whether the consumer has released all that was published. */
  isDrained(): boolean {
    if (this.#consumed === this.#position) return true;
    this.#consumed = Atomics.load(this.#words, this.#tail) >>> 0;
    return this.#consumed === this.#position;
  }
}

/**
 * Publishes up to a byte offset in the ring, for a producer that died; does nothing if it lies elsewhere, or behind what
 * has been published: a producer never has more than half of the ring in hand.
 */
export function moveHead(memory: RingMemory, to: number): void {
  movePosition(memory, memory.head >> 2, to, memory.capacity / 2);
}

/**
 * Releases up to a byte offset in the ring, for a consumer that died; does nothing if it lies elsewhere, or not in what
 * waits to be released.
 */
export function moveTail(memory: RingMemory, to: number): void {
  const { words, head, tail } = memory;
  const waiting = (Atomics.load(words, head >> 2) - Atomics.load(words, tail >> 2)) >>> 0;
  movePosition(memory, tail >> 2, to, waiting);
}

/** Makes the consumer skip all that was published. */
export function discard(memory: RingMemory): void {
  Atomics.store(memory.words, memory.tail >> 2, Atomics.load(memory.words, memory.head >> 2));
}

/** Moves a position on to a byte offset, by `most` bytes at the most. */
function movePosition({ words, data, capacity }: RingMemory, word: number, to: number, most: number): void {
  if (to < data || to > data + capacity) return;
  const position = Atomics.load(words, word);
  const bytes = (to - data - position) & (capacity - 1);
  if (bytes <= most) Atomics.store(words, word, position + bytes);
}

export class RingConsumer {
  readonly #words: Int32Array;
  readonly #head: number;
  readonly #tail: number;
  readonly #data: number;
  readonly #capacity: number;
  /** Next record to read; the producer may not yet reuse what lies before it. */
  #position: number;
  #released: number;
  #published: number;
  /** Byte offset behind the contiguous records that `next` found. */
  end = 0;

  constructor(memory: RingMemory) {
    this.#words = memory.words;
    this.#head = memory.head >> 2;
    this.#tail = memory.tail >> 2;
    this.#data = memory.data;
    this.#capacity = memory.capacity;
    this.#position = Atomics.load(this.#words, this.#tail) >>> 0;
    this.#released = this.#position;
    this.#published = Atomics.load(this.#words, this.#head) >>> 0;
  }

  /** Whether there is something to read. */
  hasMore(): boolean {
    if (this.#position !== this.#published) return true;
    this.#published = Atomics.load(this.#words, this.#head) >>> 0;
    return this.#position !== this.#published;
  }

  /** Byte offset of the next record, -1 if there is none; records lie without a gap up to `end`. Pads are skipped. */
  next(): number {
    while (this.hasMore()) {
      const index = this.#position & (this.#capacity - 1);
      const size = this.#words[(this.#data + index) >> 2] as number;
      if ((size & RING_PAD) !== 0) {
        this.advance(size & ~RING_PAD);
        continue;
      }
      const bytes = (this.#published - this.#position) >>> 0;
      // A pad can only be last before the end of the memory; `next` stops short of it because its reader does.
      this.end = this.#data + Math.min(index + bytes, this.#capacity);
      return this.#data + index;
    }
    return -1;
  }

  /** Passes over `bytes` bytes of records. */
  advance(bytes: number): void {
    this.#position = (this.#position + bytes) >>> 0;
  }

  /** Lets the producer reuse what was passed over; false when there was nothing. */
  release(): boolean {
    if (this.#position === this.#released) return false;
    this.#released = this.#position;
    Atomics.store(this.#words, this.#tail, this.#position | 0);
    return true;
  }
}
