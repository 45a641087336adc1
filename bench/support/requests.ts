/** Requests as bytes, made once; only the digits of the keys change. */

/** Keys are `prefix` and 12 digits: 16 bytes with the prefixes `key:` and `due:`. */
export interface Keys {
  readonly prefix: string;
  readonly count: number;
}

const DIGITS = 12;

export function encodeRequest(args: readonly string[]): string {
  return `*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`;
}

export function keyOf({ prefix }: Keys, index: number): string {
  return prefix + String(index).padStart(DIGITS, '0');
}

export function valueText(bytes: number): string {
  return 'x'.repeat(bytes);
}

/** A pipeline of equal requests, each with a key of its own. */
export class Pipeline {
  readonly bytes: Buffer;
  readonly depth: number;
  readonly #requestBytes: number;
  /** Offset of a key's last digit in its request. */
  readonly #lastDigit: number;
  /** Digits that are not always 0. */
  readonly #digits: number;

  constructor(command: string, keys: Keys, rest: readonly string[], depth: number) {
    const request = encodeRequest([command, keyOf(keys, 0), ...rest]);
    this.bytes = Buffer.from(request.repeat(depth), 'latin1');
    this.depth = depth;
    this.#requestBytes = request.length;
    this.#digits = String(keys.count).length;
    this.#lastDigit = request.indexOf(keys.prefix) + keys.prefix.length + DIGITS - 1;
  }

  /** The bytes of the first `count` requests. */
  first(count: number): Buffer {
    return this.bytes.subarray(0, count * this.#requestBytes);
  }

  /** Puts the key with number `index` into the request at `place`. */
  setKey(place: number, index: number): void {
    const { bytes } = this;
    let at = place * this.#requestBytes + this.#lastDigit;
    let rest = index;
    for (let i = 0; i < this.#digits; i++) {
      const tens = (rest / 10) | 0;
      bytes[at--] = 48 + rest - tens * 10;
      rest = tens;
    }
  }
}

/** Length of the reply to a GET of a value of `bytes` bytes. */
export function bulkReplyBytes(bytes: number): number {
  return `$${bytes}\r\n`.length + bytes + 2;
}

/** Uniform numbers below a limit (xorshift32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761) | 1;
  }

  below(limit: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return Math.floor(((x >>> 0) / 4294967296) * limit);
  }
}
