/**
 * Where replies lie while the socket takes them. A write to a socket mostly completes at once; the place can then be
 * used for the next reply. When it does not, the socket keeps what it was given, and the pool goes on behind it.
 */
const SLAB_SIZE = 1024 * 1024;

export class WritePool {
  #slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
  #used = 0;

  /** A copy of `length` bytes of a memory, valid until the next call unless `keep` is called first. */
  copy(from: Uint8Array, start: number, length: number): Buffer {
    if (length > SLAB_SIZE / 4) {
      const own = Buffer.allocUnsafeSlow(length);
      own.set(from.subarray(start, start + length));
      return own;
    }
    if (this.#used + length > SLAB_SIZE) {
      this.#slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
      this.#used = 0;
    }
    const copy = this.#slab.subarray(this.#used, this.#used + length);
    copy.set(from.subarray(start, start + length));
    return copy;
  }

  /** The socket has kept the last copy, of that length. */
  keep(length: number): void {
    if (length <= SLAB_SIZE / 4) this.#used += length;
  }
}
