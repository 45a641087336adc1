/**
 * Brings the replies of several shards into the order of their requests. The engine does it, on copies in the
 * acceptor's memory; where long values are among the replies, or these are too long for that, it is done here.
 */
import { JOIN_NONE, JOIN_SUM } from '../engine/layout/batch.js';
import { GATHER_BYTES, GATHER_HEADER, GATHER_INDEX, GATHER_JOIN } from '../engine/layout/reply.js';
import type { Engine } from '../wasm/engine.js';
import type { Exchange, Part, PlacedReference, Reference } from './exchange.js';
import type { Output } from './output.js';

/** Bytes that the gatherer needs in the acceptor's memory. */
export const GATHER_ROOM = 8 * 1024 * 1024;
const OUT_ROOM = 4 * 1024 * 1024;
const LIST_BYTES = 512;
/** Replies are joined into no more than they were, but a sum may be longer than its addends. */
const SLACK = 64;

export class Gatherer {
  readonly #engine: Engine;
  readonly #list: number;
  readonly #out: number;
  /** Parts are kept here until the turn ends. */
  readonly #arena: number;
  readonly #arenaEnd: number;
  #next: number;
  /** Exchanges that have parts in the arena. */
  readonly #open = new Set<Exchange>();

  /** `room` is the address of GATHER_ROOM bytes in the acceptor's memory. */
  constructor(engine: Engine, room: number) {
    this.#engine = engine;
    this.#list = room;
    this.#out = room + LIST_BYTES;
    this.#arena = this.#out + OUT_ROOM;
    this.#arenaEnd = room + GATHER_ROOM;
    this.#next = this.#arena;
  }

  /** Adds a part, which lies in memory that will change, to an exchange. */
  add(exchange: Exchange, part: Part): void {
    const size = part.end - part.start;
    let kept: Part;
    if (this.#next + size > this.#arenaEnd) {
      kept = ownPart(part);
    } else {
      this.#engine.bytes.set(part.from.subarray(part.start, part.end), this.#next);
      kept = { ...part, from: this.#engine.bytes, start: this.#next, end: this.#next + size };
      this.#next += size;
      this.#open.add(exchange);
    }
    exchange.parts?.push(kept);
  }

  /** The turn ends: parts of exchanges that are still waiting for others move out of the arena. */
  endTurn(): void {
    this.#next = this.#arena;
    if (this.#open.size === 0) return;
    for (const { parts } of this.#open) {
      if (parts === undefined) continue;
      for (const [i, part] of parts.entries()) if (part.from === this.#engine.bytes) parts[i] = ownPart(part);
    }
    this.#open.clear();
  }

  /** Forgets what an exchange has been answered. */
  drop(exchange: Exchange): void {
    this.#open.delete(exchange);
    const references = exchange.parts?.flatMap((part) => part.references) ?? [];
    for (const { keeper, blob, epoch } of references) keeper.noteRead(blob, epoch);
  }

  /** Hands the complete replies of an exchange over, in order; or returns them when this is not the way. */
  finish(exchange: Exchange, output: Output | undefined): (Buffer | Reference)[] | undefined {
    const parts = exchange.parts as Part[];
    this.#open.delete(exchange);
    parts.sort((a, b) => a.shard - b.shard);
    const { failure, count } = exchange;
    if (failure !== undefined) return gatherSlowly(parts, count, failure);
    if (!fits(parts)) return gatherSlowly(parts, count);
    if (output === undefined) return undefined;
    const lists = this.#writeLists(parts);
    if (lists < 0) return gatherSlowly(parts, count);
    const end = this.#engine.exports.gather(this.#list, lists, this.#out) >>> 0;
    output?.write(this.#engine.bytes, this.#out, end - this.#out);
    return undefined;
  }

  /** Writes where each shard's replies are, bringing them together if need be; -1 when there is no room for that. */
  #writeLists(parts: readonly Part[]): number {
    const { unsigned, bytes } = this.#engine;
    let entry = this.#list >> 2;
    let next = this.#next;
    let lists = 0;
    for (let i = 0; i < parts.length; ) {
      const first = parts[i] as Part;
      let count = 1;
      while (parts[i + count]?.shard === first.shard) count++;
      let { start, end } = first;
      if (count > 1 || first.from !== bytes) {
        start = next;
        for (const part of parts.slice(i, i + count)) {
          if (next + part.end - part.start > this.#arenaEnd) return -1;
          bytes.set(part.from.subarray(part.start, part.end), next);
          next += part.end - part.start;
        }
        end = next;
      }
      unsigned[entry++] = start;
      unsigned[entry++] = end;
      lists++;
      i += count;
    }
    return lists;
  }
}

/** Whether the engine can merge these parts. */
function fits(parts: readonly Part[]): boolean {
  let size = SLACK;
  for (const part of parts) {
    if (part.references.length !== 0) return false;
    size += part.end - part.start;
  }
  return size <= OUT_ROOM;
}

function ownPart(part: Part): Part {
  const from = part.from.slice(part.start, part.end);
  return { ...part, from, start: 0, end: from.byteLength };
}

/** One numbered reply, or a piece of one. */
interface Piece {
  readonly index: number;
  readonly join: number;
  readonly content: (Buffer | Reference)[];
}

/**
 * Merges parts without the engine; the result lists what is to be sent. When a shard has failed, its replies are
 * `failure`, and so is what it had a share in.
 */
function gatherSlowly(parts: readonly Part[], count: number, failure?: Buffer): (Buffer | Reference)[] {
  const replies: Piece[][] = Array.from({ length: count }, () => []);
  for (const piece of parts.flatMap(piecesOf)) replies[piece.index]?.push(piece);
  return replies.flatMap((pieces) => {
    const join = pieces[0]?.join ?? JOIN_NONE;
    if (failure !== undefined && (pieces.length === 0 || join !== JOIN_NONE)) return [failure];
    return join === JOIN_NONE ? pieces.flatMap((piece) => piece.content) : [joined(pieces, join)];
  });
}

function piecesOf(part: Part): Piece[] {
  const view = new DataView(part.from.buffer, part.from.byteOffset);
  const pieces: Piece[] = [];
  let reference = 0;
  for (let at = part.start; at < part.end; ) {
    const bytes = view.getUint32(at + GATHER_BYTES, true);
    const content: (Buffer | Reference)[] = [];
    let from = at + GATHER_HEADER;
    const end = from + bytes;
    for (; ; reference++) {
      const next: PlacedReference | undefined = part.references[reference];
      if (next === undefined || part.start + next.at > end) break;
      content.push(Buffer.from(part.from.subarray(from, part.start + next.at)), next);
      from = part.start + next.at;
    }
    content.push(Buffer.from(part.from.subarray(from, end)));
    pieces.push({
      index: view.getUint16(at + GATHER_INDEX, true),
      join: view.getUint16(at + GATHER_JOIN, true),
      content,
    });
    at = end + ((4 - (bytes & 3)) & 3);
  }
  return pieces;
}

function joined(pieces: readonly Piece[], join: number): Buffer {
  const replies = pieces.map((piece) => Buffer.concat(piece.content.filter(Buffer.isBuffer)).toString('latin1'));
  const failure = replies.find((reply) => reply.startsWith('-'));
  if (failure !== undefined) return Buffer.from(failure, 'latin1');
  if (join !== JOIN_SUM) return Buffer.from('+OK\r\n');
  const sum = replies.reduce((total, reply) => total + Number(reply.slice(1, -2)), 0);
  return Buffer.from(`:${sum}\r\n`);
}
