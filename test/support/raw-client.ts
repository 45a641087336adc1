/** A client that sends any bytes at any time, and reads replies when it likes. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Reply, ReplyError, ReplyReader } from './reply-reader.js';
import { soon } from './wait.js';

export type Word = string | number | Buffer;

export function request(...words: Word[]): Buffer {
  return requestOf(words);
}

/** The bytes of a request, of any number of words. */
function requestOf(words: readonly Word[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${words.length}\r\n`)];
  for (const word of words) {
    const bytes = Buffer.isBuffer(word) ? word : Buffer.from(String(word));
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat(parts);
}

/** Bulk strings as text, errors with a dash before them: what tests compare. */
export function plain(reply: Reply | undefined): unknown {
  if (Buffer.isBuffer(reply)) return reply.toString();
  if (reply instanceof ReplyError) return `-${reply.text}`;
  return Array.isArray(reply) ? reply.map(plain) : reply;
}

export class RawClient {
  readonly socket: Socket;
  readonly #reader = new ReplyReader();
  #replies: Reply[] = [];
  #failure: unknown;
  #wake: (() => void) | undefined;
  /** Replies that have come, taken or not, and bytes. */
  received = 0;
  receivedBytes = 0;
  isClosed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (piece: Buffer) => this.#take(piece));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
      this.#wake?.();
    });
  }

  static async open(port: number, host = '127.0.0.1'): Promise<RawClient> {
    const socket = connect(port, host);
    const client = new RawClient(socket);
    await once(socket, 'connect');
    return client;
  }

  #take(piece: Buffer): void {
    this.receivedBytes += piece.length;
    try {
      const replies = this.#reader.add(piece);
      this.received += replies.length;
      for (const reply of replies) this.#replies.push(reply);
    } catch (error) {
      this.#failure = error;
    }
    this.#wake?.();
  }

  send(bytes: Buffer | string): void {
    this.socket.write(bytes);
  }

  /** Whether a part of a reply has come. */
  get isAmidReply(): boolean {
    return this.#reader.isAmidReply;
  }

  /** Takes the next `count` replies, waiting for them. */
  async replies(count: number): Promise<Reply[]> {
    await soon(this.#until(() => this.#replies.length >= count || this.isClosed));
    if (this.#replies.length < count) {
      const last = String(plain(this.#replies.at(-1))).slice(0, 200);
      throw new Error(`closed after ${this.#replies.length} of ${count} replies, the last one ${last}`);
    }
    return this.#replies.splice(0, count);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async reply(): Promise<Reply> {
    return (await this.replies(1))[0] as Reply;
  }

  /** Sends a request and returns its reply, as `plain` shows it. */
  call(...words: Word[]): Promise<unknown> {
    return this.callWith(words);
  }

  async callWith(words: readonly Word[]): Promise<unknown> {
    this.send(requestOf(words));
    return plain(await this.reply());
  }

  /** Waits until the server has closed the connection; returns the replies that were left. */
  async closed(): Promise<unknown[]> {
    await soon(this.#until(() => this.isClosed));
    return this.#replies.splice(0).map(plain);
  }

  close(): void {
    this.socket.destroy();
  }
}
