/**
 * What goes out to one client. Replies are copied out of the shards' memories and handed to the socket; long values
 * stay where they are and are copied piece by piece, as the client takes them.
 */
import type { Socket } from 'node:net';
import type { ShardPort } from './shard-port.js';
import type { WritePool } from './write-pool.js';

/** A long value is copied at once up to this size. */
const COPY_AT_ONCE = 256 * 1024;
/** Pieces of longer ones, and how much of them the socket is given ahead. */
const PIECE = 256 * 1024;

/** Bytes of a value that stays in its shard's memory until they have been sent. */
interface Reference {
  readonly port: ShardPort;
  address: number;
  left: number;
  readonly blob: number;
}

export class Output {
  readonly #socket: Socket;
  readonly #pool: WritePool;
  /** What waits behind a reference, in order. */
  readonly #waiting: (Buffer | Reference)[] = [];
  #waitingBytes = 0;
  #referenced = 0;
  #draining = false;
  #ending = false;

  constructor(socket: Socket, pool: WritePool) {
    this.#socket = socket;
    this.#pool = pool;
  }

  /** Bytes that the client has not taken yet. */
  get pending(): number {
    return this.#socket.writableLength + this.#waitingBytes;
  }

  /** The part of it that takes memory: long values wait where they are. */
  get buffered(): number {
    return this.pending - this.#referenced;
  }

  /** Pieces that wait behind a long value. */
  get pieces(): number {
    return this.#waiting.length;
  }

  /** For the limits on unread replies (clients.ts): bytes taken at the last look, and since when none were, or too many. */
  taken = 0;
  stalledSince = 0;
  aboveSince = 0;

  /** Sends bytes of a memory that will change. */
  write(from: Uint8Array, start: number, length: number): void {
    if (length === 0) return;
    const copy = this.#pool.copy(from, start, length);
    if (this.#waiting.length !== 0) {
      this.#pool.keep(length);
      this.#wait(copy, length);
      return;
    }
    this.#socket.write(copy);
    if (this.#socket.writableLength !== 0) this.#pool.keep(length);
  }

  /** Sends bytes that nobody else changes. */
  writeBuffer(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.#waiting.length !== 0) this.#wait(bytes, bytes.length);
    else this.#socket.write(bytes);
  }

  /** Sends bytes that a reply refers to; the shard is told when they have been read. */
  writeReference(port: ShardPort, address: number, length: number, blob: number): void {
    if (length <= COPY_AT_ONCE) {
      this.write(port.engine.bytes, address, length);
      port.noteRead(blob);
      return;
    }
    this.#wait({ port, address, left: length, blob }, length);
    this.#pump();
  }

  #wait(item: Buffer | Reference, bytes: number): void {
    this.#waiting.push(item);
    this.#waitingBytes += bytes;
    if (!Buffer.isBuffer(item)) this.#referenced += bytes;
  }

  /** Gives the socket what it takes. */
  #pump(): void {
    while (this.#waiting.length !== 0) {
      if (this.#socket.writableLength >= PIECE) {
        this.#pumpLater();
        return;
      }
      const first = this.#waiting[0] as Buffer | Reference;
      if (Buffer.isBuffer(first)) {
        this.#waiting.shift();
        this.#waitingBytes -= first.length;
        this.#socket.write(first);
      } else {
        this.#writePiece(first);
      }
    }
    if (this.#ending) this.end();
  }

  #writePiece(reference: Reference): void {
    const bytes = Math.min(reference.left, PIECE);
    const { port, address } = reference;
    this.#socket.write(Buffer.from(port.engine.bytes.subarray(address, address + bytes)));
    reference.address += bytes;
    reference.left -= bytes;
    this.#waitingBytes -= bytes;
    this.#referenced -= bytes;
    if (reference.left !== 0) return;
    port.noteRead(reference.blob);
    this.#waiting.shift();
  }

  /** Ends the connection when the client has been given all that there is for it. */
  end(): void {
    this.#ending = true;
    if (this.#waiting.length === 0) this.#socket.end(() => this.#socket.destroySoon());
  }

  #pumpLater(): void {
    if (this.#draining) return;
    this.#draining = true;
    this.#socket.once('drain', () => {
      this.#draining = false;
      this.#pump();
    });
  }

  /** Calls back when the client has taken what it has been sent. */
  whenDrained(callback: () => void): void {
    this.#socket.once('drain', () => {
      if (this.#waiting.length === 0) callback();
      else this.whenDrained(callback);
    });
  }

  /** The client is gone: lets go of what it did not take. */
  abandon(): void {
    for (const item of this.#waiting) {
      if (!Buffer.isBuffer(item)) item.port.noteRead(item.blob);
    }
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#referenced = 0;
  }
}
