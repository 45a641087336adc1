/** GETRANGE (SUBSTR), SETRANGE, APPEND. */
import { NOTE_APPEND } from "../../layout/note";
import { integerValue, readInteger } from "../../command/arguments";
import { argLength, firstArg, hash, nextArg } from "../../command/context";
import { error, outOfMemory, wrongType } from "../../command/errors";
import { findKey, keyBytes, readKey } from "../../command/key";
import { makeRoom } from "../../eviction/room";
import { OFFSET_OUT_OF_RANGE, STRING_TOO_LONG } from "../../generated/texts";
import { blobOfItem, flagsOf, SEPARATE } from "../../keyspace/item";
import { noteChange } from "../../keyspace/keys";
import { state } from "../../state";
import { bulk, bulkOfBlob, integer } from "../../wire/resp";
import { writeAt } from "./edit";
import { putArgument } from "./put";
import { isString, itemSize, NO_EXPIRY, stringData, stringLength } from "./value";

export function getrange(): void {
  const startArg = nextArg(firstArg);
  if (!readInteger(startArg)) return;
  let start = integerValue;
  if (!readInteger(nextArg(startArg))) return;
  let end = integerValue;
  const item = readKey();
  if (item != 0 && !isString(item)) {
    wrongType();
    return;
  }
  const length: i64 = item == 0 ? 0 : stringLength(item);
  // Both before the beginning and the wrong way round is nothing, even where clamping would leave a byte.
  if (start < 0 && end < 0 && start > end) {
    bulk(0, 0);
    return;
  }
  if (start < 0) start = max<i64>(start + length, 0);
  if (end < 0) end = max<i64>(end + length, 0);
  if (end >= length) end = length - 1;
  if (start > end || length == 0) {
    bulk(0, 0);
    return;
  }
  const bytes = <u32>(end - start + 1);
  if ((flagsOf(item) & SEPARATE) != 0) bulkOfBlob(blobOfItem(item), <u32>start, bytes);
  else bulk(stringData(item) + <u32>start, bytes);
}

/** Whether a string may be that long; replies with an error when not. */
export function allowsLength(offset: i64, bytes: u32): bool {
  if (offset <= i64.MAX_VALUE - bytes && offset + bytes <= <i64>state().protoMaxBulk) return true;
  error(STRING_TOO_LONG);
  return false;
}

export function setrange(): void {
  const offsetArg = nextArg(firstArg);
  if (!readInteger(offsetArg)) return;
  const offset = integerValue;
  if (offset < 0) {
    error(OFFSET_OUT_OF_RANGE);
    return;
  }
  const value = nextArg(offsetArg);
  const item = findKey();
  if (item != 0 && !isString(item)) {
    wrongType();
    return;
  }
  if (argLength(value) == 0) {
    integer(item == 0 ? 0 : stringLength(item));
    return;
  }
  if (allowsLength(offset, argLength(value))) writeAt(item, <u32>offset, value);
}

export function append(): void {
  const value = nextArg(firstArg);
  let item = findKey();
  if (item != 0) {
    if (!isString(item)) {
      wrongType();
      return;
    }
    const length = stringLength(item);
    if (allowsLength(length, argLength(value))) writeAt(item, length, value);
    return;
  }
  if (!makeRoom(itemSize(keyBytes(), argLength(value), false))) {
    outOfMemory();
    return;
  }
  item = findKey();
  if (!putArgument(item, firstArg, hash, value, NO_EXPIRY)) return;
  noteChange(NOTE_APPEND);
  integer(argLength(value));
}
