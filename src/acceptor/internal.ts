/** Requests that the acceptor makes for itself: of one shard, with the reply as a promise. */
import type { Command } from '../commands/table.js';
import { COMMANDS, commandId } from '../commands/table.js';
import { BATCH_FORCE, BATCH_SILENT, PROTOCOL_RESP2 } from '../engine/layout/batch.js';
import { frameSize, writeBatch, writeFrame, writeRemoteBatch } from '../message/frames.js';
import type { Engine } from '../wasm/engine.js';
import { type Dispatcher, INTERNAL, type InternalReply } from './dispatcher.js';
import type { Part, PlacedReference, Reference } from './exchange.js';
import { LongText, Rooms } from './long-text.js';
import type { ShardPort } from './shard-port.js';

/** A reply in protocol text, with the values that have stayed in the shard's memory. */
export class InternalResult {
  /** The text, in pieces. */
  readonly chunks: readonly (Buffer | Reference)[];
  readonly references: readonly PlacedReference[];
  /** Elements of an array that came in parts, without its first line; -1 for any other reply. */
  readonly count: number;
  #payload: Buffer | undefined;

  constructor(chunks: readonly (Buffer | Reference)[], references: readonly PlacedReference[] = [], count = -1) {
    this.chunks = chunks;
    this.references = references;
    this.count = count;
  }

  /** All of the text, for who wants to read it: its pieces can't be sent afterwards. */
  get payload(): Buffer {
    if (this.#payload === undefined) {
      const chunks = this.chunks.map(copyOf);
      this.#payload = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    }
    return this.#payload;
  }
}

function copyOf(chunk: Buffer | Reference): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  const { keeper, address, length, blob } = chunk;
  const copy = Buffer.from(keeper.engine.bytes.subarray(address, address + length));
  keeper.noteRead(blob);
  return copy;
}

export interface CallOptions {
  readonly database?: number;
  readonly protocol?: number;
  /** Goes past held keys: the caller holds them. */
  readonly force?: boolean;
}

interface Pending {
  readonly shard: number;
  /** Address of its frame in the acceptor's memory, 0 when it travels in the ring. */
  readonly frame: number;
  readonly chunks: Buffer[];
  /** Bytes in these. */
  bytes: number;
  readonly references: PlacedReference[];
  /** The text in place of these, and its elements, if it is an array that comes in parts. */
  text: LongText | undefined;
  count: number;
  readonly resolve: (result: InternalResult) => void;
}

/** Larger requests than this don't travel in the ring. */
const IN_RING_MAX = 128 * 1024;
const NO_MEMORY = Buffer.from('-ERR no memory for a request of this size\r\n');
/** Room for a key whose hash is asked for. */
export const HASH_ROOM = 64 * 1024;

export class InternalRequests {
  readonly #engine: Engine;
  readonly #rooms: Rooms;
  readonly #pending = new Map<number, Pending>();
  readonly #room: number;
  #dispatcher: Dispatcher | undefined;
  #next = 1;
  readonly #calls = new Map<number, number>();

  /** `room` is the address of HASH_ROOM bytes in the acceptor's memory. */
  constructor(engine: Engine, room: number) {
    this.#engine = engine;
    this.#rooms = new Rooms(engine);
    this.#room = room;
  }

  attach(dispatcher: Dispatcher): void {
    this.#dispatcher = dispatcher;
    dispatcher.onRead = (port, blobs) => this.#tellRead(port, blobs);
  }

  get #ports(): readonly ShardPort[] {
    return (this.#dispatcher as Dispatcher).ports;
  }

  /** The hash of a key, and the shard that it belongs to. */
  locate(key: Uint8Array): { readonly hash: bigint; readonly shard: number } {
    const hash = this.#hash(key);
    return { hash, shard: Number((((hash >> 32n) & 0xffffffffn) * BigInt(this.#ports.length)) >> 32n) };
  }

  #hash(key: Uint8Array): bigint {
    const { bytes, exports } = this.#engine;
    if (key.byteLength <= HASH_ROOM) {
      bytes.set(key, this.#room);
      return BigInt.asUintN(64, exports.hashOf(this.#room, key.byteLength));
    }
    // A key that long is hashed where there is room for it; without any, it goes where its requests will fail too.
    const room = exports.takeRoom(key.byteLength) >>> 0;
    if (room === 0) return 0n;
    bytes.set(key, room);
    const hash = BigInt.asUintN(64, exports.hashOf(room, key.byteLength));
    exports.giveRoom(room);
    return hash;
  }

  /** Runs a command on a shard. `args` are its arguments without its name. */
  call(
    shard: number,
    command: number,
    args: readonly Uint8Array[],
    options: CallOptions = {},
  ): Promise<InternalResult> {
    const dispatcher = this.#dispatcher as Dispatcher;
    const exchange = this.#next++;
    this.#calls.set(command, this.calls(command) + 1);
    const header = {
      connection: INTERNAL,
      exchange,
      flags: options.force === true ? BATCH_FORCE : 0,
      database: options.database ?? 0,
      protocol: options.protocol ?? PROTOCOL_RESP2,
    };
    const hash = this.#hashOfFirstKey(command, args);
    const size = frameSize(args);
    const frame = size <= IN_RING_MAX ? 0 : this.#writeFrame(command, args, hash);
    if (frame < 0) return Promise.resolve(new InternalResult([NO_MEMORY]));
    const batch = frame === 0 ? writeBatch(header, command, args, hash) : writeRemoteBatch(header, 0, frame, size);
    dispatcher.outstanding++;
    return new Promise((resolve) => {
      this.#pending.set(exchange, {
        shard,
        frame,
        chunks: [],
        bytes: 0,
        references: [],
        text: undefined,
        count: -1,
        resolve,
      });
      dispatcher.send(this.#ports[shard] as ShardPort, batch);
    });
  }

  /** How often a command was run here. The shards count these too, although no client has asked for them. */
  calls(command: number): number {
    return this.#calls.get(command) ?? 0;
  }

  /** Puts a frame that is too large for the ring into this memory, for the shard to fetch; -1 without room for it. */
  #writeFrame(command: number, args: readonly Uint8Array[], hash: bigint): number {
    const { exports, bytes } = this.#engine;
    const size = frameSize(args);
    const frame = exports.takeRoom(size) >>> 0;
    if (frame === 0) return -1;
    writeFrame(new DataView(bytes.buffer, frame, size), command, args, hash);
    return frame;
  }

  #end(exchange: number, pending: Pending): void {
    this.#pending.delete(exchange);
    (this.#dispatcher as Dispatcher).outstanding--;
    if (pending.frame !== 0) this.#engine.exports.giveRoom(pending.frame);
  }

  #hashOfFirstKey(id: number, args: readonly Uint8Array[]): bigint {
    const { keyRange, container } = COMMANDS[id - 1] as Command;
    if (keyRange.first === 0) return 0n;
    const key = args[keyRange.first - (container === undefined ? 1 : 2)];
    return key === undefined ? 0n : this.locate(key).hash;
  }

  /** Takes a reply record for one of these requests. */
  onReply({ exchange, part, count, isPart, last }: InternalReply): void {
    const pending = this.#pending.get(exchange);
    if (pending === undefined) {
      for (const { keeper, blob, epoch } of part.references) keeper.noteRead(blob, epoch);
      return;
    }
    if (isPart) {
      pending.text ??= new LongText(this.#rooms);
      pending.count = Math.max(pending.count, 0) + count;
    }
    addText(pending, part);
    if (!last) return;
    this.#end(exchange, pending);
    const chunks = pending.text?.end() ?? pending.chunks;
    pending.resolve(new InternalResult(chunks, pending.references, pending.count));
  }

  /** Answers what a shard will not answer any more. */
  fail(shard: number, error: Buffer): void {
    for (const [exchange, pending] of this.#pending) if (pending.shard === shard) this.failExchange(exchange, error);
  }

  failExchange(exchange: number, error: Buffer): void {
    const pending = this.#pending.get(exchange);
    if (pending === undefined) return;
    this.#end(exchange, pending);
    pending.text?.drop();
    pending.resolve(new InternalResult([error]));
  }

  #tellRead(port: ShardPort, blobs: readonly number[]): void {
    const args = blobs.map((blob) => Buffer.from(String(blob)));
    const header = { connection: INTERNAL, exchange: 0, flags: BATCH_FORCE | BATCH_SILENT, database: 0, protocol: 2 };
    const batch = writeBatch(header, UNPIN, args, 0n);
    port.send(batch, 0, batch.byteLength);
  }
}

/** Adds what a record says to a reply: all of its text, wherever that lies; values stay where they are. */
function addText(pending: Pending, { from, start, end, references: all }: Part): void {
  const { chunks, references, text } = pending;
  let at = 0;
  const add = (bytes: Uint8Array) => {
    if (text === undefined) chunks.push(Buffer.from(bytes));
    else text.add(bytes);
    pending.bytes += bytes.byteLength;
  };
  for (const reference of all) {
    const { keeper, address, blob, epoch } = reference;
    add(from.subarray(start + at, start + reference.at));
    at = reference.at;
    if (!reference.isText) {
      references.push({ ...reference, at: pending.bytes });
      continue;
    }
    add(keeper.engine.bytes.subarray(address, address + reference.length));
    keeper.noteRead(blob, epoch);
  }
  add(from.subarray(start + at, end));
}

const UNPIN = commandId('_unpin');
