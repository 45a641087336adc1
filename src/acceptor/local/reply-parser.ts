/** Reads replies in RESP3, or RESP2, out of bytes that come in any pieces, as JavaScript values. */

/** An error reply: `code` is its first word, such as ERR or WRONGTYPE. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  readonly code: string;

  constructor(text: string) {
    super(text);
    this.code = /^\S*/.exec(text)?.[0] ?? 'ERR';
  }
}

/** Integers are numbers where a number can tell them. Strings are `Buffer`s for who asks for bytes. */
export type Reply =
  | null
  | boolean
  | number
  | bigint
  | string
  | Buffer
  | ReplyError
  | Reply[]
  | Map<Reply, Reply>
  | Set<Reply>;

export interface ReplyEvents {
  /** Whether strings of the reply that comes next are wanted as bytes. */
  readonly wantsBytes: () => boolean;
  readonly reply: (reply: Reply) => void;
  /** A message that answers nothing. */
  readonly push: (message: Reply[]) => void;
}

/** A list of which elements are still to come. */
interface Open {
  readonly kind: number;
  readonly items: Reply[];
  left: number;
}

/** A string of which only the beginning has come, with the line end after it. */
interface Blob {
  readonly kind: number;
  readonly bytes: Buffer;
  filled: number;
}

const CR = 0x0d;
const LINE_END = 2;
/** Length of the format's name and its colon in a verbatim string. */
const FORMAT = 4;

const [PLUS, MINUS, COLON, DOLLAR, STAR] = [0x2b, 0x2d, 0x3a, 0x24, 0x2a];
const [NULL, BOOLEAN, DOUBLE, BIG, BLOB_ERROR, VERBATIM] = [0x5f, 0x23, 0x2c, 0x28, 0x21, 0x3d];
const [MAP, SET, PUSH, ATTRIBUTE] = [0x25, 0x7e, 0x3e, 0x7c];

export class ReplyParser {
  readonly #events: ReplyEvents;
  /** The beginning of a line whose end has not come. */
  #line: Buffer | undefined;
  #blob: Blob | undefined;
  readonly #open: Open[] = [];

  constructor(events: ReplyEvents) {
    this.#events = events;
  }

  /** Takes what was received; keeps no reference to it. */
  feed(piece: Buffer): void {
    let bytes = piece;
    if (this.#line !== undefined) {
      bytes = Buffer.concat([this.#line, piece]);
      this.#line = undefined;
    }
    let at = this.#blob === undefined ? 0 : this.#fillBlob(this.#blob, bytes, 0);
    while (at < bytes.length) {
      const end = bytes.indexOf(CR, at);
      if (end < 0 || end + 1 >= bytes.length) {
        this.#line = Buffer.from(bytes.subarray(at));
        return;
      }
      at = this.#take(bytes, at, end);
    }
  }

  /** Takes the line from `at` to `end`, and the string after it if there is one; returns where to go on. */
  #take(bytes: Buffer, at: number, end: number): number {
    const kind = bytes[at] as number;
    const next = end + LINE_END;
    if (kind === DOLLAR || kind === VERBATIM || kind === BLOB_ERROR) {
      const length = numberOf(bytes, at + 1, end);
      if (length < 0) this.#put(null);
      else return this.#takeBlob(kind, bytes, next, length);
    } else if (kind === STAR || kind === MAP || kind === SET || kind === PUSH || kind === ATTRIBUTE) {
      this.#openList(kind, numberOf(bytes, at + 1, end));
    } else {
      this.#put(scalarOf(kind, bytes, at + 1, end));
    }
    return next;
  }

  #takeBlob(kind: number, bytes: Buffer, start: number, length: number): number {
    const end = start + length;
    if (end + LINE_END <= bytes.length) {
      this.#put(this.#stringOf(kind, bytes, start, end, true));
      return end + LINE_END;
    }
    const blob = { kind, bytes: Buffer.allocUnsafeSlow(length + LINE_END), filled: 0 };
    this.#blob = blob;
    return this.#fillBlob(blob, bytes, start);
  }

  #fillBlob(blob: Blob, bytes: Buffer, start: number): number {
    const taken = bytes.copy(blob.bytes, blob.filled, start);
    blob.filled += taken;
    if (blob.filled === blob.bytes.length) {
      this.#blob = undefined;
      this.#put(this.#stringOf(blob.kind, blob.bytes, 0, blob.filled - LINE_END, false));
    }
    return start + taken;
  }

  #stringOf(kind: number, bytes: Buffer, start: number, end: number, copies: boolean): Reply {
    if (kind === BLOB_ERROR) return new ReplyError(bytes.toString('utf8', start, end));
    const from = kind === VERBATIM ? start + FORMAT : start;
    if (!this.#events.wantsBytes()) return bytes.toString('utf8', from, end);
    const part = bytes.subarray(from, end);
    return copies ? Buffer.from(part) : part;
  }

  #openList(kind: number, length: number): void {
    if (length < 0) this.#put(null);
    else if (length === 0) this.#put(finished({ kind, items: [], left: 0 }), kind);
    else this.#open.push({ kind, items: [], left: kind === MAP || kind === ATTRIBUTE ? 2 * length : length });
  }

  /** Puts a value where it belongs; `kind` is that of a list that has just been finished. */
  #put(value: Reply, kind = 0): void {
    for (;;) {
      // Nobody here sends attributes; they would say something of the value after them.
      if (kind === ATTRIBUTE) return;
      const open = this.#open.at(-1);
      if (open === undefined) {
        if (kind === PUSH) this.#events.push(value as Reply[]);
        else this.#events.reply(value);
        return;
      }
      open.items.push(value);
      if (--open.left !== 0) return;
      this.#open.pop();
      value = finished(open);
      kind = open.kind;
    }
  }
}

function finished({ kind, items }: Open): Reply {
  if (kind === SET) return new Set(items);
  if (kind !== MAP) return items;
  const map = new Map<Reply, Reply>();
  for (let i = 0; i < items.length; i += 2) map.set(items[i] as Reply, items[i + 1] as Reply);
  return map;
}

function scalarOf(kind: number, bytes: Buffer, start: number, end: number): Reply {
  if (kind === COLON) return integerOf(bytes, start, end);
  if (kind === NULL) return null;
  const text = bytes.toString('utf8', start, end);
  switch (kind) {
    case PLUS:
      return text;
    case MINUS:
      return new ReplyError(text);
    case BOOLEAN:
      return text === 't';
    case DOUBLE:
      return doubleOf(text);
    case BIG:
      return BigInt(text);
    default:
      throw new Error(`no reply begins with byte ${kind}`);
  }
}

function doubleOf(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  return text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

/** Digits that a number can tell for sure. */
const SAFE_DIGITS = 15;

function integerOf(bytes: Buffer, start: number, end: number): number | bigint {
  if (end - start <= SAFE_DIGITS) return numberOf(bytes, start, end);
  const text = bytes.toString('latin1', start, end);
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function numberOf(bytes: Buffer, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  let value = 0;
  for (let i = negative ? start + 1 : start; i < end; i++) value = value * 10 + (bytes[i] as number) - 0x30;
  return negative ? -value : value;
}
