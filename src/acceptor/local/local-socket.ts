/**
 * A client's end without a network: replies are handed to a function. Its other half is a LocalConnection, which hands
 * requests in.
 */
import type { ClientSocket } from '../client-socket.js';

export interface LocalSocketEvents {
  /** Bytes of replies. They may change when the call returns. */
  readonly received: (bytes: Buffer) => void;
  /** The acceptor takes requests again. */
  readonly resumed: () => void;
  /** Told once, not from within another call. */
  readonly closed: () => void;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly taken: (() => void) | undefined;
}

export class LocalSocket implements ClientSocket {
  readonly inProcess = true;
  bytesWritten = 0;
  writableLength = 0;
  isPaused = false;
  isClosed = false;
  readonly #events: LocalSocketEvents;
  /** The reader wants nothing for now; what it is sent waits here. */
  #stopped = false;
  #waiting: Waiting[] = [];
  #endsSoon = false;
  readonly #onDrain: (() => void)[] = [];

  constructor(events: LocalSocketEvents) {
    this.#events = events;
  }

  get writableNeedDrain(): boolean {
    return this.writableLength !== 0;
  }

  write(bytes: Uint8Array, taken?: () => void): boolean {
    const { buffer, byteOffset, byteLength } = bytes;
    const piece = Buffer.from(buffer, byteOffset, byteLength);
    this.bytesWritten += byteLength;
    if (this.#stopped) {
      this.writableLength += byteLength;
      this.#waiting.push({ bytes: piece, taken });
      return false;
    }
    if (!this.isClosed) this.#events.received(piece);
    if (taken !== undefined) queueMicrotask(taken);
    return true;
  }

  /** The reader takes no replies until it says so: the acceptor lets them wait, and at last reads no more requests. */
  stopReading(): void {
    this.#stopped = true;
  }

  startReading(): void {
    this.#stopped = false;
    while (this.#waiting.length !== 0 && !this.#stopped) this.#takeFirst();
    if (this.#waiting.length !== 0) return;
    if (this.#endsSoon) this.destroy();
    else for (const listener of this.#onDrain) listener();
  }

  #takeFirst(): void {
    const { bytes, taken } = this.#waiting.shift() as Waiting;
    this.writableLength -= bytes.length;
    if (!this.isClosed) this.#events.received(bytes);
    if (taken !== undefined) queueMicrotask(taken);
  }

  end(taken?: () => void): void {
    if (taken !== undefined) queueMicrotask(taken);
  }

  destroySoon(): void {
    if (this.#waiting.length === 0) this.destroy();
    else this.#endsSoon = true;
  }

  destroy(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#stopped = false;
    this.writableLength = 0;
    for (const { taken } of this.#waiting.splice(0)) if (taken !== undefined) queueMicrotask(taken);
    queueMicrotask(this.#events.closed);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.#events.resumed();
  }

  on(_event: 'drain', listener: () => void): void {
    this.#onDrain.push(listener);
  }
}
