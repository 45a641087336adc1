/**
 * A request over keys of several shards, taken apart into a frame for each key. The acceptor is the only source of
 * requests and every ring keeps their order, so all shards see the parts of two such requests in the same order: each
 * request is as atomic as if one shard had run it.
 */
import { writeUnsigned } from "../base/decimal";
import { nextArg } from "../command/context";
import { HEADER_OF_ARRAY } from "../generated/commands";
import {
  FRAME_ARGC, FRAME_COMMAND, FRAME_HASH, FRAME_HEADER, FRAME_INDEX, FRAME_JOIN, FRAME_SIZE, JOIN_NONE, JOIN_OK,
  JOIN_SUM,
} from "../layout/batch";
import { COMMAND_PART, COMMAND_SPLIT_ARRAY, COMMAND_SPLIT_SUM, COMMAND_STEP } from "../layout/command";
import { STAT_CALLS, STAT_CALLS_ENTRY, STAT_COMMANDS } from "../layout/stats";
import { countMany } from "../stats";
import { FRAME_MAX, Framer, stage } from "./staging";
import { keyCount } from "./keys";
import { hashOfArgument, shardOf } from "./route";

/** Stages the parts of a request for command `id` whose first key is the argument `key`, followed by `args - 1` more. */
export function splitRequest(f: Framer, id: u32, entry: usize, flags: u32, key: usize, args: u32): void {
  const step: u32 = load<u8>(entry, COMMAND_STEP);
  const keys = keyCount(entry, args);
  const part: u32 = load<u16>(entry, COMMAND_PART);
  const asArray = (flags & COMMAND_SPLIT_ARRAY) != 0;
  const join: u32 = asArray ? JOIN_NONE : (flags & COMMAND_SPLIT_SUM) != 0 ? JOIN_SUM : JOIN_OK;
  // The request itself lies in the first half of the room where frames are built.
  const frame: usize = f.build + FRAME_MAX;
  if (asArray) {
    f.hasArrays = 1;
    stageHeader(f, frame, keys);
  }
  for (let i: u32 = 0; i < keys; i++) {
    const hash = hashOfArgument(key);
    let at = frame + FRAME_HEADER;
    for (let j: u32 = 0; j < step; j++) {
      const next = nextArg(key);
      memory.copy(at, key, next - key);
      at += next - key;
      key = next;
    }
    stagePart(f, frame, at, part, step, hash, join, shardOf(f, hash));
    if (asArray) f.index++;
  }
  if (!asArray) f.index++;
  // The shards count parts.
  countMany(STAT_CALLS + id * STAT_CALLS_ENTRY, 1 - <u64>keys);
  countMany(STAT_COMMANDS, 1 - <u64>keys - <u64>asArray);
}

function stageHeader(f: Framer, frame: usize, keys: u32): void {
  const text = frame + FRAME_HEADER + 4;
  const length = <u32>(writeUnsigned(text, keys) - text);
  store<u32>(text - 4, length);
  stagePart(f, frame, text + ((length + 3) & ~3), HEADER_OF_ARRAY, 1, 0, JOIN_NONE, f.lastShard);
  f.index++;
}

function stagePart(
  f: Framer, frame: usize, end: usize, command: u32, args: u32, hash: u64, join: u32, shard: u32,
): void {
  const size = (<u32>(end - frame) + 7) & ~7;
  store<u32>(frame, size, FRAME_SIZE);
  store<u16>(frame, command, FRAME_COMMAND);
  store<u16>(frame, f.index, FRAME_INDEX);
  store<u32>(frame, args, FRAME_ARGC);
  store<u32>(frame, join, FRAME_JOIN);
  store<u64>(frame, hash, FRAME_HASH);
  stage(shard, frame, size);
}
