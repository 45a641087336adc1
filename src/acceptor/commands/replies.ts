/** Between a client and the requests that are made of shards for it. */
import type { InternalResult } from '../internal.js';
import { type CommandContext, Pieces } from './context.js';

/** The reply of a shard as it is to be sent. */
export function piecesOf(result: InternalResult): Pieces {
  const { chunks, references } = result;
  if (references.length === 0) return new Pieces(chunks);
  const { payload } = result;
  const pieces: Pieces['pieces'][number][] = [];
  let at = 0;
  for (const reference of references) {
    pieces.push(payload.subarray(at, reference.at), reference);
    at = reference.at;
  }
  pieces.push(payload.subarray(at));
  return new Pieces(pieces);
}

export function optionsOf({ server, connection }: CommandContext): { database: number; protocol: number } {
  const { acceptor } = server;
  return { database: acceptor.records.database(connection), protocol: acceptor.records.protocol(connection) };
}
