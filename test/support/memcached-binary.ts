/** memcached's binary protocol: requests, what servers answer, and conversations that all servers are to answer alike. */
export interface BinaryRequest {
  readonly key?: string;
  readonly value?: string;
  readonly extras?: Buffer;
  readonly cas?: number;
  readonly opaque?: number;
}

export function binary(opcode: number, request: BinaryRequest = {}): Buffer {
  const { key = '', value = '', extras = Buffer.alloc(0), cas = 0, opaque = 0x01020304 } = request;
  const head = Buffer.alloc(24);
  head[0] = 0x80;
  head[1] = opcode;
  head.writeUInt16BE(key.length, 2);
  head[4] = extras.length;
  head.writeUInt32BE(extras.length + key.length + value.length, 8);
  head.writeUInt32BE(opaque, 12);
  head.writeBigUInt64BE(BigInt(cas), 16);
  return Buffer.concat([head, extras, Buffer.from(key, 'latin1'), Buffer.from(value, 'latin1')]);
}

/** The replies in some bytes, each as text: opcode, status, opaque, extras, key, value. CAS ids are left out. */
export function binaryReplies(bytes: Buffer): string[] {
  const replies: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 24 + bytes.readUInt32BE(at + 8);
    const [keyBytes, extras] = [bytes.readUInt16BE(at + 2), bytes[at + 4] as number];
    const body = bytes.subarray(at + 24, at + size);
    const hex = (from: number, to: number) => bytes.toString('hex', at + from, at + to);
    replies.push(
      `${hex(0, 2)} ${hex(6, 8)} ${hex(12, 16)} ${body.toString('hex', 0, extras)} ` +
        `${body.toString('latin1', extras, extras + keyBytes)} ${body.toString('latin1', extras + keyBytes)}`,
    );
    at += size;
  }
  return replies;
}

/** Numbers of 32 bits, and one of 64 bits as two of them. */
function words(...numbers: number[]): Buffer {
  const buffer = Buffer.alloc(numbers.length * 4);
  for (const [i, n] of numbers.entries()) buffer.writeUInt32BE(n >>> 0, i * 4);
  return buffer;
}

const [GET, SET, ADD, REPLACE, DELETE, INCR, DECR, QUIT, FLUSH, GETQ, NOOP, VERSION, GETK, GETKQ] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
] as const;
const [APPEND, PREPEND, STAT, SETQ, ADDQ, REPLACEQ, DELETEQ, INCRQ, DECRQ, QUITQ, FLUSHQ, APPENDQ, PREPENDQ] = [
  14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
] as const;
const [TOUCH, GAT, GATQ] = [0x1c, 0x1d, 0x1e] as const;

const set = (key: string, value: string, flags = 0, time = 0, opcode: number = SET) =>
  binary(opcode, { key, value, extras: words(flags, time) });
const delta = (key: string, by: number, initial: number, time: number, opcode: number = INCR) =>
  binary(opcode, { key, extras: words(0, by, 0, initial, time) });
const get = (key: string, opcode: number = GET) => binary(opcode, { key });
const noop = binary(NOOP);

export const BINARY_CONVERSATIONS: Readonly<Record<string, readonly Buffer[]>> = {
  'set and get': [set('a', 'value', 7), get('a'), get('nix'), get('a', GETK), get('nix', GETK)],
  'quiet gets': [set('a', 'value'), get('nix', GETQ), get('a', GETQ), get('nix', GETKQ), get('a', GETKQ), noop],
  'quiet writes': [
    set('a', '1', 0, 0, SETQ),
    set('a', '2', 0, 0, ADDQ),
    set('b', '2', 0, 0, REPLACEQ),
    set('b', '2', 0, 0, ADDQ),
    get('b', DELETEQ),
    get('b', DELETEQ),
    delta('a', 1, 0, 0, INCRQ),
    delta('a', 1, 0, 0, DECRQ),
    binary(APPENDQ, { key: 'a', value: 'x' }),
    binary(PREPENDQ, { key: 'a', value: 'y' }),
    get('a'),
    binary(FLUSHQ),
    get('a'),
  ],
  conditions: [
    set('a', '1', 0, 0, ADD),
    set('a', '2', 0, 0, ADD),
    set('a', '3', 0, 0, REPLACE),
    set('b', '4', 0, 0, REPLACE),
    get('a'),
  ],
  'CAS ids of nobody': [
    set('a', '1'),
    binary(SET, { key: 'a', value: '2', extras: words(0, 0), cas: 999_999 }),
    binary(SET, { key: 'b', value: '2', extras: words(0, 0), cas: 999_999 }),
    binary(DELETE, { key: 'a', cas: 999_999 }),
    get('a'),
  ],
  joining: [
    set('a', 'b', 9),
    binary(APPEND, { key: 'a', value: 'c' }),
    binary(PREPEND, { key: 'a', value: 'a' }),
    binary(APPEND, { key: 'nix', value: 'c' }),
    get('a'),
  ],
  numbers: [
    delta('n', 1, 5, 0),
    delta('n', 3, 5, 0),
    delta('n', 100, 5, 0, DECR),
    delta('nix', 1, 0, 0xffffffff),
    set('a', 'abc'),
    delta('a', 1, 0, 0),
    get('n'),
  ],
  deleting: [set('a', '1'), get('a', DELETE), get('a', DELETE), get('a')],
  touching: [
    set('a', '1', 3),
    binary(TOUCH, { key: 'a', extras: words(100) }),
    binary(TOUCH, { key: 'nix', extras: words(100) }),
    binary(GAT, { key: 'a', extras: words(100) }),
    binary(GATQ, { key: 'nix', extras: words(100) }),
    noop,
  ],
  'small talk': [noop, binary(VERSION), binary(FLUSH), binary(FLUSH, { extras: words(0) }), binary(QUIT), noop],
  'a quiet end': [noop, binary(QUITQ), noop],
  'what is no command': [binary(0x50, { key: '', value: 'xyz' }), noop],
  'extras where none belong': [binary(GET, { key: 'a', extras: words(1) }), noop],
  'extras that are missing': [binary(SET, { key: 'a', value: 'x' }), noop],
  'a key that is missing': [binary(GET), noop],
  'a key that is too long': [get('k'.repeat(251)), noop],
  'a value that is too large': [set('a', '1'), set('a', 'x'.repeat(1_048_577)), get('a'), noop],
  'a kind of figures that there is not': [binary(STAT, { key: 'nix' }), noop],
};
