/** Reads replies in RESP2 that a shard has given to a request of the acceptor's own. */

/** A long value that has stayed in its shard's memory. */
interface Elsewhere<R> {
  readonly reference: R;
  readonly length: number;
}

/** Integers are numbers where a number can tell them. */
export type Parsed<R> = null | number | bigint | string | Buffer | Elsewhere<R> | Error | Parsed<R>[];

interface Placed {
  readonly at: number;
  readonly length: number;
}

/** The first reply in a payload. References stand for bytes that belong before their place in it. */
export function parseReply<R extends Placed>(payload: Buffer, references: readonly R[] = []): Parsed<R> {
  return new Parser(payload, references).next();
}

function integerOf(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

class Parser<R extends Placed> {
  readonly #payload: Buffer;
  readonly #references: readonly R[];
  #at = 0;
  #reference = 0;

  constructor(payload: Buffer, references: readonly R[]) {
    this.#payload = payload;
    this.#references = references;
  }

  next(): Parsed<R> {
    const end = this.#payload.indexOf('\r\n', this.#at);
    const mark = String.fromCharCode(this.#payload[this.#at] ?? 0);
    const line = this.#payload.toString('latin1', this.#at + 1, end);
    this.#at = end + 2;
    if (mark === ':') return integerOf(line);
    if (mark === '+') return line;
    if (mark === '-') return new Error(line);
    const length = Number(line);
    if (length < 0) return null;
    if (mark === '$') return this.#bulk(length);
    const items: Parsed<R>[] = [];
    for (let i = 0; i < length; i++) items.push(this.next());
    return items;
  }

  #bulk(length: number): Buffer | Elsewhere<R> {
    const reference = this.#references[this.#reference];
    if (reference !== undefined && reference.at === this.#at && reference.length === length) {
      this.#reference++;
      this.#at += 2;
      return { reference, length };
    }
    const bytes = this.#payload.subarray(this.#at, this.#at + length);
    this.#at += length + 2;
    return bytes;
  }
}
