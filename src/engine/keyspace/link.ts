/** Putting an item into the index, and making items out of others. */
import { clock } from "../command/context";
import { noteNewItem, noteReplacement } from "../eviction/queues";
import { insert, Root } from "../index/table";
import { give, takeItemAnyway } from "../memory/heap";
import { NOTE_NEW } from "../layout/note";
import { noteBytes, wanted } from "../notify";
import { shareBlob } from "./blob";
import { disposeItem } from "./dispose";
import {
  blobOfItem, databaseOf, expiryOf, flagsOf, formatItem, HAS_EXPIRY_FIELDS, inlineLength, keyLength, keyOf, overhead, RAW, SEPARATE, setInlineLength,
  TYPE_MASK, valueField, VOLATILE,
} from "./item";
import { place, setExpiry } from "./keys";

/** No time to expire. */
export const NO_EXPIRY: i64 = 0;

/**
 * Puts an item into the index, in place of `old` (found last; 0: the key is new), which is freed. False, and the new
 * one is freed, when the index can't grow.
 */
export function linkItem(root: Root, old: usize, fresh: usize, hash: u64, expiry: i64): bool {
  if (old != 0) {
    const flags = flagsOf(old);
    store<u32>(place, <u32>fresh);
    disposeItem(root, old);
    noteReplacement(fresh, flags);
  } else {
    if (insert(root, fresh, hash) == 0) {
      give(fresh);
      return false;
    }
    noteNewItem(fresh, hash);
    if (wanted(NOTE_NEW)) noteBytes(NOTE_NEW, databaseOf(fresh), keyOf(fresh), keyLength(fresh));
  }
  if (expiry != NO_EXPIRY) setExpiry(root, fresh, expiry);
  return true;
}

/** When an item expires, NO_EXPIRY when it does not. */
@inline
export function expiryOrNone(item: usize): i64 {
  return (flagsOf(item) & VOLATILE) != 0 ? expiryOf(item) : NO_EXPIRY;
}

/** Size of the block that a copy of the item under a key of that length needs. */
export function copySize(item: usize, keyBytes: u32): u32 {
  const expires = (flagsOf(item) & VOLATILE) != 0;
  return overhead(keyBytes, expires) + ((flagsOf(item) & SEPARATE) != 0 ? 4 : inlineLength(item));
}

/**
 * An item, not yet in the index, with the value of another one under another key; a separate value is shared. 0 when
 * there is no memory for it.
 */
export function copyItem(item: usize, database: u32, key: usize, keyBytes: u32): usize {
  const fresh = takeItemAnyway(copySize(item, keyBytes));
  if (fresh == 0) return 0;
  const flags = flagsOf(item);
  const kept = flags & (TYPE_MASK | RAW | SEPARATE);
  formatItem(fresh, kept | ((flags & VOLATILE) != 0 ? HAS_EXPIRY_FIELDS : 0), database, key, keyBytes, clock);
  if ((flags & SEPARATE) != 0) {
    shareBlob(blobOfItem(item));
    store<u32>(valueField(fresh), <u32>blobOfItem(item));
  } else {
    setInlineLength(fresh, inlineLength(item));
    memory.copy(valueField(fresh), valueField(item), inlineLength(item));
  }
  return fresh;
}
