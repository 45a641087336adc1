/**
 * What goes out to one client. Replies are copied out of the shards' memories and handed to the socket; long values
 * stay where they are, and the socket is shown piece after piece of them, as the client takes them.
 */
import type { ClientSocket } from './client-socket.js';
import type { Keeper, Reference } from './exchange.js';
import type { WritePool } from './write-pool.js';

/** A long value is copied at once up to this size, unless the client has as much before it already. */
const COPY_AT_ONCE = 128 * 1024;
/** Pieces of longer ones, and how much of long replies the socket is given ahead. */
const PIECE = 256 * 1024;
/** One client is given no more than this at once, so that the others don't wait for it. */
const PUMP_MOST = 2 * PIECE;

/** A long value, and how much of it the socket has been shown. */
interface LongValue {
  readonly reference: Reference;
  sent: number;
}

export class Output {
  readonly #socket: ClientSocket;
  readonly #pool: WritePool;
  /** What waits behind a reference, in order. */
  readonly #waiting: (Buffer | LongValue)[] = [];
  #waitingBytes = 0;
  #referenced = 0;
  /** Values that the socket may still read from, the waiting ones apart. */
  readonly #shown = new Set<Reference>();
  #ending = false;
  #pumping = false;
  /** Called when the client has taken what it has been sent. */
  #onDrained: (() => void)[] = [];

  constructor(socket: ClientSocket, pool: WritePool) {
    this.#socket = socket;
    this.#pool = pool;
    socket.on('drain', () => this.#drain());
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
    if (this.#waiting.length === 0 && this.pending + bytes.length <= PIECE) {
      this.#socket.write(bytes);
      return;
    }
    this.#wait(bytes, bytes.length);
    this.#pumpLater();
  }

  /** Sends bytes that a reply refers to; the shard is told when they have been read. */
  writeReference(reference: Reference): void {
    const { keeper, address, length, blob, epoch } = reference;
    if (length <= COPY_AT_ONCE && this.pending < COPY_AT_ONCE && epoch === keeper.epoch) {
      this.write(keeper.engine.bytes, address, length);
      keeper.noteRead(blob);
      return;
    }
    this.#wait({ reference, sent: 0 }, length);
    this.#pumpLater();
  }

  #wait(item: Buffer | LongValue, bytes: number): void {
    this.#waiting.push(item);
    this.#waitingBytes += bytes;
    if (!Buffer.isBuffer(item)) this.#referenced += bytes;
  }

  #pumpLater(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    setImmediate(this.#pump);
  }

  /** Gives the socket some of what it takes. */
  readonly #pump = (): void => {
    this.#pumping = false;
    const enough = this.#waitingBytes - PUMP_MOST;
    while (this.#waiting.length !== 0 && this.#socket.writableLength < PIECE) {
      if (this.#waitingBytes < enough) {
        this.#pumpLater();
        return;
      }
      const first = this.#waiting[0] as Buffer | LongValue;
      if (Buffer.isBuffer(first)) this.#writeFirst(first);
      else this.#writePiece(first);
    }
    if (this.#waiting.length !== 0) return;
    if (this.#ending) this.end();
    this.#noteDrained();
  };

  #writeFirst(bytes: Buffer): void {
    const rest = bytes.subarray(PIECE);
    if (rest.length === 0) this.#waiting.shift();
    else this.#waiting[0] = rest;
    const piece = bytes.subarray(0, PIECE);
    this.#waitingBytes -= piece.length;
    this.#socket.write(piece);
  }

  #writePiece(value: LongValue): void {
    const { reference } = value;
    const { keeper, address, length, blob, epoch } = reference;
    if (epoch !== keeper.epoch) {
      this.#breakOff();
      return;
    }
    const bytes = Math.min(length - value.sent, PIECE);
    const memory = keeper.engine.bytes;
    const piece = Buffer.from(memory.buffer, memory.byteOffset + address + value.sent, bytes);
    value.sent += bytes;
    this.#waitingBytes -= bytes;
    this.#referenced -= bytes;
    if (value.sent !== length) {
      this.#socket.write(piece);
      return;
    }
    this.#waiting.shift();
    this.#shown.add(reference);
    // Also called when the socket is closed before.
    this.#socket.write(piece, () => {
      this.#shown.delete(reference);
      keeper.noteRead(blob, epoch);
    });
  }

  /** A shard has lost what it kept: a reply that has begun with it can't be finished. */
  lose(keeper: Keeper): void {
    const isIn = (reference: Reference) => reference.keeper === keeper;
    const first = this.#waiting[0];
    const isBegun = first !== undefined && !Buffer.isBuffer(first) && first.sent !== 0 && isIn(first.reference);
    if (isBegun || [...this.#shown].some(isIn)) this.#breakOff();
  }

  /** Nothing can be said in the middle of a value: the client learns of it by losing its connection. */
  #breakOff(): void {
    this.abandon();
    this.#socket.destroy();
  }

  /** Ends the connection when the client has been given all that there is for it. */
  end(): void {
    this.#ending = true;
    if (this.#waiting.length === 0) this.#socket.end(() => this.#socket.destroySoon());
  }

  /** The client has taken all, or nearly all: the socket will not say when it has taken the rest. */
  get isDrained(): boolean {
    return this.#waiting.length === 0 && !this.#socket.writableNeedDrain;
  }

  #drain(): void {
    if (this.#waiting.length !== 0) this.#pumpLater();
    this.#noteDrained();
  }

  #noteDrained(): void {
    if (!this.isDrained) return;
    const waiting = this.#onDrained;
    this.#onDrained = [];
    for (const go of waiting) go();
  }

  /** Calls back when `isDrained` has become true. */
  whenDrained(callback: () => void): void {
    this.#onDrained.push(callback);
  }

  /** The client is gone: lets go of what it did not take. */
  abandon(): void {
    for (const item of this.#waiting) {
      if (!Buffer.isBuffer(item)) item.reference.keeper.noteRead(item.reference.blob, item.reference.epoch);
    }
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#referenced = 0;
  }
}
