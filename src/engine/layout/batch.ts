/**
 * What crosses a request ring: batches of frames. A batch is what one connection sends to one shard in one turn of
 * the acceptor; its frames are requests without protocol, and nothing after the framer parses protocol text again.
 *
 *   batch    u32 size, with header and padding
 *            u32 connection | u32 exchange (the connection's count of batches; its replies leave in this order)
 *            u16 frames | u8 flags | u8 database | u8 protocol | 7 bytes spare
 *   frame    u32 size, with header and padding to 8
 *            u16 command | u16 index of its reply in the exchange | u32 arguments
 *            u32 how its reply joins others of the same index (JOIN_...)
 *            u64 hash of the first key
 *   argument u32 length, then its bytes padded to 4;
 *            or u32 length with ARG_EXTERNAL, then u32 address of a blob
 *
 * Compiled by `tsc` and by `asc`.
 */
export const BATCH_SIZE: u32 = 0;
export const BATCH_CONNECTION: u32 = 4;
export const BATCH_EXCHANGE: u32 = 8;
export const BATCH_FRAMES: u32 = 12;
export const BATCH_FLAGS: u32 = 14;
export const BATCH_DATABASE: u32 = 15;
export const BATCH_PROTOCOL: u32 = 16;
export const BATCH_HEADER: u32 = 24;

/** Replies of this batch are put in order with those of other shards: each is preceded by its index and length. */
export const BATCH_GATHER: u32 = 1;
/** Reading does not count as an access (CLIENT NO-TOUCH). */
export const BATCH_NO_TOUCH: u32 = 2;
/** The single frame of this batch lies outside the ring, in the memory of the sender (see BATCH_HEADER + 0, 4). */
export const BATCH_REMOTE: u32 = 4;
/** Nobody waits for replies; the engine drops them. */
export const BATCH_SILENT: u32 = 8;
/** Goes past what unfinished work holds: the acceptor sends it for the very work that holds it. */
export const BATCH_FORCE: u32 = 16;

/** The client wants to know which keys it reads (CLIENT TRACKING). */
export const BATCH_TRACK: u32 = 32;

export const FRAME_SIZE: u32 = 0;
export const FRAME_COMMAND: u32 = 4;
export const FRAME_INDEX: u32 = 6;
export const FRAME_ARGC: u32 = 8;
export const FRAME_JOIN: u32 = 12;
export const FRAME_HASH: u32 = 16;
export const FRAME_HEADER: u32 = 24;

/** Bit of FRAME_JOIN: some arguments are external. */
export const FRAME_EXTERNALS: u32 = 0x10000;

/** The only reply of its index. */
export const JOIN_NONE: u32 = 0;
/** Integers that are added up. */
export const JOIN_SUM: u32 = 1;
/** All OK, or the first error. */
export const JOIN_OK: u32 = 2;

export const ARG_EXTERNAL: u32 = 0x40000000;
export const ARG_LENGTH: u32 = 0x3fffffff;

export const PROTOCOL_RESP2: u32 = 2;
export const PROTOCOL_RESP3: u32 = 3;
/** memcached's text protocol, meta commands included; and its binary protocol. */
export const PROTOCOL_MEMCACHED: u32 = 4;
export const PROTOCOL_MEMCACHED_BINARY: u32 = 5;
