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

/** What `stats` of memcached tells of the commands of its protocols. */
export const STAT_MC_GET_HITS: u32 = 96;
export const STAT_MC_GET_MISSES: u32 = 104;
export const STAT_MC_SETS: u32 = 112;
export const STAT_MC_TOUCH_HITS: u32 = 120;
export const STAT_MC_TOUCH_MISSES: u32 = 128;
export const STAT_MC_DELETE_HITS: u32 = 136;
export const STAT_MC_DELETE_MISSES: u32 = 144;
export const STAT_MC_INCR_HITS: u32 = 152;
export const STAT_MC_INCR_MISSES: u32 = 160;
export const STAT_MC_DECR_HITS: u32 = 168;
export const STAT_MC_DECR_MISSES: u32 = 176;
export const STAT_MC_CAS_HITS: u32 = 184;
export const STAT_MC_CAS_MISSES: u32 = 192;
export const STAT_MC_CAS_BADVAL: u32 = 200;
export const STAT_MC_META: u32 = 208;
export const STAT_MC_TOO_LARGE: u32 = 216;
export const STAT_MC_NO_MEMORY: u32 = 224;

export const STAT_ERRORS_BY_TEXT: u32 = 256;
export const STAT_TEXTS_MAX: u32 = 200;

export const STAT_CALLS: u32 = 2048;
export const STAT_CALLS_ENTRY: u32 = 16;

export const STAT_SAMPLES: u32 = 12288;
export const STAT_SAMPLE_ENTRY: u32 = 144;
export const STAT_SAMPLE_BUCKETS: u32 = 32;
