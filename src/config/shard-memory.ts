import type { Machine } from './machine.js';

const MIB = 1024 ** 2;

/** Less than this a shard can't do anything useful with: its index and its page classes want some pages each. */
export const SHARD_MIN_BYTES = 4 * MIB;

/** What a Wasm32 memory can address. */
const ADDRESSABLE_BYTES = 4096 * MIB;

/** Rings, tables and the page map of one shard's memory (23 MiB), rounded up generously. */
const SHARD_OVERHEAD_BYTES = 64 * MIB;

/** The most that one shard can hold. */
export const SHARD_MAX_BYTES = ADDRESSABLE_BYTES - SHARD_OVERHEAD_BYTES;

/** `maxmemory` when nobody has said it: half of the memory, within what so many shards can hold. */
export function automaticMaxmemory(machine: Machine, shards: number): number {
  const half = Math.floor(machine.memoryBytes / 2);
  return Math.max(shards * SHARD_MIN_BYTES, Math.min(half, shards * SHARD_MAX_BYTES));
}

/** `shards` when nobody has said it: a core is left to the acceptor. */
export function automaticShards(machine: Machine, most: number): number {
  return Math.max(1, Math.min(machine.cores - 1, most));
}
