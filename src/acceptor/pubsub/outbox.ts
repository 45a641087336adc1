/**
 * What one client is to be sent at the end of the turn: pieces of slabs, in order. Pieces that lie one behind the other
 * are one.
 */
import { isSlab, type Text } from './slab.js';

/** Several pieces are copied together up to this size. */
const JOIN_MAX = 64 * 1024;

export class Outbox {
  #bytes: Buffer | undefined;
  #start = 0;
  #end = 0;
  /** Before the last piece. */
  #before: Buffer[] = [];
  /** Bytes in all. */
  size = 0;

  add({ bytes, start, end }: Text): void {
    this.size += end - start;
    if (bytes === this.#bytes && start === this.#end) {
      this.#end = end;
      return;
    }
    if (this.#bytes !== undefined) this.#before.push(this.#bytes.subarray(this.#start, this.#end));
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  /** Empties it. With `own`, the pieces are the caller's to keep: none lies in a slab. */
  take(own: boolean): Buffer[] {
    if (this.#bytes === undefined) return [];
    const last = this.#bytes.subarray(this.#start, this.#end);
    const copies = own && isSlab(this.#bytes);
    const pieces = this.#before;
    const { size } = this;
    this.clear();
    if (pieces.length === 0) return [copies ? Buffer.from(last) : last];
    pieces.push(last);
    if (own || size <= JOIN_MAX) return [Buffer.concat(pieces, size)];
    return pieces;
  }

  clear(): void {
    this.#bytes = undefined;
    this.#before = [];
    this.size = 0;
  }
}
