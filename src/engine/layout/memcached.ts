/**
 * What a frame of memcached's protocols says beside its key. Arguments:
 *
 *   key
 *   options   as many bytes of the following as the command needs
 *             u32 bits (MC_...) | u32 client's flags | i32 time to expire as given | u32 mode, text, or binary status
 *             u64 CAS id to compare | u64 delta | u64 initial value | u64 CAS id to give
 *             i32 time to expire of a key that is made (N) | i32 time to expire below which to recache (R)
 *             u32 opaque | u32 opcode, of the binary protocol
 *   words     of a meta command: its flags as they were sent
 *   value     of a command that stores one
 *
 * Compiled by `tsc` and by `asc`.
 */
export const MC_BITS: u32 = 0;
export const MC_FLAGS: u32 = 4;
export const MC_TIME: u32 = 8;
export const MC_MODE: u32 = 12;
export const MC_CAS: u32 = 16;
export const MC_DELTA: u32 = 24;
export const MC_INITIAL: u32 = 32;
export const MC_NEW_CAS: u32 = 40;
export const MC_MAKE_TIME: u32 = 48;
export const MC_RECACHE_TIME: u32 = 52;
export const MC_OPAQUE: u32 = 56;
export const MC_OPCODE: u32 = 60;

/** Bytes of options that commands need. */
export const MC_GET_OPTIONS: u32 = 12;
export const MC_TEXT_OPTIONS: u32 = 16;
export const MC_STORE_OPTIONS: u32 = 24;
export const MC_DELTA_OPTIONS: u32 = 32;
export const MC_META_OPTIONS: u32 = 56;
export const MC_BINARY_OPTIONS: u32 = 64;

/** No reply (noreply, q); binary and meta: none where all went as usual. */
export const MC_QUIET: u32 = 1;
/** The reply shows the CAS id. */
export const MC_WITH_CAS: u32 = 2;
/** The key gets a new time to expire. */
export const MC_TOUCH: u32 = 4;
/** The last key of its command: END follows. */
export const MC_END: u32 = 8;
/** Compares CAS ids. */
export const MC_COMPARE: u32 = 16;
/** Key in base64. */
export const MC_BASE64: u32 = 32;
export const MC_WITH_VALUE: u32 = 64;
/** A key that is not there is made (N). */
export const MC_MAKE: u32 = 128;
/** R was given. */
export const MC_RECACHE: u32 = 256;
/** I: the value becomes stale; or a stale one is stored. */
export const MC_INVALIDATE: u32 = 512;
/** E was given. */
export const MC_GIVE_CAS: u32 = 1024;
/** No access: u. */
export const MC_PEEK: u32 = 2048;
/** x: the key stays, its value goes. */
export const MC_EMPTY: u32 = 4096;
/** The reply shows what an extension must tell (c, h). */
export const MC_NEEDS_EXTENSION: u32 = 8192;
/** A number goes down. */
export const MC_DOWN: u32 = 16384;
/** The reply has the key (binary). */
export const MC_WITH_KEY: u32 = 32768;
/** Only in a connection's record: the data did not end as it must; it belongs to a meta command. */
export const MC_BAD_CHUNK: u32 = 65536;
export const MC_META: u32 = 131072;

export const MODE_SET: u32 = 0;
export const MODE_ADD: u32 = 1;
export const MODE_REPLACE: u32 = 2;
export const MODE_APPEND: u32 = 3;
export const MODE_PREPEND: u32 = 4;
export const MODE_CAS: u32 = 5;

/** Longest key. */
export const MC_KEY_MAX: u32 = 250;
