/** Publish and subscribe: channels, patterns of channels, and shard channels. */
import { keyAt, keysFrom } from './key-spec.js';
import type { CommandFlag, CommandSpec } from './spec.js';
import { container, help } from './subcommands.js';

const O1 = 'O(1)';
const LOOK: readonly CommandFlag[] = ['pubsub', 'loading', 'stale'];
const LISTEN: readonly CommandFlag[] = ['pubsub', 'noscript', 'loading', 'stale'];
const SEND: readonly CommandFlag[] = ['pubsub', 'loading', 'stale', 'fast'];
const CHANNELS = 'O(N), N being the number of channels';
const PATTERNS = 'O(N), N being the number of patterns';

// biome-ignore format: a table
const LISTENING: readonly CommandSpec[] = [
  {
    name: 'subscribe', arity: -2, group: 'pubsub', since: '2.0.0', flags: LISTEN,
    summary: 'Has the messages of channels sent to this connection.', complexity: CHANNELS, syntax: 'channel...',
  },
  {
    name: 'unsubscribe', arity: -1, group: 'pubsub', since: '2.0.0', flags: LISTEN,
    summary: 'Stops the messages of channels, or of all channels.', complexity: CHANNELS, syntax: '[channel...]',
  },
  {
    name: 'psubscribe', arity: -2, group: 'pubsub', since: '2.0.0', flags: LISTEN,
    summary: 'Has the messages of all channels sent whose names match patterns.', complexity: PATTERNS,
    syntax: 'pattern:pattern...',
  },
  {
    name: 'punsubscribe', arity: -1, group: 'pubsub', since: '2.0.0', flags: LISTEN,
    summary: 'Stops the messages that patterns, or all patterns, bring.', complexity: PATTERNS,
    syntax: '[pattern:pattern...]',
  },
  {
    name: 'ssubscribe', arity: -2, group: 'pubsub', since: '7.0.0', flags: LISTEN,
    summary: 'Has the messages of shard channels sent to this connection.', complexity: CHANNELS,
    syntax: 'shardchannel...', keys: [keysFrom(1, 'not_key')],
  },
  {
    name: 'sunsubscribe', arity: -1, group: 'pubsub', since: '7.0.0', flags: LISTEN,
    summary: 'Stops the messages of shard channels, or of all of them.', complexity: CHANNELS,
    syntax: '[shardchannel...]', keys: [keysFrom(1, 'not_key')],
  },
];

// biome-ignore format: a table
const SENDING: readonly CommandSpec[] = [
  {
    name: 'publish', arity: 3, group: 'pubsub', since: '2.0.0', flags: SEND,
    summary: 'Sends a message to a channel and returns how many connections get it.',
    complexity: 'O(N+M), N being the subscribers of the channel and M the patterns of all connections',
    syntax: 'channel message',
  },
  {
    name: 'spublish', arity: 3, group: 'pubsub', since: '7.0.0', flags: SEND,
    summary: 'Sends a message to a shard channel and returns how many connections get it.',
    complexity: 'O(N), N being the subscribers of the channel', syntax: 'shardchannel message',
    keys: [keyAt(1, 'not_key')],
  },
];

// biome-ignore format: a table
const PUBSUB_COMMAND = container('pubsub', 'pubsub', '2.8.0', 'channels and their subscribers', [
  {
    name: 'channels', arity: -2, since: '2.8.0', summary: 'Lists the channels that have subscribers.',
    complexity: CHANNELS, syntax: '[pattern:pattern]', flags: LOOK,
  },
  help('6.2.0'),
  {
    name: 'numpat', arity: 2, since: '2.8.0', summary: 'Counts the patterns that somebody is subscribed to.',
    complexity: O1, flags: LOOK,
  },
  {
    name: 'numsub', arity: -2, since: '2.8.0', summary: 'Counts the subscribers of channels.',
    complexity: CHANNELS, syntax: '[channel...]', flags: LOOK,
  },
  {
    name: 'shardchannels', arity: -2, since: '7.0.0', summary: 'Lists the shard channels that have subscribers.',
    complexity: CHANNELS, syntax: '[pattern:pattern]', flags: LOOK,
  },
  {
    name: 'shardnumsub', arity: -2, since: '7.0.0', summary: 'Counts the subscribers of shard channels.',
    complexity: CHANNELS, syntax: '[shardchannel...]', flags: LOOK,
  },
]);

export const PUBSUB: readonly CommandSpec[] = [...LISTENING, ...SENDING, PUBSUB_COMMAND];
