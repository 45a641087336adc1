import { expect, it } from 'vitest';
import { Stack } from '../../support/stack.js';
import { play } from './script.js';

const SYNTAX = '-ERR syntax error';
const NOT_INTEGER = '-ERR value is not an integer or out of range';

const CASES: Readonly<Record<string, string>> = {
  'SET with conditions': `
    SET a 1 XX => nil
    SET a 1 NX => OK
    SET a 2 NX => nil
    GET a => "1"
    SET a 2 XX => OK
    SET a 3 NX GET => "2"
    GET a => "2"
    SET b 3 NX GET => nil
    GET b => "3"
    SET a 4 XX GET => "2"
    SET c 4 XX GET => nil
    GET c => nil
    SET a 5 NX XX => ${SYNTAX}
    SET a 5 nonsense => ${SYNTAX}`,
  'SET with a time': `
    SET a 1 EX 10 => OK
    TTL a => 10
    SET a 2 KEEPTTL => OK
    TTL a => 10
    SET a 2 => OK
    TTL a => -1
    SET a 1 PX 1500 => OK
    PTTL a => 1500
    SET a 1 EXAT 1700000001 => OK
    PTTL a => 1000
    SET a 1 PXAT 1700000000001 => OK
    PTTL a => 1
    SET a 1 PXAT 1 => OK
    GET a => nil
    SET a 1 EX 0 => -ERR invalid expire time in 'set' command
    SET a 1 PX -1 => -ERR invalid expire time in 'set' command
    SET a 1 EX 9223372036854775807 => -ERR invalid expire time in 'set' command
    SET a 1 EX x => ${NOT_INTEGER}
    SET a 1 EX => ${SYNTAX}
    SET a 1 EX 1 PX 1 => ${SYNTAX}
    SET a 1 EX 1 KEEPTTL => ${SYNTAX}
    SETEX a 0 1 => -ERR invalid expire time in 'setex' command
    PSETEX a 0 1 => -ERR invalid expire time in 'psetex' command`,
  'GETEX and GETDEL': `
    GETEX a EX 10 => nil
    SET a 1 => OK
    GETEX a EX 10 => "1"
    TTL a => 10
    GETEX a => "1"
    TTL a => 10
    GETEX a PERSIST => "1"
    TTL a => -1
    GETEX a EX 0 => -ERR invalid expire time in 'getex' command
    GETEX a EX 10 PERSIST => ${SYNTAX}
    GETEX a KEEPTTL => ${SYNTAX}
    GETEX a PXAT 1 => "1"
    EXISTS a => 0
    GETDEL a => nil
    SET a 1 => OK
    GETDEL a => "1"
    EXISTS a => 0
    GETSET a 2 => nil
    GETSET a 3 => "2"`,
  'whole numbers': `
    INCR a => 1
    INCRBY a 41 => 42
    DECR a => 41
    DECRBY a 42 => -1
    SET a 9223372036854775807 => OK
    INCR a => -ERR increment or decrement would overflow
    GET a => "9223372036854775807"
    DECRBY a -1 => -ERR increment or decrement would overflow
    SET a -9223372036854775808 => OK
    DECR a => -ERR increment or decrement would overflow
    DECRBY a -9223372036854775808 => -ERR decrement would overflow
    INCRBY a x => ${NOT_INTEGER}
    SET a " 1" => OK
    INCR a => ${NOT_INTEGER}
    SET a 01 => OK
    INCR a => ${NOT_INTEGER}
    SET a 9223372036854775808 => OK
    INCR a => ${NOT_INTEGER}
    SET a 5 EX 10 => OK
    INCR a => 6
    TTL a => 10`,
  'numbers with a fraction': `
    INCRBYFLOAT a 10.5 => "10.5"
    INCRBYFLOAT a 0.1 => "10.6"
    INCRBYFLOAT a -5 => "5.6"
    SET a 5.0e3 => OK
    INCRBYFLOAT a 200 => "5200"
    SET a 3.0 => OK
    INCRBYFLOAT a 1.000000000000000005 => "4.00000000000000001"
    SET a 1e100 => OK
    INCRBYFLOAT a x => -ERR value is not a valid float
    INCRBYFLOAT a nan => -ERR value is not a valid float
    INCRBYFLOAT a " 1" => -ERR value is not a valid float
    INCRBYFLOAT a +inf => -ERR increment would produce NaN or Infinity
    SET a abc => OK
    INCRBYFLOAT a 1 => -ERR value is not a valid float
    SET a 1 => OK
    INCRBYFLOAT a -1.10 => "-0.1"
    INCRBYFLOAT a 0.1 => "0"
    INCRBYFLOAT a 1e-18 => "0"`,
  'parts of strings': `
    SETRANGE a 0 "" => 0
    EXISTS a => 0
    SETRANGE a 3 xy => 5
    GET a => "\\u0000\\u0000\\u0000xy"
    SETRANGE a 1 z => 5
    GETRANGE a 1 3 => "z\\u0000x"
    SETRANGE a -1 z => -ERR offset is out of range
    SETRANGE a x z => ${NOT_INTEGER}
    SETRANGE a 536870912 z => -ERR string exceeds maximum allowed size (proto-max-bulk-len)
    SETRANGE a 536870911 "" => 5
    SET b Hello => OK
    GETRANGE b 0 -1 => "Hello"
    GETRANGE b -3 -2 => "ll"
    GETRANGE b -100 100 => "Hello"
    GETRANGE b 3 1 => ""
    GETRANGE b 5 9 => ""
    SUBSTR b 1 1 => "e"
    GETRANGE none 0 -1 => ""
    STRLEN b => 5
    STRLEN none => 0
    APPEND b "" => 5
    APPEND b !! => 7
    APPEND new abc => 3
    GET b => "Hello!!"`,
  'several keys': `
    MSET a 1 b 2 => OK
    MGET a none b a => ["1" nil "2" "1"]
    MSET a 1 a 2 => OK
    GET a => "2"
    MSETNX a 5 c 6 => 0
    EXISTS c => 0
    MSETNX c 5 d 6 c 7 => 1
    MGET c d => ["7" "6"]
    MSET a => -ERR wrong number of arguments for 'mset' command
    MSET a 1 b => -ERR wrong number of arguments for 'mset' command
    MSETNX a 1 b => -ERR wrong number of arguments for 'msetnx' command
    SET a 1 EX 10
    MSET a 2
    TTL a => -1`,
  LCS: `
    MSET k1 ohmytext k2 mynewtext => OK
    LCS k1 k2 => "mytext"
    LCS k1 k2 LEN => 6
    LCS k1 k2 IDX => ["matches" [[[4 7] [5 8]] [[2 3] [0 1]]] "len" 6]
    LCS k1 k2 IDX MINMATCHLEN 4 => ["matches" [[[4 7] [5 8]]] "len" 6]
    LCS k1 k2 IDX MINMATCHLEN 4 WITHMATCHLEN => ["matches" [[[4 7] [5 8] 4]] "len" 6]
    LCS k1 k2 IDX LEN => -ERR If you want both the length and indexes, please just use IDX.
    LCS k1 none => ""
    LCS k1 none LEN => 0
    LCS k1 none IDX => ["matches" [] "len" 0]
    LCS k1 k2 nonsense => ${SYNTAX}`,
};

it.each(Object.entries(CASES))('%s', (_, script) => play(new Stack(), script));
it.each(Object.entries(CASES))('%s, with four shards', (_, script) => play(new Stack({ shards: 4 }), script));

it('appends once to a string so long that it is moved in slices', async () => {
  const stack = new Stack();
  const long = 'x'.repeat(1_000_000);
  await stack.ask('SET', 'long', long);
  // What lies behind it is taken: it can't grow where it is.
  await stack.ask('SET', 'behind', long);
  expect(await stack.ask('APPEND', 'long', 'abc')).toBe(':1000003\r\n');
  expect(await stack.ask('GETRANGE', 'long', -5, -1)).toBe('$5\r\nxxabc\r\n');
  expect(await stack.ask('SETRANGE', 'behind', 1_500_000, 'abc')).toBe(':1500003\r\n');
  expect(await stack.ask('GETRANGE', 'behind', 1_499_998, -1)).toBe('$5\r\n\0\0abc\r\n');
});
