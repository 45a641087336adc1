/**
 * What a client that tracks keys reads with a command that the acceptor takes apart: the shards know only of requests
 * of nobody then. Before the command runs is early enough, as the client is told of changes behind its reply.
 */
import { CONN_TRACKED } from '../../engine/layout/connection.js';
import { nameOf } from '../tracking/tracking.js';
import type { CommandContext } from './context.js';
import { keysOf } from './keys-of.js';

export function rememberKeys({ server, client, connection, command, args }: CommandContext): void {
  const { acceptor, tracking, internal } = server;
  if (client.tracking === undefined || !command.flags.has('readonly')) return;
  if ((acceptor.records.flags(connection) & CONN_TRACKED) === 0) return;
  for (const { key } of keysOf(internal, command, args)) tracking.remember(client, nameOf(key));
}
