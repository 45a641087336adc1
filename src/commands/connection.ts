/** Commands on the connection itself; CLIENT has a file of its own. */
import type { CommandSpec } from './spec.js';

const O1 = 'O(1)';

// biome-ignore format: a table
export const CONNECTION: readonly CommandSpec[] = [
  {
    name: 'ping', arity: -1, group: 'connection', since: '1.0.0', place: 'anywhere',
    summary: 'Answers PONG, or with the message.', complexity: O1, syntax: '[message]',
    flags: ['fast'], categories: ['connection'],
    tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  },
  {
    name: 'echo', arity: 2, group: 'connection', since: '1.0.0', place: 'anywhere',
    summary: 'Answers with the message.', complexity: O1, syntax: 'message',
    flags: ['loading', 'stale', 'fast'], categories: ['connection'],
  },
  {
    name: 'hello', arity: -1, group: 'connection', since: '6.0.0',
    summary: 'Chooses the version of the protocol and tells about the server.', complexity: O1,
    syntax: '[arguments: protover:integer [AUTH (auth: username password)] [SETNAME clientname]]',
    flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'], categories: ['connection'],
  },
  {
    name: 'auth', arity: -2, group: 'connection', since: '1.0.0',
    summary: 'Proves with a password that the connection may be used.',
    complexity: 'O(N), N being the number of passwords of the user', syntax: '[username] password',
    flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'], categories: ['connection'],
  },
  {
    name: 'select', arity: 2, group: 'connection', since: '1.0.0',
    summary: 'Changes the database that the connection works on.', complexity: O1, syntax: 'index:integer',
    flags: ['loading', 'stale', 'fast'], categories: ['connection'],
  },
  {
    name: 'quit', arity: -1, group: 'connection', since: '1.0.0',
    summary: 'Ends the connection after the replies that are due.', complexity: O1,
    deprecated: { since: '7.2.0', replacedBy: 'just closing the connection' },
    flags: ['allow_busy', 'noscript', 'loading', 'stale', 'fast', 'no_auth'], categories: ['connection'],
  },
  {
    name: 'reset', arity: 1, group: 'connection', since: '6.2.0',
    summary: 'Makes the connection as good as new.', complexity: O1,
    flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'], categories: ['connection'],
  },
  {
    name: 'wait', arity: 3, group: 'generic', since: '3.0.0',
    summary: 'Waits until replicas have the writes of this connection and returns how many have them.', complexity: O1,
    syntax: 'numreplicas:integer timeout:integer', categories: ['connection'],
    tips: ['request_policy:all_shards', 'response_policy:agg_min'],
  },
];
