/**
 * A shard as the acceptor sees it: its rings, its doorbell, and an instance of the engine over its memory, for the time
 * that the acceptor borrows it.
 */
import { BATCH_CONNECTION, BATCH_EXCHANGE, BATCH_SIZE, FRAME_SIZE } from '../engine/layout/batch.js';
import { CONTROL } from '../engine/layout/memory.js';
import { REPLY_SIZE } from '../engine/layout/reply.js';
import { RING_PAD } from '../engine/layout/ring.js';
import type { KeyNote } from '../message/notes.js';
import { SLOW_FRAME_MAX, type SlowNote } from '../message/slow.js';
import { Doorbell } from '../ring/doorbell.js';
import { Ownership } from '../ring/ownership.js';
import { discard, moveHead, moveTail, RingConsumer, RingProducer } from '../ring/ring.js';
import {
  DOORBELL,
  type Flag,
  orderFlag,
  replyRing,
  requestRing,
  roomWantedFlag,
  slowThreshold,
} from '../ring/shard-rings.js';
import type { Engine } from '../wasm/engine.js';
import { Meter } from '../wasm/meter.js';
import { NoteTaker } from '../wasm/note-taker.js';
import { DirectLane } from './direct-lane.js';

/** Called with the byte offset of each reply record, in the shard's memory. */
export type Deliver = (port: ShardPort, record: number) => void;

/** Whose batch will not be answered. */
export interface LostBatch {
  readonly connection: number;
  readonly exchange: number;
}

export class ShardPort {
  readonly shard: number;
  readonly engine: Engine;
  readonly ownership: Ownership;
  readonly meter: Meter;
  readonly direct: DirectLane = new DirectLane(this);
  readonly #requests: RingProducer;
  readonly #replies: RingConsumer;
  readonly #bell: Doorbell;
  readonly #roomWanted: Flag;
  readonly #slowThreshold: Flag;
  /** Called when a command that ran here was slow. */
  onSlow: ((note: SlowNote) => void) | undefined;
  /** Called with what has become of keys, in order. */
  onKeyNotes: ((notes: readonly KeyNote[]) => void) | undefined;
  readonly #noteTaker: NoteTaker;
  /** Batches that the ring had no room for, in order. */
  #backlog: Uint8Array[] = [];
  /** How often the shard has been emptied after a crash. */
  epoch = 0;
  /** Blobs of replies that have been read. */
  #readBlobs: number[] = [];

  constructor(shard: number, engine: Engine) {
    this.shard = shard;
    this.engine = engine;
    this.ownership = new Ownership(engine.words, CONTROL);
    this.#requests = new RingProducer(requestRing(engine.words));
    this.#replies = new RingConsumer(replyRing(engine.words));
    this.#bell = new Doorbell(engine.words, DOORBELL);
    this.#roomWanted = roomWantedFlag(engine.words);
    this.#slowThreshold = slowThreshold(engine.words);
    this.#noteTaker = new NoteTaker(engine);
    this.meter = new Meter(
      engine,
      () => this.#slowThreshold.get(),
      (frame, connection, micros) => {
        const size = engine.unsigned[(frame + FRAME_SIZE) >> 2] as number;
        const beginning = engine.bytes.slice(frame, frame + Math.min(size, SLOW_FRAME_MAX));
        this.onSlow?.({ at: Date.now(), micros, connection, frame: beginning });
      },
    );
  }

  get hasBacklog(): boolean {
    return this.#backlog.length !== 0;
  }

  /** Bytes that wait in the request ring. */
  get queuedBytes(): number {
    // The ring looks at how far the shard has come only when it must; here it must.
    return this.#requests.isDrained() ? 0 : this.#requests.used;
  }

  /** Borrows the shard if it is idle: nothing on its way to it, nothing suspended in it. */
  tryBorrow(): boolean {
    if (this.#backlog.length !== 0 || !this.#requests.isDrained()) return false;
    if (!this.ownership.tryBorrow()) return false;
    // Replies of what it did last must go before those of what is done now.
    if (this.engine.exports.suspendedBatches() === 0 && !this.#replies.hasMore()) return true;
    this.ownership.release();
    return false;
  }

  /** Passes on what has become of keys in a run here. */
  passKeyNotes(): void {
    if (!this.#noteTaker.isEmpty) this.onKeyNotes?.(this.#noteTaker.take());
  }

  /** Gives a borrowed shard back, and wakes its thread if there is something left for it to do. */
  giveBack(): void {
    const { exports } = this.engine;
    const left = exports.suspendedBatches() !== 0;
    this.ownership.release();
    if (left) this.#bell.ring();
  }

  /** Passes reply records on that lie from `start` to `end`. */
  deliverAll(start: number, end: number, deliver: Deliver): void {
    const { words } = this.engine;
    for (let at = start; at < end; ) {
      const size = words[(at + REPLY_SIZE) >> 2] as number;
      if ((size & RING_PAD) === 0) deliver(this, at);
      at += size & ~RING_PAD;
    }
  }

  /** Puts batches into the ring, or behind those that wait for room in it. */
  send(from: Uint8Array, start: number, end: number): void {
    if (this.#backlog.length === 0) {
      const to = this.#requests.claim(end - start);
      if (to >= 0) {
        this.engine.bytes.set(from.subarray(start, end), to);
        this.#requests.commit(end - start);
        return;
      }
      start = this.#sendEach(from, start, end);
    }
    if (start < end) this.#backlog.push(from.slice(start, end));
  }

  /** One by one, as long as there is room; returns where the first one is that found none. */
  #sendEach(from: Uint8Array, start: number, end: number): number {
    const view = new DataView(from.buffer, from.byteOffset);
    while (start < end) {
      const size = view.getUint32(start + BATCH_SIZE, true);
      const to = this.#requests.claim(size);
      if (to < 0) break;
      this.engine.bytes.set(from.subarray(start, start + size), to);
      this.#requests.commit(size);
      start += size;
    }
    return start;
  }

  /** Makes what was sent visible and wakes the shard if it sleeps. */
  publish(): void {
    if (this.#requests.publish()) this.#bell.ring();
  }

  /** Takes replies out of the ring; whether there were any. */
  drain(deliver: Deliver): boolean {
    let any = false;
    for (let start = this.#replies.next(); start >= 0; start = this.#replies.next()) {
      any = true;
      const { end } = this.#replies;
      this.deliverAll(start, end, deliver);
      this.#replies.advance(end - start);
      this.#replies.release();
    }
    if (any && this.#roomWanted.take() !== 0) this.#bell.ring();
    if (this.#backlog.length !== 0) this.#flushBacklog();
    return any;
  }

  hasReplies(): boolean {
    return this.#replies.hasMore();
  }

  #flushBacklog(): void {
    const waiting = this.#backlog;
    this.#backlog = [];
    while (waiting.length !== 0) {
      const batches = waiting.shift() as Uint8Array;
      this.send(batches, 0, batches.byteLength);
      if (this.#backlog.length !== 0) {
        this.#backlog.push(...waiting);
        break;
      }
    }
    this.publish();
  }

  /** Microseconds from which a command is slow; negative: none is. */
  setSlowThreshold(micros: number): void {
    this.#slowThreshold.set(micros);
  }

  wake(): void {
    this.#bell.ring();
  }

  /** Notes that the bytes a reply referred to have been read. */
  noteRead(blob: number, epoch = this.epoch): void {
    if (epoch === this.epoch) this.#readBlobs.push(blob);
  }

  /** Blobs whose bytes have been read since the last call. */
  takeRead(): number[] {
    if (this.#readBlobs.length === 0) return this.#readBlobs;
    const read = this.#readBlobs;
    this.#readBlobs = [];
    return read;
  }

  /** After the shard's thread has died: publishes the replies that it had finished. */
  recoverReplies(): void {
    moveHead(replyRing(this.engine.words), this.engine.exports.recordsEnd() >>> 0);
  }

  /**
   * Passes over the requests that have been answered, and gives up those that can't go on, which are returned: the one
   * that the thread died in, and those that it was bringing in.
   */
  recoverRequests(): LostBatch[] {
    const { exports, unsigned } = this.engine;
    const lost: LostBatch[] = [];
    const batch = exports.currentBatch() >>> 0;
    if (batch === 0) {
      moveTail(requestRing(this.engine.words), exports.consumed() >>> 0);
    } else {
      lost.push(this.senderOf(batch));
      moveTail(requestRing(this.engine.words), batch + (unsigned[(batch + BATCH_SIZE) >> 2] as number));
      // The meter may have been counting frame by frame.
      exports.setSingle(0);
      exports.abandonBatch();
    }
    for (let load = exports.firstLoad() >>> 0; load !== 0; load = exports.firstLoad() >>> 0) {
      lost.push(this.senderOf(load));
      exports.abandonLoad(load);
    }
    return lost;
  }

  /** Whose a batch is. */
  senderOf(batch: number): LostBatch {
    const { unsigned } = this.engine;
    return {
      connection: unsigned[(batch + BATCH_CONNECTION) >> 2] as number,
      exchange: unsigned[(batch + BATCH_EXCHANGE) >> 2] as number,
    };
  }

  /** Forgets what was on its way, after the shard has been emptied. */
  reset(): void {
    this.#backlog = [];
    discard(requestRing(this.engine.words));
  }

  /** What replies refer to is gone: the shard has been emptied. */
  forgetBlobs(): void {
    this.#readBlobs = [];
    this.epoch++;
  }

  /** For tests of recovery: has the shard's thread fail, or the acceptor when it next runs the engine here. */
  order(order: number, lane: 'ring' | 'direct'): void {
    if (lane === 'direct') {
      this.direct.order = order;
      return;
    }
    orderFlag(this.engine.words).set(order);
    this.#bell.ring();
  }
}
