/**
 * Where texts lie that several clients are sent: one behind another, so that what one client gets of one turn is mostly
 * one piece, and the same piece for all. The place is used again as soon as no socket needs what lies there.
 */
const SLAB_SIZE = 256 * 1024;
/** A longer text gets memory of its own. */
const OWN_MIN = SLAB_SIZE / 4;

/** A piece of a buffer. */
export interface Text {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export class Slab implements Text {
  #slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
  #used = 0;
  /** Sockets may still need what lies before it. */
  #kept = 0;
  /** The text that was begun last. */
  bytes = this.#slab;
  start = 0;
  end = 0;

  /** Makes room for a text of so many bytes, for the caller to write. */
  begin(size: number): this {
    if (size >= OWN_MIN) {
      this.bytes = Buffer.allocUnsafeSlow(size);
      this.start = 0;
      this.end = size;
      return this;
    }
    if (this.#used + size > SLAB_SIZE) {
      this.#slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
      this.#used = 0;
      this.#kept = 0;
    }
    this.bytes = this.#slab;
    this.start = this.#used;
    this.#used += size;
    this.end = this.#used;
    return this;
  }

  /** All texts have been handed to sockets; `kept`: some of these have not taken theirs yet. */
  reuse(kept: boolean): void {
    if (kept) this.#kept = this.#used;
    else this.#used = this.#kept;
  }
}

/** Whether a buffer may be a slab, whose bytes change when the turn is over. */
export function isSlab(buffer: Buffer): boolean {
  return buffer.length === SLAB_SIZE;
}
