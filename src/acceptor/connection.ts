/**
 * One client: its socket, the exchanges that it is owed replies for, and the input that has to wait. Replies leave in
 * the order of the requests, whichever way each of them took.
 */
import type { ClientSocket } from './client-socket.js';
import type { Exchange, Part, Reference } from './exchange.js';
import type { Gatherer } from './gather.js';
import { Output } from './output.js';
import type { WritePool } from './write-pool.js';

export class Connection {
  readonly id: number;
  readonly socket: ClientSocket;
  readonly output: Output;
  /** Number of the last exchange that ended; those before it have ended too. */
  delivered = -1;
  /** Replies that have been sent of the one after it, if only some of them have. */
  deliveredPart = 0;
  /** Exchanges that wait for this turn to be dispatched. */
  staged = 0;
  /** Exchanges that have not ended, oldest first. */
  readonly exchanges: Exchange[] = [];
  /** Received but not framed yet: something must be finished first. */
  input: Buffer | undefined;
  /** Reasons why nothing is read from the client now. */
  #holds = 0;
  #watches = 0;
  #ending = false;
  #brokenOff = false;
  closed = false;
  /** Bytes received since all that had come before was answered. */
  unanswered = 0;
  /** It is held until all of that has been answered. */
  awaitsAnswers = false;
  /** The client sends no more. */
  ended = false;
  /** When the client last sent something, in milliseconds since 1970. */
  lastActive = 0;
  /** Called when the last exchange has ended. */
  onIdle: (() => void) | undefined;
  /** Replies are not sent (CLIENT REPLY OFF, or SKIP while it applies). */
  muted = false;
  /** Requests, from the next one on, whose replies are not sent (CLIENT REPLY SKIP). */
  skips = 0;

  constructor(id: number, socket: ClientSocket, pool: WritePool) {
    this.id = id;
    this.socket = socket;
    this.output = new Output(socket, pool);
  }

  get isHeld(): boolean {
    return this.#holds !== 0;
  }

  /** Stops reading from the client until `release` has been called as often as this. */
  hold(): void {
    if (this.#holds++ === 0 && !this.closed && this.#watches === 0) this.socket.pause();
  }

  get isWatched(): boolean {
    return this.#watches !== 0;
  }

  /**
   * Goes on reading while the client is held, so that it is noticed when the client goes; what it sends is kept. Ends
   * when it has been called as often with false.
   */
  watch(on: boolean): void {
    this.#watches += on ? 1 : -1;
    if (!this.isHeld || this.closed || this.#ending) return;
    if (this.#watches === 0) this.socket.pause();
    else this.socket.resume();
  }

  /** Whether that was the last reason not to read. */
  release(): boolean {
    if (--this.#holds !== 0) return false;
    if (!this.closed && !this.#ending) this.socket.resume();
    return true;
  }

  /** Reads no more; what has been read is still answered. */
  stopReading(): void {
    this.#ending = true;
    this.socket.pause();
  }

  /** Whether something that was received has not been answered, or an answer not been taken. */
  get isBusy(): boolean {
    return this.exchanges.length !== 0 || this.input !== undefined || this.output.pending !== 0;
  }

  find(id: number): Exchange | undefined {
    const first = this.exchanges[0];
    return first?.id === id ? first : this.exchanges.find((exchange) => exchange.id === id);
  }

  /** Takes a record of `count` replies for an exchange; `last` if its shard has no more for it. */
  deliver(exchange: Exchange, part: Part, count: number, last: boolean, gatherer: Gatherer): void {
    exchange.answered += count;
    if (exchange.parts !== undefined) gatherer.add(exchange, part);
    else if (this.exchanges[0] === exchange) this.send(part, exchange.muted);
    else exchange.ready.push(...piecesOf(part));
    if (!last) return;
    exchange.finishShard(part.shard);
    if (exchange.isComplete && this.exchanges[0] === exchange) this.#endExchanges(gatherer);
  }

  /** Adds an exchange, behind those that began before it. */
  open(exchange: Exchange): void {
    let at = this.exchanges.length;
    while (at > 0 && isAfter((this.exchanges[at - 1] as Exchange).id, exchange.id)) at--;
    this.exchanges.splice(at, 0, exchange);
  }

  /** Whether the exchange of this number has been answered although it was never open. */
  hasDelivered(id: number): boolean {
    return !isAfter(id, this.delivered);
  }

  /** A shard has lost what it had in hand: what it owes, or owes for one exchange, is answered with an error. */
  failShard(shard: number, error: Buffer, gatherer: Gatherer, only?: number): void {
    for (const exchange of this.exchanges) {
      if (!exchange.isWaitingFor(shard) || (only !== undefined && exchange.id !== only)) continue;
      exchange.failure = error;
      exchange.finishShard(shard);
      if (exchange.parts === undefined) {
        for (let i = exchange.answered; i < exchange.count; i++) exchange.ready.push(error);
      }
    }
    this.#endExchanges(gatherer);
  }

  /** Ends the exchanges at the head of the queue that are complete, and sends what the next one has ready. */
  #endExchanges(gatherer: Gatherer): void {
    while (this.exchanges.length !== 0) {
      const first = this.exchanges[0] as Exchange;
      if (first.ready.length !== 0) {
        this.#sendAll(first.ready, first.muted);
        first.ready = [];
      }
      if (!first.isComplete) return;
      if (first.failure !== undefined && first.hasArrays) {
        this.#breakOff(first.failure);
        gatherer.drop(first);
      } else if (first.parts !== undefined) {
        const pieces = gatherer.finish(first, first.muted || this.#isSilent ? undefined : this.output);
        if (pieces !== undefined) this.#sendAll(pieces, first.muted);
      }
      this.exchanges.shift();
      this.delivered = first.id;
      this.onEnd?.(first);
    }
    const { onIdle } = this;
    this.onIdle = undefined;
    onIdle?.();
  }

  /** Sends an error in place of replies of which only some pieces are there, and ends the connection. */
  #breakOff(error: Buffer): void {
    this.#sendAll([error], false);
    this.#brokenOff = true;
    this.endAfterReply();
  }

  /** Whether nothing can be sent any more. */
  get #isSilent(): boolean {
    return this.closed || this.#brokenOff;
  }

  /** Called when an exchange has ended. */
  onEnd: ((exchange: Exchange) => void) | undefined;

  /** Called when the client may be read from again. */
  onReleased: (() => void) | undefined;

  /** Sends bytes of a memory that will change. */
  sendBytes(from: Uint8Array, start: number, end: number): void {
    if (!this.#isSilent) this.output.write(from, start, end - start);
  }

  /** Sends the reply of a command that the acceptor has answered. */
  reply(pieces: readonly (Buffer | Reference)[], muted = this.muted): void {
    this.#sendAll(pieces, muted);
  }

  /** Ends the connection once what is being answered has been sent; nothing more is taken from the client. */
  endAfterReply(): void {
    this.hold();
    this.input = undefined;
    setImmediate(() => this.output.end());
  }

  /** Sends a payload and what it refers to. */
  send(part: Part, muted = this.muted): void {
    if (part.references.length !== 0) this.#sendAll(piecesOf(part), muted);
    else if (!muted) this.sendBytes(part.from, part.start, part.end);
  }

  #sendAll(pieces: readonly (Buffer | Reference)[], muted: boolean): void {
    for (const piece of pieces) {
      if (muted || this.#isSilent) {
        if (!Buffer.isBuffer(piece)) piece.keeper.noteRead(piece.blob, piece.epoch);
      } else if (Buffer.isBuffer(piece)) {
        this.output.writeBuffer(piece);
      } else {
        this.output.writeReference(piece);
      }
    }
  }
}

/** Whether an exchange began after another one; their numbers count modulo 2^32. */
function isAfter(id: number, other: number): boolean {
  return ((id - other) | 0) > 0;
}

/** A payload and its references in order, copied out of memory that will change. */
function piecesOf({ from, start, end, references }: Part): (Buffer | Reference)[] {
  const pieces: (Buffer | Reference)[] = [];
  let at = start;
  for (const reference of references) {
    const to = start + reference.at;
    if (to > at) pieces.push(Buffer.from(from.subarray(at, to)));
    pieces.push(reference);
    at = to;
  }
  if (end > at) pieces.push(Buffer.from(from.subarray(at, end)));
  return pieces;
}
