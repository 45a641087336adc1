/** The acceptor's memory: connection records, the read buffer, and requests on their way to somebody else. */
import { isExternal, nextArg } from "../command/context";
import { FRAME_ARGC, FRAME_HEADER, PROTOCOL_MEMCACHED, PROTOCOL_RESP2 } from "../layout/batch";
import {
  CONN_BYTES_LEFT, CONN_CARRY, CONN_FLAGS, CONN_FRAME, CONN_FRAME_USED, CONN_MEMCACHED, CONN_NO_ARGUMENT, CONN_PROTOCOL, CONN_SIZE,
} from "../layout/connection";
import { give, takeRun } from "../memory/heap";
import { dropChunks } from "./request";
import { framer } from "./staging";

/** What a line carried over from the last read can take, in front of the read buffer. */
const CARRY_ROOM: u32 = 65536 + 4096;

/** Takes room for `connections` records and a read buffer; false without memory. */
export function initConnections(connections: u32, readBytes: u32): bool {
  const f = framer();
  const records = takeRun(connections * CONN_SIZE, 0);
  const buffer = takeRun(CARRY_ROOM + readBytes, 0);
  if (records == 0 || buffer == 0) return false;
  f.records = <u32>records;
  f.readBuffer = <u32>buffer + CARRY_ROOM;
  return true;
}

@inline
export function recordOf(id: u32): usize {
  return framer().records + id * CONN_SIZE;
}

export function openConnection(id: u32, flags: u32): void {
  const record = recordOf(id);
  memory.fill(record, 0, CONN_SIZE);
  store<u32>(record, CONN_NO_ARGUMENT, CONN_BYTES_LEFT);
  // memcached's first byte tells which of its protocols; until then it is the text protocol.
  store<u8>(record, (flags & CONN_MEMCACHED) != 0 ? PROTOCOL_MEMCACHED : PROTOCOL_RESP2, CONN_PROTOCOL);
  store<u8>(record, flags, CONN_FLAGS);
}

/** Frees what a connection that ended has left behind. */
export function closeConnection(id: u32): void {
  const record = recordOf(id);
  if (load<u32>(record, CONN_CARRY) != 0) give(load<u32>(record, CONN_CARRY));
  const frame: usize = load<u32>(record, CONN_FRAME);
  if (frame != 0) dropPartial(record, frame);
  memory.fill(record, 0, CONN_SIZE);
}

/** Frees a request that has been read, or loaded by its shard: its frame's block and the chunks of its arguments. */
export function releaseRequest(frame: usize): void {
  dropArguments(frame + FRAME_HEADER, load<u32>(frame, FRAME_ARGC));
  give(frame);
}

/** A request of which only a part has come: whole arguments up to the used bytes, the last one perhaps in part. */
function dropPartial(record: usize, frame: usize): void {
  const end = frame + load<u32>(record, CONN_FRAME_USED);
  let arg = frame + FRAME_HEADER;
  while (arg < end) {
    if (isExternal(arg)) dropChunks(load<u32>(arg, 4));
    arg = nextArg(arg);
  }
  give(frame);
}

export function dropArguments(arg: usize, count: u32): void {
  for (; count != 0; count--) {
    if (isExternal(arg)) dropChunks(load<u32>(arg, 4));
    arg = nextArg(arg);
  }
}
