/**
 * Who is subscribed to what, and publishing. Channels, patterns and shard channels are three kinds of topics; a
 * subscriber remembers its own, so that it can be taken out of all of them when it goes.
 */
import { matchesGlob } from '../../base/glob.js';
import { Delivery, type Heads, headsOf, type MessageKind, type Name } from './delivery.js';
import type { Posts } from './posts.js';

export type TopicKind = 'channel' | 'pattern' | 'shard';

/** Something that can be subscribed to, as long as somebody is. */
export interface Topic {
  readonly name: Name;
  readonly subscribers: Set<Subscriber>;
  /** Of its messages; a pattern's name the channel too, so they have none. */
  readonly heads: Heads | undefined;
}

type Topics = Map<Name, Topic>;

/** What one subscriber is subscribed to, in the order in which it asked. */
export class Subscriptions {
  readonly channel: Topics = new Map();
  readonly pattern: Topics = new Map();
  readonly shard: Topics = new Map();

  get size(): number {
    return this.channel.size + this.pattern.size + this.shard.size;
  }
}

/** Somebody who gets messages: a connection, or anything else that makes itself one. */
export interface Subscriber {
  readonly subscriptions: Subscriptions;
  /** Called for each message at once; the delivery is valid until it returns. Must not subscribe or throw. */
  take(delivery: Delivery): void;
}

/** What the commands, and other protocols, know of the registry. */
export interface PubSub {
  /** Whether that is new. */
  subscribe(subscriber: Subscriber, kind: TopicKind, name: Name): boolean;
  /** Whether it was subscribed. */
  unsubscribe(subscriber: Subscriber, kind: TopicKind, name: Name): boolean;
  unsubscribeAll(subscriber: Subscriber): void;
  /** Sends a payload, some bytes of a memory, to all who listen on a channel; returns how many that were. */
  publish(channel: Name, from: Uint8Array, start: number, end: number): number;
  /** The same on a shard channel. */
  publishToShard(channel: Name, from: Uint8Array, start: number, end: number): number;
  names(kind: TopicKind): IterableIterator<Name>;
  count(kind: TopicKind): number;
  subscribersOf(kind: TopicKind, name: Name): number;
}

const KINDS: Readonly<Record<TopicKind, MessageKind>> = { channel: 'message', pattern: 'pmessage', shard: 'smessage' };

export class PubSubRegistry implements PubSub {
  readonly #topics: Readonly<Record<TopicKind, Topics>> = { channel: new Map(), pattern: new Map(), shard: new Map() };
  readonly #delivery: Delivery;

  constructor(posts: Posts) {
    this.#delivery = new Delivery(posts);
  }

  subscribe(subscriber: Subscriber, kind: TopicKind, name: Name): boolean {
    const own = subscriber.subscriptions[kind];
    if (own.has(name)) return false;
    const topics = this.#topics[kind];
    let topic = topics.get(name);
    if (topic === undefined) {
      topic = { name, subscribers: new Set(), heads: kind === 'pattern' ? undefined : headsOf(KINDS[kind], name) };
      topics.set(name, topic);
    }
    topic.subscribers.add(subscriber);
    own.set(name, topic);
    return true;
  }

  unsubscribe(subscriber: Subscriber, kind: TopicKind, name: Name): boolean {
    const own = subscriber.subscriptions[kind];
    const topic = own.get(name);
    if (topic === undefined) return false;
    own.delete(name);
    topic.subscribers.delete(subscriber);
    if (topic.subscribers.size === 0) this.#topics[kind].delete(name);
    return true;
  }

  unsubscribeAll(subscriber: Subscriber): void {
    for (const kind of ['channel', 'pattern', 'shard'] as const) {
      for (const name of subscriber.subscriptions[kind].keys()) this.unsubscribe(subscriber, kind, name);
    }
  }

  publish(channel: Name, from: Uint8Array, start: number, end: number): number {
    this.#delivery.carry(from, start, end);
    const topic = this.#topics.channel.get(channel);
    const direct = topic === undefined ? 0 : this.#tell(topic, 'message', channel);
    return this.#topics.pattern.size === 0 ? direct : direct + this.#tellPatterns(channel);
  }

  publishToShard(channel: Name, from: Uint8Array, start: number, end: number): number {
    const topic = this.#topics.shard.get(channel);
    if (topic === undefined) return 0;
    this.#delivery.carry(from, start, end);
    return this.#tell(topic, 'smessage', channel);
  }

  #tell({ subscribers, heads }: Topic, kind: MessageKind, channel: Name): number {
    const delivery = this.#delivery.as(kind, channel, undefined, heads as Heads);
    for (const subscriber of subscribers) subscriber.take(delivery);
    return subscribers.size;
  }

  #tellPatterns(channel: Name): number {
    let told = 0;
    for (const { name: pattern, subscribers } of this.#topics.pattern.values()) {
      if (!matchesGlob(pattern, channel)) continue;
      const delivery = this.#delivery.as('pmessage', channel, pattern, headsOf('pmessage', pattern, channel));
      for (const subscriber of subscribers) subscriber.take(delivery);
      told += subscribers.size;
    }
    return told;
  }

  names(kind: TopicKind): IterableIterator<Name> {
    return this.#topics[kind].keys();
  }

  count(kind: TopicKind): number {
    return this.#topics[kind].size;
  }

  subscribersOf(kind: TopicKind, name: Name): number {
    return this.#topics[kind].get(name)?.subscribers.size ?? 0;
  }
}
