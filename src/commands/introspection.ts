/** COMMAND, OBJECT and MEMORY: what the server knows about its commands, its keys and its memory. */
import { keyAt } from './key-spec.js';
import type { CommandSpec, SubcommandSpec } from './spec.js';
import { ANY_TIME, container, help } from './subcommands.js';

const O1 = 'O(1)';
const CONNECTION = ['connection'] as const;
const UNORDERED = ['nondeterministic_output_order'];

// biome-ignore format: a table
const COMMAND: CommandSpec = {
  name: 'command', arity: -1, group: 'server', since: '2.8.13',
  summary: 'Describes all commands.', complexity: 'O(N), N being the number of commands',
  flags: ANY_TIME, categories: CONNECTION, tips: UNORDERED,
  subcommands: [
    {
      name: 'count', arity: 2, since: '2.8.13', summary: 'Counts the commands.', complexity: O1,
      flags: ANY_TIME, categories: CONNECTION,
    },
    {
      name: 'docs', arity: -2, since: '7.0.0', summary: 'Documents commands.',
      complexity: 'O(N), N being the number of commands asked for', syntax: '[command-name...]',
      flags: ANY_TIME, categories: CONNECTION, tips: UNORDERED,
    },
    {
      name: 'getkeys', arity: -3, since: '2.8.13', summary: 'Returns the keys in a request.',
      complexity: "O(N), N being the number of the request's arguments", syntax: 'command [arg...]',
      flags: ANY_TIME, categories: CONNECTION,
    },
    {
      name: 'getkeysandflags', arity: -3, since: '7.0.0',
      summary: 'Returns the keys in a request and what becomes of them.',
      complexity: "O(N), N being the number of the request's arguments", syntax: 'command [arg...]',
      flags: ANY_TIME, categories: CONNECTION,
    },
    help('5.0.0', 'connection'),
    {
      name: 'info', arity: -2, since: '2.8.13', summary: 'Describes commands.',
      complexity: 'O(N), N being the number of commands asked for', syntax: '[command-name...]',
      flags: ANY_TIME, categories: CONNECTION, tips: UNORDERED,
    },
    {
      name: 'list', arity: -2, since: '7.0.0', summary: 'Lists the names of commands.',
      complexity: 'O(N), N being the number of commands',
      syntax: '[FILTERBY (filterby: MODULE module-name | ACLCAT category | PATTERN pattern:pattern)]',
      flags: ANY_TIME, categories: CONNECTION, tips: UNORDERED,
    },
  ],
};

/** A question about the value at a key: an engine command, see SubcommandSpec. */
function ofObject(name: string, since: string, summary: string): SubcommandSpec {
  return {
    name,
    arity: 3,
    since,
    summary,
    complexity: O1,
    syntax: 'key',
    place: 'shard',
    flags: ['readonly'],
    categories: ['keyspace'],
    tips: ['nondeterministic_output'],
    keys: [keyAt(2, 'RO')],
  };
}

const OBJECT = container('object', 'generic', '2.2.3', 'how keys and their values are kept', [
  ofObject('encoding', '2.2.3', 'Returns how the value at a key is encoded.'),
  ofObject('freq', '4.0.0', 'Returns how often a key is used, on a logarithmic scale.'),
  help('6.2.0', 'keyspace'),
  ofObject('idletime', '2.2.3', 'Returns for how many seconds a key has not been used.'),
  ofObject('refcount', '2.2.3', 'Returns how many references there are to the value at a key.'),
]);

const REPORT = ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'];

// biome-ignore format: a table
const MEMORY = container('memory', 'server', '4.0.0', 'memory', [
  {
    name: 'doctor', arity: 2, since: '4.0.0', summary: 'Says what seems wrong with memory.', complexity: O1,
    tips: REPORT,
  },
  help('4.0.0'),
  {
    name: 'malloc-stats', arity: 2, since: '4.0.0', summary: 'Tells how the allocator is doing.', complexity: O1,
    tips: REPORT,
  },
  {
    name: 'purge', arity: 2, since: '4.0.0', summary: 'Gives unused memory back.',
    complexity: 'Depends on how much is unused', tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  },
  { name: 'stats', arity: 2, since: '4.0.0', summary: 'Tells what memory is used for.', complexity: O1, tips: REPORT },
  {
    name: 'usage', arity: -3, since: '4.0.0', summary: 'Returns how many bytes a key and its value take.',
    complexity: 'O(N), N being the number of samples', syntax: 'key [SAMPLES count:integer]', place: 'shard',
    flags: ['readonly'], keys: [keyAt(2, 'RO')],
  },
]);

export const INTROSPECTION: readonly CommandSpec[] = [COMMAND, OBJECT, MEMORY];
