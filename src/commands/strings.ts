/** Commands on strings. */
import { keyAt, keysFrom, keysWithValues, oneKey } from './key-spec.js';
import type { CommandSpec } from './spec.js';

const O1 = 'O(1)';
const LENGTH = 'O(N), N being the length of what is returned';
const EXPIRATION =
  'EX seconds:integer | PX milliseconds:integer | ' +
  'EXAT unix-time-seconds:unix-time | PXAT unix-time-milliseconds:unix-time';

// biome-ignore format: a table
export const STRINGS: readonly CommandSpec[] = [
  {
    name: 'get', arity: 2, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Returns the string at a key.', complexity: O1, syntax: 'key',
    flags: ['readonly', 'fast'], categories: ['string'], keys: oneKey('RO', 'access'),
  },
  {
    name: 'set', arity: -3, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Stores a string at a key, whatever was there before, and drops or sets its expiration.', complexity: O1,
    syntax: `key value [condition: NX | XX] [GET] [expiration: ${EXPIRATION} | KEEPTTL]`,
    flags: ['write', 'denyoom'], categories: ['string'],
    keys: [{ ...keyAt(1, 'RW', 'access', 'update', 'variable_flags'), notes: 'Reads the old value only with `GET`' }],
  },
  {
    name: 'getex', arity: -2, group: 'string', since: '6.2.0', place: 'shard',
    summary: 'Returns the string at a key and can change or drop its expiration.', complexity: O1,
    syntax: `key [expiration: ${EXPIRATION} | PERSIST]`,
    flags: ['write', 'fast'], categories: ['string'],
    keys: [{ ...keyAt(1, 'RW', 'access', 'update'), notes: 'An update because the expiration may change' }],
  },
  {
    name: 'getdel', arity: 2, group: 'string', since: '6.2.0', place: 'shard',
    summary: 'Returns the string at a key and deletes the key.', complexity: O1, syntax: 'key',
    flags: ['write', 'fast'], categories: ['string'], keys: oneKey('RW', 'access', 'delete'),
  },
  {
    name: 'getset', arity: 3, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Stores a string at a key and returns the one that was there.', complexity: O1, syntax: 'key value',
    deprecated: { since: '6.2.0', replacedBy: '`SET` with `GET`' },
    flags: ['write', 'denyoom', 'fast'], categories: ['string'], keys: oneKey('RW', 'access', 'update'),
  },
  {
    name: 'setnx', arity: 3, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Stores a string at a key that does not exist yet.', complexity: O1, syntax: 'key value',
    deprecated: { since: '2.6.12', replacedBy: '`SET` with `NX`' },
    flags: ['write', 'denyoom', 'fast'], categories: ['string'], keys: oneKey('OW', 'insert'),
  },
  {
    name: 'setex', arity: 4, group: 'string', since: '2.0.0', place: 'shard',
    summary: 'Stores a string at a key that expires after some seconds.', complexity: O1,
    syntax: 'key seconds:integer value', deprecated: { since: '2.6.12', replacedBy: '`SET` with `EX`' },
    flags: ['write', 'denyoom'], categories: ['string'], keys: oneKey('OW', 'update'),
  },
  {
    name: 'psetex', arity: 4, group: 'string', since: '2.6.0', place: 'shard',
    summary: 'Stores a string at a key that expires after some milliseconds.', complexity: O1,
    syntax: 'key milliseconds:integer value', deprecated: { since: '2.6.12', replacedBy: '`SET` with `PX`' },
    flags: ['write', 'denyoom'], categories: ['string'], keys: oneKey('OW', 'update'),
  },
  {
    name: 'mget', arity: -2, group: 'string', since: '1.0.0', place: 'shard', split: 'array', part: 'mget|part',
    summary: 'Returns the strings at several keys, null for those that have none.',
    complexity: 'O(N), N being the number of keys', syntax: 'key...',
    flags: ['readonly', 'fast'], categories: ['string'], tips: ['request_policy:multi_shard'],
    keys: [keysFrom(1, 'RO', 'access')],
  },
  {
    name: 'mset', arity: -3, group: 'string', since: '1.0.1', place: 'shard', split: 'ok', part: 'mset',
    summary: 'Stores strings at several keys, all of them at once.',
    complexity: 'O(N), N being the number of keys', syntax: '(data: key value)...',
    flags: ['write', 'denyoom'], categories: ['string'],
    tips: ['request_policy:multi_shard', 'response_policy:all_succeeded'], keys: keysWithValues('OW', 'update'),
  },
  {
    name: 'msetnx', arity: -3, group: 'string', since: '1.0.1', place: 'shard',
    summary: 'Stores strings at several keys, but only if none of the keys exists.',
    complexity: 'O(N), N being the number of keys', syntax: '(data: key value)...',
    flags: ['write', 'denyoom'], categories: ['string'], keys: keysWithValues('OW', 'insert'),
  },
  {
    name: 'append', arity: 3, group: 'string', since: '2.0.0', place: 'shard',
    summary: 'Adds to the end of the string at a key, which begins as an empty one.',
    complexity: 'O(1) on average, as strings grow with room to spare', syntax: 'key value',
    flags: ['write', 'denyoom', 'fast'], categories: ['string'], keys: oneKey('RW', 'insert'),
  },
  {
    name: 'strlen', arity: 2, group: 'string', since: '2.2.0', place: 'shard',
    summary: 'Returns the length of the string at a key, 0 when there is none.', complexity: O1, syntax: 'key',
    flags: ['readonly', 'fast'], categories: ['string'], keys: oneKey('RO'),
  },
  {
    name: 'getrange', arity: 4, group: 'string', since: '2.4.0', place: 'shard',
    summary: 'Returns a part of the string at a key.', complexity: LENGTH, syntax: 'key start:integer end:integer',
    flags: ['readonly'], categories: ['string'], keys: oneKey('RO', 'access'),
  },
  {
    name: 'substr', arity: 4, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Returns a part of the string at a key.', complexity: LENGTH, syntax: 'key start:integer end:integer',
    deprecated: { since: '2.0.0', replacedBy: '`GETRANGE`' },
    flags: ['readonly'], categories: ['string'], keys: oneKey('RO', 'access'),
  },
  {
    name: 'setrange', arity: 4, group: 'string', since: '2.2.0', place: 'shard',
    summary: 'Overwrites a part of the string at a key, filling up with zero bytes what lies before it.',
    complexity: 'O(N), N being the length of the value, and of the gap that is filled',
    syntax: 'key offset:integer value',
    flags: ['write', 'denyoom'], categories: ['string'], keys: oneKey('RW', 'update'),
  },
  {
    name: 'incr', arity: 2, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Adds one to the integer at a key, which begins as 0.', complexity: O1, syntax: 'key',
    flags: ['write', 'denyoom', 'fast'], categories: ['string'], keys: oneKey('RW', 'access', 'update'),
  },
  {
    name: 'decr', arity: 2, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Takes one from the integer at a key, which begins as 0.', complexity: O1, syntax: 'key',
    flags: ['write', 'denyoom', 'fast'], categories: ['string'], keys: oneKey('RW', 'access', 'update'),
  },
  {
    name: 'incrby', arity: 3, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Adds a number to the integer at a key, which begins as 0.', complexity: O1,
    syntax: 'key increment:integer',
    flags: ['write', 'denyoom', 'fast'], categories: ['string'], keys: oneKey('RW', 'access', 'update'),
  },
  {
    name: 'decrby', arity: 3, group: 'string', since: '1.0.0', place: 'shard',
    summary: 'Takes a number from the integer at a key, which begins as 0.', complexity: O1,
    syntax: 'key decrement:integer',
    flags: ['write', 'denyoom', 'fast'], categories: ['string'], keys: oneKey('RW', 'access', 'update'),
  },
  {
    name: 'incrbyfloat', arity: 3, group: 'string', since: '2.6.0', place: 'shard',
    summary: 'Adds a floating-point number to the number at a key, which begins as 0.', complexity: O1,
    syntax: 'key increment:double',
    flags: ['write', 'denyoom', 'fast'], categories: ['string'], keys: oneKey('RW', 'access', 'update'),
  },
  {
    name: 'lcs', arity: -3, group: 'string', since: '7.0.0', place: 'shard',
    summary: 'Finds the longest common subsequence of the strings at two keys.',
    complexity: 'O(N*M), N and M being the lengths of the strings',
    syntax: 'key1:key key2:key [LEN] [IDX] [MINMATCHLEN min-match-len:integer] [WITHMATCHLEN]',
    flags: ['readonly'], categories: ['string'], keys: [{ ...keyAt(1, 'RO', 'access'), last: 1 }],
  },
];
