/**
 * What the framer remembers of a connection between two reads: one record in the acceptor's memory.
 *
 * Compiled by `tsc` and by `asc`.
 */
/** u32: arguments of the current request that are still to come; 0 between requests. */
export const CONN_ARGS_LEFT: u32 = 0;
/** u32: arguments of the current request in all. */
export const CONN_ARGC: u32 = 4;
/** u32: bytes of the current argument still to come, or CONN_NO_ARGUMENT before its length is known. */
export const CONN_BYTES_LEFT: u32 = 8;
/** u32: block with the part of the request's frame that has arrived, 0 if none; its used bytes and its capacity. */
export const CONN_FRAME: u32 = 12;
export const CONN_FRAME_USED: u32 = 16;
export const CONN_FRAME_CAPACITY: u32 = 20;
/** u32: block with an unfinished line, and its length. */
export const CONN_CARRY: u32 = 24;
export const CONN_CARRY_LENGTH: u32 = 28;
/** u32: number of the next exchange. */
export const CONN_EXCHANGE: u32 = 32;
/** u32: last chunk of the long argument that is arriving, 0 if none is. */
export const CONN_CHUNK: u32 = 36;
/** u32: bytes that the current request holds in the acceptor's memory. */
export const CONN_HELD: u32 = 40;
export const CONN_DATABASE: u32 = 44;
export const CONN_PROTOCOL: u32 = 45;
export const CONN_FLAGS: u32 = 46;
/** u16: the current request's command. */
export const CONN_COMMAND: u32 = 48;
/** u16: 1 when the request has long arguments, which lie outside its frame. */
export const CONN_EXTERNALS: u32 = 50;
/** u32 and i32: what a memcached request that has arrived in part says of itself (layout/memcached.ts). */
export const CONN_BITS: u32 = 52;
export const CONN_TIME: u32 = 56;
export const CONN_SIZE: u32 = 64;

export const CONN_NO_ARGUMENT: u32 = 0xffffffff;

export const CONN_AUTHENTICATED: u32 = 1;
export const CONN_NO_TOUCH_FLAG: u32 = 2;
/** Frame one request a call (CLIENT REPLY SKIP, MONITOR and other states that change with every command). */
export const CONN_SINGLE: u32 = 4;
/** Speaks memcached; its first byte has not come, which tells whether the binary protocol. */
export const CONN_MEMCACHED: u32 = 8;
export const CONN_UNDECIDED: u32 = 16;
/** Subscribed, in RESP2: only a few commands are allowed. */
export const CONN_SUBSCRIBED: u32 = 32;
/** What it reads is noted (CLIENT TRACKING). */
export const CONN_TRACKED: u32 = 64;

/** Results of `frame`: why it came back. */
export const FRAMED_ALL: u32 = 0;
/** The staging area of a shard is full: take the turn, then go on. */
export const FRAMED_FULL: u32 = 1;
/** A request for the acceptor itself: its own command, an error, or one whose keys lie on several shards. */
export const FRAMED_LOCAL: u32 = 2;
/** A request whose frame is too large for the ring. */
export const FRAMED_REMOTE: u32 = 3;
/** Bytes that are not RESP; the connection ends. */
export const FRAMED_BROKEN: u32 = 4;

/** Why a request came back with FRAMED_LOCAL. */
export const LOCAL_COMMAND: u32 = 0;
export const LOCAL_UNKNOWN: u32 = 1;
export const LOCAL_ARITY: u32 = 2;
export const LOCAL_NO_AUTH: u32 = 3;
export const LOCAL_SPREAD: u32 = 4;
/** A command of a kind that waits while clients are paused (`setPaused`). */
export const LOCAL_PAUSED: u32 = 5;
/** A command of the engine from a client that listens to channels. */
export const LOCAL_SUBSCRIBED: u32 = 6;

export const BROKEN_MULTIBULK_LENGTH: u32 = 1;
export const BROKEN_BULK_LENGTH: u32 = 2;
export const BROKEN_EXPECTED_DOLLAR: u32 = 3;
export const BROKEN_BIG_INLINE: u32 = 4;
export const BROKEN_BIG_COUNT: u32 = 5;
export const BROKEN_BIG_BULK_COUNT: u32 = 6;
export const BROKEN_QUOTES: u32 = 7;
export const BROKEN_UNAUTHENTICATED_MULTIBULK: u32 = 8;
export const BROKEN_UNAUTHENTICATED_BULK: u32 = 9;
export const BROKEN_TOO_LARGE: u32 = 10;
