/**
 * An entry of the command table (commands/ is where it comes from).
 *
 *   24 bytes name, every byte or-ed with 0x20, padded with 0
 *   u16 id | i16 arity, Redis's way | u16 flags | i8 first key | i8 last key | i8 step | u8 length of the name
 *   u16 id of the command for one of its keys, when it is taken apart
 *
 * Compiled by `tsc` and by `asc`.
 */
export const COMMAND_NAME: u32 = 0;
export const COMMAND_NAME_MAX: u32 = 24;
export const COMMAND_ID: u32 = 24;
export const COMMAND_ARITY: u32 = 26;
export const COMMAND_FLAGS: u32 = 28;
export const COMMAND_FIRST: u32 = 30;
export const COMMAND_LAST: u32 = 31;
export const COMMAND_STEP: u32 = 32;
export const COMMAND_NAME_LENGTH: u32 = 33;
export const COMMAND_PART: u32 = 34;
export const COMMAND_ENTRY: u32 = 40;
export const COMMAND_MAX: u32 = 512;

/** Handled by the acceptor, not by a shard. */
export const COMMAND_LOCAL: u32 = 1;
/** Changes data. */
export const COMMAND_WRITE: u32 = 2;
/** Refused when memory is full. */
export const COMMAND_DENY_OOM: u32 = 4;
/** Has no key and may run on any shard. */
export const COMMAND_ANYWHERE: u32 = 8;
/** Keys on several shards: one frame a key, replies added up. */
export const COMMAND_SPLIT_SUM: u32 = 16;
/** The same, replies are all OK or the first error. */
export const COMMAND_SPLIT_OK: u32 = 32;
/** The same, replies are the elements of an array. */
export const COMMAND_SPLIT_ARRAY: u32 = 64;
/** Allowed before AUTH. */
export const COMMAND_NO_AUTH: u32 = 128;
/** May take long by its nature: always through the ring. */
export const COMMAND_SLOW: u32 = 256;
/** Its cursor names the shard. */
export const COMMAND_CURSOR: u32 = 512;
