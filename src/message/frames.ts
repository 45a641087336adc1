/**
 * Batches and frames as TypeScript sees them (layout: engine/layout/batch.ts): reads the frames that the framer hands
 * to the acceptor, and writes batches for requests that the acceptor makes itself.
 */
import {
  ARG_EXTERNAL,
  ARG_LENGTH,
  BATCH_CONNECTION,
  BATCH_DATABASE,
  BATCH_EXCHANGE,
  BATCH_FLAGS,
  BATCH_FRAMES,
  BATCH_HEADER,
  BATCH_PROTOCOL,
  BATCH_REMOTE,
  BATCH_SIZE,
  FRAME_ARGC,
  FRAME_COMMAND,
  FRAME_HASH,
  FRAME_HEADER,
  FRAME_SIZE,
} from '../engine/layout/batch.js';
import { CHUNK_HEADER, CHUNK_NEXT, CHUNK_USED } from '../engine/layout/chunk.js';

/** A request that the acceptor answers: the command's id (0: not known) and the arguments, copied. */
export interface Request {
  readonly command: number;
  readonly args: readonly Uint8Array[];
}

/** Reads the frame at byte offset `at` of a memory. */
export function readFrame(bytes: Uint8Array, at: number): Request {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const argc = view.getUint32(at + FRAME_ARGC, true);
  const args: Uint8Array[] = [];
  let arg = at + FRAME_HEADER;
  for (let i = 0; i < argc; i++) {
    const word = view.getUint32(arg, true);
    const length = word & ARG_LENGTH;
    if ((word & ARG_EXTERNAL) !== 0) {
      args.push(readChunks(bytes, view, view.getUint32(arg + 4, true), length));
      arg += 8;
    } else {
      args.push(bytes.slice(arg + 4, arg + 4 + length));
      arg += 4 + ((length + 3) & ~3);
    }
  }
  return { command: view.getUint16(at + FRAME_COMMAND, true), args };
}

function readChunks(bytes: Uint8Array, view: DataView, first: number, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (let chunk = first; chunk !== 0; chunk = view.getUint32(chunk + CHUNK_NEXT, true)) {
    const used = view.getUint32(chunk + CHUNK_USED, true);
    whole.set(bytes.subarray(chunk + CHUNK_HEADER, chunk + CHUNK_HEADER + used), at);
    at += used;
  }
  return whole;
}

export interface BatchHeader {
  readonly connection: number;
  readonly exchange: number;
  readonly flags: number;
  readonly database: number;
  readonly protocol: number;
}

/** Bytes of a frame with these arguments. */
export function frameSize(args: readonly Uint8Array[]): number {
  let size = FRAME_HEADER;
  for (const arg of args) size += 4 + ((arg.byteLength + 3) & ~3);
  return (size + 7) & ~7;
}

/** Writes a frame of `frameSize` bytes. `hash` is that of the command's first key, 0n without one. */
export function writeFrame(view: DataView, command: number, args: readonly Uint8Array[], hash: bigint): void {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  bytes.fill(0, 0, FRAME_HEADER);
  view.setUint32(FRAME_SIZE, view.byteLength, true);
  view.setUint16(FRAME_COMMAND, command, true);
  view.setUint32(FRAME_ARGC, args.length, true);
  view.setBigUint64(FRAME_HASH, hash, true);
  let at = FRAME_HEADER;
  for (const arg of args) {
    view.setUint32(at, arg.byteLength, true);
    bytes.set(arg, at + 4);
    at += 4 + ((arg.byteLength + 3) & ~3);
  }
}

/** A batch of one frame. */
export function writeBatch(
  header: BatchHeader,
  command: number,
  args: readonly Uint8Array[],
  hash: bigint,
): Uint8Array {
  const bytes = new Uint8Array(BATCH_HEADER + frameSize(args));
  writeBatchHeader(new DataView(bytes.buffer), header, bytes.byteLength);
  writeFrame(new DataView(bytes.buffer, BATCH_HEADER), command, args, hash);
  return bytes;
}

/** A batch whose frame of `frameBytes` bytes lies at `address` in memory number `memory` (shard/loader.ts). */
export function writeRemoteBatch(header: BatchHeader, memory: number, address: number, frameBytes: number): Uint8Array {
  // As long as a frame without arguments, which takes its place when it can't be loaded.
  const bytes = new Uint8Array(BATCH_HEADER + FRAME_HEADER);
  const view = new DataView(bytes.buffer);
  writeBatchHeader(view, { ...header, flags: header.flags | BATCH_REMOTE }, bytes.byteLength);
  view.setUint32(BATCH_HEADER, memory, true);
  view.setUint32(BATCH_HEADER + 4, address, true);
  view.setUint32(BATCH_HEADER + 8, frameBytes, true);
  return bytes;
}

function writeBatchHeader(view: DataView, header: BatchHeader, size: number): void {
  view.setUint32(BATCH_SIZE, size, true);
  view.setUint32(BATCH_CONNECTION, header.connection, true);
  view.setUint32(BATCH_EXCHANGE, header.exchange, true);
  view.setUint16(BATCH_FRAMES, 1, true);
  view.setUint8(BATCH_FLAGS, header.flags);
  view.setUint8(BATCH_DATABASE, header.database);
  view.setUint8(BATCH_PROTOCOL, header.protocol);
}
