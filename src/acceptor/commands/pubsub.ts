/** Publish and subscribe. */
import { matchesGlob } from '../../base/glob.js';
import { PROTOCOL_RESP3 } from '../../engine/layout/batch.js';
import { CONN_SUBSCRIBED } from '../../engine/layout/connection.js';
import { Failure } from '../../message/value.js';
import type { Client } from '../client.js';
import type { Name } from '../pubsub/delivery.js';
import type { TopicKind } from '../pubsub/registry.js';
import { RespSubscriber } from '../pubsub/resp-subscriber.js';
import {
  type Answer,
  type CommandContext,
  type Handler,
  type Handlers,
  NO_REPLY,
  type ServerParts,
} from './context.js';

/** Commands that a subscribed client may use in RESP2. */
const ALLOWED: ReadonlySet<string> = new Set([
  'subscribe',
  'unsubscribe',
  'psubscribe',
  'punsubscribe',
  'ssubscribe',
  'sunsubscribe',
  'ping',
  'quit',
  'reset',
]);

/** Whether a client must not use a command because it listens to channels. */
export function isRefusedToSubscriber({ acceptor }: ServerParts, client: Client, command: string): boolean {
  return (acceptor.records.flags(client.connection) & CONN_SUBSCRIBED) !== 0 && !ALLOWED.has(command);
}

/** PING of a subscribed client in RESP2. */
export function pongToSubscriber({ args }: CommandContext): Answer {
  if (args.length > 1) return new Failure("ERR wrong number of arguments for 'ping' command");
  return ['pong', args[0] ?? ''];
}

function nameOf(bytes: Uint8Array): Name {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** A client as a subscriber. Brings what the subscriber knows of the connection up to date. */
function subscriberOf({ server, client, connection }: CommandContext): RespSubscriber {
  client.subscriber ??= new RespSubscriber(connection, server.posts);
  client.subscriber.isResp3 = server.acceptor.records.protocol(connection) === PROTOCOL_RESP3;
  return client.subscriber;
}

/** A client's protocol, or what it is subscribed to, has changed: with it what it may do, and how it is told. */
export function updateSubscriber({ acceptor }: ServerParts, { connection, subscriber, isSubscribed }: Client): void {
  if (subscriber === undefined) return;
  subscriber.isResp3 = acceptor.records.protocol(connection) === PROTOCOL_RESP3;
  acceptor.records.setFlag(connection, CONN_SUBSCRIBED, isSubscribed && !subscriber.isResp3);
}

/** Ends all subscriptions of a client, who is not told. */
export function endSubscriptions(server: ServerParts, client: Client): void {
  if (client.subscriber === undefined) return;
  server.pubsub.unsubscribeAll(client.subscriber);
  updateSubscriber(server, client);
}

/** How many subscriptions a client is told to have: those to shard channels are counted apart. */
function countOf({ subscriptions }: RespSubscriber, kind: TopicKind): number {
  const { channel, pattern, shard } = subscriptions;
  return kind === 'shard' ? shard.size : channel.size + pattern.size;
}

function subscribing(kind: TopicKind): Handler {
  return (context) => {
    const { server, client, command, args } = context;
    const subscriber = subscriberOf(context);
    for (const arg of args) {
      const name = nameOf(arg);
      server.pubsub.subscribe(subscriber, kind, name);
      subscriber.confirm(command.name, name, countOf(subscriber, kind));
    }
    updateSubscriber(server, client);
    return NO_REPLY;
  };
}

/** Without arguments it ends all subscriptions of its kind. */
function unsubscribing(kind: TopicKind): Handler {
  return (context) => {
    const { server, client, command, args } = context;
    const subscriber = subscriberOf(context);
    const names = args.length === 0 ? [...subscriber.subscriptions[kind].keys()] : args.map(nameOf);
    for (const name of names) {
      server.pubsub.unsubscribe(subscriber, kind, name);
      subscriber.confirm(command.name, name, countOf(subscriber, kind));
    }
    if (names.length === 0) subscriber.confirm(command.name, null, countOf(subscriber, kind));
    updateSubscriber(server, client);
    return NO_REPLY;
  };
}

function publish({ server, args: [channel, payload] }: CommandContext): Answer {
  const bytes = payload as Uint8Array;
  return server.pubsub.publish(nameOf(channel as Uint8Array), bytes, 0, bytes.length);
}

function spublish({ server, args: [channel, payload] }: CommandContext): Answer {
  const bytes = payload as Uint8Array;
  return server.pubsub.publishToShard(nameOf(channel as Uint8Array), bytes, 0, bytes.length);
}

function listing(kind: TopicKind): Handler {
  return ({ server, args: [pattern] }) => {
    const names = [...server.pubsub.names(kind)];
    const chosen = pattern === undefined ? names : names.filter((name) => matchesGlob(nameOf(pattern), name));
    return chosen.map((name) => Buffer.from(name, 'latin1'));
  };
}

function counting(kind: TopicKind): Handler {
  return ({ server, args }) => args.flatMap((name) => [name, server.pubsub.subscribersOf(kind, nameOf(name))]);
}

export const PUBSUB_HANDLERS: Handlers = {
  subscribe: subscribing('channel'),
  unsubscribe: unsubscribing('channel'),
  psubscribe: subscribing('pattern'),
  punsubscribe: unsubscribing('pattern'),
  ssubscribe: subscribing('shard'),
  sunsubscribe: unsubscribing('shard'),
  publish,
  spublish,
  'pubsub|channels': listing('channel'),
  'pubsub|numsub': counting('channel'),
  'pubsub|numpat': ({ server }) => server.pubsub.count('pattern'),
  'pubsub|shardchannels': listing('shard'),
  'pubsub|shardnumsub': counting('shard'),
};
