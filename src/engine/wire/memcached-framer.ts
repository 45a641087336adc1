/**
 * Finds requests in the bytes of a connection that speaks memcached and makes frames of them. The first byte tells which
 * of its protocols. It goes on where the last read ended, whatever byte that was:
 *
 *   - an unfinished line, or the unfinished head of a binary request, is carried over and put in front of the next read;
 *   - a value that has not arrived in full waits in the request's block;
 *   - a `get` whose keys there is no room for goes on with the next one.
 */
import { MC_AUTH } from "../generated/commands";
import { MC_BAD_AUTH_END, MC_BAD_CHUNK as BAD_CHUNK_TEXT } from "../generated/texts";
import { copyBytes } from "../base/bytes";
import { FRAME_HEADER, PROTOCOL_MEMCACHED, PROTOCOL_MEMCACHED_BINARY } from "../layout/batch";
import {
  BROKEN_TOO_LARGE, CONN_ARGC, CONN_ARGS_LEFT, CONN_AUTHENTICATED, CONN_BITS, CONN_BYTES_LEFT, CONN_COMMAND, CONN_FLAGS, CONN_PROTOCOL,
  CONN_UNDECIDED, FRAMED_ALL, FRAMED_BROKEN, FRAMED_FULL,
} from "../layout/connection";
import { MC_BAD_CHUNK, MC_META, MC_QUIET } from "../layout/memcached";
import { BINARY_REQUEST } from "../layout/memcached-binary";
import { SCRATCH_TEXT } from "../layout/memory";
import { give } from "../memory/heap";
import { keepCarry, takeCarry } from "./carry";
import { dropArguments } from "./connections";
import { binaryHead, BINARY_UNFINISHED, headEnd } from "./memcached-binary";
import { answer, countArgument, leaveToAcceptor, routeMemcached } from "./memcached-frame";
import {
  CLOSING, DATA, frameKeys, frameLine, FRAMED_VALUE, KEYS, keysAt, SWALLOW, trimLine, valueLength,
} from "./memcached-text";
import {
  appendExternal, argumentRoom, beginExternal, closeExternal, EXTERNAL_MIN, frameAt, forgetKept, isExternalOpen, isInHeap,
  keepRequest, moveWrite, resumeRequest, writeAt,
} from "./request";
import { beginFraming, closeBatches, framer } from "./staging";

const QUIT: u32 = 0x74697571;
/** Longest line; memcached's limit for all but `get`. */
const LINE_MAX: usize = 65536;
const OTHER_LINE_MAX: usize = 2048;

/** Outcomes of reading a value; else FRAMED_... */
const UNFINISHED: u32 = 101;

let cursor: usize = 0;

/** As `frameResp`. */
export function frameMemcached(connection: usize, id: u32, start: usize, end: usize): u32 {
  const f = beginFraming(connection, id);
  cursor = takeCarry(connection, start);
  if ((load<u8>(connection, CONN_FLAGS) & CONN_UNDECIDED) != 0 && cursor != end) decide(connection);
  const binary = load<u8>(connection, CONN_PROTOCOL) == PROTOCOL_MEMCACHED_BINARY;
  while (true) {
    let result: u32 = FRAMED_ALL;
    const state = load<u32>(connection, CONN_ARGS_LEFT);
    if (state == DATA) {
      resumeRequest(connection);
      result = readValue(connection, end, load<u32>(connection, CONN_BYTES_LEFT), binary);
    } else if (state == CLOSING) {
      store<u32>(connection, 0, CONN_ARGS_LEFT);
      store<u32>(SCRATCH_TEXT, QUIT);
      result = leaveToAcceptor(connection, SCRATCH_TEXT, 4);
    } else {
      if (cursor == end) return stop(FRAMED_ALL);
      if (state == SWALLOW) {
        if (!passOver(connection, end)) return stop(FRAMED_ALL);
        continue;
      }
      if (f.full != 0) return stop(FRAMED_FULL);
      result = binary ? readHead(connection, end) : readLine(connection, end, state);
    }
    if (result == FRAMED_VALUE) result = beginValue(connection, end, binary);
    if (result == UNFINISHED) return carry(connection, end);
    if (result != FRAMED_ALL) return stop(result);
  }
}

/** The first byte tells the protocol. */
function decide(connection: usize): void {
  store<u8>(connection, load<u8>(connection, CONN_FLAGS) & ~CONN_UNDECIDED, CONN_FLAGS);
  const protocol = load<u8>(cursor) == BINARY_REQUEST ? PROTOCOL_MEMCACHED_BINARY : PROTOCOL_MEMCACHED;
  store<u8>(connection, protocol, CONN_PROTOCOL);
}

function stop(result: u32): u32 {
  framer().stoppedAt = <u32>cursor;
  closeBatches();
  return result;
}

function carry(connection: usize, end: usize): u32 {
  if (!keepCarry(connection, cursor, end)) return broken();
  cursor = end;
  return stop(FRAMED_ALL);
}

function broken(): u32 {
  framer().brokenReason = BROKEN_TOO_LARGE;
  return stop(FRAMED_BROKEN);
}

/** Takes bytes that nobody wants; false when not all of them have come. */
function passOver(connection: usize, end: usize): bool {
  const left = load<u32>(connection, CONN_BYTES_LEFT);
  const take = min<u32>(left, <u32>(end - cursor));
  cursor += take;
  store<u32>(connection, left - take, CONN_BYTES_LEFT);
  if (take == left) store<u32>(connection, 0, CONN_ARGS_LEFT);
  return take == left;
}

function readLine(connection: usize, end: usize, state: u32): u32 {
  const at = cursor;
  let newline = at;
  while (newline < end && load<u8>(newline) != 0x0a) newline++;
  if (newline == end) return mayGrow(connection, at, end, state) ? UNFINISHED : FRAMED_BROKEN;
  const lineEnd = trimLine(at, newline);
  cursor = newline + 1;
  const result = state == KEYS ? frameKeys(connection, at, lineEnd) : frameLine(connection, at, lineEnd);
  if (load<u32>(connection, CONN_ARGS_LEFT) == KEYS) {
    cursor = keysAt;
    return result == FRAMED_ALL ? FRAMED_FULL : result;
  }
  return result;
}

/** Whether a line that is not complete may still become one: only a `get` may be long. */
function mayGrow(connection: usize, at: usize, end: usize, state: u32): bool {
  const length = end - at;
  if (length <= OTHER_LINE_MAX || state == KEYS) return length <= LINE_MAX;
  if ((load<u8>(connection, CONN_FLAGS) & CONN_AUTHENTICATED) == 0) return false;
  let first = at;
  while (load<u8>(first) == 0x20) first++;
  if (first - at > 100) return false;
  const isGet = load<u32>(first) == 0x20746567 || (load<u32>(first) == 0x73746567 && load<u8>(first, 4) == 0x20);
  return isGet && length <= LINE_MAX;
}

function readHead(connection: usize, end: usize): u32 {
  const result = binaryHead(connection, cursor, end);
  if (result == BINARY_UNFINISHED) return UNFINISHED;
  cursor = headEnd;
  return result;
}

/** The frame is complete but for its value, which follows; a line end follows it in the text protocol. */
function beginValue(connection: usize, end: usize, binary: bool): u32 {
  const length = valueLength;
  const left = binary ? length : length + 2;
  if (length > EXTERNAL_MIN) {
    if (!beginExternal(connection, length)) return tooLarge();
  } else {
    if (!argumentRoom(connection, length)) return tooLarge();
    store<u32>(writeAt, length);
    moveWrite(writeAt + 4);
  }
  countArgument(connection);
  store<u32>(connection, DATA, CONN_ARGS_LEFT);
  return readValue(connection, end, left, binary);
}

function tooLarge(): u32 {
  framer().brokenReason = BROKEN_TOO_LARGE;
  return FRAMED_BROKEN;
}

/** Takes what is there of the value, of which `left` bytes are to come, the line end included. */
function readValue(connection: usize, end: usize, left: u32, binary: bool): u32 {
  const tail: u32 = binary ? 0 : 2;
  if (left > tail) {
    const data = min<u32>(left - tail, <u32>(end - cursor));
    if (isExternalOpen(connection)) {
      if (!appendExternal(connection, cursor, data, left - tail)) return tooLarge();
    } else {
      if (!argumentRoom(connection, left)) return tooLarge();
      copyBytes(writeAt, cursor, data);
      moveWrite(writeAt + data);
    }
    cursor += data;
    left -= data;
  }
  while (left != 0 && left <= tail && cursor != end) {
    if (load<u8>(cursor++) != (left == 2 ? 0x0d : 0x0a)) {
      store<u32>(connection, load<u32>(connection, CONN_BITS) | MC_BAD_CHUNK, CONN_BITS);
    }
    left--;
  }
  if (left != 0) {
    store<u32>(connection, left, CONN_BYTES_LEFT);
    return keepRequest(connection) ? UNFINISHED : tooLarge();
  }
  if (isExternalOpen(connection)) closeExternal(connection);
  else moveWrite((writeAt + 3) & ~3);
  store<u32>(connection, 0, CONN_ARGS_LEFT);
  return (load<u32>(connection, CONN_BITS) & MC_BAD_CHUNK) != 0 ? refuseChunk(connection) : routeMemcached(connection);
}

/** The value did not end where it should have. */
function refuseChunk(connection: usize): u32 {
  const bits = load<u32>(connection, CONN_BITS);
  const login = load<u16>(connection, CONN_COMMAND) == MC_AUTH;
  dropArguments(frameAt + FRAME_HEADER, load<u32>(connection, CONN_ARGC));
  if (isInHeap()) give(frameAt);
  forgetKept(connection);
  if ((bits & MC_QUIET) != 0 && (bits & MC_META) == 0) return FRAMED_ALL;
  return answer(connection, login ? MC_BAD_AUTH_END : BAD_CHUNK_TEXT);
}
