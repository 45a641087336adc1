import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../../src/acceptor/connection.js';
import type { Delivery } from '../../../../src/acceptor/pubsub/delivery.js';
import { Outbox } from '../../../../src/acceptor/pubsub/outbox.js';
import { Posts } from '../../../../src/acceptor/pubsub/posts.js';
import { PubSubRegistry, type Subscriber, Subscriptions } from '../../../../src/acceptor/pubsub/registry.js';
import { Slab } from '../../../../src/acceptor/pubsub/slab.js';

class Listener implements Subscriber {
  readonly subscriptions = new Subscriptions();
  readonly heard: string[] = [];
  readonly texts: Buffer[] = [];

  take(delivery: Delivery): void {
    const pattern = delivery.pattern === undefined ? '' : ` ${delivery.pattern}`;
    this.heard.push(`${delivery.kind}${pattern} ${delivery.channel} ${delivery.payload()}`);
    for (const isResp3 of [false, true]) {
      const { bytes, start, end } = delivery.text(isResp3);
      this.texts.push(Buffer.from(bytes.subarray(start, end)));
    }
  }
}

function registry() {
  const pubsub = new PubSubRegistry(new Posts());
  const say = (channel: string, text: string) => {
    const bytes = Buffer.from(`..${text}..`);
    return pubsub.publish(channel, bytes, 2, bytes.length - 2);
  };
  return { pubsub, say };
}

describe('the registry of subscriptions', () => {
  it('tells everybody who listens, and counts them', () => {
    const { pubsub, say } = registry();
    const [a, b] = [new Listener(), new Listener()];
    expect(pubsub.subscribe(a, 'channel', 'news')).toBe(true);
    expect(pubsub.subscribe(a, 'channel', 'news')).toBe(false);
    pubsub.subscribe(b, 'channel', 'news');
    pubsub.subscribe(b, 'pattern', 'n*');
    pubsub.subscribe(b, 'pattern', '*s');
    expect(say('news', 'hi')).toBe(4);
    expect(say('other', 'hi')).toBe(0);
    expect(a.heard).toEqual(['message news hi']);
    expect(b.heard).toEqual(['message news hi', 'pmessage n* news hi', 'pmessage *s news hi']);
  });

  it('writes the message in both protocols, whatever its length', () => {
    const { pubsub, say } = registry();
    const listener = new Listener();
    pubsub.subscribe(listener, 'channel', 'c');
    for (const length of [0, 1, 95, 96, 97, 1023, 1024, 70_000, 300_000]) {
      const text = 'x'.repeat(length);
      say('c', text);
      const rest = `$7\r\nmessage\r\n$1\r\nc\r\n$${length}\r\n${text}\r\n`;
      expect(listener.texts.splice(0).map(String)).toEqual([`*3\r\n${rest}`, `>3\r\n${rest}`]);
    }
  });

  it('keeps shard channels apart', () => {
    const { pubsub, say } = registry();
    const listener = new Listener();
    pubsub.subscribe(listener, 'shard', 'c');
    expect(say('c', 'hi')).toBe(0);
    expect(pubsub.publishToShard('c', Buffer.from('hi'), 0, 2)).toBe(1);
    expect(listener.heard).toEqual(['smessage c hi']);
    expect([pubsub.count('shard'), pubsub.count('channel')]).toEqual([1, 0]);
  });

  it('forgets a topic with its last subscriber', () => {
    const { pubsub } = registry();
    const [a, b] = [new Listener(), new Listener()];
    for (const listener of [a, b]) pubsub.subscribe(listener, 'pattern', 'p*');
    pubsub.subscribe(b, 'channel', 'c');
    expect(pubsub.subscribersOf('pattern', 'p*')).toBe(2);
    expect(pubsub.unsubscribe(a, 'pattern', 'p*')).toBe(true);
    expect(pubsub.unsubscribe(a, 'pattern', 'p*')).toBe(false);
    pubsub.unsubscribeAll(b);
    expect(b.subscriptions.size).toBe(0);
    expect([pubsub.count('pattern'), pubsub.count('channel')]).toEqual([0, 0]);
    expect([...pubsub.names('channel')]).toEqual([]);
  });
});

describe('an outbox', () => {
  function write(slab: Slab, text: string): Slab {
    slab.begin(text.length).bytes.write(text, slab.start);
    return slab;
  }

  it('makes one piece of texts that lie together, and keeps the order of others', () => {
    const [one, other] = [new Slab(), new Slab()];
    const outbox = new Outbox();
    outbox.add(write(one, 'ab'));
    outbox.add(write(one, 'cd'));
    const together = outbox.take(false);
    expect(together.map(String)).toEqual(['abcd']);
    expect(together[0]?.buffer).toBe(one.bytes.buffer);
    outbox.add(write(one, 'ef'));
    outbox.add(write(other, 'gh'));
    outbox.add(write(one, 'ij'));
    expect(Buffer.concat(outbox.take(false)).toString()).toBe('efghij');
    expect(outbox.size).toBe(0);
  });

  it('gives copies to who may keep them', () => {
    const slab = new Slab();
    const outbox = new Outbox();
    outbox.add(write(slab, 'kept'));
    const [piece] = outbox.take(true);
    slab.reuse(false);
    write(slab, 'next');
    expect(String(piece)).toBe('kept');
  });
});

describe('posts', () => {
  it('use the place again unless a socket has kept what lies there', async () => {
    const sent: number[] = [];
    const posts = new Posts();
    const connection = (kept: boolean) => ({ flushPosts: () => kept }) as unknown as Connection;
    for (const kept of [false, true, false, false, true, false]) {
      sent.push(posts.resp2.begin(10).start);
      posts.note(connection(kept));
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    }
    expect(sent).toEqual([0, 0, 10, 10, 10, 20]);
  });
});
