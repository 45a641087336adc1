/**
 * Runs of 4 KiB pages: the bottom of the heap. A free run is found by size in segregated lists (two-level, as in
 * TLSF: Masmano et al., 2004, with pages for words) and merges with free neighbours when it comes back.
 *
 *   entry of a page, 16 bytes at PAGES + page * 16
 *     word 0   bits 0-3 kind, bits 4-31 number
 *     FREE       first page of a free run     number = pages   word 1, 2 = previous, next run in its list
 *     FREE_END   last page of a free run      number = pages
 *     RUN        first page of a run in use   number = pages   words 1-3 belong to the user of the run
 *     SLAB       any page of a slab           see memory/slab.ts
 *
 * The limit is hard by construction: no page is handed out past it, and none is touched that was not handed out.
 */
import { HEAP, MEMORY_PAGES, PAGE_ENTRY, PAGE_SHIFT, PAGES } from "../layout/memory";
import { RUN_BIN_COUNT, RUN_BINS, RUN_BITMAP, state } from "../state";

export const KIND_MASK: u32 = 15;
export const KIND_NONE: u32 = 0;
export const KIND_FREE: u32 = 1;
export const KIND_FREE_END: u32 = 2;
export const KIND_RUN: u32 = 3;
export const KIND_SLAB: u32 = 4;

const FIRST_PAGE: u32 = HEAP >> PAGE_SHIFT;
/** The last page is never used, so that reading a little past a block never leaves the memory. */
const LAST_PAGE: u32 = (<u32>MEMORY_PAGES << (16 - PAGE_SHIFT)) - 1;
const EXACT_BINS: u32 = 64;

@inline
export function entryOf(page: u32): usize {
  return PAGES + page * PAGE_ENTRY;
}

@inline
export function pageOf(address: usize): u32 {
  return address >> PAGE_SHIFT;
}

@inline
export function addressOf(page: u32): usize {
  return <usize>page << PAGE_SHIFT;
}

@inline
export function kindOf(page: u32): u32 {
  return load<u32>(entryOf(page)) & KIND_MASK;
}

@inline
export function numberOf(page: u32): u32 {
  return load<u32>(entryOf(page)) >> 4;
}

export function initPages(limitPages: u32, reservePages: u32): void {
  const s = state();
  s.topPage = FIRST_PAGE;
  s.usedPages = 0;
  s.usedBytes = 0;
  s.limitPages = limitPages;
  s.reservePages = reservePages;
}

/** Pages that the limit still allows, for data. */
@inline
export function spare(): i32 {
  const s = state();
  return <i32>s.limitPages - <i32>s.usedPages;
}

/** Takes `count` neighbouring pages, within the limit plus `extra` pages; 0 when there are none. */
export function takePages(count: u32, extra: u32): usize {
  const s = state();
  const limit = s.limitPages + extra;
  if (s.usedPages + count > limit) return 0;
  let page = takeFree(count);
  if (page == 0) {
    page = s.topPage;
    if (page - FIRST_PAGE + count > limit || page + count > LAST_PAGE) return 0;
    s.topPage = page + count;
  }
  s.usedPages += count;
  store<u32>(entryOf(page), KIND_RUN | (count << 4));
  return addressOf(page);
}

export function givePages(address: usize): void {
  let page = pageOf(address);
  assert(kindOf(page) == KIND_RUN);
  let count = numberOf(page);
  const s = state();
  s.usedPages -= count;
  store<u32>(entryOf(page), KIND_NONE);

  const next = page + count;
  if (next < s.topPage && kindOf(next) == KIND_FREE) {
    const more = numberOf(next);
    unlink(next, more);
    count += more;
  }
  if (page > FIRST_PAGE) {
    const before = load<u32>(entryOf(page - 1));
    const kind = before & KIND_MASK;
    if (kind == KIND_FREE || kind == KIND_FREE_END) {
      const more = before >> 4;
      page -= more;
      unlink(page, more);
      count += more;
    }
  }
  link(page, count);
}

/** Grows a run where it lies when the pages behind it are free. */
export function extendPages(address: usize, count: u32): bool {
  const page = pageOf(address);
  const old = numberOf(page);
  const more = count - old;
  const s = state();
  if (s.usedPages + more > s.limitPages + s.reservePages) return false;
  const next = page + old;
  if (next == s.topPage) {
    if (next - FIRST_PAGE + more > s.limitPages + s.reservePages || next + more > LAST_PAGE) return false;
    s.topPage += more;
  } else {
    if (kindOf(next) != KIND_FREE) return false;
    const have = numberOf(next);
    if (have < more) return false;
    unlink(next, have);
    if (have > more) link(next + more, have - more);
  }
  s.usedPages += more;
  store<u32>(entryOf(page), KIND_RUN | (count << 4));
  return true;
}

/** Whether `count` neighbouring pages can be had within the limit. */
export function hasPages(count: u32): bool {
  const s = state();
  if (s.usedPages + count > s.limitPages) return false;
  const top = s.topPage + count;
  return (top - FIRST_PAGE <= s.limitPages && top <= LAST_PAGE) || findFree(count) != 0;
}

function takeFree(count: u32): u32 {
  const page = findFree(count);
  if (page == 0) return 0;
  const have = numberOf(page);
  assert(have >= count);
  unlink(page, have);
  if (have > count) link(page + count, have - count);
  return page;
}

/** First page of a free run of at least `count` pages, 0 if none is found. */
function findFree(count: u32): u32 {
  let page: u32 = 0;
  if (count >= EXACT_BINS) {
    // The bin that the size itself falls into holds runs both smaller and larger: look at a few.
    page = load<u32>(RUN_BINS + binFloor(count) * 4);
    for (let i = 0; i < 8 && page != 0 && numberOf(page) < count; i++) page = load<u32>(entryOf(page), 8);
    if (page != 0 && numberOf(page) < count) page = 0;
  }
  if (page == 0) {
    const bin = firstBin(binCeil(count));
    if (bin >= RUN_BIN_COUNT) return 0;
    page = load<u32>(RUN_BINS + bin * 4);
  }
  return page;
}

function link(page: u32, count: u32): void {
  const bin = binFloor(count);
  const head = RUN_BINS + bin * 4;
  const next = load<u32>(head);
  const entry = entryOf(page);
  if (count > 1) store<u32>(entryOf(page + count - 1), KIND_FREE_END | (count << 4));
  store<u32>(entry, KIND_FREE | (count << 4));
  store<u32>(entry, 0, 4);
  store<u32>(entry, next, 8);
  if (next != 0) store<u32>(entryOf(next), page, 4);
  store<u32>(head, page);
  const word = RUN_BITMAP + ((bin >> 6) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (bin & 63)));
}

function unlink(page: u32, count: u32): void {
  const bin = binFloor(count);
  const head = RUN_BINS + bin * 4;
  const entry = entryOf(page);
  const previous = load<u32>(entry, 4);
  const next = load<u32>(entry, 8);
  if (next != 0) store<u32>(entryOf(next), previous, 4);
  if (previous != 0) {
    store<u32>(entryOf(previous), next, 8);
  } else {
    store<u32>(head, next);
    if (next == 0) {
      const word = RUN_BITMAP + ((bin >> 6) << 3);
      store<u64>(word, load<u64>(word) & ~((<u64>1) << (bin & 63)));
    }
  }
  store<u32>(entry, KIND_NONE);
  if (count > 1) store<u32>(entryOf(page + count - 1), KIND_NONE);
}

function firstBin(from: u32): u32 {
  if (from >= RUN_BIN_COUNT) return RUN_BIN_COUNT;
  let index = from >> 6;
  let word = load<u64>(RUN_BITMAP + (index << 3)) & (~(<u64>0) << (from & 63));
  while (word == 0) {
    if (++index >= RUN_BIN_COUNT / 64) return RUN_BIN_COUNT;
    word = load<u64>(RUN_BITMAP + (index << 3));
  }
  return (index << 6) + <u32>ctz<u64>(word);
}

/** Bin whose runs may be smaller than `count` but fall into its class. */
function binFloor(count: u32): u32 {
  if (count < EXACT_BINS) return count;
  const log = 31 - clz<u32>(count);
  return EXACT_BINS + (log - 6) * 8 + ((count >> (log - 3)) & 7);
}

/** First bin whose every run has `count` pages or more. */
function binCeil(count: u32): u32 {
  if (count < EXACT_BINS) return count;
  const log = 31 - clz<u32>(count);
  return binFloor(count + (1 << (log - 3)) - 1);
}
