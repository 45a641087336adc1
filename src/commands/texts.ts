/**
 * Constant replies of the engine. Their order is their number (generated/texts.ts has a constant for each). The texts
 * of errors are Redis's, because clients and tests compare them.
 */
import { TEXTS_SIZE } from '../engine/layout/memory.js';
import { asciiBytes } from './ascii.js';
import { MEMCACHED_TEXTS } from './memcached-texts.js';

const INVALID_EXPIRE = (command: string): string => `-ERR invalid expire time in '${command}' command\r\n`;
const WRONG_ARITY = (command: string): string => `-ERR wrong number of arguments for '${command}' command\r\n`;
const SWITCHED =
  'Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.\r\n';

export const TEXTS = {
  // Errors that any command may reply.
  OUT_OF_MEMORY: "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
  WRONG_TYPE: '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n',
  SYNTAX: '-ERR syntax error\r\n',
  NOT_AN_INTEGER: '-ERR value is not an integer or out of range\r\n',
  NOT_A_FLOAT: '-ERR value is not a valid float\r\n',
  NOT_AN_INT32: '-ERR value is out of range, value must between -2147483648 and 2147483647\r\n',
  NO_SUCH_KEY: '-ERR no such key\r\n',
  SAME_OBJECT: '-ERR source and destination objects are the same\r\n',
  DATABASE_OUT_OF_RANGE: '-ERR DB index is out of range\r\n',
  STRING_TOO_LONG: '-ERR string exceeds maximum allowed size (proto-max-bulk-len)\r\n',

  // Strings.
  OFFSET_OUT_OF_RANGE: '-ERR offset is out of range\r\n',
  INCREMENT_OVERFLOW: '-ERR increment or decrement would overflow\r\n',
  DECREMENT_OVERFLOW: '-ERR decrement would overflow\r\n',
  INCREMENT_NOT_FINITE: '-ERR increment would produce NaN or Infinity\r\n',
  LCS_NOT_STRINGS: '-ERR The specified keys must contain string values\r\n',
  LCS_BOTH: '-ERR If you want both the length and indexes, please just use IDX.\r\n',
  LCS_TOO_LONG: '-ERR String too long for LCS\r\n',
  LCS_MEMORY_LIMIT: '-ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len\r\n',
  LCS_OUT_OF_MEMORY: '-ERR Insufficient memory, failed allocating transient memory for LCS\r\n',
  /** The keys of its reply with IDX. */
  LCS_WORD_MATCHES: '$7\r\nmatches\r\n',
  LCS_WORD_LEN: '$3\r\nlen\r\n',
  WRONG_ARITY_PING: WRONG_ARITY('ping'),

  // Expiration; the command's name is part of the error.
  INVALID_EXPIRE_SET: INVALID_EXPIRE('set'),
  INVALID_EXPIRE_SETEX: INVALID_EXPIRE('setex'),
  INVALID_EXPIRE_PSETEX: INVALID_EXPIRE('psetex'),
  INVALID_EXPIRE_GETEX: INVALID_EXPIRE('getex'),
  INVALID_EXPIRE_EXPIRE: INVALID_EXPIRE('expire'),
  INVALID_EXPIRE_PEXPIRE: INVALID_EXPIRE('pexpire'),
  INVALID_EXPIRE_EXPIREAT: INVALID_EXPIRE('expireat'),
  INVALID_EXPIRE_PEXPIREAT: INVALID_EXPIRE('pexpireat'),
  EXPIRE_NX_AND_OTHERS: '-ERR NX and XX, GT or LT options at the same time are not compatible\r\n',
  EXPIRE_GT_AND_LT: '-ERR GT and LT options at the same time are not compatible\r\n',
  /** Only the beginning: the option and CR LF follow. */
  UNSUPPORTED_OPTION: '-ERR Unsupported option ',

  // Bits.
  BIT_OFFSET: '-ERR bit offset is not an integer or out of range\r\n',
  BIT_VALUE: '-ERR bit is not an integer or out of range\r\n',
  BITPOS_BIT: '-ERR The bit argument must be 1 or 0.\r\n',
  BITOP_NOT: '-ERR BITOP NOT must be called with a single source key.\r\n',
  BITFIELD_TYPE:
    '-ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.\r\n',
  BITFIELD_OVERFLOW: '-ERR Invalid OVERFLOW type specified\r\n',
  BITFIELD_RO: '-ERR BITFIELD_RO only supports the GET subcommand\r\n',

  // Keys and databases.
  INVALID_CURSOR: '-ERR invalid cursor\r\n',
  INVALID_FIRST_DATABASE: '-ERR invalid first DB index\r\n',
  INVALID_SECOND_DATABASE: '-ERR invalid second DB index\r\n',
  LFU_SELECTED: `-ERR An LFU maxmemory policy is selected, idle time not tracked. ${SWITCHED}`,
  LFU_NOT_SELECTED: `-ERR An LFU maxmemory policy is not selected, access frequency not tracked. ${SWITCHED}`,

  // Replies that are no errors.
  OK: '+OK\r\n',
  PONG: '+PONG\r\n',
  EMPTY_BULK: '$0\r\n\r\n',
  EMPTY_ARRAY: '*0\r\n',
  TYPE_NONE: '+none\r\n',
  TYPE_STRING: '+string\r\n',
  TYPE_LIST: '+list\r\n',
  TYPE_SET: '+set\r\n',
  TYPE_ZSET: '+zset\r\n',
  TYPE_HASH: '+hash\r\n',
  TYPE_STREAM: '+stream\r\n',
  ENCODING_INT: '$3\r\nint\r\n',
  ENCODING_EMBSTR: '$6\r\nembstr\r\n',
  ENCODING_RAW: '$3\r\nraw\r\n',

  ...MEMCACHED_TEXTS,
} as const satisfies Readonly<Record<string, string>>;

/** u16 offset and u16 length of a text. */
const INDEX_ENTRY = 4;

/** The region TEXTS of a memory: offset (from its start) and length of every text, then the texts. Little-endian. */
export function encodeTexts(): Uint8Array {
  return encodeLines(Object.values(TEXTS));
}

export function encodeLines(lines: readonly string[]): Uint8Array {
  const index = lines.length * INDEX_ENTRY;
  const size = lines.reduce((total, line) => total + line.length, index);
  if (size > TEXTS_SIZE) throw new Error(`the texts take ${size} bytes, there is room for ${TEXTS_SIZE}`);
  const region = new Uint8Array(size);
  const view = new DataView(region.buffer);
  let offset = index;
  lines.forEach((line, i) => {
    view.setUint16(i * INDEX_ENTRY, offset, true);
    view.setUint16(i * INDEX_ENTRY + 2, line.length, true);
    region.set(asciiBytes(line), offset);
    offset += line.length;
  });
  return region;
}
