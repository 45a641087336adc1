/** Reads RESP2 and RESP3 replies out of bytes that come in any pieces. */

/** A reply as it was sent: error texts as `ReplyError`, maps as lists of keys and values. */
export type Reply = string | number | null | boolean | ReplyError | Buffer | readonly Reply[];

export class ReplyError {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A list of which elements are still to come. */
interface Open {
  readonly list: Reply[];
  left: number;
}

const NOT_YET = Symbol('not yet');

export class ReplyReader {
  #pieces: Buffer[] = [];
  #length = 0;
  /** Bytes without which it makes no sense to go on. */
  #needed = 1;
  #bytes = Buffer.alloc(0);
  #at = 0;
  readonly #open: Open[] = [];

  /** Adds what was received; returns the replies that are complete now. */
  add(piece: Buffer): Reply[] {
    this.#pieces.push(piece);
    this.#length += piece.length;
    const replies: Reply[] = [];
    if (this.#length < this.#needed) return replies;
    this.#bytes = Buffer.concat(this.#pieces);
    this.#at = 0;
    this.#needed = 1;
    for (let reply = this.#next(); reply !== NOT_YET; reply = this.#next()) replies.push(reply);
    const rest = this.#bytes.subarray(this.#at);
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return replies;
  }

  /** Whether a part of a reply has come. */
  get isAmidReply(): boolean {
    return this.#length !== 0 || this.#open.length !== 0;
  }

  #next(): Reply | typeof NOT_YET {
    for (;;) {
      const value = this.#value();
      if (value === NOT_YET) return NOT_YET;
      const whole = this.#put(value);
      if (whole !== NOT_YET) return whole;
    }
  }

  /** Puts a value into the list that it belongs to; returns the outermost reply when that is complete. */
  #put(value: Reply): Reply | typeof NOT_YET {
    for (;;) {
      const open = this.#open.at(-1);
      if (open === undefined) return value;
      if (open.left > 0 && value !== open.list) {
        open.list.push(value);
        open.left--;
      }
      if (open.left > 0) return NOT_YET;
      this.#open.pop();
      value = open.list;
    }
  }

  /** The next value, or a list of which nothing has been read; NOT_YET leaves the position where it was. */
  #value(): Reply | typeof NOT_YET {
    const end = this.#bytes.indexOf('\r\n', this.#at);
    if (end < 0) return NOT_YET;
    const type = this.#bytes.toString('latin1', this.#at, this.#at + 1);
    const rest = this.#bytes.toString('latin1', this.#at + 1, end);
    const isBlob = (type === '$' || type === '=') && rest !== '-1';
    if (isBlob) return this.#blob(end + 2, Number(rest));
    this.#at = end + 2;
    return this.#scalar(type, rest);
  }

  #blob(start: number, length: number): Buffer | typeof NOT_YET {
    const end = start + length;
    if (end + 2 > this.#bytes.length) {
      this.#needed = end + 2 - this.#at;
      return NOT_YET;
    }
    if (this.#bytes.toString('latin1', end, end + 2) !== '\r\n') throw new Error('a blob without its end');
    this.#at = end + 2;
    return this.#bytes.subarray(start, end);
  }

  #scalar(type: string, rest: string): Reply {
    switch (type) {
      case '+':
      case '(':
        return rest;
      case '-':
        return new ReplyError(rest);
      case ':':
      case ',':
        return Number(rest);
      case '#':
        return rest === 't';
      case '_':
      case '$':
        return null;
      case '*':
      case '~':
      case '>':
        return rest === '-1' ? null : this.#list(Number(rest));
      case '%':
        return this.#list(2 * Number(rest));
      default:
        throw new Error(`no reply begins with ${JSON.stringify(type + rest.slice(0, 40))}`);
    }
  }

  #list(length: number): Reply {
    const list: Reply[] = [];
    this.#open.push({ list, left: length });
    return list;
  }
}
