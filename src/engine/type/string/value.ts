/**
 * String values. Short ones lie in their item, behind the key; long ones in a blob (keyspace/blob.ts). A value is
 * replaced in place when it needs the same size of block, which is what most writes to a cache do.
 */
import { clock, database, root } from "../../command/context";
import { copyBytes } from "../../base/bytes";
import { BLOB_HEADER, blobData, blobLength, formatBlob } from "../../keyspace/blob";
import {
  blobOfItem, expiryOf, flagsOf, formatItem, HAS_EXPIRY_FIELDS, HAS_EXTENSION, inlineLength, INLINE_ITEM_MAX, overhead, RAW, SEPARATE,
  setFlags, setInlineLength, TYPE_MASK, TYPE_STRING, valueField, VOLATILE,
} from "../../keyspace/item";
import { clearExpiry, setExpiry, touch } from "../../keyspace/keys";
import { linkItem } from "../../keyspace/link";
import { give, takeItem, takeRun } from "../../memory/heap";
import { classOf } from "../../memory/slab";

/** In place of a time to expire: none, or the one that the key has. */
export const NO_EXPIRY: i64 = 0;
export const KEEP_EXPIRY: i64 = i64.MIN_VALUE;

@inline
export function isString(item: usize): bool {
  return (flagsOf(item) & TYPE_MASK) == TYPE_STRING;
}

@inline
export function stringLength(item: usize): u32 {
  return (flagsOf(item) & SEPARATE) != 0 ? blobLength(blobOfItem(item)) : inlineLength(item);
}

@inline
export function stringData(item: usize): usize {
  return (flagsOf(item) & SEPARATE) != 0 ? blobData(blobOfItem(item)) : valueField(item);
}

/** Bytes of the item that a string of that length needs, its blob not counted. */
@inline
export function itemSize(keyBytes: u32, length: u32, expires: bool): u32 {
  const size = overhead(keyBytes, expires) + length;
  return size <= INLINE_ITEM_MAX ? size : overhead(keyBytes, expires) + 4;
}

/**
 * Sets the key, found as `item` (0: not there), to a string; `value` 0 means zero bytes. Returns the item, 0 when there
 * is no memory for it; the key is then as it was.
 */
export function putString(
  item: usize, key: usize, keyBytes: u32, hash: u64, value: usize, length: u32, expiry: i64,
): usize {
  if (item != 0 && fitsInPlace(item, keyBytes, length, expiry)) {
    copyBytes(valueField(item), value, length);
    setInlineLength(item, length);
    setFlags(item, flagsOf(item) & ~RAW);
    if (expiry != KEEP_EXPIRY) {
      if (expiry != NO_EXPIRY) setExpiry(root, item, expiry);
      else clearExpiry(root, item);
    }
    touch(item);
    return item;
  }
  if (expiry == KEEP_EXPIRY) expiry = expiryOrNone(item);
  const expires = expiry != NO_EXPIRY;
  const base = overhead(keyBytes, expires);
  if (base + length <= INLINE_ITEM_MAX) {
    const fresh = takeItem(base + length);
    if (fresh == 0) return 0;
    formatItem(fresh, TYPE_STRING | (expires ? HAS_EXPIRY_FIELDS : 0), database, key, keyBytes, clock);
    setInlineLength(fresh, length);
    if (value != 0) copyBytes(fresh + base, value, length);
    else memory.fill(fresh + base, 0, length);
    return linkItem(root, item, fresh, hash, expiry) ? fresh : 0;
  }
  const blob = takeRun(BLOB_HEADER + length, 0);
  if (blob == 0) return 0;
  formatBlob(blob, length);
  if (value != 0) memory.copy(blobData(blob), value, length);
  else memory.fill(blobData(blob), 0, length);
  const fresh = putBlob(item, key, keyBytes, hash, blob, expiry);
  if (fresh == 0) give(blob);
  return fresh;
}

/** `putString` with a value that is a blob already. The blob becomes the key's unless 0 is returned. */
export function putBlob(item: usize, key: usize, keyBytes: u32, hash: u64, blob: usize, expiry: i64): usize {
  if (expiry == KEEP_EXPIRY) expiry = expiryOrNone(item);
  const expires = expiry != NO_EXPIRY;
  const fresh = takeItem(overhead(keyBytes, expires) + 4);
  if (fresh == 0) return 0;
  const flags = TYPE_STRING | SEPARATE | (expires ? HAS_EXPIRY_FIELDS : 0);
  formatItem(fresh, flags, database, key, keyBytes, clock);
  store<u32>(valueField(fresh), <u32>blob);
  return linkItem(root, item, fresh, hash, expiry) ? fresh : 0;
}

@inline
function expiryOrNone(item: usize): i64 {
  return item != 0 && (flagsOf(item) & VOLATILE) != 0 ? expiryOf(item) : NO_EXPIRY;
}

@inline
function fitsInPlace(item: usize, keyBytes: u32, length: u32, expiry: i64): bool {
  const flags = flagsOf(item);
  // With an extension the item is another protocol's: what replaces it is plain.
  if ((flags & (TYPE_MASK | SEPARATE | HAS_EXTENSION)) != TYPE_STRING) return false;
  const fields = (flags & HAS_EXPIRY_FIELDS) != 0;
  if (expiry > NO_EXPIRY && !fields) return false;
  const base = overhead(keyBytes, fields);
  const size = base + length;
  return size <= INLINE_ITEM_MAX && classOf(size) == classOf(base + inlineLength(item));
}
