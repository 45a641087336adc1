/**
 * A bucket: one cache line of the index, 12 references to items and a byte of each one's hash.
 *
 *   bytes 0-11    fingerprints
 *   bytes 12-15   bits 0-11 places in use, bits 16-31 items of this bucket that lie in the segment's stash
 *   bytes 16-63   12 addresses of items
 */
export const BUCKET: u32 = 64;
export const BUCKET_SHIFT: u32 = 6;
export const PLACES: u32 = 12;
const ALL_PLACES: u32 = 0xfff;
const REFS: u32 = 16;
const META: u32 = 12;
const STASHED_ONE: u32 = 0x10000;

/** Bit i is set when place i is in use and has that fingerprint. */
@inline
export function matches(bucket: usize, fingerprint: u32): u32 {
  const line = v128.load(bucket);
  const equal = i8x16.eq(line, i8x16.splat(<i8>fingerprint));
  return i8x16.bitmask(equal) & load<u32>(bucket, META) & ALL_PLACES;
}

@inline
export function usedPlaces(bucket: usize): u32 {
  return load<u32>(bucket, META) & ALL_PLACES;
}

@inline
export function isFull(bucket: usize): bool {
  return (load<u32>(bucket, META) & ALL_PLACES) == ALL_PLACES;
}

/** Address of the reference in place `i`. */
@inline
export function placeAt(bucket: usize, i: u32): usize {
  return bucket + REFS + (i << 2);
}

@inline
export function bucketOf(place: usize): usize {
  return place & ~(<usize>BUCKET - 1);
}

/** Puts a reference into a bucket that is not full; returns the address of its place. */
@inline
export function put(bucket: usize, fingerprint: u32, item: usize): usize {
  const meta = load<u32>(bucket, META);
  const i = ctz<u32>(~meta);
  store<u8>(bucket + i, fingerprint);
  store<u32>(bucket, meta | (1 << i), META);
  const place = placeAt(bucket, i);
  store<u32>(place, item);
  return place;
}

@inline
export function clear(place: usize): void {
  const bucket = bucketOf(place);
  const i = (place - bucket - REFS) >> 2;
  store<u32>(bucket, load<u32>(bucket, META) & ~(1 << i), META);
}

@inline
export function stashed(bucket: usize): u32 {
  return load<u32>(bucket, META) >> 16;
}

@inline
export function countStashed(bucket: usize): void {
  store<u32>(bucket, load<u32>(bucket, META) + STASHED_ONE, META);
}

@inline
export function uncountStashed(bucket: usize): void {
  store<u32>(bucket, load<u32>(bucket, META) - STASHED_ONE, META);
}
