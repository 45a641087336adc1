/** Blocks of any size: a slab up to 16 KiB, a run of pages above. */
import { PAGE, PAGE_SHIFT } from "../layout/memory";
import { state } from "../state";
import { entryOf, extendPages, givePages, hasPages, KIND_MASK, KIND_RUN, numberOf, pageOf, takePages } from "./pages";
import { available, blockSize, classOf, giveBlock, ITEMS, SLAB_BLOCK_MAX, sizeClass, takeBlock, WORK } from "./slab";

@inline
function pagesFor(size: u32): u32 {
  return (size >> PAGE_SHIFT) + <u32>((size & (PAGE - 1)) != 0);
}

/** A block for data; 0 when the limit forbids it. The caller has made room first (eviction/room.ts). */
@inline
export function takeItem(size: u32): usize {
  return size <= SLAB_BLOCK_MAX ? takeBlock(ITEMS + classOf(size), 0) : takeRun(size, 0);
}

/**
 * A block for an item whose command only reorders what is there (EXPIRE, RENAME) and is not refused when memory is full;
 * it may use the reserve.
 */
export function takeItemAnyway(size: u32): usize {
  const extra = state().reservePages;
  return size <= SLAB_BLOCK_MAX ? takeBlock(ITEMS + classOf(size), extra) : takeRun(size, extra);
}

/** A block for work in progress, which may use the reserve; 0 when even that is spent. */
@inline
export function takeWork(size: u32): usize {
  const extra = state().reservePages;
  return size <= SLAB_BLOCK_MAX ? takeBlock(WORK + classOf(size), extra) : takeRun(size, extra);
}

export function takeRun(size: u32, extra: u32): usize {
  const pages = pagesFor(size);
  const address = takePages(pages, extra);
  if (address != 0) state().usedBytes += pages << PAGE_SHIFT;
  return address;
}

export function give(block: usize): void {
  const word = load<u32>(entryOf(pageOf(block)));
  if ((word & KIND_MASK) == KIND_RUN) {
    state().usedBytes -= (word >> 4) << PAGE_SHIFT;
    givePages(block);
  } else {
    giveBlock(block);
  }
}

/** Bytes that the block really has. */
export function sizeOf(block: usize): u32 {
  const word = load<u32>(entryOf(pageOf(block)));
  return (word & KIND_MASK) == KIND_RUN ? (word >> 4) << PAGE_SHIFT : blockSize(block);
}

/** Size that a request of `size` bytes is rounded to. */
export function roundedSize(size: u32): u32 {
  if (size <= SLAB_BLOCK_MAX) return sizeClass(classOf(size)).size;
  return pagesFor(size) << PAGE_SHIFT;
}

/** Grows a run of pages in place; false when its neighbours are taken. */
export function extend(block: usize, size: u32): bool {
  const pages = pagesFor(size);
  const more = pages - numberOf(pageOf(block));
  if (!extendPages(block, pages)) return false;
  state().usedBytes += more << PAGE_SHIFT;
  return true;
}

/** Whether data of that size could be had if there was nothing else. */
export function canEverTake(size: u32): bool {
  return pagesFor(size) <= state().limitPages;
}

/** Whether data of that size can be had now. */
@inline
export function canTake(size: u32): bool {
  if (size <= SLAB_BLOCK_MAX) return available(ITEMS + classOf(size));
  return hasPages(pagesFor(size));
}
