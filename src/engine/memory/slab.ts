/**
 * Blocks of up to 16 KiB, in slabs: eight pages that hold blocks of one size class. Two heaps share the pages:
 * ITEMS, whose blocks begin with an item header and can be moved (memory/compact.ts), and WORK for everything else.
 *
 *   size classes   8 .. 256 bytes in steps of 8; then 8 a doubling to 4 KiB; then 32 KiB / 7, 6, 5, 4, 3, 2
 *
 *   page entry of a slab (memory/pages.ts)
 *     word 0   bits 0-3 KIND_SLAB, 4-11 class, 12-15 index of the page in its slab, 16-31 blocks in use (first page)
 *     first page    word 1 = list of free blocks   word 2, 3 = previous, next slab of the class with a free block
 *     second page   word 1 = first byte never handed out
 *
 *   free block     word 0 = 0 (an item's first word never is)   word 1 = next free block
 */
import { PAGE, PAGE_SHIFT } from "../layout/memory";
import { CLASS_COUNT, CLASS_ENTRY, CLASSES, state } from "../state";
import { addressOf, entryOf, givePages, hasPages, KIND_MASK, KIND_RUN, KIND_SLAB, numberOf, pageOf, takePages } from "./pages";

export const SLAB_PAGES: u32 = 8;
export const SLAB_SIZE: u32 = SLAB_PAGES << PAGE_SHIFT;
export const SLAB_BLOCK_MAX: u32 = SLAB_SIZE / 2;
const FINE_MAX: u32 = 256;
const STEP_MAX: u32 = 4096;
const FIRST_STEPPED: u32 = FINE_MAX / 8 + 1;
const FIRST_DIVIDED: u32 = FIRST_STEPPED + 32;

/** In place of a list link: the slab is being emptied (memory/compact.ts). */
const ASIDE: u32 = 0xffffffff;

/** Added to a class number: the heap it belongs to. */
export const ITEMS: u32 = 0;
export const WORK: u32 = CLASS_COUNT;

@unmanaged
export class SizeClass {
  size: u32;
  capacity: u32;
  /** Page of the slab that blocks are taken from, 0 if none. */
  current: u32;
  /** Page of the first slab, other than the current one, that has a free block. */
  partial: u32;
  /** Free blocks in all slabs of the class. */
  free: u32;
}

@inline
export function sizeClass(index: u32): SizeClass {
  return changetype<SizeClass>(CLASSES + index * CLASS_ENTRY);
}

export function initSlabs(): void {
  for (let heap: u32 = 0; heap <= WORK; heap += WORK) {
    for (let i: u32 = 1; i < FIRST_DIVIDED + 6; i++) {
      const c = sizeClass(heap + i);
      c.size = sizeOfClass(i);
      c.capacity = SLAB_SIZE / c.size;
      c.current = 0;
      c.partial = 0;
      c.free = 0;
    }
  }
}

function sizeOfClass(index: u32): u32 {
  if (index < FIRST_STEPPED) return index * 8;
  if (index < FIRST_DIVIDED) {
    const step = index - FIRST_STEPPED;
    const base = FINE_MAX << (step >> 3);
    return base + (base >> 3) * ((step & 7) + 1);
  }
  return (SLAB_SIZE / (7 - (index - FIRST_DIVIDED))) & ~7;
}

/** Class of a block of `size` bytes, 0 < size <= SLAB_BLOCK_MAX. */
@inline
export function classOf(size: u32): u32 {
  if (size <= FINE_MAX) return size <= 16 ? 2 : (size + 7) >> 3;
  return largeClassOf(size);
}

function largeClassOf(size: u32): u32 {
  if (size <= STEP_MAX) {
    const log = 31 - clz<u32>(size - 1);
    return FIRST_STEPPED + (log - 8) * 8 + (((size - 1) >> (log - 3)) & 7);
  }
  let c = FIRST_DIVIDED;
  while (sizeClass(c).size < size) c++;
  return c;
}

/** Whether a block of that class can be had without going past the limit, and memory is not past it already. */
@inline
export function available(c: u32): bool {
  const s = state();
  return (sizeClass(c).free != 0 && s.usedPages <= s.limitPages) || hasPages(SLAB_PAGES);
}

export function takeBlock(c: u32, extra: u32): usize {
  const k = sizeClass(c);
  let page = k.current;
  if (page != 0) {
    const entry = entryOf(page);
    const head = load<u32>(entry, 4);
    if (head != 0) {
      store<u32>(entry, load<u32>(head, 4), 4);
      return taken(k, entry, head);
    }
    const fresh = load<u32>(entry, PAGE_ENTRY_NEXT + 4);
    if (fresh + k.size <= addressOf(page) + SLAB_SIZE) {
      store<u32>(entry, fresh + k.size, PAGE_ENTRY_NEXT + 4);
      return taken(k, entry, fresh);
    }
  }
  page = k.partial;
  if (page != 0) {
    leaveList(k, page);
  } else {
    page = newSlab(c, extra);
    if (page == 0) return 0;
  }
  k.current = page;
  return takeBlock(c, extra);
}

@inline
function taken(k: SizeClass, entry: usize, block: usize): usize {
  store<u32>(entry, load<u32>(entry) + 0x10000);
  k.free--;
  state().usedBytes += k.size;
  return block;
}

export function giveBlock(block: usize): void {
  let page = pageOf(block);
  const word = load<u32>(entryOf(page));
  page -= (word >> 12) & 15;
  const c = (word >> 4) & 255;
  const k = sizeClass(c);
  const entry = entryOf(page);
  store<u32>(block, 0);
  store<u32>(block, load<u32>(entry, 4), 4);
  store<u32>(entry, block, 4);
  const first = load<u32>(entry) - 0x10000;
  store<u32>(entry, first);
  state().usedBytes -= k.size;
  const used = first >> 16;
  if (load<u32>(entry, 8) == ASIDE) {
    if (used == 0) {
      k.free += k.capacity;
      release(k, page);
    }
    return;
  }
  k.free++;
  if (page == k.current) {
    // It stays for the next block, but not while memory is past the limit: data is refused until it no longer is.
    if (used == 0 && state().usedPages > state().limitPages) releaseCurrent(k);
    return;
  }
  if (used == 0) {
    leaveList(k, page);
    release(k, page);
  } else if (used == k.capacity - 1) {
    joinList(k, page);
  }
}

/** Takes a slab out of the list of those that blocks are taken from; its own free blocks no longer count. */
export function setAside(k: SizeClass, page: u32): void {
  leaveList(k, page);
  const used = load<u32>(entryOf(page)) >> 16;
  k.free -= k.capacity - used;
  store<u32>(entryOf(page), ASIDE, 8);
}

/** Size of the block that `block` lies in, as handed out. */
@inline
export function blockSize(block: usize): u32 {
  return sizeClass((load<u32>(entryOf(pageOf(block))) >> 4) & 255).size;
}

function newSlab(c: u32, extra: u32): u32 {
  const start = takePages(SLAB_PAGES, extra);
  if (start == 0) return 0;
  const page = pageOf(start);
  for (let i: u32 = 0; i < SLAB_PAGES; i++) store<u32>(entryOf(page + i), KIND_SLAB | (c << 4) | (i << 12));
  const entry = entryOf(page);
  store<u32>(entry, 0, 4);
  store<u32>(entry, 0, 8);
  store<u32>(entry, start, PAGE_ENTRY_NEXT + 4);
  sizeClass(c).free += sizeClass(c).capacity;
  return page;
}

function release(k: SizeClass, page: u32): void {
  k.free -= k.capacity;
  for (let i: u32 = 1; i < SLAB_PAGES; i++) store<u32>(entryOf(page + i), 0);
  store<u32>(entryOf(page), KIND_RUN | (SLAB_PAGES << 4));
  givePages(addressOf(page));
}

function releaseCurrent(k: SizeClass): void {
  const page = k.current;
  k.current = 0;
  release(k, page);
}

/** Gives back the slabs that are kept though nothing is in them; false when there were none. */
export function releaseIdle(): bool {
  let released = false;
  for (let heap: u32 = 0; heap <= WORK; heap += WORK) {
    for (let i: u32 = 1; i < FIRST_DIVIDED + 6; i++) {
      const k = sizeClass(heap + i);
      if (k.current == 0 || load<u32>(entryOf(k.current)) >> 16 != 0) continue;
      releaseCurrent(k);
      released = true;
    }
  }
  return released;
}

function joinList(k: SizeClass, page: u32): void {
  const entry = entryOf(page);
  store<u32>(entry, 0, 8);
  store<u32>(entry, k.partial, 12);
  if (k.partial != 0) store<u32>(entryOf(k.partial), page, 8);
  k.partial = page;
}

function leaveList(k: SizeClass, page: u32): void {
  const entry = entryOf(page);
  const previous = load<u32>(entry, 8);
  const next = load<u32>(entry, 12);
  if (next != 0) store<u32>(entryOf(next), previous, 8);
  if (previous != 0) store<u32>(entryOf(previous), next, 12);
  else k.partial = next;
}

const PAGE_ENTRY_NEXT: usize = 16;
