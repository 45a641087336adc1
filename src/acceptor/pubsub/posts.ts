/**
 * Small texts that clients are sent at the end of the turn, each client all of its own at once: a pipeline of PUBLISH
 * costs each subscriber one write, and the publisher one for its replies.
 */
import type { Connection } from '../connection.js';
import { Slab, type Text } from './slab.js';

export class Posts {
  /** Messages by protocol: each is written once for all that speak it. */
  readonly resp2 = new Slab();
  readonly resp3 = new Slab();
  readonly replies = new Slab();
  readonly #slabs = [this.resp2, this.resp3, this.replies];
  #waiting: Connection[] = [];
  readonly #onSent: ((connection: Connection) => void) | undefined;

  /** `onSent` is called for each connection when it has been given what was posted to it. */
  constructor(onSent?: (connection: Connection) => void) {
    this.#onSent = onSent;
  }

  /** Notes that a connection has been posted its first text of this turn. */
  note(connection: Connection): void {
    if (this.#waiting.push(connection) === 1) setImmediate(this.flush);
  }

  /** Sends all that has been posted. */
  readonly flush = (): void => {
    const connections = this.#waiting;
    this.#waiting = [];
    let kept = false;
    for (const connection of connections) {
      if (connection.flushPosts()) kept = true;
      this.#onSent?.(connection);
    }
    for (const slab of this.#slabs) slab.reuse(kept);
  };

  /** An integer reply. */
  integer(n: number): Text {
    const text = integerText(n);
    const slab = this.replies.begin(text.length);
    for (let i = 0, at = slab.start; i < text.length; i++, at++) slab.bytes[at] = text[i] as number;
    return slab;
  }
}

const INTEGERS: readonly Buffer[] = Array.from({ length: 256 }, (_, n) => Buffer.from(`:${n}\r\n`));

function integerText(n: number): Buffer {
  return INTEGERS[n] ?? Buffer.from(`:${n}\r\n`);
}
