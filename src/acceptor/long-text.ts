/**
 * The text of a reply that comes in many parts. It is gathered in the acceptor's linear memory: megabytes of short-lived
 * buffers would keep the garbage collector busy, and everybody waiting for it.
 */
import type { Engine } from '../wasm/engine.js';
import type { Keeper, Reference } from './exchange.js';

/** So much is kept in buffers. */
const SHORT = 16 * 1024;
const ROOM = 256 * 1024;

/** The acceptor's memory as a place where bytes wait to be sent. */
export class Rooms implements Keeper {
  readonly engine: Engine;
  readonly epoch = 0;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Address of ROOM bytes; 0: there is no memory for them. */
  take(): number {
    return this.engine.exports.takeRoom(ROOM) >>> 0;
  }

  noteRead(room: number): void {
    this.engine.exports.giveRoom(room);
  }
}

export class LongText {
  readonly #rooms: Rooms;
  readonly #pieces: (Buffer | Reference)[] = [];
  /** The room that is being filled, and how far it is. */
  #room = 0;
  #used = 0;
  #short = 0;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** Adds bytes of a memory that will change. */
  add(bytes: Uint8Array): void {
    if (this.#room === 0 && this.#short + bytes.byteLength <= SHORT) {
      this.#short += bytes.byteLength;
      this.#pieces.push(Buffer.from(bytes));
      return;
    }
    for (let at = 0; at < bytes.byteLength; ) {
      if (this.#room === 0 && !this.#begin()) {
        this.#pieces.push(Buffer.from(bytes.subarray(at)));
        return;
      }
      const part = Math.min(bytes.byteLength - at, ROOM - this.#used);
      this.#rooms.engine.bytes.set(bytes.subarray(at, at + part), this.#room + this.#used);
      this.#used += part;
      at += part;
      if (this.#used === ROOM) this.#finish();
    }
  }

  #begin(): boolean {
    this.#room = this.#rooms.take();
    this.#used = 0;
    return this.#room !== 0;
  }

  #finish(): void {
    const { epoch } = this.#rooms;
    this.#pieces.push({ keeper: this.#rooms, address: this.#room, length: this.#used, blob: this.#room, epoch });
    this.#room = 0;
  }

  /** All of it, for whoever sends it. */
  end(): (Buffer | Reference)[] {
    if (this.#room !== 0) this.#finish();
    return this.#pieces;
  }

  /** Nobody will send it. */
  drop(): void {
    for (const piece of this.end()) if (!Buffer.isBuffer(piece)) piece.keeper.noteRead(piece.blob);
  }
}
