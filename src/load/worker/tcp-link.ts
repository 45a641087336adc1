/**
 * A TCP connection. All links of a thread read into one buffer in the engine's memory and write from there. A connection
 * that breaks is opened again, after a pause that doubles.
 */
import { connect, type Socket } from 'node:net';
import { EVENT_BROKEN, EVENT_CLOSING, FAIL_PROTOCOL, FAIL_RESET } from '../engine/layout.js';
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
  readonly connectMs: number;
}

export class TcpLink implements Link {
  readonly number: number;
  readonly #options: TcpOptions;
  #node: number;
  #address: Address;
  #socket: Socket | undefined;
  #isConnected = false;
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
    socket.on('end', () => {
      if (socket !== this.#socket) return;
      if ((engine.exports.receivedEnd(this.number, owner.time()) & EVENT_CLOSING) !== 0) this.#onClosing();
    });
    socket.on('close', () => {
      clearTimeout(limit);
      if (socket === this.#socket) this.#onClose(failure);
    });
  }

  #onConnect(socket: Socket): void {
    const { engine, owner, handshake } = this.#options;
    this.#isConnected = true;
    engine.exports.opened(this.number, this.#node, handshake.requests, owner.time());
    if (handshake.requests > 0) socket.write(handshake.bytes);
    else owner.onOpen(this);
  }

  #onRead(length: number): boolean {
    const { engine, owner, readAt } = this.#options;
    const events = engine.exports.received(this.number, readAt, length, owner.time());
    if (events === 0) {
      // The next pause is a short one.
      this.#pause = PAUSE_LEAST_MS;
      owner.onReceived(this);
    } else if ((events & EVENT_BROKEN) !== 0) {
      this.abandon(FAIL_PROTOCOL);
    } else {
      this.#onClosing();
    }
    return true;
  }

  /** The server has announced that it closes: the rest goes over a new connection. */
  #onClosing(): void {
    const { engine, owner } = this.#options;
    engine.exports.closed(this.number, owner.time());
    owner.onReceived(this);
    this.#letGo();
    if (!this.#isClosed) this.open();
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
    socket.write(NOTHING, (error) => {
      pool.giveBack(region);
      // With an error, the socket is about to be closed.
      if (socket !== this.#socket || error) return;
      this.#isBlocked = false;
      engine.exports.setBlocked(this.number, 0);
      this.flush();
      this.#options.owner.onReceived(this);
    });
  }

  #onClose(given: NodeJS.ErrnoException | undefined): void {
    const { engine, owner } = this.#options;
    if (this.#isClosed) return;
    const error = given ?? new Error('the server closed the connection');
    const wasReady = engine.exports.isReady(this.number) !== 0;
    const lost = this.#isConnected ? engine.exports.dropped(this.number, FAIL_RESET, owner.time()) : 0;
    this.#letGo();
    if (wasReady) owner.onLost(this, error, lost);
    else owner.onRefused(this, error);
    this.#retry();
  }

  #retry(): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.open(), this.#pause);
    this.#pause = Math.min(PAUSE_MOST_MS, this.#pause * 2);
  }

  abandon(why: number): void {
    const { engine, owner } = this.#options;
    const wasReady = engine.exports.isReady(this.number) !== 0;
    const lost = engine.exports.dropped(this.number, why, owner.time());
    this.#letGo();
    if (!wasReady) {
      owner.onRefused(this, new Error('no proper answer to what prepares the connection (AUTH, HELLO, SELECT)'));
      this.#retry();
    } else if (why === FAIL_PROTOCOL) {
      owner.onBroken(this, lost);
      this.#retry();
    } else {
      this.open();
    }
  }

  /** It has no socket any more. */
  #letGo(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isConnected = false;
    this.#isBlocked = false;
    socket?.destroy();
  }

  /** It leads somewhere else from now on; what is under way is sent again. */
  moveTo(node: number, address: Address): void {
    const { engine, owner } = this.#options;
    if (this.#isClosed) return;
    const isSame = address.host === this.#address.host && address.port === this.#address.port;
    this.#node = node;
    this.#address = address;
    if (isSame) {
      engine.exports.setNode(this.number, node);
      return;
    }
    clearTimeout(this.#timer);
    engine.exports.closed(this.number, owner.time());
    this.#letGo();
    this.open();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#letGo();
  }
}
