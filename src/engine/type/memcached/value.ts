/** Values that memcached's protocols write: strings whose item has an extension. */
import { copyBytes } from "../../base/bytes";
import {
  adoptBlob, argData, argLength, clock, database, hash, isExternal, root,
} from "../../command/context";
import { keyBytes, keyData } from "../../command/key";
import { makeRoom } from "../../eviction/room";
import { BLOB_HEADER, blobData, dropBlob, formatBlob } from "../../keyspace/blob";
import { setExtension } from "../../keyspace/extension";
import {
  EXTENSION_FIELDS, flagsOf, formatItem, HAS_EXPIRY_FIELDS, HAS_EXTENSION, inlineLength, INLINE_ITEM_MAX, overhead,
  SEPARATE, setInlineLength, TYPE_MASK, TYPE_STRING, valueField,
} from "../../keyspace/item";
import { clearExpiry, setExpiry, touch } from "../../keyspace/keys";
import { expiryOrNone, linkItem } from "../../keyspace/link";
import { takeItem, takeRun } from "../../memory/heap";
import { classOf } from "../../memory/slab";
import { KEEP_EXPIRY, NO_EXPIRY, stringData } from "../string/value";

@inline
function baseSize(expires: bool): u32 {
  return overhead(keyBytes(), expires) + EXTENSION_FIELDS;
}

/** Sees to it that there is memory for a value of the current key; false when there is none. */
export function roomForValue(length: u32, expires: bool): bool {
  const size = baseSize(expires) + length;
  return makeRoom(size <= INLINE_ITEM_MAX ? size : BLOB_HEADER + length);
}

/** Sets the current key, found as `item` (0: not there), to an argument. Returns the item, 0 without memory for it. */
export function putValue(item: usize, value: usize, expiry: i64, flags: u32, marks: u32, cas: u64): usize {
  const length = argLength(value);
  if (item != 0 && !isExternal(value) && fitsInPlace(item, length, expiry)) {
    copyBytes(valueField(item), argData(value), length);
    setInlineLength(item, length);
    if (expiry != KEEP_EXPIRY) {
      if (expiry != NO_EXPIRY) setExpiry(root, item, expiry);
      else clearExpiry(root, item);
    }
    setExtension(item, cas, flags, marks);
    touch(item);
    return item;
  }
  if (expiry == KEEP_EXPIRY) expiry = item == 0 ? NO_EXPIRY : expiryOrNone(item);
  const blob = isExternal(value) ? adoptBlob(value) : 0;
  const fresh = newItem(length, blob, expiry != NO_EXPIRY);
  if (fresh == 0) return 0;
  if (blob == 0) copyBytes(stringData(fresh), argData(value), length);
  setExtension(fresh, cas, flags, marks);
  return install(item, fresh, expiry);
}

/** The same with two pieces, one after the other, which may be of the value that the key has. */
export function putJoined(
  item: usize, first: usize, firstBytes: u32, second: usize, secondBytes: u32, expiry: i64, flags: u32, marks: u32, cas: u64,
): usize {
  const fresh = newItem(firstBytes + secondBytes, 0, expiry != NO_EXPIRY);
  if (fresh == 0) return 0;
  memory.copy(stringData(fresh), first, firstBytes);
  memory.copy(stringData(fresh) + firstBytes, second, secondBytes);
  setExtension(fresh, cas, flags, marks);
  return install(item, fresh, expiry);
}

/** An item of the current key that is in no index; its value is `blob`, or as many bytes to be written. */
function newItem(length: u32, blob: usize, expires: bool): usize {
  const base = baseSize(expires);
  const flags = TYPE_STRING | HAS_EXTENSION | (expires ? HAS_EXPIRY_FIELDS : 0);
  if (blob == 0 && base + length <= INLINE_ITEM_MAX) {
    const item = takeItem(base + length);
    if (item == 0) return 0;
    formatItem(item, flags, database, keyData(), keyBytes(), clock);
    setInlineLength(item, length);
    return item;
  }
  if (blob == 0) {
    blob = takeRun(BLOB_HEADER + length, 0);
    if (blob == 0) return 0;
    formatBlob(blob, length);
  }
  const item = takeItem(base + 4);
  if (item == 0) {
    dropBlob(blob);
    return 0;
  }
  formatItem(item, flags | SEPARATE, database, keyData(), keyBytes(), clock);
  store<u32>(valueField(item), <u32>blob);
  return item;
}

function install(item: usize, fresh: usize, expiry: i64): usize {
  const blob: usize = (flagsOf(fresh) & SEPARATE) != 0 ? load<u32>(valueField(fresh)) : 0;
  if (linkItem(root, item, fresh, hash, expiry)) return fresh;
  if (blob != 0) dropBlob(blob);
  return 0;
}

@inline
function fitsInPlace(item: usize, length: u32, expiry: i64): bool {
  const flags = flagsOf(item);
  if ((flags & (TYPE_MASK | SEPARATE | HAS_EXTENSION)) != (TYPE_STRING | HAS_EXTENSION)) return false;
  const fields = (flags & HAS_EXPIRY_FIELDS) != 0;
  if (expiry > NO_EXPIRY && !fields) return false;
  const base = baseSize(fields);
  const size = base + length;
  return size <= INLINE_ITEM_MAX && classOf(size) == classOf(base + inlineLength(item));
}
