/** `POST /v1/commands` */
import type { z } from '@hono/zod-openapi';
import { type Reply, ReplyError } from '../../acceptor/local/reply-parser.js';
import type { Word } from '../../acceptor/local/request-writer.js';
import type { HttpContext } from '../context.js';
import { Problem } from '../problem.js';
import { databaseOf } from '../target.js';
import { checkCommand } from './command-rules.js';
import type { CommandsRequest, CommandsResponse } from './schemas.js';
import { bytesOf, type Encoding, errorOf, jsonOfReply } from './values.js';

export async function runCommands(
  context: HttpContext,
  asked: z.infer<typeof CommandsRequest>,
  encoding: Encoding,
  db: string | undefined,
  mayWrite: boolean,
): Promise<z.infer<typeof CommandsResponse>> {
  const { databases, httpBatchLimit } = context.server.config.current;
  const isOne = !Array.isArray(asked[0]);
  const commands = (isOne ? [asked] : asked) as (string | number)[][];
  if (commands.length > httpBatchLimit) throw new Problem(413, `at most ${httpBatchLimit} commands in one request`);
  for (const words of commands) checkCommand(words, mayWrite);
  const client = context.client('commands', databaseOf(db, databases));
  const settled = await Promise.allSettled(commands.map((words) => client.call(wordsOf(words, encoding), true)));
  const results = settled.map((outcome) => resultOf(outcome, encoding));
  return isOne ? (results[0] as (typeof results)[number]) : { results };
}

/** The command's name is text in any case. */
function wordsOf([name, ...words]: readonly (string | number)[], encoding: Encoding): Word[] {
  return [name as string, ...words.map((word) => (typeof word === 'string' ? bytesOf(word, encoding) : word))];
}

function resultOf(outcome: PromiseSettledResult<Reply>, encoding: Encoding) {
  if (outcome.status === 'fulfilled') return { result: jsonOfReply(outcome.value, encoding) };
  if (!(outcome.reason instanceof ReplyError)) throw outcome.reason;
  return { error: errorOf(outcome.reason) };
}
