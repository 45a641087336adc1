/** Reads replies to GETs of values of one length: tells hits from misses, however the bytes were cut. */
import { bulkReplyBytes } from './requests.js';

const DOLLAR = 0x24;
const MINUS = 0x2d;
const MISS_BYTES = '$-1\r\n'.length;
/** What tells a hit from a miss: `$` and the byte behind it. */
const HEAD_BYTES = 2;

export class GetReplies {
  readonly #hitBytes: number;
  readonly #onReply: (isHit: boolean) => void;
  /** Bytes of the current reply's head that have come, and of its rest that have not. */
  #head = 0;
  #rest = 0;
  #isHit = false;

  constructor(valueBytes: number, onReply: (isHit: boolean) => void) {
    this.#hitBytes = bulkReplyBytes(valueBytes);
    this.#onReply = onReply;
  }

  /** False when the bytes are no replies to GETs. */
  take(bytes: Uint8Array, length: number): boolean {
    for (let at = 0; at < length; ) {
      if (this.#rest > 0) {
        const some = Math.min(this.#rest, length - at);
        at += some;
        this.#rest -= some;
        if (this.#rest === 0) this.#onReply(this.#isHit);
      } else if (!this.#takeHead(bytes[at++] as number)) {
        return false;
      }
    }
    return true;
  }

  #takeHead(byte: number): boolean {
    this.#head++;
    if (this.#head < HEAD_BYTES) return byte === DOLLAR;
    this.#head = 0;
    this.#isHit = byte !== MINUS;
    this.#rest = (this.#isHit ? this.#hitBytes : MISS_BYTES) - HEAD_BYTES;
    return true;
  }
}
