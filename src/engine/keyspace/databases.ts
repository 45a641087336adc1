/**
 * Databases. What clients number 0, 1, 2... is mapped to physical databases, each with its own index. Emptying one is
 * a change of the map: a fresh physical database takes its place, and the old one, now garbage, is freed in steps.
 * Until then its items stay in their index, so that wheel and eviction find them as ever.
 *
 *   map        logical 0 1 2 ...  ->  physical
 *   root.use   USE_FREE | USE_LIVE | USE_GARBAGE
 */
import { bucketAt, emptySegment, itemCount, SEGMENT_BUCKETS } from "../index/segment";
import { dropTable, entryOfPrefix, localDepth, nextPrefix, Root, segmentOf } from "../index/table";
import { placeAt, usedPlaces } from "../index/bucket";
import { STAT_LAZY_FREED } from "../layout/stats";
import { DATABASE_COUNT, DATABASE_ENTRY, DATABASE_MAP, DATABASES, state } from "../state";
import { countMany } from "../stats";
import { databaseOf } from "./item";
import { disposeItem } from "./dispose";

export const USE_FREE: u32 = 0;
export const USE_LIVE: u32 = 1;
export const USE_GARBAGE: u32 = 2;

@inline
export function rootOf(physical: u32): Root {
  return changetype<Root>(DATABASES + physical * DATABASE_ENTRY);
}

@inline
export function physicalOf(logical: u32): u32 {
  return load<u8>(DATABASE_MAP + logical);
}

@inline
export function databaseRoot(item: usize): Root {
  return rootOf(databaseOf(item));
}

export function initDatabases(count: u32): void {
  state().databases = count;
  memory.fill(DATABASES, 0, DATABASE_COUNT * DATABASE_ENTRY);
  for (let i: u32 = 0; i < count; i++) {
    store<u8>(DATABASE_MAP + i, i);
    rootOf(i).use = USE_LIVE;
  }
}

/** Empties a database; returns how many keys it had. */
export function flush(logical: u32): u32 {
  const old = physicalOf(logical);
  const root = rootOf(old);
  const keys = root.keys;
  if (keys == 0) return 0;
  let fresh = freeDatabase();
  while (fresh == DATABASE_COUNT) {
    freeGarbage();
    fresh = freeDatabase();
  }
  rootOf(fresh).use = USE_LIVE;
  store<u8>(DATABASE_MAP + logical, fresh);
  root.use = USE_GARBAGE;
  const s = state();
  s.garbageDatabases++;
  s.garbageKeys += keys;
  return keys;
}

function freeDatabase(): u32 {
  for (let i: u32 = 0; i < DATABASE_COUNT; i++) if (rootOf(i).use == USE_FREE) return i;
  return DATABASE_COUNT;
}

export function swap(a: u32, b: u32): void {
  const physical = physicalOf(a);
  store<u8>(DATABASE_MAP + a, physicalOf(b));
  store<u8>(DATABASE_MAP + b, physical);
}

/** One step of freeing emptied databases: at most one segment of the index. False when there is nothing to free. */
export function freeGarbage(): bool {
  const s = state();
  if (s.garbageDatabases == 0) return false;
  let root = rootOf(s.sweptDatabase);
  if (root.use != USE_GARBAGE) {
    while (rootOf(s.sweptDatabase).use != USE_GARBAGE) s.sweptDatabase = (s.sweptDatabase + 1) % DATABASE_COUNT;
    s.sweptPrefix = 0;
    s.sweptDone = 0;
    root = rootOf(s.sweptDatabase);
  }
  if (s.sweptDone == 0) {
    const entry = entryOfPrefix(root, s.sweptPrefix);
    freeSegment(root, segmentOf(entry));
    s.sweptPrefix = nextPrefix(s.sweptPrefix, localDepth(entry));
    if (s.sweptPrefix == 0) s.sweptDone = 1;
    return true;
  }
  dropTable(root);
  root.use = USE_FREE;
  // The same one may be the next, too: it will have been in use again.
  s.sweptDone = 0;
  s.garbageDatabases--;
  return true;
}

/** A key has left a database that may be one that is being freed. */
@inline
export function noteRemoved(root: Root): void {
  if (root.use == USE_GARBAGE) state().garbageKeys--;
}

function freeSegment(root: Root, segment: usize): void {
  const keys = itemCount(segment);
  for (let i: u32 = 0; i < SEGMENT_BUCKETS; i++) {
    const bucket = bucketAt(segment, i);
    let bits = usedPlaces(bucket);
    while (bits != 0) {
      disposeItem(root, load<u32>(placeAt(bucket, ctz<u32>(bits))));
      bits &= bits - 1;
    }
  }
  emptySegment(segment);
  root.keys -= keys;
  const s = state();
  s.garbageKeys -= min(keys, s.garbageKeys);
  countMany(STAT_LAZY_FREED, keys);
}
