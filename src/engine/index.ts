/**
 * The engine's door: what the host may call. One module, instantiated over every memory; which calls make sense
 * depends on whose memory it is.
 */
import { initWheel } from "./expiry/wheel";
import { initDatabases, physicalOf, rootOf } from "./keyspace/databases";
import { HEAP, LOCKS, LOCKS_SIZE, PAGE_SHIFT, STATE, STATE_SIZE } from "./layout/memory";
import { give, takeWork } from "./memory/heap";
import { initPages } from "./memory/pages";
import { initSlabs } from "./memory/slab";
import { forgetSuspended } from "./job/suspended";
import { checkState, state } from "./state";
import { initConnections } from "./wire/connections";
import { framer, initStaging } from "./wire/staging";

// Both roles.
export { commandEntry, defineCommand } from "./wire/commands";
export { hashOf } from "./index/hash";

// A shard's memory: whoever holds the ownership word may call these.
export { configure } from "./command/configure";
export { execute } from "./command/execute";
export { runJobs } from "./job/resume";
export { expireDue } from "./expiry/expire";
export { housekeep } from "./background";
export { abandonLoad, firstLoad, loadBegin, loadFrame, loadLength, loadNext, loadSource } from "./job/load";

// The acceptor's memory.
export { frameResp } from "./wire/resp-framer";
export { frameMemcached } from "./wire/memcached-framer";
export { areaNext, areaStart, emptyArea } from "./wire/staging";
export { closeConnection, openConnection, recordOf, releaseRequest } from "./wire/connections";
export { gather } from "./wire/gather";

function initMemory(limitPages: u32, reservePages: u32, key0: u64, key1: u64): void {
  checkState();
  memory.fill(STATE, 0, STATE_SIZE);
  memory.fill(LOCKS, 0, LOCKS_SIZE);
  initPages(limitPages, reservePages);
  initSlabs();
  const s = state();
  s.hashKey0 = key0;
  s.hashKey1 = key1;
}

/** Makes a memory an empty shard, whatever it was before. */
export function initShard(
  shard: u32, shards: u32, databases: u32, limitPages: u32, reservePages: u32, nowMs: f64, key0: u64, key1: u64,
): void {
  // A CAS id is never given twice: who holds one from before the memory was emptied must fail with it.
  const lastCas = state().lastCas;
  initMemory(limitPages, reservePages, key0, key1);
  initDatabases(databases);
  initWheel(<i64>nowMs);
  const s = state();
  s.lastCas = lastCas;
  s.shard = shard;
  s.shards = shards;
  s.randomState = (key0 ^ rotl<u64>(key1, 32) ^ (<u64>shard << 17)) | 1;
  s.activeExpire = 1;
}

/** Makes a memory the acceptor's; false when the limit is too small for it. */
export function initAcceptor(
  shards: u32, connections: u32, readBytes: u32, limitPages: u32, key0: u64, key1: u64,
): bool {
  initMemory(limitPages, 0, key0, key1);
  const f = framer();
  f.protoMaxBulk = 512 * 1024 * 1024;
  f.maxArguments = 1024 * 1024;
  f.maxHeld = 1024 * 1024 * 1024;
  return initConnections(connections, readBytes) && initStaging(shards);
}

/** Room in the memory, for the host to use. */
export function takeRoom(bytes: u32): usize {
  return takeWork(bytes);
}

export function giveRoom(room: usize): void {
  give(room);
}

// Settings.
export function setActiveExpire(on: bool): void {
  state().activeExpire = <u32>on;
}

/** Makes `execute` return after every frame. */
export function setSingle(on: bool): void {
  state().single = <u32>on;
}

export function setFramerLimits(protoMaxBulk: u32, maxArguments: u32, maxHeld: u32): void {
  const f = framer();
  f.protoMaxBulk = protoMaxBulk;
  f.maxArguments = maxArguments;
  f.maxHeld = maxHeld;
}

/** Bytes that an item of memcached's protocols may take, as memcached counts them. */
export function setMemcachedItemMax(bytes: u32): void {
  framer().memcachedItemMax = bytes;
}

/** Gives requests for commands with one of these flags (COMMAND_...) back as LOCAL_PAUSED; 0: none. */
export function setPaused(flags: u32): void {
  framer().paused = flags;
}

// What the last call came to.
export function consumed(): u32 {
  return state().consumed;
}

export function hasMore(): bool {
  return state().resumeFrame != 0;
}

export function wantsRescan(): bool {
  return state().rescan != 0;
}

export function suspendedBatches(): u32 {
  return state().suspendedCount;
}

/** 1 while data is being changed: a thread that dies then leaves a shard that can't be trusted. */
export function isChanging(): bool {
  return state().changing != 0;
}

export function currentBatch(): u32 {
  return state().currentBatch;
}

export function recordsEnd(): u32 {
  return state().recordsEnd;
}

/** Gives the batch up that was being executed when the thread died, between two commands. */
export function abandonBatch(): void {
  const s = state();
  forgetSuspended(s.currentBatch);
  s.currentBatch = 0;
  s.resumeFrame = 0;
  s.startedJob = 0;
}

export function stoppedAt(): u32 {
  return framer().stoppedAt;
}

export function stoppedFrame(): u32 {
  return framer().stoppedFrame;
}

export function stoppedReason(): u32 {
  return framer().stoppedReason;
}

export function stoppedInHeap(): bool {
  return framer().stoppedInHeap != 0;
}

export function brokenReason(): u32 {
  return framer().brokenReason;
}

export function brokenByte(): u32 {
  return framer().brokenByte;
}

/** Number of the exchange that the last `frameResp` opened, and the shards that have a part in it (two words). */
export function exchangeOpened(): u32 {
  return framer().exchange;
}

/** Replies that it owes. */
export function replyCount(): u32 {
  return framer().index;
}

/** Whether some of these are the parts of an array. */
export function hasArrays(): u32 {
  return framer().hasArrays;
}

export function touchedCount(): u32 {
  return framer().touchedCount;
}

export function touchedLow(): u32 {
  return <u32>framer().touched;
}

export function touchedHigh(): u32 {
  return <u32>(framer().touched >> 32);
}

export function readBuffer(): u32 {
  return framer().readBuffer;
}

export function endedJobs(): u32 {
  return state().endedJobs;
}

export function endedConnection(): u32 {
  return state().endedConnection;
}

export function endedMs(): u32 {
  return state().endedMs;
}

export function currentFrame(): u32 {
  return state().currentFrame;
}

// Figures; anybody may ask at any time.
export function usedBytes(): f64 {
  return <f64>state().usedBytes;
}

export function usedPages(): u32 {
  return state().usedPages;
}

/** Pages that have ever been in use: what the heap makes resident. */
export function touchedPages(): u32 {
  return state().topPage - (HEAP >> PAGE_SHIFT);
}

export function keysIn(logical: u32): u32 {
  return rootOf(physicalOf(logical)).keys;
}

export function volatileKeysIn(logical: u32): u32 {
  return rootOf(physicalOf(logical)).volatileKeys;
}

export function garbageKeys(): u32 {
  return state().garbageKeys;
}

/** For tests of recovery: dies as if in the middle of a change. */
export function trap(): void {
  state().changing = 1;
  unreachable();
}
