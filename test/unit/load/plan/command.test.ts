import { describe, expect, it } from 'vitest';
import { readCommand, uniqueNames } from '../../../../src/load/plan/command.js';
import type { Protocol } from '../../../../src/load/plan/target.js';
import type { Operation } from '../../../../src/load/plan/workload.js';
import { messageOf } from './message-of.js';

/** The words with places in braces, so that a table can show them. */
function shown({ words = [] }: Operation): string[] {
  return words.map((word) => word.map((part) => (part.kind === 'text' ? part.text : `<${part.kind}>`)).join(''));
}

it.each<[Protocol, string, string[]]>([
  ['redis', 'ZADD board {int:0:1000} {key}', ['ZADD', 'board', '<int>', '<key>']],
  [
    'redis',
    String.raw`SET {key} "two words\n" 'it''s'`.replace("'it''s'", `'it\\'s'`),
    ['SET', '<key>', 'two words\n', "it's"],
  ],
  ['redis', 'SET k ""', ['SET', 'k', '']],
  ['memcached', 'get {key} other', ['get', '<key>', 'other']],
  ['memcached', 'set {key} 0 60 {value}', ['set', '<key>', '0', '60', '<value>']],
  ['memcached-udp', 'incr {key} 1', ['incr', '<key>', '1']],
  ['http', 'GET /v1/keys/{key}', ['GET', '/v1/keys/<key>']],
  ['http', 'PUT /kv {"key": "{key:base64}", "n": {"a b": 1}}', ['PUT', '/kv', '{"key": "<key>", "n": {"a b": 1}}']],
  ['http', `POST /x 'a "quoted" body'`, ['POST', '/x', 'a "quoted" body']],
  ['http', 'POST /x "json string"', ['POST', '/x', '"json string"']],
])('%s %j', (protocol, text, words) => {
  const operation = readCommand(text, 3, protocol);
  expect(shown(operation)).toEqual(words);
  expect(operation).toMatchObject({ name: words[0], kind: 'command', weight: 3 });
});

it.each<[Protocol, string, string]>([
  ['redis', '', 'there is no command'],
  ['redis', 'SET "a', 'a quote is not closed'],
  ['redis', '{key} x', 'the first word must be a plain name'],
  ['redis', '"a,b"', 'the first word must be a plain name'],
  ['redis', String.raw`SET k "\xff"`, 'no UTF-8'],
  ['redis', 'subscribe news', 'does not answer once a request'],
  ['redis', 'CLIENT REPLY OFF', 'does not answer once a request'],
  ['memcached', 'set {key} 0 0', 'the last word must be {value}'],
  ['memcached', 'set {key} 0 0 x{value}', 'the last word must be {value}'],
  ['memcached', 'set {key} {value} 0 {value}', '{value} may only be the last word'],
  ['memcached', 'get x{value}', '{value} may only be the last word'],
  ['memcached', 'delete {key} noreply', 'does not answer'],
  ['memcached', 'get "a b"', 'have no spaces'],
  ['http', 'GET', 'expected a method, a path'],
  ['http', 'get /', "'get': no method"],
  ['http', 'GET v1', "the path must begin with '/'"],
  ['http', 'GET {key}', "the path must begin with '/'"],
])('refuses %s %j', (protocol, text, message) => {
  expect(messageOf(() => readCommand(text, 1, protocol))).toContain(message);
});

describe('names', () => {
  it('are made unique', () => {
    const named = (...names: string[]) => names.map((name): Operation => ({ name, kind: 'command', weight: 1 }));
    const names = (operations: readonly Operation[]) => operations.map(({ name }) => name);
    expect(names(uniqueNames(named('GET', 'SET', 'GET', 'GET')))).toEqual(['GET', 'SET', 'GET-2', 'GET-3']);
    expect(names(uniqueNames(named('GET', 'GET-2', 'GET')))).toEqual(['GET', 'GET-2', 'GET-3']);
  });
});
