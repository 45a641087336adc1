/**
 * The binary protocol of memcached: numbers are big-endian.
 *
 *   u8 magic | u8 opcode | u16 bytes of the key | u8 bytes of extras | u8 data type | u16 vbucket, or status
 *   u32 bytes of extras, key and value together | u32 opaque | u64 CAS id
 *   extras, key, value
 *
 * Compiled by `tsc` and by `asc`.
 */
export const BINARY_HEADER: u32 = 24;
export const BINARY_REQUEST: u32 = 0x80;
export const BINARY_REPLY: u32 = 0x81;

export const BINARY_GET: u32 = 0x00;
export const BINARY_SET: u32 = 0x01;
export const BINARY_ADD: u32 = 0x02;
export const BINARY_REPLACE: u32 = 0x03;
export const BINARY_DELETE: u32 = 0x04;
export const BINARY_INCREMENT: u32 = 0x05;
export const BINARY_DECREMENT: u32 = 0x06;
export const BINARY_QUIT: u32 = 0x07;
export const BINARY_FLUSH: u32 = 0x08;
export const BINARY_GETQ: u32 = 0x09;
export const BINARY_NOOP: u32 = 0x0a;
export const BINARY_VERSION: u32 = 0x0b;
export const BINARY_GETK: u32 = 0x0c;
export const BINARY_GETKQ: u32 = 0x0d;
export const BINARY_APPEND: u32 = 0x0e;
export const BINARY_PREPEND: u32 = 0x0f;
export const BINARY_STAT: u32 = 0x10;
export const BINARY_SETQ: u32 = 0x11;
export const BINARY_FLUSHQ: u32 = 0x18;
export const BINARY_PREPENDQ: u32 = 0x1a;
export const BINARY_TOUCH: u32 = 0x1c;
export const BINARY_GAT: u32 = 0x1d;
export const BINARY_GATQ: u32 = 0x1e;
export const BINARY_SASL_LIST: u32 = 0x20;
export const BINARY_SASL_AUTH: u32 = 0x21;
export const BINARY_SASL_STEP: u32 = 0x22;
export const BINARY_GATK: u32 = 0x23;
export const BINARY_GATKQ: u32 = 0x24;

export const STATUS_OK: u32 = 0x00;
export const STATUS_NOT_FOUND: u32 = 0x01;
export const STATUS_EXISTS: u32 = 0x02;
export const STATUS_TOO_LARGE: u32 = 0x03;
export const STATUS_INVALID: u32 = 0x04;
export const STATUS_NOT_STORED: u32 = 0x05;
export const STATUS_NOT_NUMERIC: u32 = 0x06;
export const STATUS_AUTH: u32 = 0x20;
export const STATUS_UNKNOWN: u32 = 0x81;
export const STATUS_NO_MEMORY: u32 = 0x82;
