/** Commands of memcached's binary protocol, and its replies (layout/memcached-binary.ts). */
import { copyBytes } from "../../base/bytes";
import { command, firstArg, hash, root } from "../../command/context";
import { findKey, keyBytes, keyData } from "../../command/key";
import { MC_BINARY_GAT, MC_BINARY_STATUS } from "../../generated/commands";
import * as Text from "../../generated/texts";
import { casOf, clientFlagsOf } from "../../keyspace/extension";
import { noteChange, place, removeItem } from "../../keyspace/keys";
import {
  MC_INITIAL, MC_MAKE, MC_MODE, MC_OPAQUE, MC_OPCODE, MC_QUIET, MC_WITH_KEY, MC_WITH_VALUE, MODE_ADD, MODE_REPLACE,
  MODE_SET,
} from "../../layout/memcached";
import * as B from "../../layout/memcached-binary";
import { TEXTS } from "../../layout/memory";
import {
  STAT_MC_DELETE_HITS, STAT_MC_DELETE_MISSES, STAT_MC_TOO_LARGE, STAT_MC_TOUCH_HITS, STAT_MC_TOUCH_MISSES,
} from "../../layout/stats";
import { count } from "../../stats";
import { referValue } from "../../wire/memcached-reply";
import { COPY_MAX, moveOut, out, room } from "../../wire/reply";
import { isString, NO_EXPIRY, stringData, stringLength } from "../string/value";
import { extended, isPast, makeRoomForExpiry, markFetched, NO_ROOM, readItem, setTime } from "./access";
import { changeNumber, makeNumber, number, numberItem } from "./delta";
import { expiryOfTime } from "./exptime";
import { expectedCas, has, mode, options, third, time } from "./options";
import { EXISTS, NO_MEMORY, NOT_FOUND, NOT_NUMERIC, NOT_STORED, STORED } from "./outcome";
import { drop, storedCas, storeValue } from "./store";
import { NOTE_DEL } from "../../layout/note";

/** Writes the header of a reply; there is room for it. */
function header(status: u32, extras: u32, key: u32, body: u32, cas: u64): void {
  // The frame of a constant status has no key: the options are its first argument.
  const from = command == MC_BINARY_STATUS ? firstArg + 4 : options();
  const to = out;
  store<u8>(to, B.BINARY_REPLY);
  store<u8>(to, load<u32>(from, MC_OPCODE), 1);
  store<u16>(to, bswap<u16>(<u16>key), 2);
  store<u16>(to, extras, 4);
  store<u16>(to, bswap<u16>(<u16>status), 6);
  store<u32>(to, bswap<u32>(body), 8);
  store<u32>(to, load<u32>(from, MC_OPAQUE), 12);
  store<u64>(to, bswap<u64>(cas), 16);
  moveOut(to + B.BINARY_HEADER);
}

/** A reply whose value is a constant text. */
function withText(status: u32, text: u32): void {
  const entry = TEXTS + (text << 2);
  const length: u32 = load<u16>(entry, 2);
  if (!room(B.BINARY_HEADER + length)) return;
  header(status, 0, 0, length, 0);
  copyBytes(out, TEXTS + load<u16>(entry), length);
  moveOut(out + length);
}

function fail(status: u32): void {
  withText(status, textOf(status));
}

function textOf(status: u32): u32 {
  switch (status) {
    case B.STATUS_NOT_FOUND: return Text.MC_BINARY_NOT_FOUND;
    case B.STATUS_EXISTS: return Text.MC_BINARY_EXISTS;
    case B.STATUS_TOO_LARGE: return Text.MC_BINARY_TOO_LARGE;
    case B.STATUS_NOT_STORED: return Text.MC_BINARY_NOT_STORED;
    case B.STATUS_NOT_NUMERIC: return Text.MC_BINARY_NOT_NUMERIC;
    case B.STATUS_AUTH: return Text.MC_BINARY_AUTH;
    case B.STATUS_UNKNOWN: return Text.MC_BINARY_UNKNOWN;
    case B.STATUS_NO_MEMORY: return Text.MC_BINARY_OUT_OF_MEMORY;
    default: return Text.MC_BINARY_INVALID;
  }
}

/** In place of a reply that there was no memory for. */
export function binaryOutOfMemory(): void {
  fail(B.STATUS_NO_MEMORY);
}

/** A reply without anything but its header. */
function plain(cas: u64): void {
  if (!has(MC_QUIET) && room(B.BINARY_HEADER)) header(B.STATUS_OK, 0, 0, 0, cas);
}

export function binaryStatus(): void {
  const status = load<u32>(firstArg + 4, MC_MODE);
  if (status != B.STATUS_OK) fail(status);
  else if (load<u32>(firstArg + 4, MC_OPCODE) == B.BINARY_VERSION) withText(B.STATUS_OK, Text.MC_BINARY_VERSION);
  else if (room(B.BINARY_HEADER)) header(B.STATUS_OK, 0, 0, 0, 0);
}

/** The get family, touch included. Every reply tells the CAS id, so that an item without one gets one. */
export function binaryGet(): void {
  const touches = command == MC_BINARY_GAT;
  if (touches) makeRoomForExpiry();
  let item = readItem(true);
  if (touches) count(item == 0 ? STAT_MC_TOUCH_MISSES : STAT_MC_TOUCH_HITS);
  if (item == 0 || !isString(item)) {
    miss();
    return;
  }
  item = extended(item);
  if (item == NO_ROOM) {
    fail(B.STATUS_NO_MEMORY);
    return;
  }
  markFetched(item);
  found(item);
  if (touches) setTime(item, time());
}

function miss(): void {
  if (has(MC_QUIET)) return;
  if (!has(MC_WITH_KEY)) {
    fail(B.STATUS_NOT_FOUND);
    return;
  }
  const bytes = keyBytes();
  if (!room(B.BINARY_HEADER + bytes)) return;
  header(B.STATUS_NOT_FOUND, 0, bytes, bytes, 0);
  writeKey(bytes);
}

function writeKey(bytes: u32): void {
  copyBytes(out, keyData(), bytes);
  moveOut(out + bytes);
}

function found(item: usize): void {
  const length = has(MC_WITH_VALUE) ? stringLength(item) : 0;
  const key = has(MC_WITH_KEY) ? keyBytes() : 0;
  const copies = length <= COPY_MAX;
  if (!room(B.BINARY_HEADER + 4 + key + (copies ? length : 0))) return;
  header(B.STATUS_OK, 4, key, 4 + key + length, casOf(item));
  store<u32>(out, bswap<u32>(clientFlagsOf(item)));
  moveOut(out + 4);
  writeKey(key);
  if (copies) {
    copyBytes(out, stringData(item), length);
    moveOut(out + length);
  } else {
    referValue(item, length);
  }
}

export function binaryStore(): void {
  const outcome = storeValue(third());
  if (outcome == STORED) plain(storedCas);
  else fail(statusOf(outcome));
}

function statusOf(outcome: u32): u32 {
  if (outcome == EXISTS) return B.STATUS_EXISTS;
  if (outcome == NOT_FOUND) return B.STATUS_NOT_FOUND;
  if (outcome == NO_MEMORY) return B.STATUS_NO_MEMORY;
  if (outcome != NOT_STORED) return B.STATUS_INVALID;
  if (mode() == MODE_ADD) return B.STATUS_EXISTS;
  return mode() == MODE_REPLACE ? B.STATUS_NOT_FOUND : B.STATUS_NOT_STORED;
}

export function binaryRefused(): void {
  count(STAT_MC_TOO_LARGE);
  if (mode() == MODE_SET) drop();
  fail(B.STATUS_TOO_LARGE);
}

export function binaryDelete(): void {
  const item = findKey();
  count(item == 0 ? STAT_MC_DELETE_MISSES : STAT_MC_DELETE_HITS);
  const expected = expectedCas();
  if (item == 0) {
    fail(B.STATUS_NOT_FOUND);
  } else if (expected != 0 && expected != casOf(item)) {
    fail(B.STATUS_EXISTS);
  } else {
    removeItem(root, place, hash, item);
    noteChange(NOTE_DEL);
    plain(0);
  }
}

export function binaryDelta(): void {
  let outcome = changeNumber();
  const made = outcome == NOT_FOUND && has(MC_MAKE);
  if (made) {
    const expiry = isPast(time()) ? NO_EXPIRY : expiryOfTime(time());
    outcome = makeNumber(load<u64>(options(), MC_INITIAL), expiry);
  }
  if (outcome == NOT_NUMERIC) fail(B.STATUS_NOT_NUMERIC);
  else if (outcome != STORED) fail(statusOf(outcome));
  else if (!has(MC_QUIET) && room(B.BINARY_HEADER + 8)) {
    header(B.STATUS_OK, 0, 0, 8, casOf(numberItem));
    store<u64>(out, bswap<u64>(number));
    moveOut(out + 8);
  }
  if (made && outcome == STORED && isPast(time())) setTime(numberItem, time());
}
