/** Records through our rings. A record has a header of 8 bytes, whose first word is its size. */
import { RING_PAD, recordSize } from '../../support/built.js';
import type { RingTask } from './messages.js';
import { farSide, nearSide, newPairMemory, type Side } from './pair.js';
import { startThread } from './thread.js';

const HEADER = 8;
const WAIT_MS = 1000;

/** What both threads call for each record that has come. */
type OnRecord = (side: Side, at: number, size: number) => void;

export class RingChannel {
  readonly #side: Side;
  readonly #record: Uint8Array;
  readonly #taken: number;
  readonly close: () => Promise<void>;
  #back = 0;

  static async open(size: number, options: { readonly echo: boolean; readonly spin?: boolean }): Promise<RingChannel> {
    const memory = newPairMemory();
    const thread = await startThread({ kind: 'ring', size, memory, echo: options.echo, spin: options.spin ?? false });
    return new RingChannel(nearSide(memory), size, () => thread.stop());
  }

  private constructor(side: Side, size: number, close: () => Promise<void>) {
    this.#side = side;
    this.#record = new Uint8Array(size).fill(1);
    this.#taken = recordSize(HEADER + size);
    this.close = close;
  }

  /** Sends `count` records, and makes them visible `together` at a time. Returns when the far thread has taken all. */
  send(count: number, together: number): void {
    for (let i = 0; i < count; i++) {
      while (!put(this.#side, this.#record, this.#taken)) this.#publish();
      if ((i + 1) % together === 0) this.#publish();
    }
    this.#publish();
    while (!this.#side.out.isDrained());
  }

  /** Sends one, and blocks until it has come back, asleep or not. */
  thereAndBack(spin: boolean): void {
    this.#sendOne();
    while (this.#back === 0) {
      if (drain(this.#side, this.#onBack) || spin) continue;
      sleep(this.#side);
    }
  }

  /** Sends one; it is back when the event loop has been woken for it. */
  async thereAndBackLater(): Promise<void> {
    this.#sendOne();
    const { ownBell } = this.#side;
    while (this.#back === 0) {
      ownBell.announce();
      if (drain(this.#side, this.#onBack)) ownBell.cancel();
      else await new Promise<void>((resolve) => ownBell.waitAsync(resolve));
    }
  }

  #sendOne(): void {
    this.#back = 0;
    put(this.#side, this.#record, this.#taken);
    this.#publish();
  }

  #publish(): void {
    if (this.#side.out.publish()) this.#side.otherBell.ring();
  }

  readonly #onBack: OnRecord = () => {
    this.#back++;
  };
}

function put({ out, bytes, words }: Side, record: Uint8Array, taken: number): boolean {
  const at = out.claim(taken);
  if (at < 0) return false;
  words[at >> 2] = taken;
  bytes.set(record, at + HEADER);
  out.commit(taken);
  return true;
}

/** Takes all that is there; false when there was nothing. */
function drain(side: Side, onRecord: OnRecord): boolean {
  const { words } = side;
  let any = false;
  for (let start = side.in.next(); start >= 0; start = side.in.next()) {
    any = true;
    const { end } = side.in;
    for (let at = start; at < end; ) {
      const size = words[at >> 2] as number;
      if ((size & RING_PAD) === 0) onRecord(side, at, size);
      at += size & ~RING_PAD;
    }
    side.in.advance(end - start);
    side.in.release();
  }
  return any;
}

function sleep(side: Side): void {
  side.ownBell.announce();
  if (side.in.hasMore()) side.ownBell.cancel();
  else side.ownBell.wait(WAIT_MS);
}

/** The far thread. */
export function serveRing({ memory, size, echo, spin }: RingTask): void {
  const side = farSide(memory);
  const record = new Uint8Array(size);
  let sum = 0;
  const onRecord: OnRecord = echo
    ? (_, at, taken) => {
        record.set(side.bytes.subarray(at + HEADER, at + HEADER + size));
        put(side, record, taken);
      }
    : (_, at) => {
        // It reads a record where it lies.
        sum = (sum + (side.words[(at + HEADER) >> 2] as number)) | 0;
      };
  for (;;) {
    const worked = drain(side, onRecord);
    if (side.out.publish()) side.otherBell.ring();
    if (!worked && !spin) sleep(side);
  }
}
