/** A request for one key, taken apart. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalClient } from '../../acceptor/local/local-client.js';
import type { HttpContext } from '../context.js';
import { databaseOf, decodeBytes, type Target } from '../target.js';

export const KEYS_PATH = '/v1/keys/';

export interface KeyRequest {
  readonly context: HttpContext;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly key: Buffer;
  /** As it came, percent-encoded. */
  readonly path: string;
  /** What stands behind the key after a colon, of a POST request. */
  readonly verb: Verb | undefined;
  readonly query: URLSearchParams | undefined;
  readonly database: number;
  readonly client: LocalClient;
}

const VERBS = ['increment', 'append', 'expire'] as const;
export type Verb = (typeof VERBS)[number];

/** Throws a Problem for what makes no sense. */
export function keyRequestOf(
  context: HttpContext,
  req: IncomingMessage,
  res: ServerResponse,
  { path, query }: Target,
): KeyRequest {
  const name = path.slice(KEYS_PATH.length);
  // A colon that belongs to the key of such a request is percent-encoded.
  const verb = req.method === 'POST' ? VERBS.find((word) => name.endsWith(`:${word}`)) : undefined;
  const key = decodeBytes(verb === undefined ? name : name.slice(0, -verb.length - 1));
  const database = query === undefined ? 0 : databaseOf(query.get('db'), context.server.config.current.databases);
  return { context, req, res, key, path, verb, query, database, client: context.client('keys', database) };
}

/** Answers without a body. */
export function sendEmpty(res: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  res.writeHead(status, status === 201 ? { 'Content-Length': '0', ...headers } : headers);
  res.end();
}

export function sendJson(res: ServerResponse, status: number, value: unknown): void {
  const body = `${JSON.stringify(value)}\n`;
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  res.end(body);
}
