/**
 * What comes back through a reply ring (or the direct area): records of replies, each for one batch.
 *
 *   record   u32 size, with header and padding to 8
 *            u32 connection | u32 exchange
 *            u16 replies in it | u16 flags | u32 bytes of payload | u32 references
 *            payload, then the references
 *
 * Payload is protocol text, ready to be sent. With REPLY_GATHER each reply in it is preceded by
 *            u16 index in the exchange | u16 how it joins others of that index (JOIN_...) | u32 bytes      and padded to 4
 * A reference stands for bytes that stay where they are (a big value, or a reply too long for the ring):
 *            u32 position in the payload before which they belong | u32 address | u32 length | u32 blob
 * The last reference stands first. What did not fit into the area is text like the payload (REFERENCE_TEXT); anything
 * else is a whole value. Whoever has read the bytes gives the blob back (command `_unpin`).
 *
 * Compiled by `tsc` and by `asc`.
 */
export const REPLY_SIZE: u32 = 0;
export const REPLY_CONNECTION: u32 = 4;
export const REPLY_EXCHANGE: u32 = 8;
export const REPLY_COUNT: u32 = 12;
export const REPLY_FLAGS: u32 = 14;
export const REPLY_BYTES: u32 = 16;
export const REPLY_REFERENCES: u32 = 20;
export const REPLY_HEADER: u32 = 24;

export const REPLY_GATHER: u32 = 1;
/** No more records follow for this batch. */
export const REPLY_LAST: u32 = 2;
/** Elements of one array whose length is known only at its end: payload is a part, REPLY_COUNT its elements. */
export const REPLY_PART: u32 = 4;

export const GATHER_INDEX: u32 = 0;
export const GATHER_JOIN: u32 = 2;
export const GATHER_BYTES: u32 = 4;
export const GATHER_HEADER: u32 = 8;

export const REFERENCE_AT: u32 = 0;
export const REFERENCE_ADDRESS: u32 = 4;
export const REFERENCE_LENGTH: u32 = 8;
export const REFERENCE_BLOB: u32 = 12;
/** Bit of REFERENCE_BLOB. */
export const REFERENCE_TEXT: u32 = 1;
export const REFERENCE_SIZE: u32 = 16;
