/** Replies and words of commands in JSON, as text or as base64. */
import { type Reply, ReplyError } from '../../acceptor/local/reply-parser.js';

export type Encoding = 'utf8' | 'base64';

/** What a document says as a string, in bytes. */
export function bytesOf(text: string, encoding: Encoding): Buffer {
  return Buffer.from(text, encoding);
}

/** Integers that JavaScript could not read exactly are strings; maps with keys that are texts are objects. */
export function jsonOfReply(reply: Reply, encoding: Encoding): unknown {
  if (Buffer.isBuffer(reply)) return reply.toString(encoding);
  if (typeof reply === 'bigint') return String(reply);
  if (typeof reply === 'number') return Number.isFinite(reply) ? reply : String(reply);
  if (reply instanceof ReplyError) return { error: errorOf(reply) };
  if (Array.isArray(reply)) return reply.map((item) => jsonOfReply(item, encoding));
  if (reply instanceof Set) return [...reply].map((item) => jsonOfReply(item, encoding));
  if (!(reply instanceof Map)) return reply;
  return Object.fromEntries(
    [...reply].map(([key, value]) => [String(jsonOfReply(key, encoding)), jsonOfReply(value, encoding)]),
  );
}

export function errorOf({ code, message }: ReplyError): { readonly code: string; readonly message: string } {
  return { code, message };
}
