import type { Acceptor } from '../../src/acceptor/acceptor.js';
import { READ_BYTES } from '../../src/acceptor/acceptor.js';
import type { Connection } from '../../src/acceptor/connection.js';
import { FakeSocket } from './fake-socket.js';
import { endOfReply } from './resp.js';

/** A client without a network: what it sends is received at once, as far as the acceptor reads from it. */
export class TestClient {
  readonly socket = new FakeSocket();
  readonly connection: Connection;
  readonly #acceptor: Acceptor;
  readonly #buffer: Uint8Array;
  #unsent: Buffer[] = [];
  #received: Buffer = Buffer.alloc(0);

  constructor(acceptor: Acceptor, flags: number) {
    this.#acceptor = acceptor;
    this.#buffer = acceptor.readBuffer(READ_BYTES);
    this.connection = acceptor.open(this.socket.asSocket, flags);
  }

  send(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += READ_BYTES) this.#unsent.push(bytes.subarray(at, at + READ_BYTES));
    this.flush();
  }

  /** Hands on what is unsent because the acceptor does not read now; whether that was anything. */
  flush(): boolean {
    let any = false;
    while (this.#unsent.length !== 0 && !this.socket.isPaused && !this.socket.isEnded) {
      const piece = this.#unsent.shift() as Buffer;
      this.#buffer.set(piece);
      this.#acceptor.received(this.connection, piece.length);
      any = true;
    }
    return any;
  }

  get hasUnsent(): boolean {
    return this.#unsent.length !== 0;
  }

  /** Replies that have arrived in full since the last call. */
  takeReplies(): Buffer[] {
    const received = this.takeBytes();
    const replies: Buffer[] = [];
    let at = 0;
    while (at < received.length) {
      const end = endOfReply(received, at);
      if (end < 0) break;
      replies.push(received.subarray(at, end));
      at = end;
    }
    this.#received = received.subarray(at);
    return replies;
  }

  /** All that has arrived since the last call. */
  takeBytes(): Buffer {
    const received = Buffer.concat([this.#received, this.socket.take()]);
    this.#received = Buffer.alloc(0);
    return received;
  }
}
