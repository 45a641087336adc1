/** Writes requests as bytes: small ones together into pieces, long arguments as they are. */

/** A word of a request. Numbers are written in decimal. */
export type Word = string | number | bigint | Uint8Array;

const PIECE = 16 * 1024;
/** Longer arguments are not copied. */
const OWN_PIECE = 8 * 1024;
/** A line end, a mark, digits of a length, a line end. */
const LENGTH_LINE = 24;

export class RequestWriter {
  readonly #write: (bytes: Uint8Array) => void;
  #piece = Buffer.allocUnsafeSlow(PIECE);
  /** The part of the piece that has been handed on, and the part that has been written. */
  #from = 0;
  #to = 0;

  /** `write` is given the pieces, which don't change any more. */
  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  add(words: readonly Word[]): void {
    this.#line('*', words.length);
    for (const word of words) {
      if (typeof word === 'object') this.#bytes(word);
      else this.#text(typeof word === 'string' ? word : String(word));
    }
  }

  #line(mark: string, count: number): void {
    this.#reserve(LENGTH_LINE);
    this.#to += this.#piece.write(`${mark}${count}\r\n`, this.#to, 'latin1');
  }

  #text(text: string): void {
    // No character takes more than three bytes of its own.
    if (text.length * 3 > OWN_PIECE) {
      this.#bytes(Buffer.from(text));
      return;
    }
    const length = Buffer.byteLength(text);
    this.#line('$', length);
    this.#reserve(length + 2);
    this.#piece.write(text, this.#to);
    this.#to += length;
    this.#endLine();
  }

  #bytes(bytes: Uint8Array): void {
    this.#line('$', bytes.byteLength);
    if (bytes.byteLength > OWN_PIECE) {
      this.flush();
      this.#write(bytes);
      this.#reserve(2);
    } else {
      this.#reserve(bytes.byteLength + 2);
      this.#piece.set(bytes, this.#to);
      this.#to += bytes.byteLength;
    }
    this.#endLine();
  }

  #endLine(): void {
    this.#piece[this.#to++] = 0x0d;
    this.#piece[this.#to++] = 0x0a;
  }

  #reserve(bytes: number): void {
    if (this.#to + bytes <= PIECE) return;
    this.flush();
    this.#piece = Buffer.allocUnsafeSlow(PIECE);
    this.#from = 0;
    this.#to = 0;
  }

  /** Hands on what has been written so far. */
  flush(): void {
    if (this.#to === this.#from) return;
    this.#write(this.#piece.subarray(this.#from, this.#to));
    this.#from = this.#to;
  }
}
