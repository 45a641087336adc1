/** The control words and rings of one shard's memory, as each side sees them. */
import {
  HEARTBEAT,
  ORDER,
  REPLIES_HEAD,
  REPLIES_TAIL,
  REQUESTS_HEAD,
  REQUESTS_TAIL,
  ROOM_WANTED,
  SLEEPING,
  SLOW_THRESHOLD,
} from '../engine/layout/control.js';
import { CONTROL, REPLIES, REPLIES_SIZE, REQUESTS, REQUESTS_SIZE } from '../engine/layout/memory.js';
import type { RingMemory } from './ring.js';

export function requestRing(words: Int32Array): RingMemory {
  return {
    words,
    head: CONTROL + REQUESTS_HEAD,
    tail: CONTROL + REQUESTS_TAIL,
    data: REQUESTS,
    capacity: REQUESTS_SIZE,
  };
}

export function replyRing(words: Int32Array): RingMemory {
  return { words, head: CONTROL + REPLIES_HEAD, tail: CONTROL + REPLIES_TAIL, data: REPLIES, capacity: REPLIES_SIZE };
}

/** Byte offset of the doorbell of the thread whose memory this is. */
export const DOORBELL = CONTROL + SLEEPING;

/** A word that one thread sets and another one reads. */
export class Flag {
  readonly #words: Int32Array;
  readonly #index: number;

  constructor(words: Int32Array, offset: number) {
    this.#words = words;
    this.#index = offset >> 2;
  }

  get(): number {
    return Atomics.load(this.#words, this.#index);
  }

  set(value: number): void {
    Atomics.store(this.#words, this.#index, value);
  }

  /** Sets 0; what it was. */
  take(): number {
    return Atomics.exchange(this.#words, this.#index, 0);
  }

  add(value: number): number {
    return Atomics.add(this.#words, this.#index, value);
  }
}

export function orderFlag(words: Int32Array): Flag {
  return new Flag(words, CONTROL + ORDER);
}

export function roomWantedFlag(words: Int32Array): Flag {
  return new Flag(words, CONTROL + ROOM_WANTED);
}

export function slowThreshold(words: Int32Array): Flag {
  return new Flag(words, CONTROL + SLOW_THRESHOLD);
}

export function heartbeat(words: Int32Array): Flag {
  return new Flag(words, CONTROL + HEARTBEAT);
}
