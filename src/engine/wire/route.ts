/**
 * Where a complete request goes: into the batch of the shard that owns its key; taken apart when its keys lie on
 * several shards; or to the acceptor, when it is none of the engine's business.
 */
import { argData, argLength, isExternal, nextArg } from "../command/context";
import { readSigned, value } from "../base/decimal";
import { hashOf } from "../index/hash";
import { FRAME_HASH, FRAME_HEADER, FRAME_INDEX } from "../layout/batch";
import {
  COMMAND_ANYWHERE, COMMAND_ARITY, COMMAND_CURSOR, COMMAND_FIRST, COMMAND_FLAGS, COMMAND_LAST, COMMAND_LOCAL,
  COMMAND_NO_AUTH, COMMAND_SLOW, COMMAND_SPLIT_ARRAY, COMMAND_SPLIT_OK, COMMAND_SPLIT_SUM,
  COMMAND_STEP,
} from "../layout/command";
import {
  CONN_ARGC, CONN_AUTHENTICATED, CONN_COMMAND, CONN_FLAGS, CONN_SUBSCRIBED, FRAMED_ALL, FRAMED_LOCAL, FRAMED_REMOTE, LOCAL_ARITY,
  LOCAL_COMMAND, LOCAL_NO_AUTH, LOCAL_PAUSED, LOCAL_SPREAD, LOCAL_SUBSCRIBED, LOCAL_UNKNOWN,
} from "../layout/connection";
import { CHUNK_HEADER, CHUNK_NEXT, CHUNK_USED } from "../layout/chunk";
import { give, takeWork } from "../memory/heap";
import { commandEntry } from "./commands";
import { fitsBatch, forgetKept, frameAt, isInHeap, moveToHeap, sealFrame, takeOutOfHeap } from "./request";
import { Framer, framer, stage } from "./staging";
import { keyCount } from "./keys";
import { splitRequest } from "./split";

const SPLITTABLE: u32 = COMMAND_SPLIT_SUM | COMMAND_SPLIT_OK | COMMAND_SPLIT_ARRAY;
/** Cursors carry the shard in their low bits (command/scan.ts). */
export const CURSOR_SHARD_BITS: u32 = 6;

/** Returns FRAMED_ALL when the request has been staged. */
export function routeRequest(connection: usize): u32 {
  const f = framer();
  const id: u32 = load<u16>(connection, CONN_COMMAND);
  const argc = load<u32>(connection, CONN_ARGC);
  if (id == 0) return local(connection, 0, argc, LOCAL_UNKNOWN);
  const entry = commandEntry(id);
  const flags: u32 = load<u16>(entry, COMMAND_FLAGS);
  const arity: i32 = load<i16>(entry, COMMAND_ARITY);
  if ((arity >= 0 ? argc != <u32>arity : argc < <u32>-arity) || !isEven(entry, argc)) {
    return local(connection, id, argc - 1, LOCAL_ARITY);
  }
  if ((load<u8>(connection, CONN_FLAGS) & (CONN_AUTHENTICATED | CONN_SUBSCRIBED)) != CONN_AUTHENTICATED) {
    const reason = refusal(connection, flags);
    if (reason != LOCAL_COMMAND) return local(connection, id, argc - 1, reason);
  }
  if ((flags & (COMMAND_LOCAL | f.paused)) != 0) {
    return local(connection, id, argc - 1, (flags & COMMAND_LOCAL) != 0 ? LOCAL_COMMAND : LOCAL_PAUSED);
  }

  const size = sealFrame(id, argc - 1);
  const fits = fitsBatch(connection, size);
  if (fits && isInHeap()) takeOutOfHeap(connection, size);
  const first: u32 = load<u8>(entry, COMMAND_FIRST);
  let shard: u32 = 0;
  if (first != 0) {
    let key = frameAt + FRAME_HEADER;
    for (let i: u32 = 1; i < first; i++) key = nextArg(key);
    const hash = hashOfArgument(key);
    store<u64>(frameAt, hash, FRAME_HASH);
    if (f.shards > 1) {
      shard = shardOf(f, hash);
      if (load<i8>(entry, COMMAND_LAST) != <i32>first && isSpread(f, entry, key, argc - first, shard)) {
        if (!fits || (flags & SPLITTABLE) == 0) return localSealed(connection, id, LOCAL_SPREAD);
        splitRequest(f, id, entry, flags, key, argc - first);
        return FRAMED_ALL;
      }
    }
  } else if ((flags & COMMAND_SLOW) != 0) {
    // Replies in parts, or takes long: the acceptor asks for it, whatever the number of shards.
    return localSealed(connection, id, LOCAL_SPREAD);
  } else if (f.shards > 1) {
    if ((flags & COMMAND_CURSOR) != 0) shard = shardOfCursor(f, frameAt + FRAME_HEADER);
    else if ((flags & COMMAND_ANYWHERE) == 0) return localSealed(connection, id, LOCAL_SPREAD);
    else shard = f.lastShard;
  }
  if (!fits) return remote(connection, shard);
  store<u16>(frameAt, f.index++, FRAME_INDEX);
  stage(shard, frameAt, size);
  return FRAMED_ALL;
}

/** Why a client that is not let in, or that is subscribed, may not do this; LOCAL_COMMAND: it may. */
function refusal(connection: usize, flags: u32): u32 {
  const state: u32 = load<u8>(connection, CONN_FLAGS);
  if ((state & CONN_AUTHENTICATED) == 0 && (flags & COMMAND_NO_AUTH) == 0) return LOCAL_NO_AUTH;
  return (state & CONN_SUBSCRIBED) != 0 && (flags & COMMAND_LOCAL) == 0 ? LOCAL_SUBSCRIBED : LOCAL_COMMAND;
}

/** Whether every key has all that goes with it: MSET and MSETNX have no key without a value. */
@inline
function isEven(entry: usize, argc: u32): bool {
  const step: u32 = load<u8>(entry, COMMAND_STEP);
  return step < 2 || (argc - <u32>load<u8>(entry, COMMAND_FIRST)) % step == 0;
}

@inline
export function shardOf(f: Framer, hash: u64): u32 {
  return <u32>(((hash >> 32) * <u64>f.shards) >> 32);
}

/** Hash of a key, also of one that lies in chunks. */
export function hashOfArgument(key: usize): u64 {
  if (!isExternal(key)) return hashOf(key + 4, argLength(key));
  const length = argLength(key);
  const whole = takeWork(length);
  // Without memory for it the key goes to some shard, which won't have memory for it either.
  if (whole == 0) return 0;
  copyChunks(whole, load<u32>(key, 4));
  const hash = hashOf(whole, length);
  give(whole);
  return hash;
}

function copyChunks(to: usize, chunk: usize): void {
  while (chunk != 0) {
    const used = load<u32>(chunk, CHUNK_USED);
    memory.copy(to, chunk + CHUNK_HEADER, used);
    to += used;
    chunk = load<u32>(chunk, CHUNK_NEXT);
  }
}

/** Whether one of the keys after the first belongs to another shard. `args` counts the arguments from `key` on. */
function isSpread(f: Framer, entry: usize, key: usize, args: u32, shard: u32): bool {
  const step: u32 = load<u8>(entry, COMMAND_STEP);
  const keys = keyCount(entry, args);
  for (let i: u32 = 1; i < keys; i++) {
    for (let j: u32 = 0; j < step; j++) key = nextArg(key);
    if (shardOf(f, hashOfArgument(key)) != shard) return true;
  }
  return false;
}

function shardOfCursor(f: Framer, cursor: usize): u32 {
  if (isExternal(cursor) || !readSigned(argData(cursor), argLength(cursor))) return 0;
  const shard = <u32>value & ((1 << CURSOR_SHARD_BITS) - 1);
  return shard < f.shards ? shard : 0;
}

/** A request for the acceptor: it reads the frame at `stoppedFrame` and then calls `releaseRequest`. */
export function local(connection: usize, id: u32, args: u32, reason: u32): u32 {
  sealFrame(id, args);
  return localSealed(connection, id, reason);
}

function localSealed(connection: usize, id: u32, reason: u32): u32 {
  const f = framer();
  f.stoppedFrame = <u32>frameAt;
  f.stoppedReason = reason;
  f.stoppedInHeap = <u32>isInHeap();
  forgetKept(connection);
  return FRAMED_LOCAL;
}

/** A request that goes to its shard by reference: the frame stays in this memory until the reply is there. */
export function remote(connection: usize, shard: u32): u32 {
  const f = framer();
  if (!isInHeap() && !moveToHeap(connection, 0)) return localSealed(connection, 0, LOCAL_UNKNOWN);
  f.stoppedFrame = <u32>frameAt;
  f.stoppedReason = shard;
  f.stoppedInHeap = 1;
  forgetKept(connection);
  return FRAMED_REMOTE;
}
