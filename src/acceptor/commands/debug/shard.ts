/** DEBUG SHARD: makes a shard fail, to see how the server recovers. Not one of Redis's. */
import { ORDER_THROW, ORDER_TRAP } from '../../../engine/layout/control.js';
import { Failure, OK } from '../../../message/value.js';
import { integerOf, SYNTAX_ERROR } from '../arguments.js';
import type { Answer, CommandContext } from '../context.js';

const ORDERS: Readonly<Record<string, number>> = { throw: ORDER_THROW, trap: ORDER_TRAP };

/**
 * `number THROW|TRAP [DIRECT]`. THROW fails between two commands, TRAP as if in the middle of one that changes data.
 * With DIRECT it is not the shard's thread that fails but the acceptor, the next time that it runs requests on the shard.
 */
export function failShard({ server }: CommandContext, words: readonly string[]): Answer {
  const [shard, how = '', where] = words;
  const port = server.ports[integerOf(shard)];
  const order = ORDERS[how.toLowerCase()];
  if (port === undefined) return new Failure(`ERR there is no shard ${shard}`);
  if (order === undefined || (where !== undefined && where.toLowerCase() !== 'direct')) return SYNTAX_ERROR;
  port.order(order, where === undefined ? 'ring' : 'direct');
  return OK;
}
