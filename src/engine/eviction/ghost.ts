/**
 * Ghosts: fingerprints of keys that the small queue gave up lately. A key that comes back while its ghost is there
 * enters the main queue at once. A table of buckets of 8 entries; an entry is 16 bits of the hash and the low 16 bits
 * of the clock of its page of entries, and is dead once as many ghosts as there are live items have come after it.
 */
import { PAGE } from "../layout/memory";
import { give, takeRun } from "../memory/heap";
import { State, state } from "../state";

const BUCKET: u32 = 32;
const WAYS: u32 = 8;
/** Ghosts are dated in steps of this many. */
const CLOCK_SHIFT: u32 = 6;

/** Makes the table fit `items`; called when the queues have grown. Ghosts in the old table are forgotten. */
export function resizeGhosts(items: u32): void {
  const s = state();
  let buckets: u32 = PAGE / BUCKET;
  while (buckets * WAYS < items) buckets <<= 1;
  if (s.ghostTable != 0 && buckets <= s.ghostBuckets && buckets * 8 > s.ghostBuckets) return;
  const table = takeRun(buckets * BUCKET, 0);
  if (table == 0) return;
  memory.fill(table, 0, buckets * BUCKET);
  dropGhosts();
  s.ghostTable = table;
  s.ghostBuckets = buckets;
}

export function dropGhosts(): void {
  const s = state();
  if (s.ghostTable != 0) give(s.ghostTable);
  s.ghostTable = 0;
  s.ghostBuckets = 0;
}

@inline
function bucketOf(s: State, hash: u64): usize {
  return s.ghostTable + (<u32>hash & (s.ghostBuckets - 1)) * BUCKET;
}

@inline
function printOf(hash: u64): u32 {
  return <u32>(hash >> 48) | 1;
}

@inline
function dateNow(s: State): u32 {
  return (s.ghostClock >> CLOCK_SHIFT) & 0xffff;
}

export function addGhost(hash: u64): void {
  const s = state();
  if (s.ghostTable == 0) return;
  s.ghostClock++;
  const now = dateNow(s);
  const bucket = bucketOf(s, hash);
  let oldest = bucket;
  let oldestAge: u32 = 0;
  for (let i: u32 = 0; i < WAYS; i++) {
    const at = bucket + (i << 2);
    const entry = load<u32>(at);
    if (entry == 0) {
      oldest = at;
      break;
    }
    const age = (now - (entry >> 16)) & 0xffff;
    if (age >= oldestAge) {
      oldest = at;
      oldestAge = age;
    }
  }
  store<u32>(oldest, printOf(hash) | (now << 16));
}

/** Whether the key was given up lately; its ghost is laid to rest. */
export function takeGhost(hash: u64, lifetime: u32): bool {
  const s = state();
  if (s.ghostTable == 0) return false;
  const now = dateNow(s);
  const bucket = bucketOf(s, hash);
  const print = printOf(hash);
  for (let i: u32 = 0; i < WAYS; i++) {
    const at = bucket + (i << 2);
    const entry = load<u32>(at);
    if ((entry & 0xffff) == print) {
      store<u32>(at, 0);
      return (((now - (entry >> 16)) & 0xffff) << CLOCK_SHIFT) <= lifetime;
    }
  }
  return false;
}
