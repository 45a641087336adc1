/** CLIENT: this connection and the others. */
import type { SubcommandSpec } from './spec.js';
import { ADMIN, container, help } from './subcommands.js';

const O1 = 'O(1)';
const CLIENTS = 'O(N), N being the number of connections';
const ALL_NODES = ['request_policy:all_nodes', 'response_policy:all_succeeded'];
const PLAIN = ['noscript', 'loading', 'stale'] as const;
const CONNECTION = ['connection'] as const;

// biome-ignore format: a table
const SUBCOMMANDS: readonly SubcommandSpec[] = [
  {
    name: 'caching', arity: 3, since: '6.0.0', summary: 'Says whether the keys of the next command are tracked.',
    complexity: O1, syntax: '(mode: YES | NO)', flags: PLAIN, categories: CONNECTION,
  },
  {
    name: 'getname', arity: 2, since: '2.6.9', summary: "Returns the connection's name.",
    complexity: O1, flags: PLAIN, categories: CONNECTION,
  },
  {
    name: 'getredir', arity: 2, since: '6.0.0', summary: 'Returns the client that notices about tracked keys go to.',
    complexity: O1, flags: PLAIN, categories: CONNECTION,
  },
  help('5.0.0', 'connection'),
  {
    name: 'id', arity: 2, since: '5.0.0', summary: "Returns the connection's number.",
    complexity: O1, flags: PLAIN, categories: CONNECTION,
  },
  {
    name: 'info', arity: 2, since: '6.2.0', summary: 'Describes the connection.',
    complexity: O1, flags: PLAIN, categories: CONNECTION, tips: ['nondeterministic_output'],
  },
  {
    name: 'kill', arity: -3, since: '2.4.0', summary: 'Closes connections.', complexity: CLIENTS,
    syntax:
      '(filter: old-format<ip:port> | (new-format: [ID client-id:integer] | ' +
      '[TYPE (client-type: NORMAL | MASTER | SLAVE | REPLICA | PUBSUB)] | [USER username] | ' +
      '[ADDR addr<ip:port>] | [LADDR laddr<ip:port>] | [SKIPME (skipme: YES | NO)])...)',
    flags: ADMIN, categories: CONNECTION,
  },
  {
    name: 'list', arity: -2, since: '2.4.0', summary: 'Describes all connections.', complexity: CLIENTS,
    syntax: '[TYPE (client-type: NORMAL | MASTER | REPLICA | PUBSUB)] [ID client-id:integer...]',
    flags: ADMIN, categories: CONNECTION, tips: ['nondeterministic_output'],
  },
  {
    name: 'no-evict', arity: 3, since: '7.0.0', summary: 'Spares the connection when connections use too much memory.',
    complexity: O1, syntax: '(enabled: ON | OFF)', flags: ADMIN, categories: CONNECTION,
  },
  {
    name: 'no-touch', arity: 3, since: '7.2.0', summary: 'Says whether commands count as use of their keys.',
    complexity: O1, syntax: '(enabled: ON | OFF)', flags: PLAIN, categories: CONNECTION,
  },
  {
    name: 'pause', arity: -3, since: '3.0.0', summary: 'Makes all clients wait for some milliseconds.',
    complexity: O1, syntax: 'timeout:integer [mode: WRITE | ALL]', flags: ADMIN, categories: CONNECTION,
  },
  {
    name: 'reply', arity: 3, since: '3.2.0', summary: 'Says whether commands are answered.',
    complexity: O1, syntax: '(action: ON | OFF | SKIP)', flags: PLAIN, categories: CONNECTION,
  },
  {
    name: 'setinfo', arity: 4, since: '7.2.0', summary: "Stores the name or the version of the client's library.",
    complexity: O1, syntax: '(attr: LIB-NAME libname | LIB-VER libver)',
    flags: PLAIN, categories: CONNECTION, tips: ALL_NODES,
  },
  {
    name: 'setname', arity: 3, since: '2.6.9', summary: 'Gives the connection a name.',
    complexity: O1, syntax: 'connection-name', flags: PLAIN, categories: CONNECTION, tips: ALL_NODES,
  },
  {
    name: 'tracking', arity: -3, since: '6.0.0', summary: 'Turns notices about changes of keys it has read on or off.',
    complexity: O1,
    syntax: '(status: ON | OFF) [REDIRECT client-id:integer] [PREFIX... prefix] [BCAST] [OPTIN] [OPTOUT] [NOLOOP]',
    flags: PLAIN, categories: CONNECTION,
  },
  {
    name: 'trackinginfo', arity: 2, since: '6.2.0', summary: 'Tells how the connection tracks keys.',
    complexity: O1, flags: PLAIN, categories: CONNECTION,
  },
  {
    name: 'unblock', arity: -3, since: '5.0.0', summary: 'Ends the wait of a client in a blocking command.',
    complexity: O1, syntax: 'client-id:integer [unblock-type: TIMEOUT | ERROR]', flags: ADMIN, categories: CONNECTION,
  },
  {
    name: 'unpause', arity: 2, since: '6.2.0', summary: 'Lets clients go on that CLIENT PAUSE made wait.',
    complexity: 'O(N), N being the number of clients that wait', flags: ADMIN, categories: CONNECTION,
  },
];

export const CLIENT = container('client', 'connection', '2.4.0', 'connections', SUBCOMMANDS);
