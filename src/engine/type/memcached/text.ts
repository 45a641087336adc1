/** Commands of memcached's text protocol. */
import { command, firstArg, hash, root } from "../../command/context";
import { findKey } from "../../command/key";
import { MC_GAT } from "../../generated/commands";
import * as Text from "../../generated/texts";
import { casOf, clientFlagsOf, hasExtension } from "../../keyspace/extension";
import { noteChange, place, removeItem } from "../../keyspace/keys";
import { MC_END, MC_MODE, MC_QUIET, MC_WITH_CAS, MODE_SET } from "../../layout/memcached";
import {
  STAT_MC_DELETE_HITS, STAT_MC_DELETE_MISSES, STAT_MC_TOO_LARGE, STAT_MC_TOUCH_HITS, STAT_MC_TOUCH_MISSES,
} from "../../layout/stats";
import { count } from "../../stats";
import { line, numberLine, writeValue } from "../../wire/memcached-reply";
import { isString } from "../string/value";
import { extended, makeRoomForExpiry, markFetched, NO_ROOM, readItem, setTime } from "./access";
import { changeNumber, number } from "./delta";
import { has, mode, third, time } from "./options";
import { EXISTS, NO_MEMORY, NOT_FOUND, NOT_NUMERIC, NOT_STORED, STORED } from "./outcome";
import { drop, storeValue } from "./store";
import { NOTE_DEL } from "../../layout/note";

/** One key of get, gets, gat or gats. What is no string counts as not there, as it does for MGET. */
export function memcachedGet(): void {
  const touches = command == MC_GAT;
  if (touches) makeRoomForExpiry();
  let item = readItem(true);
  if (touches) count(item == 0 ? STAT_MC_TOUCH_MISSES : STAT_MC_TOUCH_HITS);
  if (item != 0 && isString(item)) {
    if (has(MC_WITH_CAS) && !hasExtension(item)) item = extended(item);
    if (item == NO_ROOM) {
      line(Text.MC_OUT_OF_MEMORY_GET);
      return;
    }
    markFetched(item);
    writeValue(item, clientFlagsOf(item), has(MC_WITH_CAS), casOf(item));
    if (touches) setTime(item, time());
  }
  if (has(MC_END)) line(Text.MC_END);
}

export function memcachedStore(): void {
  const outcome = storeValue(third());
  if (!has(MC_QUIET)) line(textOf(outcome));
}

function textOf(outcome: u32): u32 {
  if (outcome == STORED) return Text.MC_STORED;
  if (outcome == NOT_STORED) return Text.MC_NOT_STORED;
  if (outcome == EXISTS) return Text.MC_EXISTS;
  if (outcome == NOT_FOUND) return Text.MC_NOT_FOUND;
  return outcome == NO_MEMORY ? Text.MC_OUT_OF_MEMORY : Text.MC_WRONG_TYPE;
}

export function memcachedRefused(): void {
  count(STAT_MC_TOO_LARGE);
  if (mode() == MODE_SET) drop();
  if (!has(MC_QUIET)) line(Text.MC_TOO_LARGE);
}

export function memcachedDelete(): void {
  const item = findKey();
  count(item == 0 ? STAT_MC_DELETE_MISSES : STAT_MC_DELETE_HITS);
  if (item != 0) {
    removeItem(root, place, hash, item);
    noteChange(NOTE_DEL);
  }
  if (!has(MC_QUIET)) line(item == 0 ? Text.MC_NOT_FOUND : Text.MC_DELETED);
}

export function memcachedDelta(): void {
  const outcome = changeNumber();
  if (has(MC_QUIET)) return;
  if (outcome == STORED) numberLine(number);
  else if (outcome == NOT_FOUND) line(Text.MC_NOT_FOUND);
  else if (outcome == NOT_NUMERIC) line(Text.MC_NOT_NUMERIC);
  else if (outcome == NO_MEMORY) line(Text.MC_OUT_OF_MEMORY_DELTA);
  else line(Text.MC_WRONG_TYPE);
}

export function memcachedTouch(): void {
  makeRoomForExpiry();
  const item = findKey();
  count(item == 0 ? STAT_MC_TOUCH_MISSES : STAT_MC_TOUCH_HITS);
  if (item != 0) setTime(item, time());
  if (!has(MC_QUIET)) line(item == 0 ? Text.MC_NOT_FOUND : Text.MC_TOUCHED);
}

/** A constant text. */
export function memcachedText(): void {
  // It has no key: the options are its first argument.
  line(load<u32>(firstArg + 4, MC_MODE));
}
