/** The eviction policies by their numbers (layout/policy.ts), and the change from one to another. */
import { bucketAt, SEGMENT_BUCKETS } from "../index/segment";
import { placeAt, usedPlaces } from "../index/bucket";
import { entryOfPrefix, localDepth, segmentOf } from "../index/table";
import { anyVolatile, soonest } from "../expiry/wheel";
import { flagsOf, VOLATILE } from "../keyspace/item";
import { rootOf, USE_LIVE } from "../keyspace/databases";
import {
  POLICY_FIFO, POLICY_NONE, POLICY_RANDOM, POLICY_VOLATILE_FIFO, POLICY_VOLATILE_RANDOM, POLICY_VOLATILE_TTL,
} from "../layout/policy";
import { DATABASE_COUNT, state } from "../state";
import { random32 } from "../base/random";
import { adopt, clearQueues, nextVictim } from "./queues";

/** Random probes for an item that expires before the wheel is asked for any. */
const PROBES: u32 = 64;

/** The item to give up, 0 when the policy finds none. */
export function pickVictim(): usize {
  const policy = state().policy;
  if (policy == POLICY_FIFO || policy == POLICY_VOLATILE_FIFO) {
    let item = nextVictim();
    // Items from before the policy was set are adopted in steps: go on until one can be given up.
    while (item == 0 && adoptSome()) item = nextVictim();
    if (item != 0) return item;
    // The queues have had no memory for items: the limit was lowered.
    return policy == POLICY_FIFO ? randomItem() : randomVolatile();
  }
  if (policy == POLICY_RANDOM) return randomItem();
  if (policy == POLICY_VOLATILE_RANDOM) return randomVolatile();
  if (policy == POLICY_VOLATILE_TTL) return soonest();
  return 0;
}

export function setPolicy(policy: u32): void {
  const s = state();
  if (s.policy == policy) return;
  clearQueues();
  s.policy = policy;
  s.adopting = <u32>(policy == POLICY_FIFO || policy == POLICY_VOLATILE_FIFO);
  s.adoptDatabase = 0;
  s.adoptPrefix = 0;
}

/** Enters the items of one segment into the queues; false when all have been. */
export function adoptSome(): bool {
  const s = state();
  if (s.adopting == 0) return false;
  const root = rootOf(s.adoptDatabase);
  const entry = root.use == USE_LIVE ? entryOfPrefix(root, s.adoptPrefix) : 0;
  let next: u32 = 0;
  if (entry != 0) {
    adoptSegment(segmentOf(entry));
    const depth = localDepth(entry);
    next = depth == 0 ? 0 : (s.adoptPrefix & ~((<u32>1 << (32 - depth)) - 1)) + (<u32>1 << (32 - depth));
  }
  s.adoptPrefix = next;
  if (next == 0 && ++s.adoptDatabase == DATABASE_COUNT) s.adopting = 0;
  return true;
}

function adoptSegment(segment: usize): void {
  for (let i: u32 = 0; i < SEGMENT_BUCKETS; i++) {
    const bucket = bucketAt(segment, i);
    let bits = usedPlaces(bucket);
    while (bits != 0) {
      adopt(load<u32>(placeAt(bucket, ctz<u32>(bits))));
      bits &= bits - 1;
    }
  }
}

/** A random item of a database, 0 when it is empty. */
export function randomItemOf(database: u32): usize {
  const root = rootOf(database);
  if (root.keys == 0) return 0;
  while (true) {
    const segment = segmentOf(entryOfPrefix(root, random32()));
    const bucket = bucketAt(segment, random32() % SEGMENT_BUCKETS);
    let bits = usedPlaces(bucket);
    const used = popcnt<u32>(bits);
    // A full bucket is taken always, a sparse one seldom, so that each item has about the same chance.
    if (random32() % 12 >= used) continue;
    for (let skip = random32() % used; skip > 0; skip--) bits &= bits - 1;
    return load<u32>(placeAt(bucket, ctz<u32>(bits)));
  }
}

function randomItem(): usize {
  // Databases by their share of the keys.
  let total: u32 = 0;
  for (let i: u32 = 0; i < DATABASE_COUNT; i++) if (rootOf(i).use == USE_LIVE) total += rootOf(i).keys;
  if (total == 0) return 0;
  let at = random32() % total;
  for (let i: u32 = 0; i < DATABASE_COUNT; i++) {
    if (rootOf(i).use != USE_LIVE) continue;
    if (at < rootOf(i).keys) return randomItemOf(i);
    at -= rootOf(i).keys;
  }
  return 0;
}

function randomVolatile(): usize {
  if (state().wheelCount == 0) return 0;
  for (let i: u32 = 0; i < PROBES; i++) {
    const item = randomItem();
    if (item != 0 && (flagsOf(item) & VOLATILE) != 0) return item;
  }
  return anyVolatile(random32());
}
