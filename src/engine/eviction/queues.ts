/**
 * S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023): new keys enter a small queue;
 * those that are read again before they reach its end move to the main queue, the others leave and are remembered as
 * ghosts. In the main queue a key that was read goes round again, one access count lower.
 */
import { hashOf } from "../index/hash";
import {
  blobOfItem, COUNT_MASK, COUNT_ONE, ERA, flagsOf, keyLength, keyOf, MAIN, QUEUE_BITS, QUEUED, SEPARATE, setFlags,
  TAG_MASK, TAG_SHIFT, VOLATILE,
} from "../keyspace/item";
import { POLICY_FIFO, POLICY_VOLATILE_FIFO } from "../layout/policy";
import { isLiveItem } from "../memory/blocks";
import { sizeOf } from "../memory/heap";
import { QUEUES, state } from "../state";
import { clearFifo, Fifo, pop, push } from "./fifo";
import { addGhost, dropGhosts, resizeGhosts, takeGhost } from "./ghost";

/** The small queue's share of all bytes, and the least it has: below that, sharing would mean a handful of keys. */
const SMALL_SHARE: u64 = 10;
const SMALL_FLOOR: u64 = 65536;
const STALE_MIN: u32 = 4096;

@inline
function small(): Fifo {
  return changetype<Fifo>(QUEUES);
}

@inline
function main(): Fifo {
  return changetype<Fifo>(QUEUES + 32);
}

@inline
function queueOf(flags: u32): Fifo {
  return (flags & MAIN) != 0 ? main() : small();
}

function bytesOf(item: usize): u64 {
  let bytes = sizeOf(item);
  if ((flagsOf(item) & SEPARATE) != 0) bytes += sizeOf(blobOfItem(item));
  return bytes;
}

@inline
function isQueued(flags: u32): bool {
  return (flags & (QUEUED | ERA)) == (QUEUED | state().era);
}

/** Whether the policy keeps this item in a queue. */
function isKept(item: usize): bool {
  const policy = state().policy;
  return policy == POLICY_FIFO || (policy == POLICY_VOLATILE_FIFO && (flagsOf(item) & VOLATILE) != 0);
}

/** Called for every item that enters the index or has become volatile. */
@inline
export function noteNewItem(item: usize, hash: u64): void {
  if (state().policy != 0) admit(item, hash);
}

function admit(item: usize, hash: u64): void {
  if (!isKept(item) || isQueued(flagsOf(item))) return;
  const back = takeGhost(hash, main().live + small().live);
  setFlags(item, flagsOf(item) & ~QUEUE_BITS);
  enqueue(item, back ? MAIN : 0, 0);
}

/** Enters an item that was there before the policy was. */
export function adopt(item: usize): void {
  const flags = flagsOf(item);
  if (!isKept(item) || isQueued(flags)) return;
  enqueue(item, 0, flags & COUNT_MASK);
}

/** Called when an item took the place of another one with the same key. */
@inline
export function noteReplacement(item: usize, oldFlags: u32): void {
  if (state().policy != 0 && isKept(item)) enqueue(item, oldFlags & MAIN, oldFlags & COUNT_MASK);
}

function enqueue(item: usize, queueBit: u32, accesses: u32): void {
  const s = state();
  const tag = s.queueTag++ & 7;
  const queue = queueOf(queueBit);
  trim(queue);
  if (!push(queue, <u32>item | tag)) return;
  setFlags(item, (flagsOf(item) & ~QUEUE_BITS) | QUEUED | s.era | queueBit | accesses | (tag << TAG_SHIFT));
  queue.live++;
  queue.bytes += bytesOf(item);
  const all = main().live + small().live;
  if ((all & 1023) == 0) resizeGhosts(all);
}

/** Called before an item is freed, moved or resized. */
@inline
export function forget(item: usize): void {
  if (isQueued(flagsOf(item))) leave(item);
}

function leave(item: usize): void {
  const queue = queueOf(flagsOf(item));
  const bytes = bytesOf(item);
  queue.bytes = bytes < queue.bytes ? queue.bytes - bytes : 0;
  if (queue.live != 0) queue.live--;
  setFlags(item, flagsOf(item) & ~QUEUED);
}

/** Called when a kept item has come to lie elsewhere: its old entry is stale. */
export function moveEntry(item: usize): void {
  const flags = flagsOf(item);
  if (!isQueued(flags)) return;
  leave(item);
  enqueue(item, flags & MAIN, flags & COUNT_MASK);
}

/** Keeps stale entries from outgrowing live ones: two leave for every one that comes. */
function trim(queue: Fifo): void {
  if (queue.length < 2 * queue.live + STALE_MIN) return;
  for (let i = 0; i < 2; i++) {
    const entry = pop(queue);
    if (entry == 0) return;
    if (isValid(queue, entry)) push(queue, entry);
  }
}

function isValid(queue: Fifo, entry: u32): bool {
  const item: usize = entry & ~7;
  if (!isLiveItem(item)) return false;
  const flags = flagsOf(item);
  return isQueued(flags) && queueOf(flags) == queue && ((flags & TAG_MASK) >> TAG_SHIFT) == (entry & 7);
}

/** The item that shall go next, already out of its queue; 0 when no item is kept. */
export function nextVictim(): usize {
  const s = small();
  const m = main();
  while (true) {
    const target = max<u64>((s.bytes + m.bytes) / SMALL_SHARE, SMALL_FLOOR);
    const fromSmall = s.length != 0 && (s.bytes > target || m.length == 0);
    if (!fromSmall && m.length == 0) return 0;
    const item = fromSmall ? fromSmallQueue(s) : fromMainQueue(m);
    if (item != 0) return item;
  }
}

/** One step: an entry is stale, or moves on, or is the victim. */
function fromSmallQueue(queue: Fifo): usize {
  const entry = pop(queue);
  if (!isValid(queue, entry)) return 0;
  const item: usize = entry & ~7;
  const accesses = flagsOf(item) & COUNT_MASK;
  leave(item);
  if (accesses > COUNT_ONE) {
    enqueue(item, MAIN, 0);
    return 0;
  }
  addGhost(hashOf(keyOf(item), keyLength(item)));
  return item;
}

function fromMainQueue(queue: Fifo): usize {
  const entry = pop(queue);
  if (!isValid(queue, entry)) return 0;
  const item: usize = entry & ~7;
  const accesses = flagsOf(item) & COUNT_MASK;
  leave(item);
  if (accesses == 0) return item;
  enqueue(item, MAIN, accesses - COUNT_ONE);
  return 0;
}

export function clearQueues(): void {
  clearFifo(small());
  clearFifo(main());
  dropGhosts();
  state().era ^= ERA;
}

/** Items that the policy keeps, for INFO and for tests. */
export function queuedItems(): u32 {
  return small().live + main().live;
}
