/** SLOWLOG and LATENCY: what took long. */
import type { CommandSpec } from './spec.js';
import { ADMIN, container, help } from './subcommands.js';

const O1 = 'O(1)';
const REPORT = ['nondeterministic_output', 'request_policy:all_nodes', 'response_policy:special'];
const LOG = ['admin', 'loading', 'stale'] as const;

// biome-ignore format: a table
const SLOWLOG = container('slowlog', 'server', '2.2.12', 'the slow log', [
  {
    name: 'get', arity: -2, since: '2.2.12', summary: 'Returns the latest slow commands.',
    complexity: 'O(N), N being the number of entries returned', syntax: '[count:integer]',
    flags: LOG, tips: ['request_policy:all_nodes', 'nondeterministic_output'],
  },
  help('6.2.0'),
  {
    name: 'len', arity: 2, since: '2.2.12', summary: 'Returns how many entries the slow log has.', complexity: O1,
    flags: LOG, tips: ['request_policy:all_nodes', 'response_policy:agg_sum', 'nondeterministic_output'],
  },
  {
    name: 'reset', arity: 2, since: '2.2.12', summary: 'Empties the slow log.',
    complexity: 'O(N), N being the number of entries', flags: LOG,
    tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
  },
]);

// biome-ignore format: a table
const LATENCY = container('latency', 'server', '2.8.13', 'latency', [
  {
    name: 'doctor', arity: 2, since: '2.8.13', summary: 'Says in words what makes the server slow.', complexity: O1,
    flags: ADMIN, tips: REPORT,
  },
  {
    name: 'graph', arity: 3, since: '2.8.13', summary: 'Draws the latest latencies of an event.', complexity: O1,
    syntax: 'event', flags: ADMIN, tips: REPORT,
  },
  help('2.8.13'),
  {
    name: 'histogram', arity: -2, since: '7.0.0', summary: 'Returns how the latencies of commands are distributed.',
    complexity: 'O(N), N being the number of commands', syntax: '[command...]', flags: ADMIN, tips: REPORT,
  },
  {
    name: 'history', arity: 3, since: '2.8.13', summary: 'Returns the latest latencies of an event, with their times.',
    complexity: O1, syntax: 'event', flags: ADMIN, tips: REPORT,
  },
  {
    name: 'latest', arity: 2, since: '2.8.13', summary: 'Returns the latest latency of each event.', complexity: O1,
    flags: ADMIN, tips: REPORT,
  },
  {
    name: 'reset', arity: -2, since: '2.8.13', summary: 'Forgets the latencies of events, of all when none is named.',
    complexity: O1, syntax: '[event...]', flags: ADMIN,
    tips: ['request_policy:all_nodes', 'response_policy:agg_sum'],
  },
]);

export const DIAGNOSTICS: readonly CommandSpec[] = [SLOWLOG, LATENCY];
