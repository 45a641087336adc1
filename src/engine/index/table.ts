/**
 * The index of one database: a directory of segments, selected by the leading bits of the hash's low word.
 *
 *   low word  1011...        directory (depth 3)         segments (local depth)
 *             ^^^             000 ─┬───────────────────►  00.  (2)
 *                             001 ─┘
 *                             010 ────────────────────►  010  (3)
 *                             011 ────────────────────►  011  (3)
 *                             1xx ────────────────────►  1..  (1)
 *
 * A directory entry is the address of a page with the local depth in its low bits. Directories double when a segment
 * of full depth splits, and halve when none is left; segments merge with their buddy when both have become small.
 */
import { PAGE, SCRATCH } from "../layout/memory";
import { hashOf } from "./hash";
import { keyLength, keyOf } from "../keyspace/item";
import { give, takeRun } from "../memory/heap";
import { state } from "../state";
import { equalBytes } from "../base/bytes";
import { matches, placeAt, stashed, usedPlaces } from "./bucket";
import {
  bucketAt, clearPlace, dropSegment, emptySegment, fingerprintOf, HOME_BUCKETS, homeIndex, itemCount, newSegment,
  placeOfItem, putInSegment, SEGMENT_BUCKETS,
} from "./segment";

const DEPTH_MASK: u32 = 31;
/** Past this depth a segment that overflows refuses the key; only chosen collisions get there. */
const MAX_DEPTH: u32 = 26;
const MERGE_BELOW: u32 = 96;
const MERGED_MAX: u32 = 320;

@unmanaged
export class Root {
  directory: u32;
  depth: u32;
  keys: u32;
  volatileKeys: u32;
  /** Segments whose local depth is the directory's. */
  deepest: u32;
  segments: u32;
  /** See keyspace/databases.ts. */
  use: u32;
  spare: u32;
}

@inline
export function highOf(hash: u64): u32 {
  return <u32>(hash >> 32);
}

@inline
function entryIndex(root: Root, low: u32): u32 {
  return <u32>((<u64>low << root.depth) >> 32);
}

/** Directory entry for a hash. The directory must exist. */
@inline
function entryFor(root: Root, low: u32): u32 {
  return load<u32>(root.directory + (entryIndex(root, low) << 2));
}

@inline
export function segmentOf(entry: u32): usize {
  return entry & ~(PAGE - 1);
}

@inline
export function localDepth(entry: u32): u32 {
  return entry & DEPTH_MASK;
}

/** Segment entry that holds the hash prefix `low`, 0 in an empty table. */
export function entryOfPrefix(root: Root, low: u32): u32 {
  return root.directory == 0 ? 0 : entryFor(root, low);
}

/**
 * First prefix behind the segment of that depth in which `prefix` lies, maybe not at its beginning: it may have merged
 * with the one before. 0 behind the last.
 */
@inline
export function nextPrefix(prefix: u32, depth: u32): u32 {
  if (depth == 0) return 0;
  const span: u32 = 1 << (32 - depth);
  return (prefix & ~(span - 1)) + span;
}

/** Place of the key, 0 when it is not there. */
export function findPlace(root: Root, key: usize, keyBytes: u32, hash: u64): usize {
  if (root.directory == 0) return 0;
  const segment = segmentOf(entryFor(root, <u32>hash));
  const high = highOf(hash);
  const fingerprint = fingerprintOf(high);
  const home = bucketAt(segment, homeIndex(high));
  let bits = matches(home, fingerprint);
  while (bits != 0) {
    const place = placeAt(home, ctz<u32>(bits));
    if (hasKey(load<u32>(place), key, keyBytes)) return place;
    bits &= bits - 1;
  }
  if (stashed(home) != 0) return findStashed(segment, fingerprint, key, keyBytes);
  return 0;
}

@inline
function hasKey(item: usize, key: usize, keyBytes: u32): bool {
  return keyLength(item) == keyBytes && equalBytes(keyOf(item), key, keyBytes);
}

function findStashed(segment: usize, fingerprint: u32, key: usize, keyBytes: u32): usize {
  for (let i = HOME_BUCKETS; i < SEGMENT_BUCKETS; i++) {
    const bucket = bucketAt(segment, i);
    let bits = matches(bucket, fingerprint);
    while (bits != 0) {
      const place = placeAt(bucket, ctz<u32>(bits));
      if (hasKey(load<u32>(place), key, keyBytes)) return place;
      bits &= bits - 1;
    }
  }
  return 0;
}

/** Place of an item that is in the table. */
export function placeOf(root: Root, item: usize, hash: u64): usize {
  return placeOfItem(segmentOf(entryFor(root, <u32>hash)), highOf(hash), item);
}

/** Adds a key that is not there; returns its place, 0 when no memory is left for the index. */
export function insert(root: Root, item: usize, hash: u64): usize {
  if (root.directory == 0 && !create(root)) return 0;
  while (true) {
    const entry = entryFor(root, <u32>hash);
    const place = putInSegment(segmentOf(entry), highOf(hash), item);
    if (place != 0) {
      root.keys++;
      return place;
    }
    if (!split(root, entry, <u32>hash)) return 0;
  }
}

/** Takes a key out. The item is the caller's to free. */
export function remove(root: Root, place: usize, hash: u64): void {
  clearPlace(place, highOf(hash));
  root.keys--;
  const entry = entryFor(root, <u32>hash);
  if (localDepth(entry) != 0 && itemCount(segmentOf(entry)) < MERGE_BELOW) merge(root, entry, <u32>hash);
}

function create(root: Root): bool {
  const directory = takeRun(PAGE, state().reservePages);
  if (directory == 0) return false;
  const segment = newSegment();
  if (segment == 0) {
    give(directory);
    return false;
  }
  store<u32>(directory, segment);
  root.directory = directory;
  root.depth = 0;
  root.deepest = 1;
  root.segments = 1;
  return true;
}

/** Frees directory and segments; the items in them are the caller's. */
export function dropTable(root: Root): void {
  if (root.directory == 0) return;
  const count: u32 = 1 << root.depth;
  let i: u32 = 0;
  while (i < count) {
    const entry = load<u32>(root.directory + (i << 2));
    dropSegment(segmentOf(entry));
    i += 1 << (root.depth - localDepth(entry));
  }
  give(root.directory);
  root.directory = 0;
  root.depth = 0;
  root.keys = 0;
  root.volatileKeys = 0;
  root.deepest = 0;
  root.segments = 0;
}

function setEntries(root: Root, low: u32, depth: u32, entry: u32): void {
  const count: u32 = 1 << (root.depth - depth);
  const first = entryIndex(root, low) & ~(count - 1);
  for (let i: u32 = 0; i < count; i++) store<u32>(root.directory + ((first + i) << 2), entry);
}

function split(root: Root, entry: u32, low: u32): bool {
  const depth = localDepth(entry);
  if (depth == MAX_DEPTH) return false;
  const other = newSegment();
  if (other == 0) return false;
  if (depth == root.depth && !doubleDirectory(root)) {
    dropSegment(other);
    return false;
  }
  const segment = segmentOf(entry);
  const bit: u32 = 0x80000000 >> depth;
  const count = collect(segment);
  emptySegment(segment);
  for (let i: u32 = 0; i < count; i++) {
    const item = load<u32>(SCRATCH + (i << 2));
    const hash = hashOf(keyOf(item), keyLength(item));
    const place = putInSegment((<u32>hash & bit) != 0 ? other : segment, highOf(hash), item);
    assert(place != 0);
  }
  if (depth + 1 == root.depth) root.deepest += 2;
  root.segments++;
  setEntries(root, low & ~bit, depth + 1, segment | (depth + 1));
  setEntries(root, low | bit, depth + 1, other | (depth + 1));
  return true;
}

/** Lists the items of a segment at SCRATCH. */
function collect(segment: usize): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0; i < SEGMENT_BUCKETS; i++) {
    const bucket = bucketAt(segment, i);
    let bits = usedPlaces(bucket);
    while (bits != 0) {
      store<u32>(SCRATCH + (count << 2), load<u32>(placeAt(bucket, ctz<u32>(bits))));
      count++;
      bits &= bits - 1;
    }
  }
  return count;
}

function doubleDirectory(root: Root): bool {
  const old = root.directory;
  const count: u32 = 1 << root.depth;
  const directory = takeRun(max<u32>(count << 3, PAGE), state().reservePages);
  if (directory == 0) return false;
  for (let i: u32 = 0; i < count; i++) {
    const entry: u64 = load<u32>(old + (i << 2));
    store<u64>(directory + (i << 3), entry | (entry << 32));
  }
  give(old);
  root.directory = directory;
  root.depth++;
  root.deepest = 0;
  return true;
}

function halveDirectory(root: Root): void {
  const old = root.directory;
  const count: u32 = 1 << (root.depth - 1);
  const directory = takeRun(max<u32>(count << 2, PAGE), state().reservePages);
  if (directory == 0) return;
  root.depth--;
  root.directory = directory;
  root.deepest = 0;
  for (let i: u32 = 0; i < count; i++) {
    const entry = load<u32>(old + (i << 3));
    store<u32>(directory + (i << 2), entry);
    if (localDepth(entry) == root.depth) root.deepest++;
  }
  give(old);
}

/** Joins a small segment with its buddy, the one that differs in the last bit of the prefix, when that is small too. */
function merge(root: Root, entry: u32, low: u32): void {
  const depth = localDepth(entry);
  const bit: u32 = 0x80000000 >> (depth - 1);
  const buddyEntry = entryFor(root, low ^ bit);
  if (localDepth(buddyEntry) != depth) return;
  const segment = segmentOf(entry);
  const buddy = segmentOf(buddyEntry);
  if (itemCount(segment) + itemCount(buddy) > MERGED_MAX) return;
  const count = collect(segment);
  for (let i: u32 = 0; i < count; i++) {
    const item = load<u32>(SCRATCH + (i << 2));
    const place = putInSegment(buddy, highOf(hashOf(keyOf(item), keyLength(item))), item);
    if (place == 0) {
      // A crowded bucket and a full stash: take back what was moved.
      for (let j: u32 = 0; j < i; j++) {
        const moved = load<u32>(SCRATCH + (j << 2));
        const high = highOf(hashOf(keyOf(moved), keyLength(moved)));
        clearPlace(placeOfItem(buddy, high, moved), high);
      }
      return;
    }
  }
  dropSegment(segment);
  if (depth == root.depth) root.deepest -= 2;
  root.segments--;
  setEntries(root, low, depth - 1, buddy | (depth - 1));
  if (root.deepest == 0 && root.depth > 0) halveDirectory(root);
}
