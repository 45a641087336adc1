import { expect, it } from 'vitest';
import { Stack } from '../../support/stack.js';
import { play } from './script.js';

const SYNTAX = '-ERR syntax error';
const NOT_INTEGER = '-ERR value is not an integer or out of range';
const OFFSET = '-ERR bit offset is not an integer or out of range';
const TYPE = '-ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.';

const CASES: Readonly<Record<string, string>> = {
  'single bits': `
    SETBIT a 7 1 => 0
    SETBIT a 7 0 => 1
    GET a => "\\u0000"
    SETBIT a 15 1 => 0
    STRLEN a => 2
    GETBIT a 15 => 1
    GETBIT a 16 => 0
    GETBIT none 5 => 0
    GETBIT a -1 => ${OFFSET}
    SETBIT a 4294967296 1 => ${OFFSET}
    SETBIT a 0 2 => -ERR bit is not an integer or out of range
    SETBIT a x 1 => ${OFFSET}`,
  BITCOUNT: `
    SET a foobar => OK
    BITCOUNT a => 26
    BITCOUNT a 0 0 => 4
    BITCOUNT a 1 1 BYTE => 6
    BITCOUNT a 5 30 BIT => 17
    BITCOUNT a -2 -1 => 7
    BITCOUNT a -1 -2 => 0
    BITCOUNT a 9 10 => 0
    BITCOUNT a 0 -1 BIT => 26
    BITCOUNT a 0 => ${SYNTAX}
    BITCOUNT a 0 1 nonsense => ${SYNTAX}
    BITCOUNT a x 1 => ${NOT_INTEGER}
    BITCOUNT none => 0
    BITCOUNT none 0 => 0`,
  BITPOS: `
    SET a "\\u00ff\\u00f0\\u0000" => OK
    BITPOS a 0 => 12
    BITPOS a 1 => 0
    BITPOS a 1 2 => -1
    BITPOS a 0 0 0 => -1
    BITPOS a 1 1 -1 => 8
    BITPOS a 1 13 -1 BIT => -1
    BITPOS a 0 7 9 BIT => -1
    BITPOS a 1 7 9 BIT => 7
    SET b "\\u00ff\\u00ff" => OK
    BITPOS b 0 => 16
    BITPOS b 0 1 => 16
    BITPOS b 0 0 -1 => -1
    BITPOS b 0 5 => -1
    BITPOS none 0 => 0
    BITPOS none 1 => -1
    BITPOS a 2 => -ERR The bit argument must be 1 or 0.
    BITPOS a x => ${NOT_INTEGER}
    BITPOS a 1 0 1 nonsense => ${SYNTAX}`,
  BITOP: `
    MSET a "\\u000f\\u00ff" b "\\u0003" => OK
    BITOP AND d a b => 2
    GET d => "\\u0003\\u0000"
    BITOP OR d a b => 2
    GET d => "\\u000fÿ"
    BITOP XOR d a b none => 2
    GET d => "\\fÿ"
    BITOP NOT d b => 1
    GET d => "ü"
    BITOP NOT d a b => -ERR BITOP NOT must be called with a single source key.
    BITOP AND d none => 0
    EXISTS d => 0
    BITOP NAND d a => ${SYNTAX}
    SET a x EX 10
    BITOP OR a b => 1
    TTL a => -1`,
  BITFIELD: `
    BITFIELD a => []
    EXISTS a => 0
    BITFIELD a SET u8 0 255 GET u8 0 GET i8 0 => [0 255 -1]
    BITFIELD a INCRBY u8 0 1 => [0]
    BITFIELD a OVERFLOW SAT INCRBY u8 0 -10 => [0]
    BITFIELD a OVERFLOW FAIL INCRBY u8 0 300 GET u8 0 => [nil 0]
    BITFIELD a SET i8 #1 -128 => [0]
    BITFIELD a INCRBY i8 #1 -1 => [127]
    BITFIELD a OVERFLOW SAT INCRBY i8 #1 100 => [127]
    BITFIELD a OVERFLOW SAT SET i8 #1 -300 GET i8 #1 => [127 -128]
    BITFIELD a SET i64 0 -9223372036854775808 => [36028797018963968]
    BITFIELD a INCRBY i64 0 -1 => [9223372036854775807]
    BITFIELD a OVERFLOW FAIL INCRBY i64 0 1 => [nil]
    BITFIELD b SET u63 1 9223372036854775807 GET i64 0 => [0 9223372036854775807]
    BITFIELD c SET u4 2 15 => [0]
    GET c => "<"
    BITFIELD a GET u64 0 => ${TYPE}
    BITFIELD a GET i65 0 => ${TYPE}
    BITFIELD a GET u0 0 => ${TYPE}
    BITFIELD a GET u8 -1 => ${OFFSET}
    BITFIELD a OVERFLOW NIX GET u8 0 => -ERR Invalid OVERFLOW type specified
    BITFIELD a GET u8 => ${SYNTAX}
    BITFIELD_RO c GET u4 2 => [15]
    BITFIELD_RO c SET u4 2 1 => -ERR BITFIELD_RO only supports the GET subcommand
    BITFIELD_RO none GET u8 0 => [0]
    EXISTS none => 0`,
};

it.each(Object.entries(CASES))('%s', (_, script) => play(new Stack(), script));
it.each(Object.entries(CASES))('%s, with four shards', (_, script) => play(new Stack({ shards: 4 }), script));

it('goes through long strings in steps', async () => {
  const stack = new Stack({ dispatch: 'ring' });
  await play(
    stack,
    `SETBIT a 80000007 1 => 0
     BITPOS a 1 => 80000007
     BITCOUNT a => 1
     BITCOUNT a 79999999 -1 BIT => 1
     BITCOUNT a 0 80000006 BIT => 0
     BITPOS a 1 0 9999999 => -1
     BITOP NOT b a => 10000001
     BITCOUNT b => 80000007
     BITPOS b 0 => 80000007`,
  );
  expect(stack.shards[0]?.exports.suspendedBatches()).toBe(0);
});
