/**
 * A first-in first-out queue of items in chained pages. Entries are not taken out when an item goes away; an entry
 * counts only if the block it names is a live item that carries the entry's tag (3 bits; a chance hit evicts an item
 * early and does no other harm).
 *
 *   entry   bits 3-31 address of the item (blocks are aligned to 8), bits 0-2 tag
 *   page    u32 next page | u16 first entry | u16 end of entries | entries
 */
import { PAGE } from "../layout/memory";
import { give, takeRun } from "../memory/heap";
import { state } from "../state";

const ENTRIES: u32 = 8;
const ENTRIES_MAX: u32 = (PAGE - 8) / 4;

@unmanaged
export class Fifo {
  head: u32;
  tail: u32;
  /** Entries, stale ones too. */
  length: u32;
  /** Items in it, and their bytes. */
  live: u32;
  bytes: u64;
}

/** Adds an entry; false when there is no page for it. */
export function push(queue: Fifo, entry: u32): bool {
  let page: usize = queue.tail;
  if (page == 0 || load<u16>(page, 6) == ENTRIES_MAX) {
    const fresh = takeRun(PAGE, state().reservePages);
    if (fresh == 0) return false;
    store<u32>(fresh, 0);
    store<u32>(fresh, 0, 4);
    if (page == 0) queue.head = fresh;
    else store<u32>(page, fresh);
    queue.tail = fresh;
    page = fresh;
  }
  const end: u32 = load<u16>(page, 6);
  store<u32>(page + ENTRIES + (end << 2), entry);
  store<u16>(page, end + 1, 6);
  queue.length++;
  return true;
}

/** Takes the oldest entry, 0 when the queue is empty. */
export function pop(queue: Fifo): u32 {
  const page: usize = queue.head;
  if (page == 0) return 0;
  const first: u32 = load<u16>(page, 4);
  if (first == load<u16>(page, 6)) return 0;
  const entry = load<u32>(page + ENTRIES + (first << 2));
  queue.length--;
  if (first + 1 == ENTRIES_MAX) {
    queue.head = load<u32>(page);
    if (queue.head == 0) queue.tail = 0;
    give(page);
  } else {
    store<u16>(page, first + 1, 4);
  }
  return entry;
}

export function clearFifo(queue: Fifo): void {
  let page: usize = queue.head;
  while (page != 0) {
    const next = load<u32>(page);
    give(page);
    page = next;
  }
  queue.head = 0;
  queue.tail = 0;
  queue.length = 0;
  queue.live = 0;
  queue.bytes = 0;
}
