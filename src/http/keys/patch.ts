/** PATCH: changes a part of a value that is a JSON document, as RFC 7396 (JSON Merge Patch) says, as one step. */
import { type Change, compareAndSet } from '../../acceptor/compare-and-set.js';
import { jsonOf, mediaTypeOf, readBody } from '../body.js';
import { Problem } from '../problem.js';
import { checkParameters } from '../target.js';
import { conditionOf, etagOf } from './etag.js';
import { notFound } from './get.js';
import { type KeyRequest, sendEmpty } from './key-request.js';
import { mergePatch } from './merge-patch.js';
import { check } from './put.js';

export const MERGE_PATCH = 'application/merge-patch+json';

export async function patchKey(request: KeyRequest): Promise<void> {
  const { req, res, query, context, client, database, key } = request;
  checkParameters(query, 'db');
  const type = mediaTypeOf(req);
  if (type !== MERGE_PATCH) {
    throw new Problem(415, `PATCH takes ${MERGE_PATCH}, not '${type}'`, { 'Accept-Patch': MERGE_PATCH });
  }
  const ifMatch = conditionOf(req.headers['if-match'], 'If-Match');
  const ifNone = conditionOf(req.headers['if-none-match'], 'If-None-Match');
  const limit = context.server.config.current.httpJsonLimit;
  const patch = jsonOf(await readBody(req, limit));
  let etag: string | undefined;
  await compareAndSet(context.server, client, database, key, (held): Change => {
    if (held.type === 0) throw notFound();
    check(held, ifMatch, ifNone);
    const value = Buffer.from(JSON.stringify(mergePatch(documentIn(held.value, limit), patch)));
    etag = etagOf(value);
    return { kind: 'set', value, expiry: held.expiry };
  });
  sendEmpty(res, 204, etag === undefined ? {} : { ETag: etag });
}

function documentIn(value: Uint8Array, limit: number): unknown {
  if (value.byteLength > limit) throw new Problem(409, `the value is longer than the ${limit} bytes that are allowed`);
  try {
    return jsonOf(Buffer.from(value));
  } catch {
    throw new Problem(409, 'the value is no JSON document');
  }
}
