/** Finding, adding and removing keys: the layer between the commands and index, heap, wheel and eviction queues. */
import { clock, database, noTouch, now } from "../command/context";
import { schedule, unschedule } from "../expiry/wheel";
import { hashOf } from "../index/hash";
import { findPlace, placeOf, remove, Root } from "../index/table";
import { NOTE_EXPIRED, NOTE_MISS } from "../layout/note";
import { STAT_DIRTY, STAT_EXPIRED, STAT_HITS, STAT_MISSES } from "../layout/stats";
import { noteArgument, noteBytes, noteItem, noteKey, wanted } from "../notify";
import { count } from "../stats";
import { databaseRoot, noteRemoved } from "./databases";
import { disposeItem } from "./dispose";
import {
  accessClock, COUNT_MASK, COUNT_ONE, expiryOf, flagsOf, keyLength, keyOf, setAccessClock, setExpiryField, setFlags,
  VOLATILE,
} from "./item";

/** Place of the key that was found last. */
export let place: usize = 0;

/** The item of a key, 0 when there is none. An expired key is removed and counts as none. */
export function find(root: Root, key: usize, keyBytes: u32, keyHash: u64): usize {
  place = findPlace(root, key, keyBytes, keyHash);
  if (place == 0) return 0;
  const item: usize = load<u32>(place);
  if ((flagsOf(item) & VOLATILE) != 0 && expiryOf(item) <= now) {
    noteItem(NOTE_EXPIRED, item);
    removeItem(root, place, keyHash, item);
    count(STAT_EXPIRED);
    place = 0;
    return 0;
  }
  return item;
}

/** `find` for a look at the item itself: counts hit or miss. */
export function findToInspect(root: Root, key: usize, keyBytes: u32, keyHash: u64): usize {
  const item = find(root, key, keyBytes, keyHash);
  count(item == 0 ? STAT_MISSES : STAT_HITS);
  return item;
}

/** `find` for a look that is no access: counts hit or miss. */
export function findToPeek(root: Root, key: usize, keyBytes: u32, keyHash: u64): usize {
  const item = findToInspect(root, key, keyBytes, keyHash);
  if (item == 0 && wanted(NOTE_MISS)) noteBytes(NOTE_MISS, database, key, keyBytes);
  return item;
}

/** `find` for a command that reads the value: counts hit or miss, and the access. */
export function findToRead(root: Root, key: usize, keyBytes: u32, keyHash: u64): usize {
  const item = findToPeek(root, key, keyBytes, keyHash);
  if (item != 0 && !noTouch) touch(item);
  return item;
}

@inline
export function touch(item: usize): void {
  const flags = flagsOf(item);
  if ((flags & COUNT_MASK) != COUNT_MASK) setFlags(item, flags + COUNT_ONE);
  if (accessClock(item) != (clock & 0x1ffff)) setAccessClock(item, clock);
}

/** Takes a key out and frees it. */
export function removeItem(root: Root, at: usize, keyHash: u64, item: usize): void {
  remove(root, at, keyHash);
  disposeItem(root, item);
}

/** Takes out an item that was found by its address, not by its key. */
export function removeByAddress(item: usize): void {
  const root = databaseRoot(item);
  const keyHash = hashOf(keyOf(item), keyLength(item));
  removeItem(root, placeOf(root, item, keyHash), keyHash, item);
  noteRemoved(root);
}

/** Gives a live item a time to expire, which its layout has room for. */
export function setExpiry(root: Root, item: usize, at: i64): void {
  const flags = flagsOf(item);
  if ((flags & VOLATILE) != 0) unschedule(item);
  else root.volatileKeys++;
  setExpiryField(item, at);
  setFlags(item, flags | VOLATILE);
  schedule(item);
}

/** Makes a key stay for good; false when it did already. */
export function clearExpiry(root: Root, item: usize): bool {
  const flags = flagsOf(item);
  if ((flags & VOLATILE) == 0) return false;
  unschedule(item);
  root.volatileKeys--;
  setFlags(item, flags & ~VOLATILE);
  return true;
}

/** Counts a change of the data. */
@inline
export function countChange(): void {
  count(STAT_DIRTY);
}

/** Counts a change, and tells what has become of the current frame's first key (NOTE_...). */
@inline
export function noteChange(event: u32): void {
  countChange();
  noteKey(event);
}

/** The same of the key that an argument names. */
@inline
export function noteChangeOf(event: u32, key: usize): void {
  countChange();
  if (wanted(event)) noteArgument(event, key);
}
