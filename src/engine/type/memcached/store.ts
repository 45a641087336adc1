/** Storing a value: set, add, replace, append, prepend and cas, whichever protocol asks for it. */
import { argData, argLength, now, root, hash } from "../../command/context";
import { findKey } from "../../command/key";
import { casOf, BINARY_KEY, clientFlagsOf, marksOf, STALE, TOKEN_SENT } from "../../keyspace/extension";
import { expiryOrNone } from "../../keyspace/link";
import { noteChange, place, removeItem, touch } from "../../keyspace/keys";
import {
  MC_BASE64, MC_INVALIDATE, MODE_ADD, MODE_APPEND, MODE_CAS, MODE_PREPEND, MODE_SET,
} from "../../layout/memcached";
import {
  STAT_MC_CAS_BADVAL, STAT_MC_CAS_HITS, STAT_MC_CAS_MISSES, STAT_MC_NO_MEMORY, STAT_MC_SETS,
} from "../../layout/stats";
import { count } from "../../stats";
import { isString, KEEP_EXPIRY, NO_EXPIRY, stringData, stringLength } from "../string/value";
import { expiryOfTime } from "./exptime";
import { casToGive, clientFlags, expectedCas, has, mode as modeGiven, time } from "./options";
import { EXISTS, NO_MEMORY, NOT_FOUND, NOT_STORED, STORED, WRONG_TYPE } from "./outcome";
import { putJoined, putValue, roomForValue } from "./value";
import { NOTE_APPEND, NOTE_DEL, NOTE_SET } from "../../layout/note";

/** CAS id of what was stored. */
export let storedCas: u64 = 0;

/** Stores an argument as the options say. */
export function storeValue(value: usize): u32 {
  count(STAT_MC_SETS);
  const mode = modeGiven();
  const joins = mode == MODE_APPEND || mode == MODE_PREPEND;
  const expiry = expiryOfTime(time());
  if (!joins && !roomForValue(argLength(value), expiry != NO_EXPIRY || has(MC_INVALIDATE))) return noMemory(mode);
  const item = findKey();
  if (item != 0 && mode != MODE_SET && !isString(item)) return WRONG_TYPE;
  if (joins) return item == 0 ? NOT_STORED : joinValue(item, value, mode);
  let marks: u32 = has(MC_BASE64) ? BINARY_KEY : 0;
  if (item == 0) {
    if (mode == MODE_CAS) {
      count(STAT_MC_CAS_MISSES);
      return NOT_FOUND;
    }
    if (mode != MODE_SET && mode != MODE_ADD) return NOT_STORED;
    return put(0, value, expiry, marks);
  }
  if (mode == MODE_ADD) {
    touch(item);
    return NOT_STORED;
  }
  if (mode != MODE_CAS) return put(item, value, expiry, marks);
  const expected = expectedCas();
  if (expected != 0 && expected == casOf(item)) {
    count(STAT_MC_CAS_HITS);
    return put(item, value, expiry, marks);
  }
  if (has(MC_INVALIDATE) && expected != 0 && expected < casOf(item)) {
    // Somebody was told to replace it, and has come late: better than nothing until the next one does.
    count(STAT_MC_CAS_HITS);
    marks |= STALE | (marksOf(item) & TOKEN_SENT);
    return put(item, value, KEEP_EXPIRY, marks);
  }
  count(STAT_MC_CAS_BADVAL);
  return EXISTS;
}

function put(item: usize, value: usize, expiry: i64, marks: u32): u32 {
  storedCas = casToGive();
  if (expiry > NO_EXPIRY && expiry <= now) {
    if (item == 0) return STORED;
    removeItem(root, place, hash, item);
    noteChange(NOTE_DEL);
    return STORED;
  }
  if (putValue(item, value, expiry, clientFlags(), marks, storedCas) == 0) {
    return noMemory(MODE_ADD);
  }
  noteChange(NOTE_SET);
  return STORED;
}

/** What can't be set must not stay as it was before. */
function noMemory(mode: u32): u32 {
  count(STAT_MC_NO_MEMORY);
  if (mode == MODE_SET) drop();
  return NO_MEMORY;
}

/** Removes the current key, if it is there. */
export function drop(): void {
  const item = findKey();
  if (item == 0) return;
  removeItem(root, place, hash, item);
  noteChange(NOTE_DEL);
}

function joinValue(found: usize, value: usize, mode: u32): u32 {
  let item = found;
  const expected = expectedCas();
  if (expected != 0 && expected != casOf(item)) return EXISTS;
  if (!roomForValue(stringLength(item) + argLength(value), expiryOrNone(item) != NO_EXPIRY)) return NO_MEMORY;
  // Making room may have given this very key up.
  item = findKey();
  if (item == 0) return NOT_STORED;
  const old = stringData(item);
  const oldBytes = stringLength(item);
  const more = argData(value);
  const moreBytes = argLength(value);
  const expiry = expiryOrNone(item);
  const flags = clientFlagsOf(item);
  storedCas = casToGive();
  const fresh = mode == MODE_APPEND
    ? putJoined(item, old, oldBytes, more, moreBytes, expiry, flags, 0, storedCas)
    : putJoined(item, more, moreBytes, old, oldBytes, expiry, flags, 0, storedCas);
  if (fresh == 0) return NO_MEMORY;
  noteChange(NOTE_APPEND);
  return STORED;
}
