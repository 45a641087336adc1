/** Writing whole values: SET, SETNX, SETEX, PSETEX, and one pair of MSET. */
import { NOTE_EXPIRE, NOTE_SET } from "../../layout/note";
import { GET as GET_WORD, KEEPTTL, NX, wordOf, XX } from "../../base/words";
import { argc, argData, argLength, adoptBlob, firstArg, hash, isExternal, nextArg, root } from "../../command/context";
import { outOfMemory, syntaxError } from "../../command/errors";
import { expiryTime, expiryUnit, readExpiry, SECONDS } from "../../command/expiry-option";
import { findKey, keyBytes, keyData, readKey } from "../../command/key";
import { makeRoom } from "../../eviction/room";
import { INVALID_EXPIRE_PSETEX, INVALID_EXPIRE_SET, INVALID_EXPIRE_SETEX } from "../../generated/texts";
import { dropBlob } from "../../keyspace/blob";
import { find, noteChange, noteChangeOf } from "../../keyspace/keys";
import { noteKey } from "../../notify";
import { abandon } from "../../wire/reply";
import { boolean, nil, ok } from "../../wire/resp";
import { replyStringOrNil } from "./get";
import { itemSize, KEEP_EXPIRY, NO_EXPIRY, putBlob, putString } from "./value";

/** Makes room for the key `key` with the value `value`; replies with an error when there is none. */
function roomFor(key: usize, value: usize, expires: bool): bool {
  if (makeRoom(itemSize(argLength(key), argLength(value), expires))) return true;
  outOfMemory();
  return false;
}

/** Sets a key, found as `item`, to an argument. Without memory the command's reply becomes an error. */
export function putArgument(item: usize, key: usize, keyHash: u64, value: usize, expiry: i64): bool {
  let fresh: usize;
  if (isExternal(value)) {
    const blob = adoptBlob(value);
    fresh = putBlob(item, argData(key), argLength(key), keyHash, blob, expiry);
    if (fresh == 0) dropBlob(blob);
  } else {
    fresh = putString(item, argData(key), argLength(key), keyHash, argData(value), argLength(value), expiry);
  }
  if (fresh == 0) abandon();
  return fresh != 0;
}

export function set(): void {
  const value = nextArg(firstArg);
  if (argc == 2) {
    if (!roomFor(firstArg, value, false)) return;
    if (putArgument(findKey(), firstArg, hash, value, NO_EXPIRY)) {
      noteChange(NOTE_SET);
      ok();
    }
    return;
  }
  setWithOptions(value);
}

function setWithOptions(value: usize): void {
  let condition: u64 = 0;
  let wantsOld = false;
  let keep = false;
  let unit: i32 = -1;
  let time: usize = 0;
  let arg = nextArg(value);
  for (let i: u32 = 2; i < argc; i++) {
    const word = wordOf(arg);
    const next = expiryUnit(word);
    if ((word == NX || word == XX) && (condition == 0 || condition == word)) {
      condition = word;
    } else if (word == GET_WORD) {
      wantsOld = true;
    } else if (word == KEEPTTL && unit < 0) {
      keep = true;
    } else if (next >= 0 && !keep && unit < 0 && i + 1 < argc) {
      unit = next;
      arg = nextArg(arg);
      time = arg;
      i++;
    } else {
      syntaxError();
      return;
    }
    arg = nextArg(arg);
  }
  if (unit >= 0 && !readExpiry(time, unit, INVALID_EXPIRE_SET)) return;
  if (!roomFor(firstArg, value, unit >= 0 || keep)) return;

  const item = wantsOld ? readKey() : findKey();
  if (wantsOld && !replyStringOrNil(item)) return;
  if ((condition == NX && item != 0) || (condition == XX && item == 0)) {
    if (!wantsOld) nil();
    return;
  }
  const expiry = unit >= 0 ? expiryTime : keep ? KEEP_EXPIRY : NO_EXPIRY;
  if (!putArgument(item, firstArg, hash, value, expiry)) return;
  noteChange(NOTE_SET);
  if (unit >= 0) noteKey(NOTE_EXPIRE);
  if (!wantsOld) ok();
}

export function setnx(): void {
  const value = nextArg(firstArg);
  if (!roomFor(firstArg, value, false)) return;
  const item = findKey();
  if (item == 0) {
    if (!putArgument(0, firstArg, hash, value, NO_EXPIRY)) return;
    noteChange(NOTE_SET);
  }
  boolean(item == 0);
}

export function setex(): void {
  setWithTime(SECONDS, INVALID_EXPIRE_SETEX);
}

export function psetex(): void {
  setWithTime(0, INVALID_EXPIRE_PSETEX);
}

function setWithTime(unit: u32, invalid: u32): void {
  const time = nextArg(firstArg);
  const value = nextArg(time);
  if (!readExpiry(time, unit, invalid)) return;
  if (!roomFor(firstArg, value, true)) return;
  if (!putArgument(findKey(), firstArg, hash, value, expiryTime)) return;
  noteChange(NOTE_SET);
  noteKey(NOTE_EXPIRE);
  ok();
}

/** One pair of MSET or MSETNX; false when there is no memory, and the reply has been given up. */
export function msetOne(key: usize, keyHash: u64): bool {
  const value = nextArg(key);
  if (!makeRoom(itemSize(argLength(key), argLength(value), false))) {
    abandon();
    return false;
  }
  const item = find(root, argData(key), argLength(key), keyHash);
  if (!putArgument(item, key, keyHash, value, NO_EXPIRY)) return false;
  noteChangeOf(NOTE_SET, key);
  return true;
}
