import { describe, expect, it } from 'vitest';
import { commandKeys } from '../../../src/commands/command-keys.js';
import { Failure, SetOf, Status, type Value } from '../../../src/message/value.js';

const INVALID = 'ERR Invalid command specified';
const NO_KEYS = 'ERR The command has no key arguments';
const ARITY = 'ERR Invalid number of arguments specified for command';

describe('COMMAND GETKEYS', () => {
  it.each([
    ['get a', ['a']],
    ['SET get v', ['get']],
    ['mset a 1 b 2', ['a', 'b']],
    ['mset a 1 b', ['a', 'b']],
    ['del a b c', ['a', 'b', 'c']],
    ['bitop and d a b', ['d', 'a', 'b']],
    ['rename a b', ['a', 'b']],
    ['lcs a b len', ['a', 'b']],
    ['object encoding k', ['k']],
    ['MEMORY USAGE k samples 5', ['k']],
  ])('of %s', (request, keys) => {
    expect(commandKeys(request.split(' '), false)).toEqual(keys);
  });

  it.each([
    ['nosuch a', INVALID],
    ['object nosuch a', INVALID],
    ['mget|part a', INVALID],
    ['_hold a', INVALID],
    ['ping', NO_KEYS],
    ['ping a', NO_KEYS],
    ['object', NO_KEYS],
    ['config get a', NO_KEYS],
    ['get', ARITY],
    ['get a b', ARITY],
    ['mset a', ARITY],
    ['object encoding', ARITY],
  ])('refuses %s', (request, error) => {
    for (const withFlags of [false, true]) {
      expect(commandKeys(request.split(' '), withFlags)).toEqual(new Failure(error));
    }
  });

  it('takes a request of nothing for no command', () => {
    expect(commandKeys([], false)).toEqual(new Failure(INVALID));
  });

  it('returns the very bytes of a key', () => {
    const key = Uint8Array.of(0, 255, 13);
    expect(commandKeys([Buffer.from('GET'), key], false)).toEqual([key]);
  });
});

describe('COMMAND GETKEYSANDFLAGS', () => {
  it.each<[string, [string, string][]]>([
    ['get a', [['a', 'RO access']]],
    ['set a v', [['a', 'OW update']]],
    ['set a v nx GET', [['a', 'RW access update']]],
    ['set a get', [['a', 'OW update']]],
    ['bitfield k', [['k', 'RO access']]],
    ['bitfield k GET u8 0 overflow sat', [['k', 'RO access']]],
    ['bitfield k get u8', [['k', 'RW access update']]],
    ['bitfield k get u8 0 set u8 0 1', [['k', 'RW access update']]],
    [
      'rename a b',
      [
        ['a', 'RW access delete'],
        ['b', 'OW update'],
      ],
    ],
  ])('of %s', (request, expected) => {
    const flags = (text: string): Value => new SetOf(text.split(' ').map((flag) => new Status(flag)));
    expect(commandKeys(request.split(' '), true)).toEqual(expected.map(([key, text]) => [key, flags(text)]));
  });
});
