/** `POST /v1/keys:batch` */
import type { z } from '@hono/zod-openapi';
import { type Reply, ReplyError } from '../../acceptor/local/reply-parser.js';
import type { Word } from '../../acceptor/local/request-writer.js';
import type { HttpContext } from '../context.js';
import { ttlMs } from '../keys/ttl.js';
import { Problem } from '../problem.js';
import { databaseOf } from '../target.js';
import type { BatchRequest, BatchResponse, Operation } from './schemas.js';
import { bytesOf, type Encoding, errorOf } from './values.js';

type Asked = z.infer<typeof Operation>;
type Result = z.infer<typeof BatchResponse>['results'][number];

export async function runBatch(
  context: HttpContext,
  { encoding, operations }: z.infer<typeof BatchRequest>,
  db: string | undefined,
): Promise<z.infer<typeof BatchResponse>> {
  const { databases, httpBatchLimit, httpApi } = context.server.config.current;
  if (operations.length > httpBatchLimit) throw new Problem(413, `at most ${httpBatchLimit} operations in one request`);
  if (httpApi === 'read-only' && operations.some(({ op }) => op !== 'get')) {
    throw new Problem(403, 'the API is read-only (http-api)');
  }
  const client = context.client('commands', databaseOf(db, databases));
  const requests = operations.map((operation) => wordsOf(operation, encoding));
  const settled = await Promise.allSettled(requests.map((words) => client.call(words, true)));
  return { results: settled.map((outcome, i) => resultOf(operations[i] as Asked, outcome, encoding)) };
}

function wordsOf(operation: Asked, encoding: Encoding): Word[] {
  const key = bytesOf(operation.key, encoding);
  if (operation.op === 'get') return ['GET', key];
  if (operation.op === 'delete') return ['DEL', key];
  const { value, ttl, onlyIf } = operation;
  const words: Word[] = ['SET', key, bytesOf(value, encoding)];
  if (ttl !== undefined) words.push('PX', ttlMs(ttl));
  if (onlyIf !== undefined) words.push(onlyIf === 'new' ? 'NX' : 'XX');
  return words;
}

function resultOf({ op }: Asked, outcome: PromiseSettledResult<Reply>, encoding: Encoding): Result {
  if (outcome.status === 'rejected') {
    if (!(outcome.reason instanceof ReplyError)) throw outcome.reason;
    return { error: errorOf(outcome.reason) };
  }
  if (op === 'get') return { value: (outcome.value as Buffer | null)?.toString(encoding) ?? null };
  return op === 'set' ? { set: outcome.value !== null } : { deleted: outcome.value === 1 };
}
