import { describe, expect, it } from 'vitest';
import { argumentsText, countWords } from '../../../src/commands/arguments.js';
import { parseSyntax } from '../../../src/commands/syntax.js';

describe('parseSyntax', () => {
  it.each<[string, unknown]>([
    ['', []],
    ['value', [{ name: 'value', type: 'string' }]],
    ['key', [{ name: 'key', type: 'key', keySpec: 0 }]],
    ['increment:double', [{ name: 'increment', type: 'double' }]],
    ['addr<ip:port>', [{ name: 'addr', type: 'string', display: 'ip:port' }]],
    ['addr<ip:port>:pattern', [{ name: 'addr', type: 'pattern', display: 'ip:port' }]],
    ['NOW', [{ name: 'now', type: 'pure-token', token: 'NOW' }]],
    ['[NOW]', [{ name: 'now', type: 'pure-token', token: 'NOW', optional: true }]],
    ['EX seconds:integer', [{ name: 'seconds', type: 'integer', token: 'EX' }]],
    ['event...', [{ name: 'event', type: 'string', multiple: true }]],
    ['[event...]', [{ name: 'event', type: 'string', multiple: true, optional: true }]],
    ['ID client-id...', [{ name: 'client-id', type: 'string', token: 'ID', multiple: true }]],
    [
      '[PREFIX... prefix]',
      [{ name: 'prefix', type: 'string', token: 'PREFIX', multiple: true, multipleToken: true, optional: true }],
    ],
    [
      'A B',
      [
        { name: 'a', type: 'pure-token', token: 'A' },
        { name: 'b', type: 'pure-token', token: 'B' },
      ],
    ],
    [
      'A [b]',
      [
        { name: 'a', type: 'pure-token', token: 'A' },
        { name: 'b', type: 'string', optional: true },
      ],
    ],
    [
      '[condition: NX | XX]',
      [
        {
          name: 'condition',
          type: 'oneof',
          arguments: [
            { name: 'nx', type: 'pure-token', token: 'NX' },
            { name: 'xx', type: 'pure-token', token: 'XX' },
          ],
          optional: true,
        },
      ],
    ],
    [
      '(data: key value)...',
      [
        {
          name: 'data',
          type: 'block',
          arguments: [
            { name: 'key', type: 'key', keySpec: 0 },
            { name: 'value', type: 'string' },
          ],
          multiple: true,
        },
      ],
    ],
    [
      '[AUTH (auth: username password)]',
      [
        {
          name: 'auth',
          type: 'block',
          arguments: [
            { name: 'username', type: 'string' },
            { name: 'password', type: 'string' },
          ],
          token: 'AUTH',
          optional: true,
        },
      ],
    ],
  ])('parses %s', (line, expected) => {
    expect(parseSyntax(line, 1)).toEqual(expected);
  });

  it('numbers keys by their specifications, the last of which covers what is left', () => {
    const specs = (line: string, count: number) => parseSyntax(line, count).map((argument) => argument.keySpec);
    expect(specs('key newkey:key', 2)).toEqual([0, 1]);
    expect(specs('key1:key key2:key', 1)).toEqual([0, 0]);
    expect(specs('operation destkey:key key...', 2)).toEqual([undefined, 0, 1]);
  });

  it.each([
    ['key', "no key specification for 'key'"],
    ['a:nosuch', "no type 'nosuch'"],
    ['[a', "no ']'"],
    ['(g: a', "no ')'"],
    ['a]', "unexpected ']'"],
    ['a | b', "unexpected '|'"],
    ['[A | B]', 'a group without a name'],
    ['(a b)', 'a group without a name'],
    ['(g: a b | c)', 'an alternative of several arguments'],
    ['(g: a | )', 'an argument is missing'],
    ['(g: | a)', 'an empty group'],
    ['[]', 'an empty group'],
    ['...', 'an argument is missing'],
    ['A...', "nothing to repeat after 'A'"],
    ['a<b', "'a<b' is no argument"],
  ])('refuses %s', (line, reason) => {
    expect(() => parseSyntax(line)).toThrow(`${reason} in the syntax line: ${line}`);
  });
});

describe('what is computed from arguments', () => {
  it.each<[string, string, number, number]>([
    ['', '', 0, 0],
    ['key value', 'key value', 2, 2],
    ['key...', 'key [key ...]', 1, Number.POSITIVE_INFINITY],
    ['[event...]', '[event [event ...]]', 0, Number.POSITIVE_INFINITY],
    ['(data: key value)...', 'key value [key value ...]', 2, Number.POSITIVE_INFINITY],
    ['key [condition: NX | XX] [GET]', 'key [NX | XX] [GET]', 1, 3],
    ['(mode: YES | NO)', '<YES | NO>', 1, 1],
    ['[EX seconds:integer]', '[EX seconds]', 0, 2],
    ['[TYPE (kind: A | B)]', '[TYPE <A | B>]', 0, 2],
    ['[PREFIX... prefix]', '[PREFIX prefix [PREFIX prefix ...]]', 0, Number.POSITIVE_INFINITY],
    ['ID id...', 'ID id [id ...]', 2, Number.POSITIVE_INFINITY],
    ['addr<ip:port>', 'ip:port', 1, 1],
    ['(f: [A a] | [B])', '<[A a] | [B]>', 1, 2],
    ['(f: a | (g: b [c] D e))', '<a | b [c] D e>', 1, 4],
  ])('tells text and words of "%s"', (line, text, min, max) => {
    const parsed = parseSyntax(line, 1);
    expect(argumentsText(parsed)).toBe(text);
    expect(countWords(parsed)).toEqual({ min, max });
  });
});
