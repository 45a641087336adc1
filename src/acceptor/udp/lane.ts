/**
 * Stands for a client while one of its datagrams is answered: to the acceptor it is a connection like any other. What is
 * written to it is gathered until all of the reply is there.
 */
import type { ClientSocket } from '../client-socket.js';
import type { Connection } from '../connection.js';
import { HEADER_BYTES } from './datagram.js';

/** Longest reply. */
const REPLY_MOST = 4 * 1024 * 1024;

/** Whom to answer, and what. */
export interface Asker {
  readonly address: string;
  readonly port: number;
  readonly id: number;
  /** Bytes of the datagrams that it may be sent. */
  readonly most: number;
}

export class Lane implements ClientSocket {
  readonly writableNeedDrain = false;
  readonly writableLength = 0;
  bytesWritten = 0;
  /** Set when the acceptor has opened it. */
  connection: Connection | undefined;
  asker: Asker | undefined;
  /** The reply has been too long to be kept. */
  isOverfull = false;
  /** The connection has been ended from this side. */
  isEnded = false;
  #reply: Buffer | undefined;
  #scheduled = false;
  readonly #onDone: (lane: Lane) => void;

  /** `onDone` is called when all that was asked for has been answered. */
  constructor(onDone: (lane: Lane) => void) {
    this.#onDone = onDone;
  }

  /** Whether nothing more will be written for the present datagram. */
  get isDone(): boolean {
    const connection = this.connection as Connection;
    return this.isEnded || (connection.staged === 0 && !connection.isHeld && !connection.isBusy);
  }

  /** The reply, with HEADER_BYTES before it, if there is any. */
  take(): Buffer | undefined {
    const reply = this.#reply;
    this.#reply = undefined;
    return reply;
  }

  write(bytes: Uint8Array, done?: () => void): boolean {
    this.bytesWritten += bytes.byteLength;
    if (done !== undefined) queueMicrotask(done);
    this.#add(bytes);
    this.look();
    return true;
  }

  #add(bytes: Uint8Array): void {
    const before = this.#reply;
    const length = before?.length ?? HEADER_BYTES;
    if (this.isOverfull || length + bytes.byteLength > REPLY_MOST) {
      this.isOverfull = true;
      return;
    }
    const reply = Buffer.allocUnsafe(length + bytes.byteLength);
    if (before !== undefined) reply.set(before);
    reply.set(bytes, length);
    this.#reply = reply;
  }

  /** Looks whether the reply is complete, when what is being done now has been done. */
  look(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(this.#lookNow);
  }

  readonly #lookNow = (): void => {
    this.#scheduled = false;
    if (this.asker !== undefined && this.isDone) this.#onDone(this);
  };

  end(done?: () => void): void {
    this.isEnded = true;
    done?.();
    this.look();
  }

  destroy(): void {
    this.end();
  }

  destroySoon(): void {
    this.end();
  }

  // A datagram has come as a whole: there is nothing to be held up.
  on(): void {}
  pause(): void {}
  resume(): void {}
}
