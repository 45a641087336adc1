/** A UDP socket. A reply of several datagrams is put together here before the engine reads it. */
import { createSocket, type Socket } from 'node:dgram';
import type { Link, LinkOwner } from './link.js';
import type { LoadEngine } from './load-engine.js';
import type { Address } from './messages.js';
import type { OutPool } from './out-pool.js';

const HEADER = 8;
/** Of the socket, so that a burst of replies is not lost on this side. */
const BUFFER_BYTES = 4 * 1024 * 1024;
/** Replies in several datagrams that are being put together, at most: the oldest is given up first. */
const PARTIAL_MOST = 1024;

interface Partial {
  readonly pieces: (Buffer | undefined)[];
  missing: number;
  /** Microseconds since the run began. */
  readonly since: number;
}

export interface UdpOptions {
  readonly engine: LoadEngine;
  readonly pool: OutPool;
  readonly owner: LinkOwner;
  readonly readAt: number;
  readonly readBytes: number;
  /** Microseconds after which a request is given up: what has been put together of its reply is of no use then. */
  readonly timeout: number;
}

export class UdpLink implements Link {
  readonly number: number;
  readonly #options: UdpOptions;
  readonly #address: Address;
  readonly #partial = new Map<number, Partial>();
  #socket: Socket | undefined;

  constructor(number: number, address: Address, options: UdpOptions) {
    this.number = number;
    this.#address = address;
    this.#options = options;
  }

  open(): void {
    const { engine, owner } = this.#options;
    const { host, port } = this.#address;
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
    this.#socket = socket;
    // A port where nobody listens answers by ICMP: the requests run into their time limit.
    socket.on('error', (error) => owner.onRefused(this, error));
    socket.on('message', (message) => this.#onMessage(message));
    socket.on('connect', () => {
      try {
        socket.setRecvBufferSize(BUFFER_BYTES);
        socket.setSendBufferSize(BUFFER_BYTES);
      } catch {
        // The system's own size will have to do.
      }
      engine.exports.opened(this.number, 0, 0, owner.time());
      owner.onOpen(this);
    });
    socket.connect(port, host);
  }

  #onMessage(message: Buffer): void {
    const { owner, engine } = this.#options;
    if (message.length < HEADER) {
      this.#receive(0x10000, Buffer.alloc(0));
      return;
    }
    const id = message.readUInt16BE(0);
    const count = message.readUInt16BE(4);
    const body = message.subarray(HEADER);
    if (count <= 1 || engine.exports.awaits(this.number, id) === 0) this.#receive(id, body);
    else this.#collect(id, message.readUInt16BE(2), count, body);
    owner.onReceived(this);
  }

  #collect(id: number, place: number, count: number, body: Buffer): void {
    const now = this.#options.owner.time();
    let partial = this.#partial.get(id);
    // Numbers come round again: pieces may be left from a reply that was never complete.
    if (partial === undefined || partial.pieces.length !== count || now - partial.since > this.#options.timeout) {
      partial = { pieces: Array.from({ length: count }, () => undefined), missing: count, since: now };
      this.#partial.delete(id);
      this.#partial.set(id, partial);
      if (this.#partial.size > PARTIAL_MOST) this.#partial.delete(this.#partial.keys().next().value as number);
    }
    if (place >= count || partial.pieces[place] !== undefined) return;
    partial.pieces[place] = Buffer.from(body);
    if (--partial.missing !== 0) return;
    this.#partial.delete(id);
    this.#receive(id, Buffer.concat(partial.pieces as Buffer[]));
  }

  #receive(id: number, body: Buffer): void {
    const { engine, owner, readAt, readBytes } = this.#options;
    const length = Math.min(body.length, readBytes);
    engine.bytes.set(body.subarray(0, length), readAt);
    engine.exports.receivedDatagram(this.number, id, readAt, length, owner.time());
  }

  flush(): void {
    const { engine, pool } = this.#options;
    const socket = this.#socket;
    if (socket === undefined) return;
    while (engine.exports.hasUnbuilt(this.number) !== 0) {
      const length = engine.exports.build(this.number, pool.current, pool.size);
      if (length === 0) return;
      // A copy: the socket does not say when it has taken it.
      socket.send(Buffer.from(engine.bytes.slice(pool.current, pool.current + length)));
    }
  }

  abandon(): void {}

  close(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }
}
