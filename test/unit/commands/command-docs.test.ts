import { describe, expect, it } from 'vitest';
import { commandDocs, commandHelp, requestText, unknownSubcommand } from '../../../src/commands/command-docs.js';
import { COMMANDS, type Command, commandByName, PUBLIC_COMMANDS } from '../../../src/commands/table.js';
import { Failure, SetOf, Status, type Value } from '../../../src/message/value.js';

function named(name: string): Command {
  const command = commandByName(name);
  if (command === undefined) throw new Error(`no command ${name}`);
  return command;
}

function docs(name: string): ReadonlyMap<Value, Value> {
  return (commandDocs([name]) as ReadonlyMap<Value, Value>).get(name) as ReadonlyMap<Value, Value>;
}

describe('COMMAND DOCS', () => {
  it('documents a command', () => {
    expect([...docs('expire')].slice(0, 4)).toEqual([
      ['summary', 'Lets a key expire after some seconds.'],
      ['since', '1.0.0'],
      ['group', 'generic'],
      ['complexity', 'O(1)'],
    ]);
    expect(docs('expire').get('arguments')).toEqual([
      new Map<Value, Value>(Object.entries({ name: 'key', type: 'key', display_text: 'key', key_spec_index: 0 })),
      new Map<Value, Value>(Object.entries({ name: 'seconds', type: 'integer', display_text: 'seconds' })),
      new Map<Value, Value>([
        ['name', 'condition'],
        ['type', 'oneof'],
        ['flags', new SetOf([new Status('optional')])],
        [
          'arguments',
          ['NX', 'XX', 'GT', 'LT'].map((token) => {
            const name = token.toLowerCase();
            return new Map<Value, Value>(Object.entries({ name, type: 'pure-token', display_text: name, token }));
          }),
        ],
      ]),
    ]);
  });

  it('says what is deprecated and what is not for applications', () => {
    expect(docs('getset').get('doc_flags')).toEqual(new SetOf([new Status('deprecated')]));
    expect(docs('getset').get('deprecated_since')).toBe('6.2.0');
    expect(docs('getset').get('replaced_by')).toBe('`SET` with `GET`');
    expect(docs('debug').get('doc_flags')).toEqual(new SetOf([new Status('syscmd')]));
    expect(docs('get').has('doc_flags')).toBe(false);
  });

  it('documents subcommands with their command', () => {
    const subcommands = docs('config').get('subcommands') as ReadonlyMap<Value, Value>;
    expect([...subcommands.keys()]).toContain('config|get');
    expect(docs('config').has('arguments')).toBe(false);
  });

  it('leaves out what is no command', () => {
    expect([...(commandDocs(['nosuch', 'GET', '_hold']) as ReadonlyMap<Value, Value>).keys()]).toEqual(['get']);
    expect((commandDocs([]) as ReadonlyMap<Value, Value>).size).toBe(PUBLIC_COMMANDS.length);
  });

  it('has a summary in the style of a sentence for every command', () => {
    for (const { name, spec } of COMMANDS)
      expect([name, spec.summary]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/)]);
  });
});

describe('text for people', () => {
  it('shows a request', () => {
    expect(requestText('set', named('set'))).toBe(
      'SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | EXAT unix-time-seconds | ' +
        'PXAT unix-time-milliseconds | KEEPTTL]',
    );
    expect(requestText('dbsize', named('dbsize'))).toBe('DBSIZE');
    expect(requestText('bitop', named('bitop'))).toBe('BITOP <AND | OR | XOR | NOT> destkey key [key ...]');
  });

  it('lists subcommands for HELP', () => {
    expect(commandHelp(named('module'))).toEqual(
      [
        'MODULE <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
        'LIST',
        '    Lists the modules, of which there are none.',
        'HELP',
        '    Print this help.',
      ].map((line) => new Status(line)),
    );
  });

  it('refuses an unknown subcommand as Redis does', () => {
    const expected = new Failure("ERR unknown subcommand 'nosuch'. Try CONFIG HELP.");
    expect(unknownSubcommand(named('config'), 'nosuch')).toEqual(expected);
  });
});
