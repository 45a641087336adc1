/**
 * A connection without a network: bytes of requests in, bytes of replies out. It goes through the same framer, turn and
 * order of replies as one over TCP, and is a client like any other.
 */
import { CONN_AUTHENTICATED } from '../../engine/layout/connection.js';
import { type Acceptor, READ_BYTES } from '../acceptor.js';
import type { Client } from '../client.js';
import type { Clients } from '../clients.js';
import type { Connection } from '../connection.js';
import type { Dispatcher } from '../dispatcher.js';
import { LocalSocket } from './local-socket.js';

/** The parts of a server that a connection within the process goes through. */
export interface LocalParts {
  readonly acceptor: Acceptor;
  readonly dispatcher: Dispatcher;
  readonly clients: Clients;
}

export interface LocalEvents {
  /** Bytes of replies. They may change when the call returns. */
  readonly received: (bytes: Buffer) => void;
  /** All that was written has been taken, after `write` has said that it should wait. */
  readonly drained?: () => void;
  readonly closed: () => void;
}

/** Requests that wait to be framed, from which on whoever writes should wait. */
const WAITING_MAX = 1024 * 1024;

export class LocalConnection {
  readonly #parts: LocalParts;
  readonly #events: LocalEvents;
  readonly #socket: LocalSocket;
  readonly #connection: Connection;
  readonly #readBuffer: Uint8Array;
  readonly client: Client;
  /** Bytes that have not been received by the acceptor; of the first piece only those from `#at` on. */
  #waiting: Uint8Array[] = [];
  #at = 0;
  #waitingBytes = 0;
  #announced = false;
  #isFull = false;
  /** Nothing more will be written. */
  #ending = false;

  /** Throws when there are too many clients. */
  constructor(parts: LocalParts, events: LocalEvents) {
    const { acceptor, clients } = parts;
    this.#parts = parts;
    this.#events = events;
    this.#socket = new LocalSocket({
      received: events.received,
      resumed: () => this.#announce(),
      closed: () => this.#closed(),
    });
    const refusal = clients.refuse(this.#socket);
    if (refusal !== undefined) throw new Error(refusal.replace(/^ERR /, ''));
    this.#readBuffer = acceptor.readBuffer(READ_BYTES);
    // Whoever runs in this process needs no password.
    this.#connection = acceptor.open(this.#socket, CONN_AUTHENTICATED);
    clients.opened(this.#connection);
    this.client = clients.of(this.#connection);
  }

  get isClosed(): boolean {
    return this.#socket.isClosed;
  }

  /** The protocol that replies are written in (PROTOCOL_...). */
  setProtocol(protocol: number): void {
    this.#parts.acceptor.records.setProtocol(this.#connection, protocol);
  }

  setDatabase(database: number): void {
    this.#parts.acceptor.records.setDatabase(this.#connection, database);
  }

  /**
   * Hands in bytes of requests; they are framed at the end of this turn of the event loop, and must not be changed until
   * their replies have come. False: too much is waiting, and `drained` will tell when not.
   */
  write(bytes: Uint8Array): boolean {
    if (this.isClosed || bytes.byteLength === 0) return true;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    this.#announce();
    if (this.#waitingBytes < WAITING_MAX) return true;
    this.#isFull = true;
    return false;
  }

  /** Takes no replies for now. */
  stopReading(): void {
    this.#socket.stopReading();
  }

  startReading(): void {
    this.#socket.startReading();
  }

  #announce(): void {
    if (this.#announced || this.#waiting.length === 0) return;
    this.#announced = true;
    this.#parts.dispatcher.beforeTurn(this.#feed);
  }

  readonly #feed = (): void => {
    this.#announced = false;
    while (this.#waiting.length !== 0 && !this.#socket.isPaused && !this.isClosed) {
      this.#parts.acceptor.received(this.#connection, this.#fill());
    }
    if (this.#waiting.length !== 0 || this.isClosed) return;
    if (this.#ending) this.#parts.acceptor.end(this.#connection);
    if (!this.#isFull) return;
    this.#isFull = false;
    this.#events.drained?.();
  };

  /** Moves as much as there is room for into the read buffer; returns how much that was. */
  #fill(): number {
    let filled = 0;
    while (filled < READ_BYTES) {
      const first = this.#waiting[0];
      if (first === undefined) break;
      const bytes = Math.min(first.byteLength - this.#at, READ_BYTES - filled);
      this.#readBuffer.set(first.subarray(this.#at, this.#at + bytes), filled);
      filled += bytes;
      this.#at += bytes;
      if (this.#at !== first.byteLength) break;
      this.#waiting.shift();
      this.#at = 0;
    }
    this.#waitingBytes -= filled;
    return filled;
  }

  /** Ends the connection when what was asked for in it has been answered. */
  end(): void {
    if (this.isClosed || this.#ending) return;
    this.#ending = true;
    if (this.#waiting.length === 0) this.#parts.acceptor.end(this.#connection);
  }

  /** Ends it at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  #closed(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#parts.acceptor.close(this.#connection);
    this.#parts.clients.closed(this.#connection);
    this.#events.closed();
  }
}
