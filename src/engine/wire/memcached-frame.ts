/** Frames of memcached's protocols (layout/memcached.ts): how they are built, and where they go. */
import { argLength } from "../command/context";
import { MC_AUTH, MC_BINARY_LOCAL, MC_LOCAL, MC_TEXT } from "../generated/commands";
import { hashOf } from "../index/hash";
import { FRAME_HASH, FRAME_HEADER, FRAME_INDEX } from "../layout/batch";
import { COMMAND_FIRST, COMMAND_FLAGS } from "../layout/command";
import { CONN_ARGC, CONN_COMMAND, FRAMED_ALL, LOCAL_COMMAND, LOCAL_PAUSED } from "../layout/connection";
import { MC_MODE, MC_TEXT_OPTIONS } from "../layout/memcached";
import { commandEntry } from "./commands";
import {
  beginRequest, fitsBatch, frameAt, isInHeap, moveWrite, sealFrame, takeOutOfHeap, writeArgument, writeAt,
} from "./request";
import { local, remote, shardOf } from "./route";
import { framer, stage } from "./staging";

/** Begins a frame whose first argument is its key. */
@inline
export function beginKeyed(connection: usize, command: u32, key: usize, keyBytes: u32): void {
  beginRequest();
  store<u16>(connection, command, CONN_COMMAND);
  store<u32>(connection, 1, CONN_ARGC);
  writeArgument(key, keyBytes);
}

/** Adds the options: `bytes` bytes, all 0, at the address that is returned. */
@inline
export function addOptions(connection: usize, bytes: u32): usize {
  const at = writeAt + 4;
  store<u32>(writeAt, bytes);
  for (let i: u32 = 0; i < bytes; i += 4) store<u32>(at + i, 0);
  moveWrite(at + bytes);
  countArgument(connection);
  return at;
}

@inline
export function countArgument(connection: usize): void {
  store<u32>(connection, load<u32>(connection, CONN_ARGC) + 1, CONN_ARGC);
}

/** Sends the finished frame on its way; returns FRAMED_.... */
export function routeMemcached(connection: usize): u32 {
  const f = framer();
  const id: u32 = load<u16>(connection, CONN_COMMAND);
  const argc = load<u32>(connection, CONN_ARGC);
  if (id == MC_AUTH || id == MC_LOCAL || id == MC_BINARY_LOCAL) return local(connection, id, argc, LOCAL_COMMAND);
  const entry = commandEntry(id);
  if ((<u32>load<u16>(entry, COMMAND_FLAGS) & f.paused) != 0) return local(connection, id, argc, LOCAL_PAUSED);
  const size = sealFrame(id, argc);
  const fits = fitsBatch(connection, size);
  if (fits && isInHeap()) takeOutOfHeap(connection, size);
  let shard: u32 = 0;
  if (load<u8>(entry, COMMAND_FIRST) != 0) {
    const key = frameAt + FRAME_HEADER;
    const hash = hashOf(key + 4, argLength(key));
    store<u64>(frameAt, hash, FRAME_HASH);
    if (f.shards > 1) shard = shardOf(f, hash);
  } else if (f.shards > 1) {
    shard = f.lastShard;
  }
  if (!fits) return remote(connection, shard);
  store<u16>(frameAt, f.index++, FRAME_INDEX);
  stage(shard, frameAt, size);
  return FRAMED_ALL;
}

/** Answers with a constant text. */
export function answer(connection: usize, text: u32): u32 {
  beginRequest();
  store<u16>(connection, MC_TEXT, CONN_COMMAND);
  store<u32>(connection, 0, CONN_ARGC);
  store<u32>(addOptions(connection, MC_TEXT_OPTIONS), text, MC_MODE);
  return routeMemcached(connection);
}

/** Leaves a line to the acceptor. */
export function leaveToAcceptor(connection: usize, line: usize, length: u32): u32 {
  beginKeyed(connection, MC_LOCAL, line, length);
  return routeMemcached(connection);
}
