/** One memory for two of our rings, one each way, and a doorbell for each side. */
import { Doorbell, RingConsumer, type RingMemory, RingProducer } from '../../support/built.js';

/** As far apart as caches like words that different threads write. */
const LINE = 128;
export const RING_BYTES = 1024 * 1024;
const THERE = 8 * LINE;
const BACK = THERE + RING_BYTES;
const THERE_BELL = 4 * LINE;
const BACK_BELL = 5 * LINE;

/** One side of it. */
export interface Side {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly out: RingProducer;
  readonly in: RingConsumer;
  /** Rung by the other side. */
  readonly ownBell: Doorbell;
  readonly otherBell: Doorbell;
}

export function newPairMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(BACK + RING_BYTES);
}

export function nearSide(memory: SharedArrayBuffer): Side {
  return sideOf(memory, 'near');
}

export function farSide(memory: SharedArrayBuffer): Side {
  return sideOf(memory, 'far');
}

function sideOf(memory: SharedArrayBuffer, which: 'near' | 'far'): Side {
  const words = new Int32Array(memory);
  const there: RingMemory = { words, head: 0, tail: LINE, data: THERE, capacity: RING_BYTES };
  const back: RingMemory = { words, head: 2 * LINE, tail: 3 * LINE, data: BACK, capacity: RING_BYTES };
  const [out, into] = which === 'near' ? [there, back] : [back, there];
  const bells = [new Doorbell(words, BACK_BELL), new Doorbell(words, THERE_BELL)] as const;
  const [ownBell, otherBell] = which === 'near' ? bells : [bells[1], bells[0]];
  return {
    words,
    bytes: new Uint8Array(memory),
    out: new RingProducer(out),
    in: new RingConsumer(into),
    ownBell,
    otherBell,
  };
}
