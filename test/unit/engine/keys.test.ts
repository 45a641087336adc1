import { expect, it } from 'vitest';
import { Stack } from '../../support/stack.js';
import { play } from './script.js';

const SAME = '-ERR source and destination objects are the same';
const DATABASE = '-ERR DB index is out of range';

const CASES: Readonly<Record<string, string>> = {
  'counting keys': `
    MSET a 1 b 2 c 3 => OK
    EXISTS a b a none => 3
    TOUCH a none => 1
    TYPE a => string
    TYPE none => none
    DBSIZE => 3
    DEL a a none => 1
    UNLINK b c => 2
    DBSIZE => 0
    RANDOMKEY => nil`,
  RENAME: `
    RENAME a b => -ERR no such key
    RENAME a a => -ERR no such key
    SET a 1 EX 100 => OK
    RENAME a a => OK
    RENAMENX a a => 0
    SET b 2 => OK
    RENAMENX a b => 0
    RENAME a b => OK
    GET b => "1"
    TTL b => 100
    EXISTS a => 0
    RENAMENX b c => 1
    GET c => "1"
    SET d 9 => OK
    RENAME d c => OK
    TTL c => -1`,
  COPY: `
    COPY a b => 0
    SET a 1 EX 100 => OK
    COPY a b => 1
    TTL b => 100
    COPY a b => 0
    SET a 2 => OK
    COPY a b REPLACE => 1
    GET b => "2"
    TTL b => -1
    COPY a a => ${SAME}
    COPY a a DB 1 => 1
    COPY a b DB 99 => ${DATABASE}
    COPY a b nonsense => -ERR syntax error
    SELECT 1 => OK
    GET a => "2"`,
  MOVE: `
    SET a 1 EX 100 => OK
    MOVE a 1 => 1
    MOVE a 1 => 0
    SET a 2 => OK
    MOVE a 1 => 0
    MOVE a 0 => ${SAME}
    MOVE a 99 => ${DATABASE}
    SELECT 1 => OK
    GET a => "1"
    TTL a => 100`,
  SWAPDB: `
    SET a 0 => OK
    SWAPDB 0 1 => OK
    EXISTS a => 0
    SELECT 1 => OK
    GET a => "0"
    SWAPDB 1 1 => OK
    SWAPDB x 1 => -ERR invalid first DB index
    SWAPDB 1 x => -ERR invalid second DB index
    SWAPDB 1 99 => ${DATABASE}
    FLUSHDB => OK
    DBSIZE => 0`,
  'emptying databases': `
    SET a 0
    SELECT 1
    SET a 1
    FLUSHDB => OK
    DBSIZE => 0
    SELECT 0
    DBSIZE => 1
    FLUSHALL ASYNC => OK
    DBSIZE => 0
    FLUSHALL nonsense => -ERR syntax error`,
  'conditions of EXPIRE': `
    EXPIRE a 10 => 0
    SET a 1
    EXPIRE a 10 XX => 0
    EXPIRE a 10 GT => 0
    EXPIRE a 20 LT => 1
    EXPIRE a 10 NX => 0
    EXPIRE a 20 GT => 0
    EXPIRE a 30 GT => 1
    EXPIRE a 40 LT => 0
    EXPIRE a 5 XX LT => 1
    TTL a => 5
    EXPIRE a 10 NX XX => -ERR NX and XX, GT or LT options at the same time are not compatible
    EXPIRE a 10 GT LT => -ERR GT and LT options at the same time are not compatible
    EXPIRE a 10 AB => -ERR Unsupported option AB
    EXPIRE a x => -ERR value is not an integer or out of range
    EXPIRE a 9223372036854775807 => -ERR invalid expire time in 'expire' command
    PEXPIREAT a 1 => 1
    EXISTS a => 0`,
  'times to expire': `
    TTL a => -2
    PTTL a => -2
    EXPIRETIME a => -2
    SET a 1
    TTL a => -1
    PEXPIRETIME a => -1
    PEXPIRE a 1499 => 1
    TTL a => 1
    PEXPIRE a 1500 => 1
    TTL a => 2
    PEXPIRETIME a => 1700000001500
    EXPIRETIME a => 1700000002
    PERSIST a => 1
    PERSIST a => 0
    EXPIREAT a 1700000009 => 1
    TTL a => 9
    EXPIRE a 0 => 1
    EXISTS a => 0`,
};

it.each(Object.entries(CASES))('%s', (_, script) => play(new Stack(), script));
it.each(Object.entries(CASES))('%s, with four shards', (_, script) => play(new Stack({ shards: 4 }), script));

it('moves long values between shards', async () => {
  const stack = new Stack({ shards: 4 });
  const long = 'v'.repeat(300_000);
  await stack.ask('SET', 'a', long);
  for (let i = 0; i < 8; i++) {
    expect(await stack.ask('RENAME', i === 0 ? 'a' : `k${i - 1}`, `k${i}`)).toBe('+OK\r\n');
    expect(await stack.ask('COPY', `k${i}`, `copy${i}`)).toBe(':1\r\n');
    expect(await stack.ask('STRLEN', `copy${i}`)).toBe(':300000\r\n');
  }
  expect(await stack.ask('BITOP', 'OR', 'all', 'copy0', 'copy1', 'copy2', 'copy3')).toBe(':300000\r\n');
  expect(await stack.ask('GET', 'all')).toBe(`$300000\r\n${long}\r\n`);
  expect(await stack.ask('MSETNX', 'x', long, 'y', long, 'z', long)).toBe(':1\r\n');
});

it('takes the times to expire to other shards as they are, the furthest too', async () => {
  const stack = new Stack({ shards: 4 });
  await stack.askAll(['SET', 'a', '1'], ['PEXPIREAT', 'a', '9223372036854775807']);
  for (let i = 0; i < 8; i++) {
    expect(await stack.ask('COPY', 'a', `copy${i}`)).toBe(':1\r\n');
    expect(await stack.ask('PEXPIRETIME', `copy${i}`)).toBe(':9223372036854775807\r\n');
  }
});

it('reads many values of other shards that are too long for one reply', async () => {
  const stack = new Stack({ shards: 2 });
  const keys = Array.from({ length: 60 }, (_, i) => `k${i}`);
  await stack.askAll(...keys.map((key, i) => ['SET', key, String.fromCharCode(65 + i).repeat(12_000)]));
  expect(await stack.ask('BITOP', 'OR', 'all', ...keys)).toBe(':12000\r\n');
  expect(await stack.ask('GETRANGE', 'all', 0, 1)).toBe('$2\r\n\x7f\x7f\r\n');
  // A key too long for the framer to take the request apart.
  const long = 'x'.repeat(70_000);
  const values = keys.map((_, i) => `$12000\r\n${String.fromCharCode(65 + i).repeat(12_000)}\r\n`);
  expect((await stack.ask('MGET', ...keys, long)) === `*61\r\n${values.join('')}$-1\r\n`).toBe(true);
});
