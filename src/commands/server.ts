/** Commands on the server as a whole. */
import type { CommandSpec } from './spec.js';
import { ADMIN, ANY_TIME, container, help } from './subcommands.js';

const O1 = 'O(1)';
const ALL_NODES = ['request_policy:all_nodes', 'response_policy:all_succeeded'];

// biome-ignore format: a table
const CONFIG = container('config', 'server', '2.0.0', 'settings', [
  {
    name: 'get', arity: -3, since: '2.0.0', summary: 'Returns settings whose names match patterns.',
    complexity: 'O(N), N being the number of settings asked for', syntax: 'parameter...', flags: ADMIN,
  },
  help('5.0.0'),
  {
    name: 'resetstat', arity: 2, since: '2.0.0', summary: 'Sets the counters that INFO shows to zero.', complexity: O1,
    flags: ADMIN, tips: ALL_NODES,
  },
  {
    name: 'rewrite', arity: 2, since: '2.8.0', summary: 'Writes the settings into the configuration file.',
    complexity: O1, flags: ADMIN, tips: ALL_NODES,
  },
  {
    name: 'set', arity: -4, since: '2.0.0', summary: 'Changes settings, all of them or none.',
    complexity: 'O(N), N being the number of settings', syntax: '(data: parameter value)...',
    flags: ADMIN, tips: ALL_NODES,
  },
]);

// biome-ignore format: a table
const PLAIN: readonly CommandSpec[] = [
  {
    name: 'info', arity: -1, group: 'server', since: '1.0.0',
    summary: 'Tells about the server: version, clients, memory, counters, keys.', complexity: O1,
    syntax: '[section...]', flags: ANY_TIME, categories: ['dangerous'],
    tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  },
  {
    name: 'time', arity: 1, group: 'server', since: '2.6.0',
    summary: 'Returns the Unix time in seconds, and the microseconds that have passed since.', complexity: O1,
    flags: ['loading', 'stale', 'fast'], tips: ['nondeterministic_output'],
  },
  {
    name: 'debug', arity: -2, group: 'server', since: '1.0.0', system: true,
    summary: 'Groups the commands on the inside of the server, for tests.', complexity: 'Depends on the subcommand',
    flags: ADMIN,
  },
  {
    name: 'lastsave', arity: 1, group: 'server', since: '1.0.0',
    summary: 'Returns the Unix time of the last successful save.', complexity: O1,
    flags: ['loading', 'stale', 'fast'], categories: ['admin', 'dangerous'], tips: ['nondeterministic_output'],
  },
  {
    name: 'role', arity: 1, group: 'server', since: '2.8.12',
    summary: "Tells the server's part in replication.", complexity: O1,
    flags: ['noscript', 'loading', 'stale', 'fast'], categories: ['admin', 'dangerous'],
  },
  {
    name: 'shutdown', arity: -1, group: 'server', since: '1.0.0',
    summary: 'Saves what there is to save and ends the server.', complexity: 'O(N) to save N keys, else O(1)',
    syntax: '[save-selector: NOSAVE | SAVE] [NOW] [FORCE] [ABORT]',
    flags: ['admin', 'noscript', 'loading', 'stale', 'no_multi', 'allow_busy'],
  },
  {
    name: 'lolwut', arity: -1, group: 'server', since: '5.0.0',
    summary: 'Draws something and tells the version.', syntax: '[VERSION version:integer]',
    flags: ['readonly', 'fast'],
  },
];

// biome-ignore format: a table
const ACL = container('acl', 'server', '6.0.0', 'users and their rights', [
  {
    name: 'cat', arity: -2, since: '6.0.0', summary: 'Lists the categories of commands, or the commands of one.',
    complexity: O1, syntax: '[category]', flags: ['noscript', 'loading', 'stale'],
  },
  help('6.0.0'),
  {
    name: 'list', arity: 2, since: '6.0.0', summary: 'Returns the rules of all users.',
    complexity: 'O(N), N being the number of users', flags: ADMIN,
  },
  {
    name: 'users', arity: 2, since: '6.0.0', summary: 'Returns the names of all users.',
    complexity: 'O(N), N being the number of users', flags: ADMIN,
  },
  {
    name: 'whoami', arity: 2, since: '6.0.0', summary: 'Returns the user of this connection.', complexity: O1,
    flags: ['noscript', 'loading', 'stale'],
  },
]);

/** There are no modules; tools ask for the list all the same. */
// biome-ignore format: a table
const MODULE = container('module', 'server', '4.0.0', 'modules', [
  help('5.0.0'),
  {
    name: 'list', arity: 2, since: '4.0.0', summary: 'Lists the modules, of which there are none.',
    complexity: 'O(N), N being the number of modules', flags: ['admin', 'noscript'],
    tips: ['nondeterministic_output_order'],
  },
]);

/** There are no functions; what an empty library answers is enough for tools that tidy up before they begin. */
// biome-ignore format: a table
const FUNCTION = container('function', 'scripting', '7.0.0', 'libraries of functions', [
  {
    name: 'dump', arity: 2, since: '7.0.0', summary: 'Returns all libraries in one piece.',
    complexity: 'O(N), N being the number of functions', flags: ['noscript'], categories: ['scripting'],
  },
  {
    name: 'flush', arity: -2, since: '7.0.0', summary: 'Deletes all libraries.',
    complexity: 'O(N), N being the number of functions', syntax: '[flush-type: ASYNC | SYNC]',
    flags: ['noscript', 'write'], categories: ['scripting'],
    tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  },
  help('7.0.0', 'scripting'),
  {
    name: 'list', arity: -2, since: '7.0.0', summary: 'Describes the libraries.',
    complexity: 'O(N), N being the number of functions',
    syntax: '[LIBRARYNAME library-name-pattern] [WITHCODE]', flags: ['noscript'], categories: ['scripting'],
    tips: ['nondeterministic_output_order'],
  },
  {
    name: 'stats', arity: 2, since: '7.0.0', summary: 'Tells about the function that runs, and the engines.',
    complexity: O1, flags: ['noscript', 'allow_busy'], categories: ['scripting'],
    tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  },
]);

export const SERVER: readonly CommandSpec[] = [...PLAIN, CONFIG, ACL, MODULE, FUNCTION];
