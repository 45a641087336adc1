/**
 * The acceptor's turn. While the event loop reads sockets, the framer stages their requests by shard; at the end of the
 * turn each shard's requests go one of two ways:
 *
 *   direct   the shard is idle: borrow it and run them here and now
 *   ring     hand them over to the shard's thread, with one wake-up at the most
 *
 * Replies come back in the order of the requests (connection.ts).
 */
import {
  REPLY_BYTES,
  REPLY_CONNECTION,
  REPLY_COUNT,
  REPLY_EXCHANGE,
  REPLY_FLAGS,
  REPLY_HEADER,
  REPLY_LAST,
  REPLY_PART,
} from '../engine/layout/reply.js';
import { Doorbell } from '../ring/doorbell.js';
import { DOORBELL } from '../ring/shard-rings.js';
import type { Engine } from '../wasm/engine.js';
import type { Connection } from './connection.js';
import type { DirectFailure, OnDirectFailure } from './direct-lane.js';
import { Exchange, type Part } from './exchange.js';
import type { Gatherer } from './gather.js';
import { readReferences } from './records.js';
import type { ShardPort } from './shard-port.js';

export type Dispatch = 'auto' | 'direct' | 'ring';

/** What one record brings for a request that the acceptor itself has made. */
export interface InternalReply {
  readonly exchange: number;
  readonly part: Part;
  readonly count: number;
  readonly isPart: boolean;
  readonly last: boolean;
}

/** A connection that has staged requests in this turn, and the exchange that they are. */
interface Staged {
  connection: Connection;
  exchange: number;
  /** Replies, and shards that give them. */
  count: number;
  shards: number;
  low: number;
  high: number;
  hasArrays: boolean;
}

/**
 * In auto mode, a turn that has at least so many bytes for a shard hands them over, if there are cores to spare for the
 * shards: a turn grows that long only when the acceptor is busy. With two cores, one of them the client's, running
 * them here is faster at every length (measured: native-free-notes.md).
 */
const AUTO_RING_BYTES = 64 * 1024;
const AUTO_RING_CORES = 3;

/** Connection number of the acceptor's own requests. */
export const INTERNAL = 0;

export interface DispatcherOptions {
  readonly engine: Engine;
  readonly ports: readonly ShardPort[];
  readonly gatherer: Gatherer;
  readonly dispatch: Dispatch;
  /** Threads that can run at the same time. */
  readonly cores: number;
  readonly now: () => number;
  readonly connection: (id: number) => Connection | undefined;
  readonly onInternal: (reply: InternalReply) => void;
}

export class Dispatcher {
  readonly ports: readonly ShardPort[];
  readonly #engine: Engine;
  readonly #gatherer: Gatherer;
  readonly #now: () => number;
  readonly #connection: (id: number) => Connection | undefined;
  readonly #onInternal: (reply: InternalReply) => void;
  readonly #bell: Doorbell;
  readonly dispatch: Dispatch;
  readonly #handsOver: boolean;
  readonly #staged: Staged[] = [];
  #stagedCount = 0;
  #scheduled = false;
  #feeds: (() => void)[] = [];
  /** Exchanges and internal requests that shards still owe replies for. */
  outstanding = 0;
  #armed = false;
  #listens = false;
  /** Commands by the way they went, for INFO. */
  directTurns = 0;
  ringTurns = 0;
  #onRoom: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#engine = options.engine;
    this.ports = options.ports;
    this.#gatherer = options.gatherer;
    this.dispatch = options.dispatch;
    this.#handsOver = options.dispatch === 'auto' && options.cores >= AUTO_RING_CORES;
    this.#now = options.now;
    this.#connection = options.connection;
    this.#onInternal = options.onInternal;
    this.#bell = new Doorbell(options.engine.words, DOORBELL);
  }

  /** Notes that the framer has just staged requests of a connection; they are dispatched when the turn ends. */
  noteStaged(connection: Connection): void {
    const { exports } = this.#engine;
    let entry = this.#staged[this.#stagedCount];
    if (entry === undefined) {
      entry = { connection, exchange: 0, count: 0, shards: 0, low: 0, high: 0, hasArrays: false };
      this.#staged.push(entry);
    }
    this.#stagedCount++;
    connection.staged++;
    entry.connection = connection;
    entry.exchange = exports.exchangeOpened() >>> 0;
    entry.count = exports.replyCount();
    entry.shards = exports.touchedCount();
    entry.hasArrays = connection.isMemcached;
    if (this.ports.length === 1) {
      entry.low = 1;
    } else {
      entry.low = exports.touchedLow();
      entry.high = exports.touchedHigh();
      entry.hasArrays ||= exports.hasArrays() !== 0;
    }
    this.#schedule();
  }

  /** Calls `feed` once, before the next turn that begins by itself: that is when clients without a socket are read. */
  beforeTurn(feed: () => void): void {
    this.#feeds.push(feed);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#begin);
  }

  /** A turn may also be asked for while input is being framed: then nobody else's can be. */
  readonly #begin = (): void => {
    this.readFeeds();
    this.turn();
  };

  /** Reads clients without a socket that have something to say. */
  readFeeds(): void {
    const feeds = this.#feeds;
    if (feeds.length === 0) return;
    this.#feeds = [];
    for (const feed of feeds) feed();
  }

  /** Dispatches what has been staged, and takes what has come back. */
  readonly turn = (): void => {
    this.#scheduled = false;
    if (this.outstanding !== 0 || this.#listens) this.drain();
    if (this.#stagedCount !== 0) this.#dispatchStaged();
    for (const port of this.ports) {
      this.#sendRead(port);
      port.publish();
    }
    this.#gatherer.endTurn();
    this.#arm();
  };

  #dispatchStaged(): void {
    const nowMs = this.#now();
    const count = this.#stagedCount;
    const direct: ShardPort[] = [];
    let directLow = 0;
    let directHigh = 0;
    for (const port of this.ports) {
      const bytes = this.#bytesStaged(port);
      if (bytes === 0 || this.#goesByRing(bytes) || !port.tryBorrow()) continue;
      direct.push(port);
      if (port.shard < 32) directLow |= 1 << port.shard;
      else directHigh |= 1 << (port.shard - 32);
    }
    for (let i = 0; i < count; i++) {
      const staged = this.#staged[i] as Staged;
      const { connection } = staged;
      const allDirect = (staged.low & ~directLow) === 0 && (staged.high & ~directHigh) === 0;
      // Two exchanges of one turn may be answered by two shards, the second one first.
      const inOrder = connection.staged === 1 || this.ports.length === 1;
      if (staged.shards > 1 || !allDirect || !inOrder || connection.exchanges.length !== 0) this.#open(staged);
    }
    for (let i = 0; i < count; i++) (this.#staged[i] as Staged).connection.staged = 0;
    for (const port of this.ports) {
      if (this.#bytesStaged(port) === 0 || direct.includes(port)) continue;
      this.ringTurns++;
      this.#sendStaged(port);
    }
    if (direct.length !== 0) this.#runDirect(direct, nowMs);
    this.#stagedCount = 0;
  }

  #goesByRing(bytes: number): boolean {
    return this.dispatch === 'ring' || (this.#handsOver && bytes >= AUTO_RING_BYTES);
  }

  #bytesStaged(port: ShardPort): number {
    const { exports } = this.#engine;
    return (exports.areaNext(port.shard) >>> 0) - (exports.areaStart(port.shard) >>> 0);
  }

  #sendStaged(port: ShardPort): void {
    const { exports, bytes } = this.#engine;
    port.send(bytes, exports.areaStart(port.shard) >>> 0, exports.areaNext(port.shard) >>> 0);
    exports.emptyArea(port.shard);
    port.publish();
    if (!port.hasBacklog) return;
    // The ring is full: nothing more is read from those who feed it until there is room.
    for (let i = 0; i < this.#stagedCount; i++) this.#holdUntilRoom((this.#staged[i] as Staged).connection);
  }

  #holdUntilRoom(connection: Connection): void {
    connection.hold();
    this.#onRoom.push(() => connection.release() && connection.onReleased?.());
  }

  #runDirect(direct: readonly ShardPort[], nowMs: number): void {
    const { exports, bytes } = this.#engine;
    for (const port of direct) {
      this.directTurns++;
      const start = exports.areaStart(port.shard) >>> 0;
      port.direct.execute(bytes, start, exports.areaNext(port.shard) >>> 0, nowMs, this.#deliver, this.#onFailure);
      exports.emptyArea(port.shard);
    }
    for (const port of direct) {
      if (port.engine.exports.suspendedBatches() !== 0) this.#openSuspended(port);
      port.giveBack();
    }
  }

  #open(staged: Staged): void {
    this.outstanding++;
    const { connection, exchange: id, count, low, high, hasArrays } = staged;
    connection.open(new Exchange(id, count, low, high, connection.muted, hasArrays));
  }

  /** The same for one that was to be answered at once: some of its replies may have been sent. */
  #openLate(staged: Staged): void {
    const { connection, exchange } = staged;
    this.#open(staged);
    (connection.find(exchange) as Exchange).answered = connection.deliveredPart;
    connection.deliveredPart = 0;
  }

  /** Whether it was to be answered without an exchange, and has not been. */
  #isUnopened({ connection, exchange }: Staged): boolean {
    return !connection.hasDelivered(exchange) && connection.find(exchange) === undefined;
  }

  /** Some batches were not finished at once: their replies will come through the ring. */
  #openSuspended(port: ShardPort): void {
    for (let i = 0; i < this.#stagedCount; i++) {
      const staged = this.#staged[i] as Staged;
      const bit = port.shard < 32 ? staged.low >>> port.shard : staged.high >>> (port.shard - 32);
      if ((bit & 1) !== 0 && this.#isUnopened(staged)) this.#openLate(staged);
    }
  }

  readonly #onFailure = (port: ShardPort, failure: DirectFailure): void => {
    // Only an exchange can be answered with an error.
    for (let i = 0; i < this.#stagedCount; i++) {
      const staged = this.#staged[i] as Staged;
      const { id } = staged.connection;
      const isLost = failure.lost.some(({ connection, exchange }) => connection === id && exchange === staged.exchange);
      if (isLost && this.#isUnopened(staged)) this.#openLate(staged);
    }
    this.onDirectFailure?.(port, failure);
  };

  /** Called when the engine has failed on a shard that was borrowed. */
  onDirectFailure: OnDirectFailure | undefined;

  /** Sends a batch for the acceptor itself, or one that is too large for staging. */
  send(port: ShardPort, batch: Uint8Array): void {
    port.send(batch, 0, batch.byteLength);
    port.publish();
    this.#arm();
  }

  /** Takes replies from all rings. */
  drain(): void {
    for (const port of this.ports) port.drain(this.#deliver);
    if (this.#onRoom.length !== 0 && !this.ports.some((port) => port.hasBacklog)) {
      const waiting = this.#onRoom;
      this.#onRoom = [];
      for (const go of waiting) go();
    }
  }

  /** A shard will not answer what it owes a connection, or for one exchange of it: an error is sent instead. */
  failShard(connection: Connection, shard: number, error: Buffer, only?: number): void {
    connection.failShard(shard, error, this.#gatherer, only);
  }

  /** Whether shards may have something to say that nobody has asked for. */
  listen(on: boolean): void {
    this.#listens = on;
    this.#arm();
  }

  /** Has the shards ring when they have replies, as long as any are owed. */
  #arm(): void {
    if ((this.outstanding === 0 && !this.#listens) || this.#armed) return;
    this.#bell.announce();
    if (this.ports.some((port) => port.hasReplies())) {
      this.#bell.cancel();
      this.#schedule();
      return;
    }
    this.#armed = true;
    this.#bell.waitAsync(this.#rung);
  }

  readonly #rung = (): void => {
    this.#armed = false;
    this.turn();
  };

  /** Tells the shards which blobs have been read. */
  #sendRead(port: ShardPort): void {
    const blobs = port.takeRead();
    if (blobs.length !== 0) this.onRead?.(port, blobs);
  }

  onRead: ((port: ShardPort, blobs: readonly number[]) => void) | undefined;

  readonly #deliver = (port: ShardPort, record: number): void => {
    const { unsigned, halves } = port.engine;
    const id = unsigned[(record + REPLY_CONNECTION) >> 2] as number;
    const exchangeId = unsigned[(record + REPLY_EXCHANGE) >> 2] as number;
    const flags = halves[(record + REPLY_FLAGS) >> 1] as number;
    const start = record + REPLY_HEADER;
    const end = start + (unsigned[(record + REPLY_BYTES) >> 2] as number);
    const references = readReferences(port, record);
    const last = (flags & REPLY_LAST) !== 0;
    const count = halves[(record + REPLY_COUNT) >> 1] as number;
    const connection = id === INTERNAL ? undefined : this.#connection(id);
    if (connection !== undefined && connection.exchanges.length === 0 && references.length === 0) {
      if (!connection.muted) connection.sendBytes(port.engine.bytes, start, end);
      noteDelivered(connection, exchangeId, count, last);
      return;
    }
    const part: Part = { shard: port.shard, from: port.engine.bytes, start, end, references };
    if (id === INTERNAL) {
      this.#onInternal({ exchange: exchangeId, part, count, isPart: (flags & REPLY_PART) !== 0, last });
      return;
    }
    if (connection === undefined) {
      for (const reference of references) port.noteRead(reference.blob, reference.epoch);
      return;
    }
    const exchange = connection.find(exchangeId);
    if (exchange === undefined) {
      connection.send(part);
      noteDelivered(connection, exchangeId, count, last);
      return;
    }
    connection.deliver(exchange, part, count, last, this.#gatherer);
  };
}

/** Replies have been sent of an exchange that was not opened. */
function noteDelivered(connection: Connection, exchange: number, count: number, last: boolean): void {
  if (last) connection.delivered = exchange;
  connection.deliveredPart = last ? 0 : connection.deliveredPart + count;
}
