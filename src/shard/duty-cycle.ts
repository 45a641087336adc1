/**
 * What a shard's thread does, as a plain object that a test can step: take requests from the ring, run them, publish
 * the replies; go on with long work in slices; free what has expired. `doWork` makes one round.
 */
import { BATCH_FLAGS, BATCH_REMOTE, BATCH_SIZE, FRAME_SIZE } from '../engine/layout/batch.js';
import { ORDER_NONE, ORDER_STOP, ORDER_THROW, ORDER_TRAP } from '../engine/layout/control.js';
import { CONTROL, ENDED_FRAME } from '../engine/layout/memory.js';
import { fitNotes, type KeyNote, writeNotes } from '../message/notes.js';
import { SLOW_FRAME_MAX, type SlowNote, slowRecordSize, writeSlowRecord } from '../message/slow.js';
import { Doorbell } from '../ring/doorbell.js';
import { Ownership } from '../ring/ownership.js';
import { RingConsumer, RingProducer } from '../ring/ring.js';
import {
  DOORBELL,
  heartbeat,
  orderFlag,
  replyRing,
  requestRing,
  roomWantedFlag,
  slowThreshold,
} from '../ring/shard-rings.js';
import type { Engine } from '../wasm/engine.js';
import { Meter } from '../wasm/meter.js';
import { NoteTaker } from '../wasm/note-taker.js';
import { Loader } from './loader.js';

/** Reply area that one call of the engine gets: enough for a full socket buffer's worth, little enough to share. */
const AREA_LEAST = 64 * 1024;
const AREA_MOST = 256 * 1024;
/** Requests that one call of the engine gets: some hundred. */
const RUN_BYTES = 32 * 1024;
/** How long the thread goes on with long work before it looks at the ring again, in milliseconds. */
const SLICE_MS = 0.25;
/**
 * How long it sleeps after that, in milliseconds. On a machine with fewer cores than threads, whoever waits for the core
 * gets it now and not at the end of the scheduler's slice, which is ten times as long as ours.
 */
const PAUSE_MS = 0.05;
/** Steps of the expiry wheel, and of housekeeping, between two looks at the clock. */
const EXPIRE_STEPS = 256;
/** Expired keys are looked for this often, in milliseconds. */
const TICK_MS = 100;
/** Longest record of notes on keys; the longest key fits into it. */
const NOTES_MAX = 128 * 1024;

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds from an arbitrary point, which never goes back. */
  elapsed(): number;
}

export class DutyCycle {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #requests: RingConsumer;
  readonly #replies: RingProducer;
  readonly #ownership: Ownership;
  readonly #bell: Doorbell;
  readonly #acceptorBell: Doorbell;
  readonly #loader: Loader;
  readonly #order;
  readonly #roomWanted;
  readonly #heartbeat;
  readonly #slowThreshold;
  readonly #meter: Meter;
  readonly #slowNotes: SlowNote[] = [];
  readonly #noteTaker: NoteTaker;
  /** Notes on keys that have not been sent yet. */
  #keyNotes: readonly KeyNote[] = [];
  #endedJobs: number;
  #owns = false;
  #nextTick = 0;
  #dueLeft = false;
  /** The round came to an end because the reply ring was full. */
  #lacksRoom = false;

  /** `memories` are all memories by number: the acceptor's is 0, shard k's is k + 1. */
  constructor(engine: Engine, memories: readonly WebAssembly.Memory[], clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
    const { words } = engine;
    this.#requests = new RingConsumer(requestRing(words));
    this.#replies = new RingProducer(replyRing(words));
    this.#ownership = new Ownership(words, CONTROL);
    this.#bell = new Doorbell(words, DOORBELL);
    this.#acceptorBell = new Doorbell(new Int32Array((memories[0] as WebAssembly.Memory).buffer), DOORBELL);
    this.#loader = new Loader(engine, memories);
    this.#order = orderFlag(words);
    this.#roomWanted = roomWantedFlag(words);
    this.#heartbeat = heartbeat(words);
    const threshold = slowThreshold(words);
    this.#slowThreshold = threshold;
    this.#meter = new Meter(engine, () => threshold.get(), this.#noteSlow);
    this.#noteTaker = new NoteTaker(engine);
    this.#endedJobs = engine.exports.endedJobs() >>> 0;
  }

  /** Works until it is told to stop. */
  run(): void {
    while (this.#order.get() !== ORDER_STOP || this.#requests.hasMore() || this.#isBusy()) {
      this.#heartbeat.add(1);
      const worked = this.doWork();
      const pause = worked ? PAUSE_MS : TICK_MS;
      if (this.#lacksRoom) this.#waitForRoom();
      else if ((!worked || this.#hasLongWork()) && this.rest()) this.#bell.wait(pause);
    }
    this.#letGo();
  }

  /** One round, without ever waiting for anybody but a borrower; false when there was nothing to do. */
  doWork(): boolean {
    this.#lacksRoom = false;
    this.#take();
    if (this.#keyNotes.length !== 0) this.#publish();
    this.#obey();
    let worked = this.#drain();
    if (this.#isBusy()) worked = this.#workSlices() || worked;
    const now = this.#clock.elapsed();
    if (this.#dueLeft || now >= this.#nextTick) {
      worked = this.#tick(now) || worked;
    }
    return worked;
  }

  #take(): void {
    if (this.#owns) return;
    this.#ownership.takeForShard();
    this.#owns = true;
  }

  #letGo(): void {
    if (!this.#owns) return;
    this.#owns = false;
    this.#ownership.release();
  }

  /** Orders of tests: to fail between two commands, or as if within one. */
  #obey(): void {
    const order = this.#order.get();
    if (order === ORDER_NONE || order === ORDER_STOP) return;
    this.#order.set(ORDER_NONE);
    if (order === ORDER_THROW) throw new Error('told to throw');
    if (order === ORDER_TRAP) this.#engine.exports.trap();
  }

  /** Whether it works in slices. */
  #hasLongWork(): boolean {
    return this.#dueLeft || this.#isBusy();
  }

  #isBusy(): boolean {
    return this.#engine.exports.suspendedBatches() !== 0;
  }

  /** Runs what is in the request ring, for a slice of time if there is other work; false when it was empty. */
  #drain(): boolean {
    const { exports } = this.#engine;
    let worked = false;
    const until = this.#hasLongWork() ? this.#clock.elapsed() + SLICE_MS : Number.POSITIVE_INFINITY;
    for (let start = this.#requests.next(); start >= 0; start = this.#requests.next()) {
      const end = Math.min(this.#requests.end, start + RUN_BYTES);
      const area = this.#replies.claimArea(AREA_LEAST, AREA_MOST);
      if (area < 0) {
        this.#lacksRoom = true;
        break;
      }
      worked = true;
      const written = this.#meter.execute(start, end, area, area + this.#replies.claimed, this.#clock.now());
      this.#replies.commit(written);
      let at = exports.consumed() >>> 0;
      if (at < end && exports.hasMore() === 0 && this.#isRemote(at) && this.#loader.begin(at)) {
        at += this.#engine.unsigned[(at + BATCH_SIZE) >> 2] as number;
      }
      this.#requests.advance(at - start);
      this.#publish();
      if (this.#clock.elapsed() >= until) break;
    }
    return worked;
  }

  #isRemote(batch: number): boolean {
    return ((this.#engine.bytes[batch + BATCH_FLAGS] as number) & BATCH_REMOTE) !== 0;
  }

  /** Of a round in which several jobs end, the last one is looked at. */
  #noteEndedJob(): void {
    const { exports } = this.#engine;
    const ended = exports.endedJobs() >>> 0;
    if (ended === this.#endedJobs) return;
    this.#endedJobs = ended;
    const threshold = this.#slowThreshold.get();
    const micros = (exports.endedMs() >>> 0) * 1000;
    if (threshold >= 0 && micros >= threshold) this.#noteSlow(ENDED_FRAME, exports.endedConnection() >>> 0, micros);
  }

  readonly #noteSlow = (frame: number, connection: number, micros: number): void => {
    const size = this.#engine.unsigned[(frame + FRAME_SIZE) >> 2] as number;
    const beginning = this.#engine.bytes.slice(frame, frame + Math.min(size, SLOW_FRAME_MAX));
    this.#slowNotes.push({ at: this.#clock.now(), micros, connection, frame: beginning });
  };

  /** Notes on slow commands that the ring has no room for now are sent later. */
  #sendSlowNotes(): void {
    while (this.#slowNotes.length !== 0) {
      const note = this.#slowNotes[0] as SlowNote;
      const size = slowRecordSize(note);
      const to = this.#replies.claim(size);
      if (to < 0) return;
      writeSlowRecord(this.#engine.bytes, to, note);
      this.#replies.commit(size);
      this.#slowNotes.shift();
    }
  }

  /** Whatever these are about has been done, and answered, before: so they go behind the replies. */
  #sendKeyNotes(): void {
    const fresh = this.#noteTaker.take();
    if (fresh.length !== 0) this.#keyNotes = this.#keyNotes.length === 0 ? fresh : [...this.#keyNotes, ...fresh];
    while (this.#keyNotes.length !== 0) {
      const { count, size } = fitNotes(this.#keyNotes, NOTES_MAX);
      const to = this.#replies.claim(size);
      if (to < 0) {
        // Until they are on their way, nobody else may run the engine here: what he would tell would come before.
        this.#lacksRoom = true;
        return;
      }
      writeNotes(this.#engine.bytes, to, this.#keyNotes.slice(0, count), size);
      this.#replies.commit(size);
      this.#keyNotes = this.#keyNotes.slice(count);
    }
  }

  #publish(): void {
    if (this.#keyNotes.length !== 0 || !this.#noteTaker.isEmpty) this.#sendKeyNotes();
    if (this.#slowNotes.length !== 0) this.#sendSlowNotes();
    if (this.#replies.publish()) this.#acceptorBell.ring();
    this.#requests.release();
  }

  /** Goes on with suspended work for a slice of time; false when all of it waits for something. */
  #workSlices(): boolean {
    const { exports } = this.#engine;
    const until = this.#clock.elapsed() + SLICE_MS;
    let worked = false;
    do {
      const loaded = this.#loader.step();
      if (!loaded && exports.wantsRescan() === 0) break;
      worked = true;
      const area = this.#replies.claimArea(AREA_LEAST, AREA_MOST);
      if (area < 0) {
        this.#lacksRoom = true;
        break;
      }
      this.#replies.commit(exports.runJobs(area, area + this.#replies.claimed, this.#clock.now()));
      this.#noteEndedJob();
    } while (this.#clock.elapsed() < until);
    this.#publish();
    return worked;
  }

  /** Frees keys that have expired, and what else waits to be freed, for a slice of time. */
  #tick(now: number): boolean {
    const { exports } = this.#engine;
    const until = now + SLICE_MS;
    let more = true;
    while (more && this.#clock.elapsed() < until) {
      const due = exports.expireDue(this.#clock.now(), EXPIRE_STEPS) !== 0;
      more = exports.housekeep() !== 0 || due;
    }
    this.#publish();
    this.#dueLeft = more;
    if (!more) this.#nextTick = now + TICK_MS;
    return more;
  }

  /** The acceptor does not keep up with the replies: wait until it has made room. */
  #waitForRoom(): void {
    this.#publish();
    this.#bell.announce();
    this.#roomWanted.set(1);
    if (this.#replies.claimArea(AREA_LEAST, AREA_MOST) >= 0) {
      this.#bell.cancel();
      return;
    }
    this.#acceptorBell.ring();
    this.#bell.wait(TICK_MS);
  }

  /** Before the thread sleeps: lets others have the memory, and looks once more; false when there is something to do. */
  rest(): boolean {
    // While batches are suspended the acceptor must not run others before them.
    if (!this.#isBusy()) this.#letGo();
    this.#bell.announce();
    if (!this.#requests.hasMore() && this.#order.get() === ORDER_NONE) return true;
    this.#bell.cancel();
    return false;
  }
}
