/**
 * Counters of a shard: 64-bit words at STATS, written by whoever owns the shard, read by anybody at any time.
 *
 * Compiled by `tsc` and by `asc`.
 */
export const STAT_COMMANDS: u32 = 0;
export const STAT_HITS: u32 = 8;
export const STAT_MISSES: u32 = 16;
export const STAT_EXPIRED: u32 = 24;
export const STAT_EVICTED: u32 = 32;
export const STAT_ERRORS: u32 = 40;
export const STAT_JOBS: u32 = 48;
export const STAT_MOVED: u32 = 56;
export const STAT_DIRTY: u32 = 64;
export const STAT_LAZY_FREED: u32 = 72;
export const STAT_ACTIVE_EXPIRED: u32 = 80;

/** Calls and failed calls of every command: two 64-bit words at STATS + STAT_CALLS + id * 16. */
export const STAT_CALLS: u32 = 1024;
export const STAT_CALLS_ENTRY: u32 = 16;
