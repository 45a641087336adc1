/** Commands on strings as arrays of bits and of integers of any width. */
import { keyAt, keysFrom, oneKey } from './key-spec.js';
import type { CommandSpec } from './spec.js';

const LENGTH = 'O(N), N being the number of bytes looked at';
const FIELDS = 'O(1) for each operation';

// biome-ignore format: a table
export const BITS: readonly CommandSpec[] = [
  {
    name: 'setbit', arity: 4, group: 'bitmap', since: '2.2.0', place: 'shard',
    summary: 'Sets a bit of the string at a key to 0 or 1 and returns what it was.', complexity: 'O(1)',
    syntax: 'key offset:integer value:integer',
    flags: ['write', 'denyoom'], categories: ['bitmap'], keys: oneKey('RW', 'access', 'update'),
  },
  {
    name: 'getbit', arity: 3, group: 'bitmap', since: '2.2.0', place: 'shard',
    summary: 'Returns a bit of the string at a key.', complexity: 'O(1)', syntax: 'key offset:integer',
    flags: ['readonly', 'fast'], categories: ['bitmap'], keys: oneKey('RO', 'access'),
  },
  {
    name: 'bitcount', arity: -2, group: 'bitmap', since: '2.6.0', place: 'shard',
    summary: 'Counts the bits that are 1 in the string at a key, or in a part of it.', complexity: LENGTH,
    syntax: 'key [range: start:integer end:integer [unit: BYTE | BIT]]',
    flags: ['readonly'], categories: ['bitmap'], keys: oneKey('RO', 'access'),
  },
  {
    name: 'bitpos', arity: -3, group: 'bitmap', since: '2.8.7', place: 'shard',
    summary: 'Finds the first bit that is 0, or 1, in the string at a key, or in a part of it.', complexity: LENGTH,
    syntax: 'key bit:integer [range: start:integer [end-unit-block: end:integer [unit: BYTE | BIT]]]',
    flags: ['readonly'], categories: ['bitmap'], keys: oneKey('RO', 'access'),
  },
  {
    name: 'bitop', arity: -4, group: 'bitmap', since: '2.6.0', place: 'shard',
    summary: 'Combines the strings at several keys bit by bit and stores the result at another.',
    complexity: 'O(N), N being the length of all strings together',
    syntax: '(operation: AND | OR | XOR | NOT) destkey:key key...',
    flags: ['write', 'denyoom'], categories: ['bitmap'],
    keys: [keyAt(2, 'OW', 'update'), keysFrom(3, 'RO', 'access')],
  },
  {
    name: 'bitfield', arity: -2, group: 'bitmap', since: '3.2.0', place: 'shard',
    summary: 'Reads, writes and increments integers of any width in the string at a key.', complexity: FIELDS,
    syntax:
      'key [operation: GET (get-block: encoding offset:integer) | ' +
      '(write: [OVERFLOW (overflow-block: WRAP | SAT | FAIL)] ' +
      '(write-operation: SET (set-block: encoding offset:integer value:integer) | ' +
      'INCRBY (incrby-block: encoding offset:integer increment:integer)))]...',
    flags: ['write', 'denyoom'], categories: ['bitmap'],
    keys: [{ ...keyAt(1, 'RW', 'access', 'update', 'variable_flags'), notes: 'Writes only with `SET` and `INCRBY`' }],
  },
  {
    name: 'bitfield_ro', arity: -2, group: 'bitmap', since: '6.0.0', place: 'shard',
    summary: 'Reads integers of any width from the string at a key.', complexity: FIELDS,
    syntax: 'key [GET... (get-block: encoding offset:integer)]',
    flags: ['readonly', 'fast'], categories: ['bitmap'], keys: oneKey('RO', 'access'),
  },
];
