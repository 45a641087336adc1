/**
 * A TCP connection. All links of a thread read into one buffer in the engine's memory and write from there. A connection
 * that breaks is opened again, after a pause that doubles.
 */
import { connect, type Socket } from 'node:net';
import { EVENT_BROKEN, FAIL_RESET } from '../engine/layout.js';
import type { Handshake } from './handshake.js';
import type { Link, LinkOwner } from './link.js';
import type { LoadEngine } from './load-engine.js';
import type { Address } from './messages.js';
import type { OutPool } from './out-pool.js';

const PAUSE_LEAST_MS = 10;
const PAUSE_MOST_MS = 1000;
const NOTHING = new Uint8Array(0);

export interface TcpOptions {
  readonly engine: LoadEngine;
  readonly pool: OutPool;
  readonly owner: LinkOwner;
  /** Where reads go: an address in the engine's memory, and the bytes there. */
  readonly readAt: number;
  readonly readBytes: number;
  readonly handshake: Handshake;
  /** Whether requests go to it as soon as it is there (closed loop). */
  readonly connectMs: number;
}

export class TcpLink implements Link {
  readonly number: number;
  readonly #options: TcpOptions;
  #node: number;
  #address: Address;
  #socket: Socket | undefined;
  #isOpen = false;
  #isBlocked = false;
  #isClosed = false;
  #pause = PAUSE_LEAST_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(number: number, node: number, address: Address, options: TcpOptions) {
    this.number = number;
    this.#node = node;
    this.#address = address;
    this.#options = options;
  }

  open(): void {
    const { engine, owner, readAt, readBytes, connectMs } = this.#options;
    const buffer = engine.bytes.subarray(readAt, readAt + readBytes);
    const onread = { buffer, callback: (length: number): boolean => this.#onRead(length) };
    const { host, port } = this.#address;
    const socket = connect({ host, port, noDelay: true, onread });
    this.#socket = socket;
    let failure: NodeJS.ErrnoException | undefined;
    const limit = setTimeout(() => socket.destroy(new Error(`no connection within ${connectMs} ms`)), connectMs);
    socket.on('connect', () => {
      clearTimeout(limit);
      this.#onConnect(socket);
    });
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('end', () => engine.exports.receivedEnd(this.number, owner.time()));
    socket.on('close', () => {
      clearTimeout(limit);
      if (socket === this.#socket) this.#onClose(failure);
    });
  }

  #onConnect(socket: Socket): void {
    const { engine, owner, handshake } = this.#options;
    this.#isOpen = true;
    engine.exports.opened(this.number, this.#node, handshake.requests, owner.time());
    if (handshake.requests > 0) socket.write(handshake.bytes);
    else owner.onOpen(this);
  }

  #onRead(length: number): boolean {
    const { engine, owner, readAt } = this.#options;
    const events = engine.exports.received(this.number, readAt, length, owner.time());
    if (events === 0) {
      owner.onReceived(this);
    } else if ((events & EVENT_BROKEN) !== 0) {
      this.abandon(FAIL_RESET);
    } else {
      // The server has announced that it closes: the rest goes over a new connection.
      engine.exports.closed(this.number, owner.time());
      owner.onReceived(this);
      this.#reopen();
    }
    return true;
  }

  flush(): void {
    const { engine, pool } = this.#options;
    const { exports, bytes } = engine;
    const socket = this.#socket;
    if (socket === undefined) return;
    while (!this.#isBlocked) {
      const at = pool.current;
      const length = exports.build(this.number, at, pool.size);
      if (length === 0) return;
      socket.write(bytes.subarray(at, at + length));
      if (socket.writableLength !== 0) this.#block(socket);
      if (exports.hasUnbuilt(this.number) === 0) return;
    }
  }

  /** The socket keeps what it was given: nothing more is written until it has gone. */
  #block(socket: Socket): void {
    const { engine, pool } = this.#options;
    const region = pool.keep();
    this.#isBlocked = true;
    engine.exports.setBlocked(this.number, 1);
    socket.write(NOTHING, () => {
      pool.giveBack(region);
      if (socket !== this.#socket) return;
      this.#isBlocked = false;
      engine.exports.setBlocked(this.number, 0);
      this.flush();
      this.#options.owner.onReceived(this);
    });
  }

  #onClose(error: NodeJS.ErrnoException | undefined): void {
    const { engine, owner } = this.#options;
    if (this.#isClosed) return;
    if (this.#isOpen) {
      engine.exports.dropped(this.number, FAIL_RESET, owner.time());
      owner.onLost(this, error?.message ?? 'the server closed the connection');
    } else {
      owner.onRefused(this, error ?? new Error('the server closed the connection'));
    }
    this.#retry();
  }

  #retry(): void {
    this.#isOpen = false;
    this.#isBlocked = false;
    this.#socket = undefined;
    this.#timer = setTimeout(() => this.open(), this.#pause);
    this.#pause = Math.min(PAUSE_MOST_MS, this.#pause * 2);
  }

  /** Replies have come: the next pause is a short one. */
  noteAlive(): void {
    this.#pause = PAUSE_LEAST_MS;
  }

  abandon(why: number): void {
    this.#options.engine.exports.dropped(this.number, why, this.#options.owner.time());
    this.#reopen();
  }

  #reopen(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isOpen = false;
    this.#isBlocked = false;
    socket?.destroy();
    if (!this.#isClosed) this.open();
  }

  /** It leads somewhere else from now on. */
  moveTo(node: number, address: Address): void {
    const isSame = node === this.#node && address.host === this.#address.host && address.port === this.#address.port;
    if (isSame) return;
    this.#node = node;
    this.#address = address;
    clearTimeout(this.#timer);
    this.abandon(FAIL_RESET);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }
}
