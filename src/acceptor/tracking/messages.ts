/** What clients that track keys are told, as protocol text. */
import type { Name } from '../pubsub/delivery.js';

/** Keys that have changed; null: all keys. */
export type Keys = readonly Name[] | null;

const CHANNEL = '__redis__:invalidate';

/** A push in RESP3; in RESP2 a message on a channel, for a client that others redirect to. */
export function invalidationText(keys: Keys, isResp3: boolean): Buffer {
  const head = isResp3 ? `>2\r\n${bulk('invalidate')}` : `*3\r\n${bulk('message')}${bulk(CHANNEL)}`;
  const none = isResp3 ? '_\r\n' : '$-1\r\n';
  const list = keys === null ? none : `*${keys.length}\r\n${keys.map(bulk).join('')}`;
  return Buffer.from(head + list, 'latin1');
}

export function brokenRedirectText(client: number): Buffer {
  return Buffer.from(`>2\r\n${bulk('tracking-redir-broken')}:${client}\r\n`);
}

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}
