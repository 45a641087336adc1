/**
 * Words that several threads touch, each in a cache line of its own: byte offsets from CONTROL.
 *
 * Compiled by `tsc` and by `asc`, though only TypeScript (ring/) uses them: the engine never sees another thread.
 */
/** Who may run the engine on a shard's memory: OWNER_... */
export const OWNER: u32 = 0;
/** 1 while the shard's thread waits for a borrower to finish. */
export const OWNER_WANTED: u32 = 64;
/** Request ring: published by the acceptor, released by the shard. Positions grow for ever, modulo 2^32. */
export const REQUESTS_HEAD: u32 = 128;
export const REQUESTS_TAIL: u32 = 192;
/** Reply ring: published by the shard, released by the acceptor. */
export const REPLIES_HEAD: u32 = 256;
export const REPLIES_TAIL: u32 = 320;
/** 1 while the thread whose memory this is sleeps, or is about to. */
export const SLEEPING: u32 = 384;
/** 1 while the shard waits for room in its reply ring. */
export const ROOM_WANTED: u32 = 448;
/** What the shard's thread shall do: COMMAND_... */
export const ORDER: u32 = 512;
/** Counts the shard's duty cycles: a thread that hangs no longer counts. */
export const HEARTBEAT: u32 = 576;
/** Microseconds from which a command is slow, as a signed integer; negative: none is. */
export const SLOW_THRESHOLD: u32 = 768;
/** Milliseconds to be added to the clock, as a 64-bit float. */
export const CLOCK_OFFSET: u32 = 640;
/** How often the shard's thread slept, was rung for, and rang. */
export const SLEEPS: u32 = 704;
export const RINGS: u32 = 708;
export const CYCLES: u32 = 712;

export const OWNER_NOBODY: u32 = 0;
export const OWNER_SHARD: u32 = 1;
export const OWNER_ACCEPTOR: u32 = 2;

export const ORDER_NONE: u32 = 0;
/** Finish what is in the ring and return. */
export const ORDER_STOP: u32 = 1;
/** For tests of recovery: throw an error, between two commands or within one. */
export const ORDER_THROW: u32 = 2;
export const ORDER_TRAP: u32 = 3;
