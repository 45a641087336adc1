import type { Socket } from 'node:net';

/** A client's end: keeps what it is sent. Takes all of it at once unless it is told to be slow. */
export class FakeSocket {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 50000;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 6379;
  bytesWritten = 0;
  writableLength = 0;
  isPaused = false;
  isEnded = false;
  /** Leaves what it is sent where it is until `read` is called. */
  isSlow = false;
  #received: Buffer[] = [];
  #unread: Buffer[] = [];
  /** Told when what they have written has been taken, or never will be. */
  #writers: (() => void)[] = [];
  readonly #onDrain: (() => void)[] = [];
  #onceDrained: (() => void)[] = [];

  /** As the type that the acceptor wants; it uses nothing but what is here. */
  get asSocket(): Socket {
    return this as unknown as Socket;
  }

  write(bytes: Buffer, callback?: () => void): boolean {
    this.bytesWritten += bytes.length;
    if (callback !== undefined) this.#writers.push(callback);
    if (this.isSlow) {
      // A socket keeps what it can't send: whoever has written it must not touch it again.
      this.writableLength += bytes.length;
      this.#unread.push(bytes);
    } else {
      this.#received.push(Buffer.from(bytes));
      this.#tellWriters();
    }
    return !this.isSlow;
  }

  get writableNeedDrain(): boolean {
    return this.writableLength !== 0;
  }

  /** Takes what waits for a slow client. */
  read(): void {
    this.#received.push(...this.#unread.map((bytes) => Buffer.from(bytes)));
    this.#unread = [];
    this.writableLength = 0;
    this.#tellWriters();
    const once = this.#onceDrained;
    this.#onceDrained = [];
    for (const callback of [...this.#onDrain, ...once]) callback();
  }

  /** Not at once: nobody expects it before `write` has returned. */
  #tellWriters(): void {
    const writers = this.#writers;
    this.#writers = [];
    for (const callback of writers) queueMicrotask(callback);
  }

  /** All that has been received since the last call. */
  take(): Buffer {
    const all = Buffer.concat(this.#received);
    this.#received = [];
    return all;
  }

  once(event: string, callback: () => void): this {
    if (event === 'drain') this.#onceDrained.push(callback);
    return this;
  }

  on(event: string, callback: () => void): this {
    if (event === 'drain') this.#onDrain.push(callback);
    return this;
  }

  pause(): this {
    this.isPaused = true;
    return this;
  }

  resume(): this {
    this.isPaused = false;
    return this;
  }

  end(callback?: () => void): this {
    this.isEnded = true;
    callback?.();
    return this;
  }

  destroy(): this {
    this.isEnded = true;
    this.#tellWriters();
    return this;
  }

  destroySoon(): void {
    this.isEnded = true;
    this.#tellWriters();
  }
}
