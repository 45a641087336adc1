/**
 * Finds requests in the bytes of a connection (RESP, and the inline form for people with a terminal) and makes frames
 * of them. It goes on where the last read ended, whatever byte that was:
 *
 *   - an unfinished line is carried over and put in front of the next read;
 *   - arguments that are complete, and what has arrived of the current one, wait in the request's block.
 */
import { copyBytes } from "../base/bytes";
import { COMMAND_ID } from "../layout/command";
import {
  BROKEN_BIG_BULK_COUNT, BROKEN_BIG_COUNT, BROKEN_BIG_INLINE, BROKEN_BULK_LENGTH, BROKEN_EXPECTED_DOLLAR,
  BROKEN_MULTIBULK_LENGTH, BROKEN_TOO_LARGE, BROKEN_UNAUTHENTICATED_BULK, BROKEN_UNAUTHENTICATED_MULTIBULK,
  CONN_ARGC, CONN_ARGS_LEFT, CONN_AUTHENTICATED, CONN_BYTES_LEFT, CONN_COMMAND,
  CONN_FLAGS, CONN_NO_ARGUMENT, CONN_SINGLE, FRAMED_ALL, FRAMED_BROKEN, FRAMED_FULL,
} from "../layout/connection";
import { keepCarry, takeCarry } from "./carry";
import { findCommand } from "./commands";
import { frameInline, INLINE_BROKEN, INLINE_UNFINISHED } from "./inline";
import { number, readLine, valid } from "./line";
import { routeRequest } from "./route";
import {
  appendExternal, argumentRoom, beginExternal, beginRequest, closeExternal, EXTERNAL_MIN, isExternalOpen, keepRequest,
  moveWrite, requestKept, resumeRequest, writeArgument, writeAt,
} from "./request";
import { beginFraming, closeBatches, framer } from "./staging";

/** Longest line: an inline request, or a count. Redis's PROTO_INLINE_MAX_SIZE. */
const LINE_MAX: u32 = 65536;
const UNAUTHENTICATED_ARGUMENTS: i64 = 10;
const UNAUTHENTICATED_BYTES: u32 = 16384;
/** A name up to this length is looked up where it lies. */
const NAME_MAX: u32 = 64;

/** Outcomes of reading a part of a request. */
const COMPLETE: u32 = 0;
const UNFINISHED: u32 = 1;
const BROKEN: u32 = 2;

/** Next byte to read, set by the functions that read a part. */
let cursor: usize = 0;

/**
 * Frames what connection `id` sent: the bytes from `start` to `end`, in the read buffer. Returns FRAMED_...; but for
 * FRAMED_ALL, `stoppedAt` says where to go on.
 */
export function frameResp(connection: usize, id: u32, start: usize, end: usize): u32 {
  const f = beginFraming(connection, id);
  cursor = takeCarry(connection, start);
  if (load<u32>(connection, CONN_ARGS_LEFT) != 0) {
    if (requestKept(connection)) resumeRequest(connection);
    else beginRequest();
  }
  while (true) {
    if (load<u32>(connection, CONN_ARGS_LEFT) == 0) {
      if (cursor == end) return stop(FRAMED_ALL);
      if (f.full != 0) return stop(FRAMED_FULL);
      if (load<u8>(cursor) == 0x2a) {
        const outcome = readCount(connection, end);
        if (outcome == BROKEN) return stop(FRAMED_BROKEN);
        if (outcome == UNFINISHED) return carry(connection, end);
        if (load<u32>(connection, CONN_ARGS_LEFT) == 0) continue;
      } else {
        const next = frameInline(connection, cursor, end);
        if (next == INLINE_BROKEN) return stop(FRAMED_BROKEN);
        if (next == INLINE_UNFINISHED) {
          return <u32>(end - cursor) > LINE_MAX ? broken(BROKEN_BIG_INLINE) : carry(connection, end);
        }
        cursor = next;
        if (load<u32>(connection, CONN_ARGC) == 0) continue;
      }
    }
    const outcome = readArguments(connection, end);
    if (outcome == BROKEN) return stop(FRAMED_BROKEN);
    if (outcome == UNFINISHED) return keepRequest(connection) ? carry(connection, end) : broken(BROKEN_TOO_LARGE);
    const result = routeRequest(connection);
    if (result != FRAMED_ALL) return stop(result);
    if ((load<u8>(connection, CONN_FLAGS) & CONN_SINGLE) != 0) return stop(FRAMED_FULL);
  }
}

function stop(result: u32): u32 {
  framer().stoppedAt = <u32>cursor;
  closeBatches();
  return result;
}

function broken(reason: u32): u32 {
  framer().brokenReason = reason;
  return stop(FRAMED_BROKEN);
}

@inline
function fail(reason: u32): u32 {
  framer().brokenReason = reason;
  return BROKEN;
}

@inline
function isAuthenticated(connection: usize): bool {
  return (load<u8>(connection, CONN_FLAGS) & CONN_AUTHENTICATED) != 0;
}

/** The line `*count`. A request without arguments is passed over, as Redis does. */
@inline
function readCount(connection: usize, end: usize): u32 {
  const next = readLine(cursor, end);
  if (next == 0) return <u32>(end - cursor) > LINE_MAX ? fail(BROKEN_BIG_COUNT) : UNFINISHED;
  if (!valid || number > <i64>framer().maxArguments) return fail(BROKEN_MULTIBULK_LENGTH);
  if (number > UNAUTHENTICATED_ARGUMENTS && !isAuthenticated(connection)) {
    return fail(BROKEN_UNAUTHENTICATED_MULTIBULK);
  }
  cursor = next;
  if (number <= 0) return COMPLETE;
  store<u32>(connection, <u32>number, CONN_ARGC);
  store<u32>(connection, <u32>number, CONN_ARGS_LEFT);
  store<u32>(connection, CONN_NO_ARGUMENT, CONN_BYTES_LEFT);
  beginRequest();
  return COMPLETE;
}

/** The arguments `$length`, bytes. */
function readArguments(connection: usize, end: usize): u32 {
  let left = load<u32>(connection, CONN_ARGS_LEFT);
  if (load<u32>(connection, CONN_BYTES_LEFT) != CONN_NO_ARGUMENT) {
    const outcome = readBytes(connection, end, load<u32>(connection, CONN_BYTES_LEFT));
    if (outcome != COMPLETE) return outcome;
    left--;
  }
  while (left != 0) {
    const outcome = readArgument(connection, end, left);
    if (outcome != COMPLETE) {
      store<u32>(connection, left, CONN_ARGS_LEFT);
      return outcome;
    }
    left--;
  }
  store<u32>(connection, 0, CONN_ARGS_LEFT);
  return COMPLETE;
}

@inline
function readArgument(connection: usize, end: usize, left: u32): u32 {
  const at = cursor;
  if (at == end) return UNFINISHED;
  if (load<u8>(at) != 0x24) {
    framer().brokenByte = load<u8>(at);
    return fail(BROKEN_EXPECTED_DOLLAR);
  }
  const data = readLine(at, end);
  if (data == 0) return <u32>(end - at) > LINE_MAX ? fail(BROKEN_BIG_BULK_COUNT) : UNFINISHED;
  if (!valid || <u64>number > <u64>framer().protoMaxBulk) return fail(BROKEN_BULK_LENGTH);
  const length = <u32>number;
  const whole = data + length + 2 <= end;
  if (left == load<u32>(connection, CONN_ARGC)) {
    if (!whole && length <= NAME_MAX) return UNFINISHED;
    const entry = length <= NAME_MAX ? findCommand(data, length) : 0;
    if (entry != 0) {
      store<u16>(connection, load<u16>(entry, COMMAND_ID), CONN_COMMAND);
      cursor = data + length + 2;
      return COMPLETE;
    }
    // An unknown name stays in the frame, for the error to show.
    store<u16>(connection, 0, CONN_COMMAND);
  }
  if (whole && length <= EXTERNAL_MIN) {
    if (!argumentRoom(connection, length)) return fail(BROKEN_TOO_LARGE);
    writeArgument(data, length);
    cursor = data + length + 2;
    return COMPLETE;
  }
  if (length > UNAUTHENTICATED_BYTES && !isAuthenticated(connection)) return fail(BROKEN_UNAUTHENTICATED_BULK);
  if (!beginArgument(connection, length)) return fail(BROKEN_TOO_LARGE);
  cursor = data;
  return readBytes(connection, end, length + 2);
}

/** Begins an argument that is long or has not arrived in full. */
function beginArgument(connection: usize, length: u32): bool {
  if (length > EXTERNAL_MIN) return beginExternal(connection, length);
  if (!argumentRoom(connection, length)) return false;
  store<u32>(writeAt, length);
  moveWrite(writeAt + 4);
  return true;
}

/** Takes what is there of the current argument, of which `left` bytes are to come, the line end included. */
function readBytes(connection: usize, end: usize, left: u32): u32 {
  const take = min<u32>(left, <u32>(end - cursor));
  const data = left > 2 ? min<u32>(take, left - 2) : 0;
  if (isExternalOpen(connection)) {
    if (!appendExternal(connection, cursor, data, left - 2)) return fail(BROKEN_TOO_LARGE);
  } else {
    if (!argumentRoom(connection, left)) return fail(BROKEN_TOO_LARGE);
    copyBytes(writeAt, cursor, data);
    moveWrite(writeAt + data);
  }
  cursor += take;
  if (take < left) {
    store<u32>(connection, left - take, CONN_BYTES_LEFT);
    return UNFINISHED;
  }
  if (isExternalOpen(connection)) closeExternal(connection);
  else moveWrite((writeAt + 3) & ~3);
  store<u32>(connection, CONN_NO_ARGUMENT, CONN_BYTES_LEFT);
  return COMPLETE;
}

/** Keeps the bytes from the cursor on, an unfinished line, for the next read. */
function carry(connection: usize, end: usize): u32 {
  if (!keepCarry(connection, cursor, end)) return broken(BROKEN_TOO_LARGE);
  cursor = end;
  return stop(FRAMED_ALL);
}
