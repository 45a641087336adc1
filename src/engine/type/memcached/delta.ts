/** incr and decr: unsigned 64-bit numbers in decimal, which wrap upwards and stop at 0 downwards. */
import { readCUnsigned, unsigned } from "../../base/c-number";
import { writeUnsigned } from "../../base/decimal";
import { findKey } from "../../command/key";
import { casOf, clientFlagsOf, hasExtension, marksOf, setCas } from "../../keyspace/extension";
import { expiryOrNone } from "../../keyspace/link";
import { noteChange, touch } from "../../keyspace/keys";
import { flagsOf, RAW, SEPARATE, setFlags } from "../../keyspace/item";
import { SCRATCH_TEXT } from "../../layout/memory";
import { MC_DOWN } from "../../layout/memcached";
import { STAT_MC_DECR_HITS, STAT_MC_DECR_MISSES, STAT_MC_INCR_HITS, STAT_MC_INCR_MISSES } from "../../layout/stats";
import { count } from "../../stats";
import { isString, NO_EXPIRY, stringData, stringLength } from "../string/value";
import { casToGive, delta, expectedCas, has } from "./options";
import { EXISTS, NO_MEMORY, NOT_FOUND, NOT_NUMERIC, STORED, WRONG_TYPE } from "./outcome";
import { putJoined, roomForValue } from "./value";
import { NOTE_INCRBY, NOTE_SET } from "../../layout/note";

const DIGITS_MAX: u32 = 20;

/** The number that came out, and its item. */
export let number: u64 = 0;
export let numberItem: usize = 0;

/** Changes the current key's number as the options say. */
export function changeNumber(): u32 {
  const down = has(MC_DOWN);
  let item = findKey();
  if (item == 0) {
    count(down ? STAT_MC_DECR_MISSES : STAT_MC_INCR_MISSES);
    return NOT_FOUND;
  }
  if (!isString(item)) return WRONG_TYPE;
  const oldBytes = stringLength(item);
  if (oldBytes == 0 || (flagsOf(item) & SEPARATE) != 0) return NOT_NUMERIC;
  const expected = expectedCas();
  if (expected != 0 && expected != casOf(item)) return EXISTS;
  if (!readCUnsigned(stringData(item), oldBytes)) return NOT_NUMERIC;
  count(down ? STAT_MC_DECR_HITS : STAT_MC_INCR_HITS);
  const by = delta();
  number = !down ? unsigned + by : by > unsigned ? 0 : unsigned - by;
  const bytes = <u32>(writeUnsigned(SCRATCH_TEXT, number) - SCRATCH_TEXT);
  if (bytes <= oldBytes) {
    // A number never makes its value shorter: spaces follow it.
    const at = stringData(item);
    memory.copy(at, SCRATCH_TEXT, bytes);
    memory.fill(at + bytes, 0x20, oldBytes - bytes);
    if (hasExtension(item)) setCas(item, casToGive());
    setFlags(item, flagsOf(item) & ~RAW);
    touch(item);
    numberItem = item;
    noteChange(NOTE_INCRBY);
    return STORED;
  }
  if (!roomForValue(DIGITS_MAX, expiryOrNone(item) != NO_EXPIRY)) return NO_MEMORY;
  item = findKey();
  return item == 0 ? NOT_FOUND : putNumber(item, bytes, expiryOrNone(item), clientFlagsOf(item), marksOf(item));
}

/** Makes the current key, which is not there, a number. */
export function makeNumber(initial: u64, expiry: i64): u32 {
  number = initial;
  if (!roomForValue(DIGITS_MAX, expiry != NO_EXPIRY)) return NO_MEMORY;
  const bytes = <u32>(writeUnsigned(SCRATCH_TEXT, initial) - SCRATCH_TEXT);
  findKey();
  return putNumber(0, bytes, expiry, 0, 0);
}

function putNumber(item: usize, bytes: u32, expiry: i64, flags: u32, marks: u32): u32 {
  numberItem = putJoined(item, SCRATCH_TEXT, bytes, 0, 0, expiry, flags, marks, casToGive());
  if (numberItem == 0) return NO_MEMORY;
  noteChange(item == 0 ? NOTE_SET : NOTE_INCRBY);
  return STORED;
}
