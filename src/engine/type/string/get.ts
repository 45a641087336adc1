/** GET, STRLEN, GETDEL, GETEX, GETSET, and one key's part of MGET. */
import { NOTE_DEL, NOTE_EXPIRE, NOTE_PERSIST, NOTE_SET } from "../../layout/note";
import { INVALID_EXPIRE_GETEX } from "../../generated/texts";
import { argc, argData, argLength, firstArg, hash, nextArg, root } from "../../command/context";
import { outOfMemory, syntaxError, wrongType } from "../../command/errors";
import { expiryTime, expiryUnit, readExpiry } from "../../command/expiry-option";
import { findKey, keyBytes, keyData, readKey } from "../../command/key";
import { EXPIRED_NOW, expire } from "../../keyspace/expire";
import { PERSIST, wordOf } from "../../base/words";
import { makeRoom } from "../../eviction/room";
import { blobOfItem, EXPIRY_FIELDS, flagsOf, itemBytes, SEPARATE } from "../../keyspace/item";
import { clearExpiry, findToRead, noteChange, place, removeItem } from "../../keyspace/keys";
import { bulk, bulkOfBlob, integer, nil } from "../../wire/resp";
import { putArgument } from "./put";
import { isString, itemSize, NO_EXPIRY, stringData, stringLength } from "./value";

/** Replies with the value of a string item. */
export function replyString(item: usize): void {
  if ((flagsOf(item) & SEPARATE) != 0) bulkOfBlob(blobOfItem(item), 0, stringLength(item));
  else bulk(stringData(item), stringLength(item));
}

/** Replies with the value of an item, 0 for none; false when it is no string. */
export function replyStringOrNil(item: usize): bool {
  if (item == 0) {
    nil();
    return true;
  }
  if (!isString(item)) {
    wrongType();
    return false;
  }
  replyString(item);
  return true;
}

export function get(): void {
  replyStringOrNil(readKey());
}

export function strlen(): void {
  const item = readKey();
  if (item == 0) integer(0);
  else if (!isString(item)) wrongType();
  else integer(stringLength(item));
}

/** One key of MGET: what is not a string counts as not there. */
export function mgetOne(key: usize, keyHash: u64): void {
  const item = findToRead(root, argData(key), argLength(key), keyHash);
  if (item == 0 || !isString(item)) nil();
  else replyString(item);
}

export function mgetPart(): void {
  mgetOne(firstArg, hash);
}

export function getdel(): void {
  const item = readKey();
  if (!replyStringOrNil(item) || item == 0) return;
  removeItem(root, place, hash, item);
  noteChange(NOTE_DEL);
}

export function getset(): void {
  const value = nextArg(firstArg);
  if (!makeRoom(itemSize(keyBytes(), argLength(value), false))) {
    outOfMemory();
    return;
  }
  const item = readKey();
  if (!replyStringOrNil(item)) return;
  if (putArgument(item, firstArg, hash, value, NO_EXPIRY)) noteChange(NOTE_SET);
}

export function getex(): void {
  let unit: i32 = -1;
  let persist = false;
  let arg = nextArg(firstArg);
  let time: usize = 0;
  for (let i: u32 = 1; i < argc; i++) {
    const word = wordOf(arg);
    const next = expiryUnit(word);
    if (word == PERSIST && !persist && unit < 0) {
      persist = true;
    } else if (next >= 0 && !persist && unit < 0 && i + 1 < argc) {
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
  if (unit >= 0) makeRoomForExpiry();
  const item = readKey();
  if (item == 0) {
    nil();
    return;
  }
  if (!isString(item)) {
    wrongType();
    return;
  }
  if (unit >= 0 && !readExpiry(time, unit, INVALID_EXPIRE_GETEX)) return;
  replyString(item);
  if (persist) {
    if (clearExpiry(root, item)) noteChange(NOTE_PERSIST);
  } else if (unit >= 0) {
    const outcome = expire(item, place, hash, expiryTime);
    noteChange(outcome == EXPIRED_NOW ? NOTE_DEL : NOTE_EXPIRE);
  }
}

/** A key that gets its first time to expire may have to move to a larger block. */
function makeRoomForExpiry(): void {
  const item = findKey();
  if (item != 0) makeRoom(itemBytes(item) + EXPIRY_FIELDS);
}
