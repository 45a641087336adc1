/**
 * One client: its socket, the exchanges that it is owed replies for, and the input that has to wait. Replies leave in
 * the order of the requests, whichever way each of them took.
 */
import type { Socket } from 'node:net';
import type { Gatherer } from './gather.js';
import type { Exchange, Part, Reference } from './exchange.js';
import { Output } from './output.js';
import type { WritePool } from './write-pool.js';

export class Connection {
  readonly id: number;
  readonly socket: Socket;
  readonly output: Output;
  /** Number of the last exchange that ended while none was waiting. */
  delivered = -1;
  /** Exchanges that have not ended, oldest first. */
  readonly exchanges: Exchange[] = [];
  /** Received but not framed yet: something must be finished first. */
  input: Buffer | undefined;
  /** Reasons why nothing is read from the client now. */
  #holds = 0;
  closed = false;
  /** Called when the last exchange has ended. */
  onIdle: (() => void) | undefined;
  /** Replies are not sent (CLIENT REPLY OFF or SKIP). */
  muted = false;

  constructor(id: number, socket: Socket, pool: WritePool) {
    this.id = id;
    this.socket = socket;
    this.output = new Output(socket, pool);
  }

  get isHeld(): boolean {
    return this.#holds !== 0;
  }

  /** Stops reading from the client until `release` has been called as often as this. */
  hold(): void {
    if (this.#holds++ === 0 && !this.closed) this.socket.pause();
  }

  /** Whether that was the last reason not to read. */
  release(): boolean {
    if (--this.#holds !== 0) return false;
    if (!this.closed) this.socket.resume();
    return true;
  }

  find(id: number): Exchange | undefined {
    const first = this.exchanges[0];
    return first?.id === id ? first : this.exchanges.find((exchange) => exchange.id === id);
  }

  /** A record for an exchange: bytes that can be sent as they are. */
  deliver(exchange: Exchange, part: Part, last: boolean, gatherer: Gatherer): void {
    if (exchange.parts !== undefined) gatherer.add(exchange, part);
    else if (this.exchanges[0] === exchange) this.send(part);
    else exchange.ready.push(...piecesOf(part));
    if (!last || --exchange.remaining !== 0) return;
    // The parts of one that comes too early are put in order when its turn comes.
    if (this.exchanges[0] === exchange) this.#endExchanges(gatherer);
  }

  /** Ends the exchanges at the head of the queue that are complete, and sends what the next one has ready. */
  #endExchanges(gatherer: Gatherer): void {
    while (this.exchanges.length !== 0) {
      const first = this.exchanges[0] as Exchange;
      if (first.ready.length !== 0) {
        this.#sendAll(first.ready);
        first.ready = [];
      }
      if (first.remaining !== 0) return;
      if (first.parts !== undefined && !this.closed) {
        const pieces = gatherer.finish(first, this.muted ? undefined : this.output);
        if (pieces !== undefined) this.#sendAll(pieces);
      }
      this.exchanges.shift();
      this.delivered = first.id;
      this.onEnd?.(first);
    }
    const { onIdle } = this;
    this.onIdle = undefined;
    onIdle?.();
  }

  /** Called when an exchange has ended. */
  onEnd: ((exchange: Exchange) => void) | undefined;

  /** Called when the client may be read from again. */
  onReleased: (() => void) | undefined;

  /** Sends bytes of a memory that will change. */
  sendBytes(from: Uint8Array, start: number, end: number): void {
    if (!this.muted && !this.closed) this.output.write(from, start, end - start);
  }

  /** Sends the reply of a command that the acceptor has answered. */
  reply(bytes: Buffer): void {
    if (!this.muted && !this.closed) this.output.writeBuffer(bytes);
  }

  /** Sends a payload and what it refers to. */
  send(part: Part): void {
    if (part.references.length !== 0) {
      this.#sendAll(piecesOf(part));
    } else {
      this.sendBytes(part.from, part.start, part.end);
    }
  }

  #sendAll(pieces: readonly (Buffer | Reference)[]): void {
    for (const piece of pieces) {
      if (this.muted || this.closed) {
        if (!Buffer.isBuffer(piece)) piece.port.noteRead(piece.blob);
      } else if (Buffer.isBuffer(piece)) {
        this.output.writeBuffer(piece);
      } else {
        this.output.writeReference(piece.port, piece.address, piece.length, piece.blob);
      }
    }
  }
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
