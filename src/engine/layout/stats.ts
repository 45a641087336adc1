/**
 * Counters of a shard, written by whoever owns the shard, read by anybody at any time.
 *
 *   STATS                  64-bit integers, at the offsets STAT_...
 *   STATS + STAT_ERRORS_BY_TEXT   a 64-bit count for each constant reply, of how often it was sent as an error
 *   STATS + STAT_CALLS     calls and failed calls of each command: two 64-bit integers at id * STAT_CALLS_ENTRY
 *   STATS + STAT_SAMPLES   commands that were timed one by one (wasm/meter.ts), at id * STAT_SAMPLE_ENTRY:
 *                          f64 samples | f64 microseconds | 32 counts u32: of 0 us, up to 1, 2, 4, 8... us
 *
 * In the acceptor's memory STAT_COMMANDS and the calls say by how much the shards' counts are wrong, because a request
 * that was taken apart (wire/split.ts) is counted there for each part: what is to be added, mostly less than nothing.
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
/** f64: microseconds spent in the engine. */
export const STAT_BUSY: u32 = 88;

export const STAT_ERRORS_BY_TEXT: u32 = 256;
export const STAT_TEXTS_MAX: u32 = 200;

export const STAT_CALLS: u32 = 2048;
export const STAT_CALLS_ENTRY: u32 = 16;

export const STAT_SAMPLES: u32 = 12288;
export const STAT_SAMPLE_ENTRY: u32 = 144;
export const STAT_SAMPLE_BUCKETS: u32 = 32;
