/** EXPIRE, PEXPIRE, EXPIREAT, PEXPIREAT; TTL, PTTL, EXPIRETIME, PEXPIRETIME; PERSIST. */
import { NOTE_DEL, NOTE_EXPIRE, NOTE_PERSIST } from "../layout/note";
import { GT, LT, NX, wordOf, XX } from "../base/words";
import { makeRoom } from "../eviction/room";
import { EXPIRE, EXPIREAT, PEXPIRE, PEXPIREAT, PEXPIRETIME, PTTL, TTL } from "../generated/commands";
import {
  INVALID_EXPIRE_EXPIRE, INVALID_EXPIRE_EXPIREAT, EXPIRE_GT_AND_LT, EXPIRE_NX_AND_OTHERS, INVALID_EXPIRE_PEXPIRE, INVALID_EXPIRE_PEXPIREAT,
  UNSUPPORTED_OPTION,
} from "../generated/texts";
import { EXPIRED_NOW, expire, NO_MEMORY } from "../keyspace/expire";
import { EXPIRY_FIELDS, expiryOf, flagsOf, itemBytes, VOLATILE } from "../keyspace/item";
import { clearExpiry, noteChange, place } from "../keyspace/keys";
import { boolean, integer } from "../wire/resp";
import { integerValue, readInteger } from "./arguments";
import { argc, command, firstArg, hash, nextArg, now, root } from "./context";
import { error, errorNaming, outOfMemory } from "./errors";
import { ABSOLUTE, expiryTime, SECONDS, toMilliseconds } from "./expiry-option";
import { findKey, peekKey } from "./key";

let onlyNew: bool = false;
let onlyOld: bool = false;
let onlyGreater: bool = false;
let onlyLess: bool = false;

export function expireKey(): void {
  const timeArg = nextArg(firstArg);
  if (!readConditions(nextArg(timeArg))) return;
  if (!readInteger(timeArg)) return;
  const unit = (command == EXPIRE || command == EXPIREAT ? SECONDS : 0)
    | (command == EXPIREAT || command == PEXPIREAT ? ABSOLUTE : 0);
  if (!toMilliseconds(integerValue, unit)) {
    error(invalidTime());
    return;
  }
  let item = findKey();
  // The item may have to move to a larger block; making room may give this very key up.
  if (item != 0 && expiryTime > now && makeRoom(itemBytes(item) + EXPIRY_FIELDS)) item = findKey();
  if (item == 0 || !conditionsHold(item)) {
    integer(0);
    return;
  }
  const outcome = expire(item, place, hash, expiryTime);
  if (outcome == NO_MEMORY) {
    outOfMemory();
    return;
  }
  noteChange(outcome == EXPIRED_NOW ? NOTE_DEL : NOTE_EXPIRE);
  integer(1);
}

function invalidTime(): u32 {
  if (command == EXPIRE) return INVALID_EXPIRE_EXPIRE;
  if (command == PEXPIRE) return INVALID_EXPIRE_PEXPIRE;
  return command == EXPIREAT ? INVALID_EXPIRE_EXPIREAT : INVALID_EXPIRE_PEXPIREAT;
}

function readConditions(arg: usize): bool {
  onlyNew = false;
  onlyOld = false;
  onlyGreater = false;
  onlyLess = false;
  for (let i: u32 = 2; i < argc; i++) {
    const word = wordOf(arg);
    if (word == NX) onlyNew = true;
    else if (word == XX) onlyOld = true;
    else if (word == GT) onlyGreater = true;
    else if (word == LT) onlyLess = true;
    else {
      errorNaming(UNSUPPORTED_OPTION, arg);
      return false;
    }
    arg = nextArg(arg);
  }
  if (onlyNew && (onlyOld || onlyGreater || onlyLess)) {
    error(EXPIRE_NX_AND_OTHERS);
    return false;
  }
  if (onlyGreater && onlyLess) {
    error(EXPIRE_GT_AND_LT);
    return false;
  }
  return true;
}

/** A key without a time to expire counts as one that expires never, which is later than any time. */
function conditionsHold(item: usize): bool {
  const isVolatile = (flagsOf(item) & VOLATILE) != 0;
  if (onlyNew && isVolatile) return false;
  if (onlyOld && !isVolatile) return false;
  if (onlyGreater && (!isVolatile || expiryTime <= expiryOf(item))) return false;
  if (onlyLess && isVolatile && expiryTime >= expiryOf(item)) return false;
  return true;
}

export function timeToLive(): void {
  const item = peekKey();
  if (item == 0) {
    integer(-2);
    return;
  }
  if ((flagsOf(item) & VOLATILE) == 0) {
    integer(-1);
    return;
  }
  const at = expiryOf(item);
  if (command == PTTL) integer(max<i64>(at - now, 0));
  else if (command == TTL) integer((max<i64>(at - now, 0) + 500) / 1000);
  else if (command == PEXPIRETIME) integer(at);
  else integer((at + 500) / 1000);
}

export function persist(): void {
  const item = findKey();
  const changed = item != 0 && clearExpiry(root, item);
  if (changed) noteChange(NOTE_PERSIST);
  boolean(changed);
}
