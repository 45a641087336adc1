/** `POST /v1/keys/{key}:increment`, `:append` and `:expire`. */
import { z } from 'zod';
import type { Reply } from '../../acceptor/local/reply-parser.js';
import { jsonOf, readBody } from '../body.js';
import { Problem } from '../problem.js';
import { checkParameters } from '../target.js';
import { explain } from '../validation.js';
import { notFound } from './get.js';
import { type KeyRequest, sendEmpty, sendJson } from './key-request.js';
import { ttlMs } from './ttl.js';

export const Increment = z.strictObject({
  by: z.union([z.number(), z.string().regex(/^-?\d{1,19}$/)]).default(1),
});

export const Expire = z.union([
  z.strictObject({ ttl: z.union([z.number(), z.string()]).nullable() }),
  z.strictObject({ at: z.iso.datetime({ offset: true }) }),
]);

/** Longer bodies than this say nothing that is known here. */
const BODY_MAX = 4096;

async function bodyOf<T>({ req }: KeyRequest, schema: z.ZodType<T>): Promise<T> {
  const bytes = await readBody(req, BODY_MAX);
  const result = schema.safeParse(bytes.length === 0 ? {} : jsonOf(bytes));
  if (!result.success) throw new Problem(400, explain(result.error));
  return result.data;
}

/** A whole number by INCRBY, any other by INCRBYFLOAT. */
export async function increment(request: KeyRequest): Promise<void> {
  const { client, key, query, res } = request;
  checkParameters(query, 'db');
  const { by } = await bodyOf(request, Increment);
  const isWhole = typeof by === 'string' || Number.isSafeInteger(by);
  const reply = await client.call([isWhole ? 'INCRBY' : 'INCRBYFLOAT', key, by]);
  sendJson(res, 200, { value: isWhole ? integer(reply) : Number(reply) });
}

/** As a string where a number of JSON might not be read exactly. */
function integer(reply: Reply): number | string {
  return typeof reply === 'number' ? reply : String(reply);
}

export async function append(request: KeyRequest): Promise<void> {
  const { client, context, key, query, req, res } = request;
  checkParameters(query, 'db');
  const value = await readBody(req, context.server.config.current.httpBodyLimit);
  sendJson(res, 200, { length: await client.call(['APPEND', key, value]) });
}

export async function expire(request: KeyRequest): Promise<void> {
  const { client, key, query, res } = request;
  checkParameters(query, 'db');
  const body = await bodyOf(request, Expire);
  if ('at' in body) {
    if ((await client.call(['PEXPIREAT', key, Date.parse(body.at)])) === 0) throw notFound();
  } else if (body.ttl === null) {
    const [, exists] = await Promise.all([client.call(['PERSIST', key]), client.call(['EXISTS', key])]);
    if (exists === 0) throw notFound();
  } else if ((await client.call(['PEXPIRE', key, ttlMs(body.ttl)])) === 0) throw notFound();
  sendEmpty(res, 204);
}
