/** Commands on keys whatever is stored there, and on databases. */
import { keyAt, keysFrom, oneKey } from './key-spec.js';
import type { CommandSpec } from './spec.js';

const O1 = 'O(1)';
const KEYS = 'O(N), N being the number of keys';
const SUM = ['request_policy:multi_shard', 'response_policy:agg_sum'];
const ALL = ['request_policy:all_shards', 'response_policy:all_succeeded'];
const CONDITION = '[condition: NX | XX | GT | LT]';

// biome-ignore format: a table
const KEYSPACE: readonly CommandSpec[] = [
  {
    name: 'del', arity: -2, group: 'generic', since: '1.0.0', place: 'shard', split: 'sum', part: 'del',
    summary: 'Deletes keys and returns how many there were.', complexity: KEYS, syntax: 'key...',
    flags: ['write'], categories: ['keyspace'], tips: SUM, keys: [keysFrom(1, 'RM', 'delete')],
  },
  {
    name: 'unlink', arity: -2, group: 'generic', since: '4.0.0', place: 'shard', split: 'sum', part: 'unlink',
    summary: 'Deletes keys and gives the memory of large values back bit by bit, later.', complexity: KEYS,
    syntax: 'key...',
    flags: ['write', 'fast'], categories: ['keyspace'], tips: SUM, keys: [keysFrom(1, 'RM', 'delete')],
  },
  {
    name: 'exists', arity: -2, group: 'generic', since: '1.0.0', place: 'shard', split: 'sum', part: 'exists',
    summary: 'Counts the keys that exist; one that is named twice counts twice.', complexity: KEYS, syntax: 'key...',
    flags: ['readonly', 'fast'], categories: ['keyspace'], tips: SUM, keys: [keysFrom(1, 'RO')],
  },
  {
    name: 'type', arity: 2, group: 'generic', since: '1.0.0', place: 'shard',
    summary: 'Returns the type of what is stored at a key.', complexity: O1, syntax: 'key',
    flags: ['readonly', 'fast'], categories: ['keyspace'], keys: oneKey('RO'),
  },
  {
    name: 'touch', arity: -2, group: 'generic', since: '3.2.1', place: 'shard', split: 'sum', part: 'touch',
    summary: 'Makes keys count as just used and returns how many of them exist.', complexity: KEYS, syntax: 'key...',
    flags: ['readonly', 'fast'], categories: ['keyspace'], tips: SUM, keys: [keysFrom(1, 'RO')],
  },
  {
    name: 'keys', arity: 2, group: 'generic', since: '1.0.0', place: 'shard', slow: true,
    summary: 'Returns all keys that match a pattern.', complexity: 'O(N), N being the number of keys in the database',
    syntax: 'pattern:pattern',
    flags: ['readonly'], categories: ['keyspace', 'dangerous'],
    tips: ['request_policy:all_shards', 'nondeterministic_output_order'],
  },
  {
    name: 'scan', arity: -2, group: 'generic', since: '2.8.0', place: 'shard', cursor: true,
    summary: 'Returns some of the keys, and a cursor with which to ask for more.',
    complexity: 'O(1) for each call, O(N) until all N keys of the database have been seen',
    syntax: 'cursor:integer [MATCH pattern:pattern] [COUNT count:integer] [TYPE type]',
    flags: ['readonly'], categories: ['keyspace'],
    tips: ['nondeterministic_output', 'request_policy:special', 'response_policy:special'],
  },
  {
    name: 'randomkey', arity: 1, group: 'generic', since: '1.0.0', place: 'shard',
    summary: 'Returns some key of the database.', complexity: O1,
    flags: ['readonly'], categories: ['keyspace'],
    tips: ['request_policy:all_shards', 'response_policy:special', 'nondeterministic_output'],
  },
  {
    name: 'rename', arity: 3, group: 'generic', since: '1.0.0', place: 'shard',
    summary: 'Gives a key another name and overwrites what was there.',
    complexity: 'O(1), O(N) for a value of N bytes that moves to another shard', syntax: 'key newkey:key',
    flags: ['write'], categories: ['keyspace'], keys: [keyAt(1, 'RW', 'access', 'delete'), keyAt(2, 'OW', 'update')],
  },
  {
    name: 'renamenx', arity: 3, group: 'generic', since: '1.0.0', place: 'shard',
    summary: 'Gives a key another name, unless that exists already.',
    complexity: 'O(1), O(N) for a value of N bytes that moves to another shard', syntax: 'key newkey:key',
    flags: ['write', 'fast'], categories: ['keyspace'],
    keys: [keyAt(1, 'RW', 'access', 'delete'), keyAt(2, 'OW', 'insert')],
  },
  {
    name: 'copy', arity: -3, group: 'generic', since: '6.2.0', place: 'shard',
    summary: 'Copies what is stored at a key to another key, also to one in another database.',
    complexity: 'O(N), N being the size of the value',
    syntax: 'source:key destination:key [DB destination-db:integer] [REPLACE]',
    flags: ['write', 'denyoom'], categories: ['keyspace'],
    keys: [keyAt(1, 'RO', 'access'), keyAt(2, 'OW', 'update')],
  },
  {
    name: 'move', arity: 3, group: 'generic', since: '1.0.0', place: 'shard',
    summary: 'Moves a key to another database, unless it exists there.', complexity: O1, syntax: 'key db:integer',
    flags: ['write', 'fast'], categories: ['keyspace'], keys: oneKey('RW', 'access', 'update'),
  },
];

/** EXPIRE and its three relatives differ in the unit and in what the time is counted from. */
function expiry(name: string, since: string, time: string, summary: string): CommandSpec {
  return {
    name,
    arity: -3,
    group: 'generic',
    since,
    place: 'shard',
    summary,
    complexity: O1,
    syntax: `key ${time} ${CONDITION}`,
    flags: ['write', 'fast'],
    categories: ['keyspace'],
    keys: oneKey('RW', 'update'),
  };
}

function remaining(name: string, since: string, summary: string, tips: readonly string[]): CommandSpec {
  return {
    name,
    arity: 2,
    group: 'generic',
    since,
    place: 'shard',
    summary,
    complexity: O1,
    syntax: 'key',
    flags: ['readonly', 'fast'],
    categories: ['keyspace'],
    tips,
    keys: oneKey('RO', 'access'),
  };
}

// biome-ignore format: a table
const EXPIRY: readonly CommandSpec[] = [
  expiry('expire', '1.0.0', 'seconds:integer', 'Lets a key expire after some seconds.'),
  expiry('pexpire', '2.6.0', 'milliseconds:integer', 'Lets a key expire after some milliseconds.'),
  expiry('expireat', '1.2.0', 'unix-time-seconds:unix-time', 'Lets a key expire at a Unix time in seconds.'),
  expiry('pexpireat', '2.6.0', 'unix-time-milliseconds:unix-time', 'Lets a key expire at a Unix time in milliseconds.'),
  remaining('ttl', '1.0.0', 'Returns in how many seconds a key expires.', ['nondeterministic_output']),
  remaining('pttl', '2.6.0', 'Returns in how many milliseconds a key expires.', ['nondeterministic_output']),
  remaining('expiretime', '7.0.0', 'Returns when a key expires, as a Unix time in seconds.', []),
  remaining('pexpiretime', '7.0.0', 'Returns when a key expires, as a Unix time in milliseconds.', []),
  {
    name: 'persist', arity: 2, group: 'generic', since: '2.2.0', place: 'shard',
    summary: 'Makes a key last for ever again.', complexity: O1, syntax: 'key',
    flags: ['write', 'fast'], categories: ['keyspace'], keys: oneKey('RW', 'update'),
  },
];

// biome-ignore format: a table
const DATABASES: readonly CommandSpec[] = [
  {
    name: 'dbsize', arity: 1, group: 'server', since: '1.0.0', place: 'shard',
    summary: 'Counts the keys of the database.', complexity: O1,
    flags: ['readonly', 'fast'], categories: ['keyspace'],
    tips: ['request_policy:all_shards', 'response_policy:agg_sum'],
  },
  {
    name: 'flushall', arity: -1, group: 'server', since: '1.0.0', place: 'shard', slow: true,
    summary: 'Deletes all keys of all databases.', complexity: 'O(N), N being the number of all keys',
    syntax: '[flush-type: ASYNC | SYNC]',
    flags: ['write'], categories: ['keyspace', 'dangerous'], tips: ALL,
  },
  {
    name: 'flushdb', arity: -1, group: 'server', since: '1.0.0', place: 'shard', slow: true,
    summary: 'Deletes all keys of the database.', complexity: 'O(N), N being the number of keys in the database',
    syntax: '[flush-type: ASYNC | SYNC]',
    flags: ['write'], categories: ['keyspace', 'dangerous'], tips: ALL,
  },
  {
    name: 'swapdb', arity: 3, group: 'server', since: '4.0.0', place: 'shard',
    summary: 'Exchanges two databases: clients of one see the keys of the other from then on.', complexity: O1,
    syntax: 'index1:integer index2:integer',
    flags: ['write', 'fast'], categories: ['keyspace', 'dangerous'],
  },
];

export const KEY_COMMANDS: readonly CommandSpec[] = [...KEYSPACE, ...EXPIRY, ...DATABASES];
