/**
 * An item: one key and its value, in a block of the ITEMS heap.
 *
 *   word 0   bits 0-2    type; 0 = the block is free
 *            bit  3      HAS_EXTENSION: fields of other protocols (keyspace/extension.ts)
 *            bit  4      RAW: edited in place, so it never counts as a short or an integer string
 *            bit  5      ERA: of its queue entry; entries of another era are gone (eviction/queues.ts)
 *            bit  6      HAS_EXPIRY_FIELDS
 *            bit  7      VOLATILE: it expires (implies HAS_EXPIRY_FIELDS)
 *            bit  8      SEPARATE: the value lies in a block of its own
 *            bits 9-10   access count, 0-3        \
 *            bit  11     MAIN: in the main queue   |  eviction/
 *            bits 12-14  tag of its queue entry    |
 *            bit  15     QUEUED                   /
 *            bits 16-23  length of the key; 255 = the length stands before the key
 *            bits 24-31  physical database
 *   word 1   bits 0-14   length of a value that is not separate
 *            bits 15-31  time of the last access, seconds modulo 2^17
 *   [ i64 expiry in ms | u32 previous | u32 next in its wheel slot ]       if HAS_EXPIRY_FIELDS
 *   [ u64 CAS id | u32 client's flags | u32 marks ]                        if HAS_EXTENSION
 *   [ u32 length of the key ]                                              if 255
 *   key bytes
 *   value bytes, or u32 address of the value's block                       if SEPARATE
 */
export const HEADER: u32 = 8;
export const EXPIRY_FIELDS: u32 = 16;
export const EXTENSION_FIELDS: u32 = 16;

export const TYPE_MASK: u32 = 7;
export const TYPE_STRING: u32 = 1;
export const TYPE_LIST: u32 = 2;
export const TYPE_SET: u32 = 3;
export const TYPE_ZSET: u32 = 4;
export const TYPE_HASH: u32 = 5;
export const TYPE_STREAM: u32 = 6;

export const HAS_EXTENSION: u32 = 1 << 3;
export const RAW: u32 = 1 << 4;
export const ERA: u32 = 1 << 5;
export const HAS_EXPIRY_FIELDS: u32 = 1 << 6;
export const VOLATILE: u32 = 1 << 7;
export const SEPARATE: u32 = 1 << 8;
export const COUNT_ONE: u32 = 1 << 9;
export const COUNT_MASK: u32 = 3 << 9;
export const MAIN: u32 = 1 << 11;
export const TAG_SHIFT: u32 = 12;
export const TAG_MASK: u32 = 7 << TAG_SHIFT;
export const QUEUED: u32 = 1 << 15;
export const QUEUE_BITS: u32 = COUNT_MASK | MAIN | TAG_MASK | QUEUED | ERA;

const LONG_KEY: u32 = 255;
const INLINE_MASK: u32 = 0x7fff;
const CLOCK_SHIFT: u32 = 15;
const CLOCK_MASK: u32 = 0x1ffff;

/** Largest item whose value stays inside; longer values get a block of their own, which grows and can be pinned. */
export const INLINE_ITEM_MAX: u32 = 16384;

@inline
export function flagsOf(item: usize): u32 {
  return load<u32>(item);
}

@inline
export function setFlags(item: usize, flags: u32): void {
  store<u32>(item, flags);
}

@inline
export function typeOf(item: usize): u32 {
  return load<u32>(item) & TYPE_MASK;
}

@inline
export function databaseOf(item: usize): u32 {
  return load<u8>(item, 3);
}

@inline
export function setDatabase(item: usize, physical: u32): void {
  store<u8>(item, physical, 3);
}

@inline
function prefixSize(flags: u32): u32 {
  return HEADER + ((flags & HAS_EXPIRY_FIELDS) >> 2) + ((flags & HAS_EXTENSION) << 1);
}

@inline
export function keyLength(item: usize): u32 {
  const length: u32 = load<u8>(item, 2);
  if (length != LONG_KEY) return length;
  return load<u32>(item + prefixSize(load<u32>(item)));
}

@inline
export function keyOf(item: usize): usize {
  const at = item + prefixSize(load<u32>(item));
  return load<u8>(item, 2) == LONG_KEY ? at + 4 : at;
}

/** Where the value (or the address of its block) begins. */
@inline
export function valueField(item: usize): usize {
  return keyOf(item) + keyLength(item);
}

/** Block of a separate value. */
@inline
export function blobOfItem(item: usize): usize {
  return load<u32>(valueField(item));
}

@inline
export function inlineLength(item: usize): u32 {
  return load<u32>(item, 4) & INLINE_MASK;
}

@inline
export function setInlineLength(item: usize, length: u32): void {
  store<u32>(item, (load<u32>(item, 4) & ~INLINE_MASK) | length, 4);
}

/** Bytes of the item that are in use; its block may be larger. */
export function itemBytes(item: usize): u32 {
  return <u32>(valueField(item) - item) + ((load<u32>(item) & SEPARATE) != 0 ? 4 : inlineLength(item));
}

/** Bytes of header, expiry and key, of an item without an extension. */
@inline
export function overhead(keyBytes: u32, expiry: bool): u32 {
  return HEADER + (expiry ? EXPIRY_FIELDS : 0) + (keyBytes >= LONG_KEY ? 4 : 0) + keyBytes;
}

/** Writes header and key; the value and the expiry are the caller's. */
@inline
export function formatItem(item: usize, flags: u32, database: u32, key: usize, keyBytes: u32, clock: u32): void {
  const stored = keyBytes >= LONG_KEY ? LONG_KEY : keyBytes;
  store<u32>(item, flags | (stored << 16) | (database << 24));
  store<u32>(item, (clock & CLOCK_MASK) << CLOCK_SHIFT, 4);
  let at = item + prefixSize(flags);
  if (stored == LONG_KEY) {
    store<u32>(at, keyBytes);
    at += 4;
  }
  memory.copy(at, key, keyBytes);
}

@inline
export function expiryOf(item: usize): i64 {
  return load<i64>(item, HEADER);
}

@inline
export function setExpiryField(item: usize, at: i64): void {
  store<i64>(item, at, HEADER);
}

@inline
export function wheelPrevious(item: usize): u32 {
  return load<u32>(item, HEADER + 8);
}

@inline
export function wheelNext(item: usize): u32 {
  return load<u32>(item, HEADER + 12);
}

@inline
export function setWheelPrevious(item: usize, other: u32): void {
  store<u32>(item, other, HEADER + 8);
}

@inline
export function setWheelNext(item: usize, other: u32): void {
  store<u32>(item, other, HEADER + 12);
}

@inline
export function accessClock(item: usize): u32 {
  return load<u32>(item, 4) >> CLOCK_SHIFT;
}

@inline
export function setAccessClock(item: usize, clock: u32): void {
  store<u32>(item, (load<u32>(item, 4) & INLINE_MASK) | ((clock & CLOCK_MASK) << CLOCK_SHIFT), 4);
}

/** Seconds between two readings of the 17-bit clock. */
@inline
export function clockDistance(from: u32, to: u32): u32 {
  return (to - from) & CLOCK_MASK;
}
