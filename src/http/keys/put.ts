/** PUT of a key, POST for a key that must be new, DELETE; with conditions on what is there, as one step. */
import { type Change, compareAndSet, type Held } from '../../acceptor/compare-and-set.js';
import type { Word } from '../../acceptor/local/request-writer.js';
import { jsonOf, mediaTypeOf, readBody } from '../body.js';
import { Problem } from '../problem.js';
import { checkParameters } from '../target.js';
import { conditionOf, etagOf, matches, type TagCondition } from './etag.js';
import { notFound } from './get.js';
import { type KeyRequest, sendEmpty } from './key-request.js';
import { ttlMs, ttlWords } from './ttl.js';

const FAILED = 'the key does not hold what the condition asks for';

export async function putKey(request: KeyRequest): Promise<void> {
  const { req, res, query, client, key, path } = request;
  checkParameters(query, 'db', 'ttl');
  if (req.headers['content-range'] !== undefined) throw new Problem(400, 'a part of a value can not be set');
  const ifMatch = conditionOf(req.headers['if-match'], 'If-Match');
  const ifNone = conditionOf(req.headers['if-none-match'], 'If-None-Match');
  const ttl = query?.get('ttl');
  const words = ttlWords(ttl);
  const value = await readValue(request);
  const headers = etagHeader(value);
  if (isList(ifMatch) || isList(ifNone)) {
    const existed = await putIf(request, value, ttl, ifMatch, ifNone);
    sendEmpty(res, existed ? 204 : 201, headers);
    return;
  }
  if (ifMatch === '*' && ifNone === '*') throw new Problem(412, FAILED);
  if (ifNone === '*') words.push('NX');
  if (ifMatch === '*') words.push('XX');
  const set: Word[] = ['SET', key, value, ...words];
  const [existed, reply] = await Promise.all([client.call(['EXISTS', key]), client.call(set)]);
  if (reply === null) throw new Problem(412, FAILED);
  if (existed === 1) sendEmpty(res, 204, headers);
  else sendEmpty(res, 201, { Location: path, ...headers });
}

function isList(condition: TagCondition | undefined): boolean {
  return typeof condition === 'object';
}

function etagHeader(value: Buffer): Record<string, string> {
  const etag = etagOf(value);
  return etag === undefined ? {} : { ETag: etag };
}

/** What the request brings, checked if it says that it is JSON. */
async function readValue({ req, context }: KeyRequest): Promise<Buffer> {
  const { httpBodyLimit, httpJsonLimit } = context.server.config.current;
  const isJson = mediaTypeOf(req) === 'application/json';
  const value = await readBody(req, isJson ? Math.min(httpBodyLimit, httpJsonLimit) : httpBodyLimit);
  if (isJson) jsonOf(value);
  return value;
}

/** Sets the value if that which is there meets the conditions; whether there was one. */
async function putIf(
  request: KeyRequest,
  value: Buffer,
  ttl: string | null | undefined,
  ifMatch: TagCondition | undefined,
  ifNone: TagCondition | undefined,
): Promise<boolean> {
  const { context, client, database, key } = request;
  let existed = false;
  await compareAndSet(context.server, client, database, key, (held): Change => {
    check(held, ifMatch, ifNone);
    existed = held.type !== 0;
    return { kind: 'set', value, expiry: expiryOf(ttl, held, context.server.now()) };
  });
  return existed;
}

function expiryOf(ttl: string | null | undefined, held: Held, now: number): number | bigint {
  if (ttl === null || ttl === undefined) return 0;
  return ttl === 'keep' ? held.expiry : now + ttlMs(ttl);
}

/** Throws if what a key holds does not meet the conditions. */
export function check(held: Held, ifMatch: TagCondition | undefined, ifNone: TagCondition | undefined): void {
  const exists = held.type !== 0;
  const etag = exists ? etagOf(held.value) : undefined;
  const fails =
    (ifMatch !== undefined && !(exists && matches(ifMatch, etag, false))) ||
    (ifNone !== undefined && exists && matches(ifNone, etag, true));
  if (fails) throw new Problem(412, FAILED);
}

/** A key that must not be there yet. */
export async function createKey(request: KeyRequest): Promise<void> {
  const { res, query, client, key, path } = request;
  checkParameters(query, 'db', 'ttl');
  const words = ttlWords(query?.get('ttl'));
  const value = await readValue(request);
  const reply = await client.call(['SET', key, value, ...words, 'NX']);
  if (reply === null) throw new Problem(409, 'there is such a key already');
  sendEmpty(res, 201, { Location: path, ...etagHeader(value) });
}

export async function deleteKey(request: KeyRequest): Promise<void> {
  const { req, res, query, context, client, database, key } = request;
  checkParameters(query, 'db');
  const ifMatch = conditionOf(req.headers['if-match'], 'If-Match');
  const ifNone = conditionOf(req.headers['if-none-match'], 'If-None-Match');
  if (ifMatch !== undefined || ifNone !== undefined) {
    await compareAndSet(context.server, client, database, key, (held): Change => {
      check(held, ifMatch, ifNone);
      if (held.type === 0) throw notFound();
      return { kind: 'delete' };
    });
  } else if ((await client.call(['DEL', key])) === 0) throw notFound();
  sendEmpty(res, 204);
}
