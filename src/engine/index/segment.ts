/**
 * A segment: one page of the index, 60 buckets that keys hash to and 4 that take what does not fit (the stash). When
 * a key fits neither, the segment splits in two by the next bit of the hash (index/table.ts): growth is always one
 * page at a time. Extendible hashing: Fagin et al., 1979; segments of cache-line buckets with a stash: Lu et al.,
 * "Dash", VLDB 2020.
 *
 *   page entry   word 1 = items in the segment   word 2 = local depth
 */
import { PAGE } from "../layout/memory";
import { entryOf, givePages, pageOf, takePages } from "../memory/pages";
import { state } from "../state";
import { BUCKET_SHIFT, bucketOf, clear, countStashed, isFull, matches, placeAt, put, uncountStashed } from "./bucket";

export const HOME_BUCKETS: u32 = 60;
export const SEGMENT_BUCKETS: u32 = 64;

@inline
export function fingerprintOf(high: u32): u32 {
  return (high >> 16) & 255;
}

@inline
export function homeIndex(high: u32): u32 {
  return ((high & 0xffff) * HOME_BUCKETS) >> 16;
}

@inline
export function bucketAt(segment: usize, index: u32): usize {
  return segment + (index << BUCKET_SHIFT);
}

@inline
export function isStash(bucket: usize): bool {
  return ((bucket >> BUCKET_SHIFT) & 63) >= HOME_BUCKETS;
}

@inline
export function itemCount(segment: usize): u32 {
  return load<u32>(entryOf(pageOf(segment)), 4);
}

@inline
function addCount(segment: usize, more: i32): void {
  const entry = entryOf(pageOf(segment));
  store<u32>(entry, load<u32>(entry, 4) + more, 4);
}

/** An empty segment, 0 when there is no page for it; the reserve may be used, since the key is already in memory. */
export function newSegment(): usize {
  const segment = takePages(1, state().reservePages);
  if (segment != 0) emptySegment(segment);
  return segment;
}

export function emptySegment(segment: usize): void {
  memory.fill(segment, 0, PAGE);
  store<u32>(entryOf(pageOf(segment)), 0, 4);
}

export function dropSegment(segment: usize): void {
  givePages(segment);
}

/** Puts a reference in; returns its place or 0 when the segment must split. */
export function putInSegment(segment: usize, high: u32, item: usize): usize {
  const home = bucketAt(segment, homeIndex(high));
  const fingerprint = fingerprintOf(high);
  if (!isFull(home)) {
    addCount(segment, 1);
    return put(home, fingerprint, item);
  }
  for (let i = HOME_BUCKETS; i < SEGMENT_BUCKETS; i++) {
    const bucket = bucketAt(segment, i);
    if (!isFull(bucket)) {
      addCount(segment, 1);
      countStashed(home);
      return put(bucket, fingerprint, item);
    }
  }
  return 0;
}

/** Clears a place; `high` is the hash of the key that stands in it. */
export function clearPlace(place: usize, high: u32): void {
  const bucket = bucketOf(place);
  const segment = place & ~(<usize>PAGE - 1);
  clear(place);
  if (isStash(bucket)) uncountStashed(bucketAt(segment, homeIndex(high)));
  addCount(segment, -1);
}

/** Place of an item whose address is known; it must be there. */
export function placeOfItem(segment: usize, high: u32, item: usize): usize {
  const fingerprint = fingerprintOf(high);
  const home = bucketAt(segment, homeIndex(high));
  let place = placeInBucket(home, fingerprint, item);
  for (let i = HOME_BUCKETS; place == 0 && i < SEGMENT_BUCKETS; i++) {
    place = placeInBucket(bucketAt(segment, i), fingerprint, item);
  }
  assert(place != 0);
  return place;
}

function placeInBucket(bucket: usize, fingerprint: u32, item: usize): usize {
  let bits = matches(bucket, fingerprint);
  while (bits != 0) {
    const place = placeAt(bucket, ctz<u32>(bits));
    if (load<u32>(place) == <u32>item) return place;
    bits &= bits - 1;
  }
  return 0;
}
