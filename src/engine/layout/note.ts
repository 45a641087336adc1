/**
 * What the engine tells of keys, when somebody wants to know (engine/notify.ts). An event's number is its class in the
 * upper bits and a number of its own below. The classes are those of `notify-keyspace-events`.
 *
 * Compiled by `tsc` and by `asc`.
 */
export const NOTE_CLASS_SHIFT: u32 = 8;

/** g */
export const CLASS_GENERIC: u32 = 1;
/** $ */
export const CLASS_STRING: u32 = 2;
/** x */
export const CLASS_EXPIRED: u32 = 4;
/** e */
export const CLASS_EVICTED: u32 = 8;
/** n: a key that was not there before. */
export const CLASS_NEW: u32 = 16;
/** m: somebody has asked for a key that is not there. */
export const CLASS_MISS: u32 = 32;
/** A client that tracks what it reads has read a key. */
export const CLASS_READ: u32 = 64;

export const NOTE_DEL: u32 = 0x101;
export const NOTE_EXPIRE: u32 = 0x102;
export const NOTE_PERSIST: u32 = 0x103;
export const NOTE_RENAME_FROM: u32 = 0x104;
export const NOTE_RENAME_TO: u32 = 0x105;
export const NOTE_MOVE_FROM: u32 = 0x106;
export const NOTE_MOVE_TO: u32 = 0x107;
export const NOTE_COPY_TO: u32 = 0x108;

export const NOTE_SET: u32 = 0x201;
export const NOTE_APPEND: u32 = 0x202;
export const NOTE_INCRBY: u32 = 0x203;
export const NOTE_INCRBYFLOAT: u32 = 0x204;
export const NOTE_SETRANGE: u32 = 0x205;
export const NOTE_SETBIT: u32 = 0x206;

export const NOTE_EXPIRED: u32 = 0x401;
export const NOTE_EVICTED: u32 = 0x801;
export const NOTE_NEW: u32 = 0x1001;
export const NOTE_MISS: u32 = 0x2001;
export const NOTE_READ: u32 = 0x4001;
