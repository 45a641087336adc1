/** DEBUG OBJECT, SDSLEN and other questions about the inside of a value. */
import { commandId } from '../../../commands/table.js';
import { Failure, Status, Verbatim } from '../../../message/value.js';
import { parseReply } from '../../parse-reply.js';
import type { Answer, CommandContext } from '../context.js';
import { optionsOf } from '../replies.js';

const DEBUG_OBJECT = commandId('debug|object');
const NO_KEY = new Failure('ERR no such key');

interface ValueFacts {
  readonly address: number;
  readonly encoding: string;
  readonly bytes: number;
  /** Clock of the last access in seconds, and the seconds since then. */
  readonly clock: number;
  readonly idle: number;
}

/** What a shard knows of the value at a key; undefined without the key. */
async function factsOf({ server, ...context }: CommandContext, key: Uint8Array): Promise<ValueFacts | undefined> {
  const { database } = optionsOf({ server, ...context });
  const { shard } = server.internal.locate(key);
  const { payload } = await server.internal.call(shard, DEBUG_OBJECT, [key], { database });
  const reply = parseReply(payload);
  if (reply instanceof Error) throw new Failure(reply.message);
  if (!Array.isArray(reply)) return undefined;
  const [address, encoding, bytes, clock, idle] = reply;
  return {
    address: Number(address),
    encoding: String(encoding),
    bytes: Number(bytes),
    clock: Number(clock),
    idle: Number(idle),
  };
}

/** Bytes of a string in Redis's file format, not compressed. */
export function serializedLength(encoding: string, bytes: number): number {
  if (encoding === 'int') return bytes <= 3 ? 2 : bytes <= 5 ? 3 : bytes <= 10 ? 5 : bytes + 1;
  if (bytes < 64) return bytes + 1;
  return bytes < 16384 ? bytes + 2 : bytes + 5;
}

export async function object(context: CommandContext, key: Uint8Array): Promise<Answer> {
  const facts = await factsOf(context, key);
  if (facts === undefined) return NO_KEY;
  const { address, encoding, bytes, clock, idle } = facts;
  return new Status(
    `Value at:0x${address.toString(16)} refcount:1 encoding:${encoding} ` +
      `serializedlength:${serializedLength(encoding, bytes)} lru:${clock} lru_seconds_idle:${idle}`,
  );
}

/** Keys and values lie in blocks without spare room of their own. */
export async function sdslen(context: CommandContext, key: Uint8Array): Promise<Answer> {
  const facts = await factsOf(context, key);
  if (facts === undefined) return NO_KEY;
  if (facts.encoding === 'int') return new Failure('ERR Not an sds encoded string.');
  const { byteLength } = key;
  return new Status(
    `key_sds_len:${byteLength}, key_sds_avail:0, key_zmalloc: ${byteLength}, ` +
      `val_sds_len:${facts.bytes}, val_sds_avail:0, val_zmalloc: ${facts.bytes}`,
  );
}

/** No value has the structure that is asked for: says so, in Redis's words. */
export async function otherEncoding(context: CommandContext, key: Uint8Array, failure: string): Promise<Answer> {
  return (await factsOf(context, key)) === undefined ? NO_KEY : new Failure(failure);
}

/** How the keys of a database spread over the shards. */
export function hashTableStats({ server }: CommandContext, database: number): Answer {
  if (database < 0 || database >= server.config.current.databases) return new Failure('ERR Out of range database');
  const lines = server.ports.map(({ shard, engine: { exports } }) => {
    const keys = exports.keysIn(database) >>> 0;
    return `shard ${shard}: ${keys} keys, ${exports.volatileKeysIn(database) >>> 0} of them with a time to live\n`;
  });
  return new Verbatim(`[Keys of database ${database}]\n${lines.join('')}`);
}
