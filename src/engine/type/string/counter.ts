/** INCR, DECR, INCRBY, DECRBY, INCRBYFLOAT. */
import { NOTE_INCRBY, NOTE_INCRBYFLOAT } from "../../layout/note";
import { readSigned, value, writeSigned } from "../../base/decimal";
import * as LongDouble from "../../base/long-double";
import { integerValue, readInteger } from "../../command/arguments";
import { argData, argLength, firstArg, hash, nextArg } from "../../command/context";
import { error, outOfMemory, wrongType } from "../../command/errors";
import { findKey, keyBytes, keyData } from "../../command/key";
import { makeRoom } from "../../eviction/room";
import { DECREMENT_OVERFLOW, INCREMENT_NOT_FINITE, INCREMENT_OVERFLOW, NOT_A_FLOAT, NOT_AN_INTEGER } from "../../generated/texts";
import { SCRATCH_TEXT } from "../../layout/memory";
import { noteChange } from "../../keyspace/keys";
import { abandon } from "../../wire/reply";
import { bulk, integer } from "../../wire/resp";
import { isString, itemSize, KEEP_EXPIRY, putString, stringData, stringLength } from "./value";

/** Longest text of a 64-bit integer. */
const INTEGER_MAX: u32 = 20;

export function incr(): void {
  add(1);
}

export function decr(): void {
  add(-1);
}

export function incrby(): void {
  if (readInteger(nextArg(firstArg))) add(integerValue);
}

export function decrby(): void {
  if (!readInteger(nextArg(firstArg))) return;
  if (integerValue == i64.MIN_VALUE) error(DECREMENT_OVERFLOW);
  else add(-integerValue);
}

function add(delta: i64): void {
  if (!roomForNumber(INTEGER_MAX)) return;
  const item = findKey();
  let n: i64 = 0;
  if (item != 0) {
    if (!isString(item)) {
      wrongType();
      return;
    }
    if (!readSigned(stringData(item), stringLength(item))) {
      error(NOT_AN_INTEGER);
      return;
    }
    n = value;
  }
  if ((delta < 0 && n < i64.MIN_VALUE - delta) || (delta > 0 && n > i64.MAX_VALUE - delta)) {
    error(INCREMENT_OVERFLOW);
    return;
  }
  n += delta;
  const length = <u32>(writeSigned(SCRATCH_TEXT, n) - SCRATCH_TEXT);
  if (putNumber(item, length, NOTE_INCRBY)) integer(n);
}

function roomForNumber(length: u32): bool {
  if (makeRoom(itemSize(keyBytes(), length, true))) return true;
  outOfMemory();
  return false;
}

/** Sets the key to the text at SCRATCH_TEXT, which is called `event`. */
function putNumber(item: usize, length: u32, event: u32): bool {
  if (putString(item, keyData(), keyBytes(), hash, SCRATCH_TEXT, length, KEEP_EXPIRY) == 0) {
    abandon();
    return false;
  }
  noteChange(event);
  return true;
}

export function incrbyfloat(): void {
  const item = findKey();
  if (item != 0 && !isString(item)) {
    wrongType();
    return;
  }
  const delta = nextArg(firstArg);
  if (!LongDouble.read(argData(delta), argLength(delta))) {
    error(NOT_A_FLOAT);
    return;
  }
  LongDouble.keep();
  if (item == 0) LongDouble.zero();
  else if (!LongDouble.read(stringData(item), stringLength(item))) {
    error(NOT_A_FLOAT);
    return;
  }
  if (!LongDouble.addKept()) {
    error(INCREMENT_NOT_FINITE);
    return;
  }
  const length = <u32>(LongDouble.write(SCRATCH_TEXT) - SCRATCH_TEXT);
  // Making room may give this very key up, so it is looked up again.
  if (roomForNumber(length) && putNumber(findKey(), length, NOTE_INCRBYFLOAT)) bulk(SCRATCH_TEXT, length);
}
