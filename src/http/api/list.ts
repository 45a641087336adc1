/** `GET /v1/keys` */
import type { z } from '@hono/zod-openapi';
import type { Word } from '../../acceptor/local/request-writer.js';
import type { HttpContext } from '../context.js';
import { databaseOf } from '../target.js';
import type { KeyList, ListQuery } from './schemas.js';

export async function listKeys(
  context: HttpContext,
  { match, type, cursor, count, encoding, db }: z.infer<typeof ListQuery>,
): Promise<z.infer<typeof KeyList>> {
  const client = context.client('commands', databaseOf(db, context.server.config.current.databases));
  const words: Word[] = ['SCAN', cursor, 'COUNT', count];
  if (match !== undefined) words.push('MATCH', match);
  if (type !== undefined) words.push('TYPE', type);
  const [next, keys] = (await client.call(words, true)) as [Buffer, Buffer[]];
  const after = next.toString('latin1');
  return { keys: keys.map((key) => key.toString(encoding)), cursor: after === '0' ? null : after };
}
