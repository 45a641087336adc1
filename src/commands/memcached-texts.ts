/** Replies of memcached's text protocol, in its own words: clients and tests compare them. */

/** The version of memcached that is followed; clients decide by it what they may use. */
export const MEMCACHED_VERSION = '1.6.18';

export const MEMCACHED_TEXTS = {
  MC_ERROR: 'ERROR\r\n',
  MC_BAD_FORMAT: 'CLIENT_ERROR bad command line format\r\n',
  MC_BAD_CHUNK: 'CLIENT_ERROR bad data chunk\r\n',
  MC_BAD_EXPTIME: 'CLIENT_ERROR invalid exptime argument\r\n',
  MC_BAD_DELTA: 'CLIENT_ERROR invalid numeric delta argument\r\n',
  MC_BAD_DELETE: 'CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]\r\n',
  MC_NOT_NUMERIC: 'CLIENT_ERROR cannot increment or decrement non-numeric value\r\n',
  MC_UNAUTHENTICATED: 'CLIENT_ERROR unauthenticated\r\n',
  MC_BAD_AUTH_END: 'CLIENT_ERROR bad command line termination\r\n',
  MC_TOO_LARGE: 'SERVER_ERROR object too large for cache\r\n',
  MC_OUT_OF_MEMORY: 'SERVER_ERROR out of memory storing object\r\n',
  MC_OUT_OF_MEMORY_GET: 'SERVER_ERROR out of memory writing get response\r\n',
  MC_OUT_OF_MEMORY_DELTA: 'SERVER_ERROR out of memory\r\n',
  MC_WRONG_TYPE: 'SERVER_ERROR the value is not a string\r\n',

  // Meta commands.
  MC_TOO_MANY_FLAGS: 'CLIENT_ERROR options flags are too long\r\n',
  MC_TOO_MANY_FLAGS_CHANGE: 'CLIENT_ERROR options flags too long\r\n',
  MC_DUPLICATE_FLAG: 'CLIENT_ERROR duplicate flag\r\n',
  MC_INVALID_FLAG: 'CLIENT_ERROR invalid flag\r\n',
  MC_INVALID_OR_DUPLICATE_FLAG: 'CLIENT_ERROR invalid or duplicate flag\r\n',
  MC_BAD_TOKEN: 'CLIENT_ERROR bad token in command line format\r\n',
  MC_BAD_MODE_LENGTH: 'CLIENT_ERROR incorrect length for M token\r\n',
  MC_BAD_STORE_MODE: 'CLIENT_ERROR invalid mode for ms M token\r\n',
  MC_BAD_DELTA_MODE: 'CLIENT_ERROR invalid mode for ma M token\r\n',
  MC_BAD_INITIAL: 'CLIENT_ERROR invalid numeric initial value\r\n',
  MC_BAD_META_DELTA: 'CLIENT_ERROR invalid numeric delta value\r\n',
  MC_BAD_OPAQUE: 'CLIENT_ERROR opaque token too long\r\n',
  MC_BAD_KEY: 'CLIENT_ERROR error decoding key\r\n',
  MC_NO_OPERATION: 'MN\r\n',
  MC_META_MISS: 'EN\r\n',

  MC_END: 'END\r\n',
  MC_STORED: 'STORED\r\n',
  MC_NOT_STORED: 'NOT_STORED\r\n',
  MC_EXISTS: 'EXISTS\r\n',
  MC_NOT_FOUND: 'NOT_FOUND\r\n',
  MC_DELETED: 'DELETED\r\n',
  MC_TOUCHED: 'TOUCHED\r\n',
  MC_VERSION: `VERSION ${MEMCACHED_VERSION}\r\n`,

  // The binary protocol's, without line ends.
  MC_BINARY_VERSION: MEMCACHED_VERSION,
  MC_BINARY_NOT_FOUND: 'Not found',
  MC_BINARY_EXISTS: 'Data exists for key.',
  MC_BINARY_TOO_LARGE: 'Too large.',
  MC_BINARY_INVALID: 'Invalid arguments',
  MC_BINARY_NOT_STORED: 'Not stored.',
  MC_BINARY_NOT_NUMERIC: 'Non-numeric server-side value for incr or decr',
  MC_BINARY_AUTH: 'Auth failure.',
  MC_BINARY_UNKNOWN: 'Unknown command',
  MC_BINARY_OUT_OF_MEMORY: 'Out of memory',
} as const satisfies Readonly<Record<string, string>>;
