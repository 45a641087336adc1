/** The resource of one key. It is the one that is asked for most, and goes past everything that it does not need. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpContext } from '../context.js';
import { Problem } from '../problem.js';
import type { Target } from '../target.js';
import { getKey } from './get.js';
import { type KeyRequest, keyRequestOf, sendEmpty, type Verb } from './key-request.js';
import { MERGE_PATCH, patchKey } from './patch.js';
import { createKey, deleteKey, putKey } from './put.js';
import { append, expire, increment } from './verbs.js';

type Handler = (request: KeyRequest) => Promise<void>;

const METHODS: Readonly<Record<string, Handler>> = {
  GET: getKey,
  HEAD: getKey,
  PUT: putKey,
  POST: createKey,
  DELETE: deleteKey,
  PATCH: patchKey,
};
const ALLOW = [...Object.keys(METHODS), 'OPTIONS'].join(', ');
const ON_VERBS: Readonly<Record<Verb, Handler>> = { increment, append, expire };

/** Rejects with a Problem, or what the command has failed with. */
export async function serveKey(
  context: HttpContext,
  req: IncomingMessage,
  res: ServerResponse,
  target: Target,
): Promise<void> {
  const { method = '' } = req;
  if (method === 'OPTIONS') {
    sendEmpty(res, 204, { Allow: ALLOW, 'Accept-Patch': MERGE_PATCH });
    return;
  }
  const handler = METHODS[method];
  if (handler === undefined) throw new Problem(405, `a key has no ${method}`, { Allow: ALLOW });
  const request = keyRequestOf(context, req, res, target);
  await (request.verb === undefined ? handler : ON_VERBS[request.verb])(request);
}
