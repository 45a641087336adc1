import { describe, expect, it } from 'vitest';
import { commandCount, commandInfo, commandInfos, commandList } from '../../../src/commands/command-info.js';
import { COMMANDS, commandByName, PUBLIC_COMMANDS } from '../../../src/commands/table.js';
import { Failure, SetOf, Status, type Value } from '../../../src/message/value.js';

function statuses(...words: string[]): SetOf {
  return new SetOf(words.map((word) => new Status(word)));
}

function keySpec(flags: SetOf, index: number, lastkey: number, keystep: number): Value {
  return new Map<Value, Value>([
    ['flags', flags],
    [
      'begin_search',
      new Map<Value, Value>([
        ['type', 'index'],
        ['spec', new Map([['index', index]])],
      ]),
    ],
    [
      'find_keys',
      new Map<Value, Value>([
        ['type', 'range'],
        ['spec', new Map(Object.entries({ lastkey, keystep, limit: 0 }))],
      ]),
    ],
  ]);
}

function info(name: string): Value {
  const command = commandByName(name);
  if (command === undefined) throw new Error(`no command ${name}`);
  return commandInfo(command);
}

describe('COMMAND INFO', () => {
  it('describes a command with one key', () => {
    expect(info('get')).toEqual([
      'get',
      2,
      statuses('readonly', 'fast'),
      1,
      1,
      1,
      statuses('@read', '@string', '@fast'),
      new SetOf([]),
      new SetOf([keySpec(statuses('RO', 'access'), 1, 0, 1)]),
      new SetOf([]),
    ]);
  });

  it('describes keys with values, and tips', () => {
    expect(info('mset')).toEqual([
      'mset',
      -3,
      statuses('write', 'denyoom'),
      1,
      -1,
      2,
      statuses('@write', '@string', '@slow'),
      new SetOf(['request_policy:multi_shard', 'response_policy:all_succeeded']),
      new SetOf([keySpec(statuses('OW', 'update'), 1, -1, 2)]),
      new SetOf([]),
    ]);
  });

  it('describes keys of two kinds', () => {
    expect((info('bitop') as Value[])[8]).toEqual(
      new SetOf([keySpec(statuses('OW', 'update'), 2, 0, 1), keySpec(statuses('RO', 'access'), 3, -1, 1)]),
    );
  });

  it('describes a command without keys, with flags in the order of Redis', () => {
    expect((info('hello') as Value[]).slice(0, 7)).toEqual([
      'hello',
      -1,
      statuses('noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'),
      0,
      0,
      0,
      statuses('@fast', '@connection'),
    ]);
  });

  it('describes subcommands by their full names', () => {
    const [, , , , , , , , , subcommands] = info('object') as Value[];
    expect((subcommands as Value[][]).map(([name]) => name)).toContain('object|encoding');
    expect((subcommands as Value[][])[0]?.slice(3, 6)).toEqual([2, 2, 1]);
  });

  it('replies null for what is no command', () => {
    expect(commandInfos(['nosuch', 'config|nosuch', 'mget|part', '_hold'])).toEqual([null, null, null, null]);
    expect((commandInfos(['CONFIG|GET']) as Value[][])[0]?.[0]).toBe('config|get');
  });

  it('replies all commands when none is named', () => {
    expect((commandInfos([]) as Value[]).length).toBe(commandCount());
    expect(commandCount()).toBe(PUBLIC_COMMANDS.length);
  });
});

describe('COMMAND LIST', () => {
  it('has all commands and subcommands, and no internal one', () => {
    const names = commandList([]) as string[];
    expect(names).toEqual(expect.arrayContaining(['get', 'config', 'config|get']));
    expect(names.length).toBe(COMMANDS.filter((command) => !command.internal).length);
  });

  it.each<[string[], string[]]>([
    [
      ['FILTERBY', 'PATTERN', 'GET*'],
      ['get', 'getex', 'getdel', 'getset', 'getrange', 'getbit'],
    ],
    [['filterby', 'pattern', 'object|*q'], ['object|freq']],
    [['filterby', 'pattern', 'object|fre?'], ['object|freq']],
    [
      ['FILTERBY', 'ACLCAT', 'BITMAP'],
      ['setbit', 'getbit', 'bitcount', 'bitpos', 'bitop', 'bitfield', 'bitfield_ro'],
    ],
    [['filterby', 'aclcat', 'nosuch'], []],
    [['filterby', 'module', 'any'], []],
  ])('filters by %j', (options, expected) => {
    expect(commandList(options)).toEqual(expected);
  });

  it.each([[['x']], [['filterby', 'pattern']], [['filterby', 'nosuch', 'x']], [['filterby', 'pattern', 'x', 'y']]])(
    'refuses %j',
    (options) => {
      expect(commandList(options)).toEqual(new Failure('ERR syntax error'));
    },
  );
});
