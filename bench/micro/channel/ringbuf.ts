/** Records through ringbuf.js. All are of one size, which so needs not be sent; the doorbells are ours. */
import { RingBuffer } from 'ringbuf.js';
import { Doorbell } from '../../support/built.js';
import type { RingbufTask } from './messages.js';
import { RING_BYTES } from './pair.js';
import { startThread } from './thread.js';

const THERE_BELL = 0;
const BACK_BELL = 128;
const WAIT_MS = 1000;

interface Side {
  readonly out: RingBuffer;
  readonly in: RingBuffer;
  readonly ownBell: Doorbell;
  readonly otherBell: Doorbell;
}

export class RingbufChannel {
  readonly #side: Side;
  readonly #record: Uint8Array;
  readonly close: () => Promise<void>;

  static async open(size: number, options: { readonly echo: boolean; readonly spin?: boolean }) {
    const there = RingBuffer.getStorageForCapacity(RING_BYTES, Uint8Array);
    const back = RingBuffer.getStorageForCapacity(RING_BYTES, Uint8Array);
    const bells = new SharedArrayBuffer(2 * BACK_BELL);
    const { echo, spin = false } = options;
    const thread = await startThread({ kind: 'ringbuf', size, there, back, bells, echo, spin });
    return new RingbufChannel(sideOf(there, back, bells, THERE_BELL), size, () => thread.stop());
  }

  private constructor(side: Side, size: number, close: () => Promise<void>) {
    this.#side = side;
    this.#record = new Uint8Array(size).fill(1);
    this.close = close;
  }

  /** Sends `count` records; returns when the far thread has taken all. */
  send(count: number): void {
    const { out, otherBell } = this.#side;
    for (let i = 0; i < count; i++) {
      while (out.available_write() < this.#record.length) otherBell.ring();
      out.push(this.#record);
      otherBell.ring();
    }
    while (!out.empty());
  }

  /** Sends one, and blocks until it has come back, asleep or not. */
  thereAndBack(spin: boolean): void {
    this.#side.out.push(this.#record);
    this.#side.otherBell.ring();
    while (this.#side.in.available_read() < this.#record.length) {
      if (!spin) sleep(this.#side, this.#record.length);
    }
    this.#side.in.pop(this.#record);
  }
}

function sideOf(out: SharedArrayBuffer, into: SharedArrayBuffer, bells: SharedArrayBuffer, other: number): Side {
  const words = new Int32Array(bells);
  return {
    out: new RingBuffer(out, Uint8Array),
    in: new RingBuffer(into, Uint8Array),
    ownBell: new Doorbell(words, BACK_BELL - other),
    otherBell: new Doorbell(words, other),
  };
}

function sleep(side: Side, size: number): void {
  side.ownBell.announce();
  if (side.in.available_read() >= size) side.ownBell.cancel();
  else side.ownBell.wait(WAIT_MS);
}

/** The far thread. */
export function serveRingbuf({ there, back, bells, size, echo, spin }: RingbufTask): void {
  const side = sideOf(back, there, bells, BACK_BELL);
  const record = new Uint8Array(size);
  for (;;) {
    let worked = false;
    while (side.in.available_read() >= size) {
      worked = true;
      side.in.pop(record);
      if (!echo) continue;
      side.out.push(record);
      side.otherBell.ring();
    }
    if (!worked && !spin) sleep(side, size);
  }
}
