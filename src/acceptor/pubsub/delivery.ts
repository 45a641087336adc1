/**
 * A message on its way to its subscribers. Its text is made when the first one asks for it, once for each version of the
 * protocol, and is the same bytes for all.
 *
 *   RESP2   *3 message channel payload      *4 pmessage pattern channel payload
 *   RESP3   >3 ...                          >4 ...
 */
import type { Posts } from './posts.js';
import type { Slab, Text } from './slab.js';

export type MessageKind = 'message' | 'pmessage' | 'smessage';

/** Names of channels and patterns are their bytes, one character for each. */
export type Name = string;

/** What comes before the payload, by protocol. */
export interface Heads {
  readonly resp2: Buffer;
  readonly resp3: Buffer;
}

export function headsOf(kind: MessageKind, ...names: readonly Name[]): Heads {
  const words = [kind, ...names].map((word) => `$${word.length}\r\n${word}\r\n`).join('');
  const count = names.length + 2;
  return {
    resp2: Buffer.from(`*${count}\r\n${words}`, 'latin1'),
    resp3: Buffer.from(`>${count}\r\n${words}`, 'latin1'),
  };
}

/** The text that a slab was given last; the slab goes on, so it is remembered where that is. */
interface Made {
  bytes: Buffer;
  start: number;
  end: number;
}

const NOTHING = Buffer.alloc(0);

export class Delivery {
  readonly #posts: Posts;
  kind: MessageKind = 'message';
  channel: Name = '';
  /** Of a pmessage. */
  pattern: Name | undefined;
  #heads: Heads | undefined;
  #from: Uint8Array = NOTHING;
  #start = 0;
  #end = 0;
  readonly #made2: Made = { bytes: NOTHING, start: 0, end: 0 };
  readonly #made3: Made = { bytes: NOTHING, start: 0, end: 0 };

  constructor(posts: Posts) {
    this.#posts = posts;
  }

  /** The payload of what comes next: bytes of some memory, which must not change until all have been told. */
  carry(from: Uint8Array, start: number, end: number): void {
    this.#from = from;
    this.#start = start;
    this.#end = end;
  }

  /** The same payload as a message of one kind. */
  as(kind: MessageKind, channel: Name, pattern: Name | undefined, heads: Heads): this {
    this.kind = kind;
    this.channel = channel;
    this.pattern = pattern;
    this.#heads = heads;
    this.#made2.end = 0;
    this.#made3.end = 0;
    return this;
  }

  /** The payload, for who keeps it. */
  payload(): Buffer {
    return Buffer.from(this.#from.subarray(this.#start, this.#end));
  }

  /** The message as a client is sent it; valid until the turn ends. */
  text(isResp3: boolean): Text {
    const made = isResp3 ? this.#made3 : this.#made2;
    if (made.end !== 0) return made;
    const { resp2, resp3 } = this.#heads as Heads;
    return isResp3 ? this.#write(resp3, this.#posts.resp3, made) : this.#write(resp2, this.#posts.resp2, made);
  }

  #write(head: Buffer, slab: Slab, made: Made): Text {
    const length = this.#end - this.#start;
    const line = lengthLine(length);
    const { bytes, start, end } = slab.begin(head.length + line.length + length + 2);
    const lineAt = copy(head, 0, head.length, bytes, start);
    const at = copy(line, 0, line.length, bytes, lineAt);
    copy(this.#from, this.#start, this.#end, bytes, at);
    bytes[end - 2] = 0x0d;
    bytes[end - 1] = 0x0a;
    made.bytes = bytes;
    made.start = start;
    made.end = end;
    return made;
  }
}

/** Shorter pieces are copied byte by byte: that is faster than a call. */
const LOOP_MAX = 96;

/** Copies bytes; returns where they end. */
function copy(from: Uint8Array, start: number, end: number, to: Buffer, at: number): number {
  if (end - start > LOOP_MAX) to.set(from.subarray(start, end), at);
  else for (let i = start, j = at; i < end; i++, j++) to[j] = from[i] as number;
  return at + end - start;
}

const LENGTH_LINES: readonly Buffer[] = Array.from({ length: 1024 }, (_, n) => Buffer.from(`$${n}\r\n`));

function lengthLine(length: number): Buffer {
  return LENGTH_LINES[length] ?? Buffer.from(`$${length}\r\n`);
}
