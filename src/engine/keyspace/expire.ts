/** Giving a key a time to expire. */
import { now, root } from "../command/context";
import { forget, noteNewItem, noteReplacement } from "../eviction/queues";
import { give, takeItemAnyway } from "../memory/heap";
import { EXPIRY_FIELDS, flagsOf, HAS_EXPIRY_FIELDS, HEADER, itemBytes, setFlags } from "./item";
import { removeItem, setExpiry } from "./keys";

/** What `expire` did. */
export const EXPIRED_NOW: u32 = 1;
export const EXPIRES: u32 = 2;
export const NO_MEMORY: u32 = 3;

/**
 * Sets the time to expire of the item at `place`; a time in the past removes the key. The item may move, so the caller
 * must not use it afterwards.
 */
export function expire(item: usize, place: usize, hash: u64, at: i64): u32 {
  if (at <= now) {
    removeItem(root, place, hash, item);
    return EXPIRED_NOW;
  }
  if ((flagsOf(item) & HAS_EXPIRY_FIELDS) == 0) {
    item = widen(item, place);
    if (item == 0) return NO_MEMORY;
  }
  setExpiry(root, item, at);
  noteNewItem(item, hash);
  return EXPIRES;
}

/** Moves an item into a block that has room for the expiry fields. */
function widen(item: usize, place: usize): usize {
  const size = itemBytes(item);
  const fresh = takeItemAnyway(size + EXPIRY_FIELDS);
  if (fresh == 0) return 0;
  memory.copy(fresh, item, HEADER);
  memory.copy(fresh + HEADER + EXPIRY_FIELDS, item + HEADER, size - HEADER);
  const flags = flagsOf(item);
  setFlags(fresh, flags | HAS_EXPIRY_FIELDS);
  store<u32>(place, <u32>fresh);
  forget(item);
  give(item);
  noteReplacement(fresh, flags);
  return fresh;
}
