/**
 * The map of one linear memory, as a running sum. Every memory (the acceptor's and each shard's) has the
 * same map; what a role does not use is never touched and so never becomes resident.
 *
 * This file is compiled twice, by `tsc` and by `asc`: it holds nothing but integer constants.
 *
 *   0        DATA       constants that the AssemblyScript compiler places (look-up tables)
 *   64 KiB   CONTROL    words that several threads touch (layout/control.ts)
 *            STATE      the engine's own roots: allocator, databases, wheel, queues (never `let`: see engine/state.ts)
 *            STATS      counters, one writer (the owner of the shard), any reader
 *            COMMANDS   the command table, written once by the host before the engine runs
 *            TEXTS      constant replies, likewise
 *            LOCKS      counting filter of the keys that unfinished jobs hold
 *            SCRATCH    working space of one call; nothing in it outlives the call
 *            REQUESTS   ring acceptor -> shard
 *            REPLIES    ring shard -> acceptor
 *            DIRECT_IN  batches that the acceptor executes itself while it borrows the shard
 *            DIRECT_OUT their replies
 *            PAGES      one 16-byte entry for every 4 KiB page of the memory
 *            HEAP       everything else, to the end of the memory
 */
export const KIB: u32 = 1024;
export const MIB: u32 = 1048576;

/** Bytes a Wasm32 memory can have at most; every memory reserves all of it and touches what it uses. */
export const MEMORY_PAGES: u32 = 65536;

export const CONTROL: u32 = 64 * KIB;
export const CONTROL_SIZE: u32 = 4 * KIB;

export const STATE: u32 = CONTROL + CONTROL_SIZE;
export const STATE_SIZE: u32 = 60 * KIB;

export const STATS: u32 = STATE + STATE_SIZE;
export const STATS_SIZE: u32 = 96 * KIB;

export const COMMANDS: u32 = STATS + STATS_SIZE;
export const COMMANDS_SIZE: u32 = 64 * KIB;

/** u16 offset and u16 length of every text, then the texts. */
export const TEXTS: u32 = COMMANDS + COMMANDS_SIZE;
export const TEXTS_SIZE: u32 = 16 * KIB;

export const LOCKS: u32 = TEXTS + TEXTS_SIZE;
export const LOCKS_SIZE: u32 = 16 * KIB;

export const SCRATCH: u32 = LOCKS + LOCKS_SIZE;
export const SCRATCH_SIZE: u32 = 64 * KIB;
/** The index's own part of it, the numbers' part, and the rest for lists of items. */
export const SCRATCH_TEXT: u32 = SCRATCH + 4 * KIB;
export const SCRATCH_DIGITS: u32 = SCRATCH + 12 * KIB;
/** Beginning of the frame of the job that ended last. */
export const ENDED_FRAME: u32 = SCRATCH + 56 * KIB;
export const ENDED_FRAME_SIZE: u32 = 8 * KIB;
export const SCRATCH_LIST: u32 = SCRATCH + 20 * KIB;
export const SCRATCH_LIST_SIZE: u32 = 36 * KIB;

export const REQUESTS: u32 = SCRATCH + SCRATCH_SIZE;
export const REQUESTS_SIZE: u32 = 2 * MIB;

export const REPLIES: u32 = REQUESTS + REQUESTS_SIZE;
export const REPLIES_SIZE: u32 = 2 * MIB;

/** Most bytes of batches that one turn stages for one shard. */
export const DIRECT_IN: u32 = REPLIES + REPLIES_SIZE;
export const DIRECT_SIZE: u32 = MIB;

export const DIRECT_OUT: u32 = DIRECT_IN + DIRECT_SIZE;
export const DIRECT_OUT_SIZE: u32 = MIB;

/** A page of the heap, in bytes. */
export const PAGE: u32 = 4096;
export const PAGE_SHIFT: u32 = 12;
export const PAGE_ENTRY: u32 = 16;

/** log2 of PAGE_ENTRY. */
export const PAGES: u32 = DIRECT_OUT + DIRECT_OUT_SIZE;
export const PAGES_SIZE: u32 = 16 * MIB;

/** First page that the heap hands out. Everything before it is fixed and counted by nobody. */
export const HEAP: u32 = PAGES + PAGES_SIZE;
