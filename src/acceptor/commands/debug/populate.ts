/** DEBUG POPULATE: makes many keys. */
import { commandId } from '../../../commands/table.js';
import { Failure, OK } from '../../../message/value.js';
import { integerOf } from '../arguments.js';
import type { Answer, CommandContext } from '../context.js';
import { optionsOf } from '../replies.js';

const SETNX = commandId('setnx');
/** Requests on their way at the same time. */
const AT_ONCE = 1024;
const NEGATIVE = new Failure('ERR value is out of range, must be positive');

/** `count [prefix [size]]`: keys `key:0`, `key:1`... that are not there yet, with values of `size` bytes. */
export async function populate(context: CommandContext, words: readonly string[]): Promise<Answer> {
  const { internal } = context.server;
  const { database } = optionsOf(context);
  const [countWord, prefix = 'key', sizeWord = '0'] = words;
  const count = integerOf(countWord, NEGATIVE, 0);
  const size = integerOf(sizeWord, NEGATIVE, 0);
  for (let from = 0; from < count; from += AT_ONCE) {
    const to = Math.min(count, from + AT_ONCE);
    const replies = Array.from({ length: to - from }, (_, i) => {
      const key = Buffer.from(`${prefix}:${from + i}`);
      return internal.call(internal.locate(key).shard, SETNX, [key, valueAt(from + i, size)], { database });
    });
    const failed = (await Promise.all(replies)).find(({ payload }) => payload[0] === 0x2d);
    if (failed !== undefined) return new Failure(failed.payload.toString('utf8', 1).trimEnd());
  }
  return OK;
}

/** A text, cut or filled up with zeros to `size` bytes; 0: as it is. */
function valueAt(i: number, size: number): Buffer {
  const text = Buffer.from(`value:${i}`);
  return size === 0 ? text : Buffer.concat([text, Buffer.alloc(size)], size);
}
