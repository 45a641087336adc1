/**
 * The direct way: the acceptor itself runs the engine on a shard that it has borrowed. The engine may fail here as it may
 * in the shard's thread, and the same becomes of it: what was finished is delivered, the request in hand is lost, the
 * rest goes on; only a shard that was being changed has to be emptied, and then all that was brought to it is lost.
 */
import { BATCH_SIZE } from '../engine/layout/batch.js';
import { ORDER_NONE, ORDER_TRAP } from '../engine/layout/control.js';
import { DIRECT_IN, DIRECT_OUT, DIRECT_OUT_SIZE } from '../engine/layout/memory.js';
import type { Deliver, LostBatch, ShardPort } from './shard-port.js';

/** How a run has failed. */
export interface DirectFailure {
  readonly error: Error;
  /** In the middle of a change: the shard must be emptied before anybody uses it again. */
  readonly changing: boolean;
  /** What will not be answered. */
  readonly lost: readonly LostBatch[];
}

export type OnDirectFailure = (port: ShardPort, failure: DirectFailure) => void;

export class DirectLane {
  readonly #port: ShardPort;
  /** For tests of recovery: what the next run shall do before it begins (ORDER_...). */
  order: number = ORDER_NONE;

  constructor(port: ShardPort) {
    this.#port = port;
  }

  /** Executes batches from another memory, on a borrowed shard. `onFailure` is told when the engine fails. */
  execute(
    from: Uint8Array,
    start: number,
    end: number,
    nowMs: number,
    deliver: Deliver,
    onFailure: OnDirectFailure,
  ): void {
    const { bytes } = this.#port.engine;
    const last = DIRECT_IN + end - start;
    bytes.set(from.subarray(start, end), DIRECT_IN);
    for (let at = DIRECT_IN; at < last; ) at = this.#run(at, last, nowMs, deliver, onFailure);
  }

  /** Calls the engine once; returns where to go on. */
  #run(at: number, last: number, nowMs: number, deliver: Deliver, onFailure: OnDirectFailure): number {
    const port = this.#port;
    const { exports } = port.engine;
    let begun = false;
    let written: number;
    try {
      if (this.order !== ORDER_NONE) this.#obey();
      begun = true;
      written = port.meter.execute(at, last, DIRECT_OUT, DIRECT_OUT + DIRECT_OUT_SIZE, nowMs);
    } catch (error) {
      // Before it has begun, the engine only knows how far it came the last time.
      port.deliverAll(DIRECT_OUT, begun ? exports.recordsEnd() >>> 0 : DIRECT_OUT, deliver);
      port.passKeyNotes();
      return this.#fail(at, last, error instanceof Error ? error : new Error(String(error)), onFailure);
    }
    const next = exports.consumed() >>> 0;
    port.deliverAll(DIRECT_OUT, DIRECT_OUT + written, deliver);
    port.passKeyNotes();
    return next;
  }

  #obey(): void {
    const { order } = this;
    this.order = ORDER_NONE;
    if (order === ORDER_TRAP) this.#port.engine.exports.trap();
    throw new Error('told to throw');
  }

  /** Finds out what is lost, and tells of it; returns where to go on. */
  #fail(at: number, last: number, error: Error, onFailure: OnDirectFailure): number {
    const { exports } = this.#port.engine;
    const batch = exports.currentBatch() >>> 0;
    // The meter may have been counting frame by frame.
    exports.setSingle(0);
    if (exports.isChanging() !== 0) {
      onFailure(this.#port, { error, changing: true, lost: this.#senders(batch === 0 ? at : batch, last) });
      return last;
    }
    if (batch === 0) {
      onFailure(this.#port, { error, changing: false, lost: [] });
      return at;
    }
    const next = batch + this.#sizeOf(batch);
    const lost = this.#senders(batch, next);
    exports.abandonBatch();
    onFailure(this.#port, { error, changing: false, lost });
    return next;
  }

  #senders(start: number, end: number): LostBatch[] {
    const senders: LostBatch[] = [];
    for (let at = start; at < end; at += this.#sizeOf(at)) senders.push(this.#port.senderOf(at));
    return senders;
  }

  #sizeOf(batch: number): number {
    return this.#port.engine.unsigned[(batch + BATCH_SIZE) >> 2] as number;
  }
}
