/** Numbers that the load engine and its host both use: codes, limits, sizes. */

export const PROTOCOL_RESP: u32 = 0;
export const PROTOCOL_MEMCACHED: u32 = 1;
export const PROTOCOL_HTTP: u32 = 2;
export const PROTOCOL_DATAGRAM: u32 = 3;

export const KIND_READ: u32 = 0;
export const KIND_WRITE: u32 = 1;
export const KIND_INSERT: u32 = 2;
export const KIND_SCAN: u32 = 3;
export const KIND_MODIFY: u32 = 4;
export const KIND_COMMAND: u32 = 5;

export const KEYS_UNIFORM: u32 = 0;
export const KEYS_ZIPF: u32 = 1;
export const KEYS_LATEST: u32 = 2;
export const KEYS_HOTSPOT: u32 = 3;
export const KEYS_SEQUENTIAL: u32 = 4;

/** An instruction of a program (program.ts): code, a whole number, two more numbers. */
export const INSTRUCTION_SIZE: u32 = 24;
export const INSTRUCTION_A: u32 = 4;
export const INSTRUCTION_X: u32 = 8;
export const INSTRUCTION_Y: u32 = 16;
/** Bytes from address a, x of them. */
export const WRITE_TEXT: u32 = 1;
/** The key's number, padded to the workload's digits. */
export const WRITE_KEY: u32 = 2;
/** The whole key in base64. */
export const WRITE_KEY_BASE64: u32 = 3;
/** A value of a bytes; of the drawn size when a is VALUE_DRAWN. */
export const WRITE_VALUE: u32 = 4;
/** The drawn size in decimal. */
export const WRITE_VALUE_LENGTH: u32 = 5;
export const WRITE_VALUE_BASE64: u32 = 6;
/** A whole number from x to y. */
export const WRITE_INT: u32 = 7;
export const WRITE_SEQUENCE: u32 = 8;
/** What is written between these two gets its length put before it, as the protocol wants it. */
export const WRITE_BEGIN: u32 = 9;
export const WRITE_END_RESP: u32 = 10;
export const WRITE_END_LINE: u32 = 11;
export const WRITE_END_BODY: u32 = 12;
/** As many keys as were drawn, of MGET and of memcached's get. */
export const WRITE_SCAN_RESP: u32 = 13;
export const WRITE_SCAN_LINE: u32 = 14;
export const VALUE_DRAWN: u32 = 0xffffffff;

/** An operation (operation.ts). */
export const OPERATION_SIZE: u32 = 40;
export const OPERATION_KIND: u32 = 0;
/** A random word below this (and not below the one before) draws this operation. */
export const OPERATION_BELOW: u32 = 4;
export const OPERATION_PROGRAM: u32 = 8;
export const OPERATION_LENGTH: u32 = 12;
/** The second request of KIND_MODIFY. */
export const OPERATION_PROGRAM_2: u32 = 16;
export const OPERATION_LENGTH_2: u32 = 20;
/** Bytes that a request takes at the most. */
export const OPERATION_ROOM: u32 = 24;
export const OPERATION_SCAN: u32 = 28;
/** HTTP: the reply has no body, whatever its header says (HEAD). */
export const OPERATION_BODILESS: u32 = 32;
export const OPERATIONS_MAX: u32 = 64;

/** Counters of an operation: 64-bit floating point numbers, one after the other. */
export const COUNT_SENT: u32 = 0;
export const COUNT_SUCCEEDED: u32 = 1;
export const COUNT_FAILED: u32 = 2;
export const COUNT_HITS: u32 = 3;
export const COUNT_MISSES: u32 = 4;
export const COUNT_BYTES_SENT: u32 = 5;
export const COUNT_BYTES_RECEIVED: u32 = 6;
export const COUNTS: u32 = 7;

/** Histograms of an operation; the last is of the generator as a whole (operation 0's). */
export const HISTOGRAM_LATENCY: u32 = 0;
export const HISTOGRAM_SERVICE: u32 = 1;
export const HISTOGRAM_LATENESS: u32 = 2;
export const HISTOGRAMS: u32 = 3;

/** Why a request has failed. */
export const FAIL_REPLY: u32 = 0;
export const FAIL_RESET: u32 = 1;
export const FAIL_TIMEOUT: u32 = 2;
export const FAIL_PROTOCOL: u32 = 3;
export const FAIL_MOVED: u32 = 4;
export const FAIL_WRONG: u32 = 5;
export const FAIL_STALE: u32 = 6;
export const FAIL_MISSING: u32 = 7;
/** Of a request that prepares a connection, or stores a key before the run. */
export const FAIL_SETUP: u32 = 8;
export const FAIL_PRELOAD: u32 = 9;

/** What `received` finds beside replies; bits. */
export const EVENT_BROKEN: u32 = 1;
export const EVENT_CLOSING: u32 = 2;

/** A phase of the schedule: when it begins (us), how long it is, requests a us at its beginning and end. */
export const PHASE_SIZE: u32 = 40;
export const PHASE_START: u32 = 0;
export const PHASE_LENGTH: u32 = 8;
export const PHASE_FROM: u32 = 16;
export const PHASE_TO: u32 = 24;
/** Requests that were due before it. */
export const PHASE_BEFORE: u32 = 32;

export const VERIFIED_LEAST: u32 = 16;
