/**
 * The request being assembled: a frame, first in the staging area or beside it, and in a block of the acceptor's heap
 * when it does not arrive in one piece or is too large for a batch. Long arguments are kept in chains of chunks, so
 * that nothing is ever moved twice and a client gets memory only for what it has really sent.
 */
import { copyBytes } from "../base/bytes";
import { ARG_EXTERNAL, FRAME_ARGC, FRAME_COMMAND, FRAME_HASH, FRAME_HEADER, FRAME_SIZE } from "../layout/batch";
import {
  CONN_CHUNK, CONN_EXTERNALS, CONN_FRAME, CONN_FRAME_CAPACITY, CONN_FRAME_USED, CONN_HELD,
} from "../layout/connection";
import { CHUNK_CAPACITY, CHUNK_HEADER, CHUNK_NEXT, CHUNK_USED } from "../layout/chunk";
import { extend, give, sizeOf, takeWork } from "../memory/heap";
import { buildAt, FRAME_MAX, framer } from "./staging";

/** Arguments longer than this lie outside their frame. */
export const EXTERNAL_MIN: u32 = 16384;
const CHUNK_MAX: u32 = 256 * 1024;

/** The frame, the next byte to write, and whether the frame is a heap block. */
export let frameAt: usize = 0;
export let writeAt: usize = 0;
let inHeap: bool = false;
let capacity: u32 = 0;

@inline
export function beginRequest(): void {
  frameAt = buildAt();
  writeAt = frameAt + FRAME_HEADER;
  inHeap = false;
}

/** Goes on with a request whose first part came in an earlier read. */
export function resumeRequest(connection: usize): void {
  frameAt = load<u32>(connection, CONN_FRAME);
  writeAt = frameAt + load<u32>(connection, CONN_FRAME_USED);
  capacity = load<u32>(connection, CONN_FRAME_CAPACITY);
  inHeap = true;
}

/** Keeps the request for the next read; false when there is no memory for it. */
export function keepRequest(connection: usize): bool {
  if (!moveToHeap(connection, 0)) return false;
  store<u32>(connection, frameAt, CONN_FRAME);
  store<u32>(connection, <u32>(writeAt - frameAt), CONN_FRAME_USED);
  store<u32>(connection, capacity, CONN_FRAME_CAPACITY);
  return true;
}

export function requestKept(connection: usize): bool {
  return load<u32>(connection, CONN_FRAME) != 0;
}

/** Puts the frame into a heap block with room for `more` bytes. */
export function moveToHeap(connection: usize, more: u32): bool {
  const used = <u32>(writeAt - frameAt);
  if (inHeap && used + more <= capacity) return true;
  const size = max<u32>(inHeap ? capacity * 2 : 512, used + more + 64);
  if (inHeap && size > 32768 && extend(frameAt, size)) {
    const grown = sizeOf(frameAt);
    if (!hold(connection, grown - capacity)) return false;
    capacity = grown;
    return true;
  }
  const block = takeWork(size);
  if (block == 0) return false;
  memory.copy(block, frameAt, used);
  const before = inHeap ? capacity : 0;
  if (inHeap) give(frameAt);
  frameAt = block;
  writeAt = block + used;
  capacity = sizeOf(block);
  inHeap = true;
  store<u32>(connection, frameAt, CONN_FRAME);
  return hold(connection, capacity - before);
}

function hold(connection: usize, bytes: u32): bool {
  const held = load<u32>(connection, CONN_HELD) + bytes;
  store<u32>(connection, held, CONN_HELD);
  return held <= framer().maxHeld;
}

/** Makes room for an argument of that length behind `writeAt`. */
@inline
export function argumentRoom(connection: usize, length: u32): bool {
  if (!inHeap && writeAt + length + 16 <= frameAt + FRAME_MAX) return true;
  return moveToHeap(connection, length + 16);
}

/** Begins an argument that lies outside; its bytes come through `appendExternal`. */
export function beginExternal(connection: usize, length: u32): bool {
  if (!argumentRoom(connection, 8)) return false;
  store<u32>(writeAt, length | ARG_EXTERNAL);
  const chunk = newChunk(connection, length);
  if (chunk == 0) return false;
  store<u32>(writeAt, <u32>chunk, 4);
  writeAt += 8;
  store<u32>(connection, <u32>chunk, CONN_CHUNK);
  store<u16>(connection, 1, CONN_EXTERNALS);
  return true;
}

function newChunk(connection: usize, bytes: u32): usize {
  const size = min<u32>(bytes, CHUNK_MAX - CHUNK_HEADER) + CHUNK_HEADER;
  const chunk = takeWork(size);
  if (chunk == 0) return 0;
  memory.fill(chunk, 0, CHUNK_HEADER);
  store<u32>(chunk, size - CHUNK_HEADER, CHUNK_CAPACITY);
  return hold(connection, sizeOf(chunk)) ? chunk : 0;
}

/** Adds bytes to the argument that began last; `left` are still to come, these included. */
export function appendExternal(connection: usize, from: usize, bytes: u32, left: u32): bool {
  let chunk: usize = load<u32>(connection, CONN_CHUNK);
  while (bytes != 0) {
    let used = load<u32>(chunk, CHUNK_USED);
    if (used == load<u32>(chunk, CHUNK_CAPACITY)) {
      const next = newChunk(connection, left);
      if (next == 0) return false;
      store<u32>(chunk, <u32>next, CHUNK_NEXT);
      store<u32>(connection, <u32>next, CONN_CHUNK);
      chunk = next;
      used = 0;
    }
    const part = min<u32>(bytes, load<u32>(chunk, CHUNK_CAPACITY) - used);
    memory.copy(chunk + CHUNK_HEADER + used, from, part);
    store<u32>(chunk, used + part, CHUNK_USED);
    from += part;
    bytes -= part;
    left -= part;
  }
  return true;
}

@inline
export function isExternalOpen(connection: usize): bool {
  return load<u32>(connection, CONN_CHUNK) != 0;
}

@inline
export function closeExternal(connection: usize): void {
  store<u32>(connection, 0, CONN_CHUNK);
}

@inline
export function writeArgument(from: usize, length: u32): void {
  store<u32>(writeAt, length);
  copyBytes(writeAt + 4, from, length);
  writeAt += 4 + ((length + 3) & ~3);
}

export function moveWrite(to: usize): void {
  writeAt = to;
}

/** Pads the frame and fills its header in; returns its size. */
@inline
export function sealFrame(command: u32, args: u32): u32 {
  const size = (<u32>(writeAt - frameAt) + 7) & ~7;
  writeAt = frameAt + size;
  store<u32>(frameAt, size, FRAME_SIZE);
  store<u32>(frameAt, command, FRAME_COMMAND);
  store<u64>(frameAt, args, FRAME_ARGC);
  store<u64>(frameAt, 0, FRAME_HASH);
  return size;
}

/** Whether the sealed frame fits into a batch as it is. */
@inline
export function fitsBatch(connection: usize, size: u32): bool {
  return size <= FRAME_MAX && load<u16>(connection, CONN_EXTERNALS) == 0;
}

/** Brings a small frame that was kept back to the place where frames are built. */
export function takeOutOfHeap(connection: usize, size: u32): void {
  const to = buildAt();
  memory.copy(to, frameAt, size);
  forgetKept(connection);
  give(frameAt);
  frameAt = to;
  inHeap = false;
}

export function isInHeap(): bool {
  return inHeap;
}

/** The frame now belongs to somebody else (or is gone). */
export function forgetKept(connection: usize): void {
  store<u32>(connection, 0, CONN_FRAME);
  store<u32>(connection, 0, CONN_CHUNK);
  store<u32>(connection, 0, CONN_HELD);
  store<u16>(connection, 0, CONN_EXTERNALS);
}

/** Frees a chain of chunks. */
export function dropChunks(chunk: usize): void {
  while (chunk != 0) {
    const next = load<u32>(chunk, CHUNK_NEXT);
    give(chunk);
    chunk = next;
  }
}
