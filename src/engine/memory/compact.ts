/**
 * Compaction: empties the sparsest slab of a size class by moving its items into the free blocks of its sister slabs,
 * so that its pages can serve another class. Without it, a cache whose value sizes change would keep its memory in
 * slabs of sizes that nobody asks for any more.
 */
import { hashOf } from "../index/hash";
import { placeOf } from "../index/table";
import { flagsOf, keyLength, keyOf, VOLATILE } from "../keyspace/item";
import { relink } from "../expiry/wheel";
import { addressOf, entryOf } from "./pages";
import { CLASS_COUNT } from "../state";
import { databaseRoot } from "../keyspace/databases";
import { freshOf } from "./blocks";
import { giveBlock, ITEMS, setAside, SLAB_SIZE, SizeClass, sizeClass, takeBlock } from "./slab";
import { moveEntry } from "../eviction/queues";
import { STAT_MOVED } from "../layout/stats";
import { count } from "../stats";

/** Slabs that are looked at to find a sparse one. */
const LOOK_AT: u32 = 32;

/** Frees one slab; false when no class has enough free blocks in other slabs to take one's items in. */
export function compactOne(): bool {
  let best: u32 = 0;
  let bestFree: u32 = 0;
  for (let i: u32 = 1; i < CLASS_COUNT; i++) {
    const k = sizeClass(ITEMS + i);
    if (k.partial == 0 || k.size == 0) continue;
    const freeBytes = k.free * k.size;
    // A sister must have room: more free blocks than one slab has in all.
    if (k.free > k.capacity && freeBytes > bestFree) {
      best = i;
      bestFree = freeBytes;
    }
  }
  if (best == 0) return false;
  return empty(sizeClass(ITEMS + best), ITEMS + best);
}

function empty(k: SizeClass, c: u32): bool {
  const page = sparsest(k);
  if (page == 0) return false;
  const entry = entryOf(page);
  const used = load<u32>(entry) >> 16;
  const elsewhere = k.free - (k.capacity - used);
  if (elsewhere < used) return false;
  setAside(k, page);
  const start = addressOf(page);
  const end: usize = freshOf(page);
  for (let item = start; item < end; item += k.size) {
    if ((load<u32>(item) & 7) != 0) move(item, c, k.size);
  }
  return true;
}

function sparsest(k: SizeClass): u32 {
  let best: u32 = 0;
  let bestUsed: u32 = 0xffffffff;
  let page = k.partial;
  for (let i: u32 = 0; i < LOOK_AT && page != 0; i++) {
    const used = load<u32>(entryOf(page)) >> 16;
    if (used < bestUsed) {
      best = page;
      bestUsed = used;
    }
    page = load<u32>(entryOf(page), 12);
  }
  return best;
}

function move(item: usize, c: u32, size: u32): void {
  const to = takeBlock(c, 0);
  assert(to != 0);
  const hash = hashOf(keyOf(item), keyLength(item));
  const place = placeOf(databaseRoot(item), item, hash);
  memory.copy(to, item, size);
  store<u32>(place, <u32>to);
  if ((flagsOf(to) & VOLATILE) != 0) relink(to);
  moveEntry(to);
  giveBlock(item);
  count(STAT_MOVED);
}
