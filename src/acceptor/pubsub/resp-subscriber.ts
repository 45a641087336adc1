/** A connection of the Redis protocol as a subscriber. */
import type { Connection } from '../connection.js';
import type { Delivery, Name } from './delivery.js';
import type { Posts } from './posts.js';
import { type Subscriber, Subscriptions } from './registry.js';

export class RespSubscriber implements Subscriber {
  readonly subscriptions = new Subscriptions();
  readonly #connection: Connection;
  readonly #posts: Posts;
  /** It speaks RESP3: messages are pushes. */
  isResp3 = false;

  constructor(connection: Connection, posts: Posts) {
    this.#connection = connection;
    this.#posts = posts;
  }

  take(delivery: Delivery): void {
    this.#connection.post(delivery.text(this.isResp3), this.#posts);
  }

  /** Says that a subscription has begun or ended; `name` null: there was none to end. */
  confirm(event: string, name: Name | null, count: number): void {
    const mark = this.isResp3 ? '>' : '*';
    const none = this.isResp3 ? '_' : '$-1';
    const shown = name === null ? none : `$${name.length}\r\n${name}`;
    const bytes = Buffer.from(`${mark}3\r\n$${event.length}\r\n${event}\r\n${shown}\r\n:${count}\r\n`, 'latin1');
    this.#connection.post({ bytes, start: 0, end: bytes.length }, this.#posts);
  }
}
