/**
 * The acceptor: has framed what clients send, and passes the requests on: to the dispatcher, which takes them to the
 * shards, or to the commands that are answered here.
 */
import { FRAME_SIZE } from '../engine/layout/batch.js';
import {
  CONN_DATABASE,
  CONN_EXCHANGE,
  CONN_PROTOCOL,
  CONN_SINGLE,
  FRAMED_ALL,
  FRAMED_BROKEN,
  FRAMED_LOCAL,
  FRAMED_REMOTE,
} from '../engine/layout/connection.js';
import { type Request, readFrame, writeRemoteBatch } from '../message/frames.js';
import type { Engine } from '../wasm/engine.js';
import { brokenText } from './broken.js';
import type { ClientSocket } from './client-socket.js';
import { Connection } from './connection.js';
import { ConnectionRecords } from './connection-records.js';
import type { Dispatcher } from './dispatcher.js';
import { Exchange, type Reference } from './exchange.js';
import type { ShardPort } from './shard-port.js';
import { WritePool } from './write-pool.js';

/** A request that is answered here. */
export interface LocalRequest extends Request {
  /** Why it was not staged: LOCAL_... */
  readonly reason: number;
}

/** Answers requests that are not for one shard. A promise holds the client up until it is settled. */
export interface LocalCommands {
  run(connection: Connection, request: LocalRequest): LocalReply | Promise<LocalReply>;
}

/** What is to be sent, in order; nothing for commands that have no reply. */
export type LocalReply = readonly (Buffer | Reference)[];

export interface AcceptorOptions {
  readonly engine: Engine;
  readonly local: LocalCommands;
  /** Bytes of replies that a client has not read at which it is no longer read from. */
  readonly outputPause: () => number;
  /** A client has sent something that is no request, and was told so with this error. */
  readonly onBroken: (connection: Connection, error: string) => void;
}

/** Bytes of requests that one client may have under way. */
const UNANSWERED_MAX = 128 * 1024;

export class Acceptor {
  readonly #engine: Engine;
  /** What the engine knows of each client. */
  readonly records: ConnectionRecords;
  readonly #local: LocalCommands;
  readonly #outputPause: () => number;
  readonly #onBroken: AcceptorOptions['onBroken'];
  readonly #pool = new WritePool();
  /** By number; 0 is nobody. */
  readonly connections: (Connection | undefined)[] = [undefined];
  readonly #freeIds: number[] = [];
  readonly #readAt: number;
  #dispatcher: Dispatcher | undefined;
  /** Whose input is being framed, and how many bytes of it came in this read. */
  #framed: Connection | undefined;
  #framedBytes = 0;
  #holdsAll = false;
  /** Clients that may be read from again. */
  #goingOn: Connection[] = [];
  /** Requests that would have been next when all clients were held. */
  #afterHold: (() => void)[] = [];
  /** Milliseconds since 1970, as of the last look at the clock. */
  time = Date.now();

  constructor(options: AcceptorOptions) {
    this.#engine = options.engine;
    this.records = new ConnectionRecords(options.engine);
    this.#local = options.local;
    this.#outputPause = options.outputPause;
    this.#onBroken = options.onBroken;
    this.#readAt = options.engine.exports.readBuffer() >>> 0;
  }

  attach(dispatcher: Dispatcher): void {
    this.#dispatcher = dispatcher;
  }

  /** Where sockets put what they read: `bytes` bytes in the engine's memory. */
  readBuffer(bytes: number): Uint8Array {
    return new Uint8Array(this.#engine.memory.buffer, this.#readAt, bytes);
  }

  /** Adds a client; `flags` are CONN_... */
  open(socket: ClientSocket, flags: number): Connection {
    const id = this.#freeIds.pop() ?? this.connections.length;
    const connection = new Connection(id, socket, this.#pool);
    connection.lastActive = this.time;
    this.connections[id] = connection;
    this.#engine.exports.openConnection(id, flags);
    connection.onEnd = (exchange) => this.#endExchange(connection, exchange);
    connection.onReleased = () => this.#goOn(connection);
    if (this.#holdsAll) {
      connection.watch(true);
      connection.hold();
    }
    return connection;
  }

  /** Takes nothing from any client, also from those yet to come, until it is called with false. */
  holdAll(hold: boolean): void {
    if (this.#holdsAll === hold) return;
    this.#holdsAll = hold;
    for (const connection of this.connections) {
      if (connection === undefined) continue;
      connection.watch(hold);
      if (hold) connection.hold();
      else if (connection.release()) this.#goOn(connection);
    }
    if (hold) return;
    const waiting = this.#afterHold;
    this.#afterHold = [];
    for (const go of waiting) go();
  }

  #endExchange(connection: Connection, exchange: Exchange): void {
    (this.#dispatcher as Dispatcher).outstanding--;
    if (exchange.frame !== 0) this.#engine.exports.releaseRequest(exchange.frame);
    if (connection.exchanges.length !== 0) return;
    connection.unanswered = 0;
    if (connection.awaitsAnswers) {
      connection.awaitsAnswers = false;
      if (connection.release()) this.#goOn(connection);
    }
    this.#closeIfDone(connection);
  }

  /** A client sends no more: it is closed when all that it has sent has been answered. */
  end(connection: Connection): void {
    connection.ended = true;
    // What it has sent last is dispatched at the end of this turn.
    setImmediate(() => this.#closeIfDone(connection));
  }

  #closeIfDone(connection: Connection): void {
    if (!connection.ended || connection.closed || connection.isHeld) return;
    if (connection.exchanges.length === 0 && connection.input === undefined) connection.endAfterReply();
  }

  /** A client is gone. Its number is used again when no shard has work for it any more. */
  close(connection: Connection): void {
    if (connection.closed) return;
    connection.closed = true;
    connection.input = undefined;
    connection.output.abandon();
    // What it has asked for last must be on its way, or its replies would be taken for those of the number's next owner.
    if (connection.staged !== 0) (this.#dispatcher as Dispatcher).turn();
    if (connection.exchanges.length === 0) this.#forget(connection);
    else connection.onIdle = () => this.#forget(connection);
  }

  #forget(connection: Connection): void {
    this.#engine.exports.closeConnection(connection.id);
    this.connections[connection.id] = undefined;
    this.#freeIds.push(connection.id);
  }

  /** A client has sent `length` bytes, which lie in the read buffer. */
  received(connection: Connection, length: number): void {
    connection.lastActive = this.time;
    if (connection.isHeld || connection.input !== undefined || this.#mustPause(connection)) {
      this.#keepInput(connection, this.#readAt, this.#readAt + length);
      return;
    }
    this.#frame(connection, this.#readAt, this.#readAt + length);
  }

  #frame(connection: Connection, start: number, end: number): void {
    this.#framed = connection;
    this.#framedBytes = end - start;
    this.#frameAll(connection, start, end);
    this.#framed = undefined;
    connection.unanswered += end - start;
    if (connection.unanswered >= UNANSWERED_MAX) this.#awaitAnswers(connection);
  }

  /** Takes no more of a client that has sent much: short requests may have long replies. */
  #awaitAnswers(connection: Connection): void {
    (this.#dispatcher as Dispatcher).turn();
    if (connection.exchanges.length === 0) {
      connection.unanswered = 0;
    } else if (!connection.awaitsAnswers) {
      connection.awaitsAnswers = true;
      connection.hold();
    }
  }

  #frameAll(connection: Connection, start: number, end: number): void {
    const { exports } = this.#engine;
    const dispatcher = this.#dispatcher as Dispatcher;
    const record = exports.recordOf(connection.id) >>> 0;
    let at = start;
    for (;;) {
      const skipping = connection.skips !== 0;
      if (skipping) connection.muted = true;
      const result = exports.frameResp(record, connection.id, at, end);
      if (exports.touchedCount() !== 0) dispatcher.noteStaged(connection);
      if (result === FRAMED_ALL) return;
      at = exports.stoppedAt() >>> 0;
      if (result === FRAMED_BROKEN) {
        this.#endBroken(connection);
        return;
      }
      // What was framed before goes first.
      if (result === FRAMED_LOCAL) this.#takeLocal(connection);
      else if (result === FRAMED_REMOTE) this.#sendRemote(connection, record);
      else dispatcher.turn();
      if (skipping) this.#endSkip(connection);
      if (connection.closed) return;
      if (connection.isHeld || this.#mustPause(connection)) {
        this.#keepInput(connection, at, end);
        return;
      }
    }
  }

  /** The request whose reply was to be skipped has been taken, unless it was one that has ended the skipping. */
  #endSkip(connection: Connection): void {
    if (connection.skips === 0 || --connection.skips !== 0) return;
    connection.muted = false;
    this.records.setFlag(connection, CONN_SINGLE, false);
  }

  /** Whether a client that does not read its replies must wait; then it does, until it has read them. */
  #mustPause(connection: Connection): boolean {
    if (connection.output.pending < this.#outputPause() || connection.output.isDrained) return false;
    connection.hold();
    connection.output.whenDrained(() => connection.release() && this.#goOn(connection));
    return true;
  }

  #keepInput(connection: Connection, start: number, end: number): void {
    if (start === end && connection.input === undefined) return;
    const bytes = Buffer.from(this.#engine.bytes.subarray(start, end));
    connection.input = connection.input === undefined ? bytes : Buffer.concat([connection.input, bytes]);
    if (connection.isHeld && connection.input.length >= READ_BYTES) connection.socket.pause();
  }

  /**
   * Goes on with input that had to wait. Not at once: this is called from within a turn or while another client's input
   * is being framed, when the rings are being read and the read buffer is in use.
   */
  #goOn(connection: Connection): void {
    if (connection.input === undefined) {
      this.#closeIfDone(connection);
      return;
    }
    if (this.#goingOn.push(connection) === 1) queueMicrotask(() => this.#goOnAll());
  }

  #goOnAll(): void {
    const connections = this.#goingOn;
    this.#goingOn = [];
    for (const connection of connections) this.#takeInput(connection);
  }

  #takeInput(connection: Connection): void {
    while (connection.input !== undefined && !connection.isHeld && !connection.closed) {
      const { input } = connection;
      const piece = input.subarray(0, READ_BYTES);
      connection.input = input.length > piece.length ? input.subarray(piece.length) : undefined;
      const rest = connection.input;
      connection.input = undefined;
      this.#engine.bytes.set(piece, this.#readAt);
      this.#frame(connection, this.#readAt, this.#readAt + piece.length);
      if (rest !== undefined) {
        const kept = connection.input as Buffer | undefined;
        connection.input = kept === undefined ? rest : Buffer.concat([kept, rest]);
      }
    }
    if (connection.ended) this.end(connection);
  }

  /** Runs a request that is answered here, once everything before it has been answered. */
  #takeLocal(connection: Connection): void {
    const { exports, bytes } = this.#engine;
    const frame = exports.stoppedFrame() >>> 0;
    const request: LocalRequest = { ...readFrame(bytes, frame), reason: exports.stoppedReason() };
    if (exports.stoppedInHeap() !== 0) exports.releaseRequest(frame);
    (this.#dispatcher as Dispatcher).turn();
    if (connection.closed) return;
    if (connection.exchanges.length === 0) {
      this.#runLocal(connection, request);
      return;
    }
    connection.hold();
    const run = () => {
      this.#runLocal(connection, request);
      if (connection.release()) this.#goOn(connection);
    };
    connection.onIdle = () => {
      if (this.#holdsAll) this.#afterHold.push(() => !connection.closed && run());
      else run();
    };
  }

  #runLocal(connection: Connection, request: LocalRequest): void {
    const { muted } = connection;
    const reply = this.#local.run(connection, request);
    if (!(reply instanceof Promise)) {
      connection.reply(reply, muted && connection.muted);
      return;
    }
    connection.hold();
    void reply.then((pieces) => {
      connection.reply(pieces, muted);
      if (connection.release()) this.#goOn(connection);
    });
  }

  /** Sends a request that is too large for the ring; the shard fetches it from this memory. */
  #sendRemote(connection: Connection, record: number): void {
    const { exports, bytes, unsigned } = this.#engine;
    const dispatcher = this.#dispatcher as Dispatcher;
    const frame = exports.stoppedFrame() >>> 0;
    const shard = exports.stoppedReason();
    dispatcher.turn();
    const id = unsigned[(record + CONN_EXCHANGE) >> 2] as number;
    unsigned[(record + CONN_EXCHANGE) >> 2] = id + 1;
    const low = shard < 32 ? 1 << shard : 0;
    const exchange = new Exchange(id, 1, low, low === 0 ? 1 << (shard - 32) : 0, connection.muted);
    exchange.frame = frame;
    connection.exchanges.push(exchange);
    dispatcher.outstanding++;
    const header = {
      connection: connection.id,
      exchange: id,
      flags: 0,
      database: bytes[record + CONN_DATABASE] as number,
      protocol: bytes[record + CONN_PROTOCOL] as number,
    };
    const size = unsigned[(frame + FRAME_SIZE) >> 2] as number;
    dispatcher.send(dispatcher.ports[shard] as ShardPort, writeRemoteBatch(header, 0, frame, size));
  }

  /** The client sent something that is no request: says what, and ends the connection. */
  #endBroken(connection: Connection): void {
    const { exports } = this.#engine;
    const text = brokenText(exports.brokenReason(), exports.brokenByte());
    (this.#dispatcher as Dispatcher).turn();
    this.#onBroken(connection, text.slice(1).trimEnd());
    const end = () => {
      connection.reply([Buffer.from(text, 'latin1')]);
      connection.endAfterReply();
    };
    if (connection.exchanges.length === 0) {
      end();
      return;
    }
    connection.hold();
    connection.onIdle = end;
  }

  /** Bytes received from a client of which no request has been made yet; all of a read counts until it is done. */
  unframed(connection: Connection): number {
    return (connection.input?.length ?? 0) + (this.#framed === connection ? this.#framedBytes : 0);
  }
}

/** Bytes that one read takes at the most. */
export const READ_BYTES = 64 * 1024;
