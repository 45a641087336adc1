/** DEBUG DIGEST and DIGEST-VALUE: whether two servers, or one server at two times, hold the same. */
import { createHash } from 'node:crypto';
import { commandId } from '../../../commands/table.js';
import { Failure, OK, Status } from '../../../message/value.js';
import type { PlacedReference } from '../../exchange.js';
import { parseReply } from '../../parse-reply.js';
import type { Answer, CommandContext } from '../context.js';
import { type HeldKey, toHold, withHeld } from '../held.js';

const KEYS = commandId('keys');
const DIGEST_BYTES = 20;
/** Keys that are looked at in one go; they are held meanwhile. */
const KEYS_AT_ONCE = 64;

/** Of a value: its type, whether it expires, and its bytes. */
export function valueDigest({ type, expiry, value }: Pick<HeldKey, 'type' | 'expiry' | 'value'>): Buffer {
  if (type === 0) return Buffer.alloc(DIGEST_BYTES);
  return createHash('sha1')
    .update(Buffer.from([type, expiry === 0 ? 0 : 1]))
    .update(value)
    .digest();
}

/** Of a key and its value: digests of keys are put together with XOR, which knows no order. */
export function keyDigest(database: number, held: Pick<HeldKey, 'key' | 'type' | 'expiry' | 'value'>): Buffer {
  if (held.type === 0) return Buffer.alloc(DIGEST_BYTES);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(database, 0);
  head.writeUInt32LE(held.key.byteLength, 4);
  return createHash('sha1').update(head).update(held.key).update(valueDigest(held)).digest();
}

/** Forty zeros for an empty server. What others change meanwhile may be seen or not. */
export async function digest(context: CommandContext): Promise<Answer> {
  const { databases } = context.server.config.current;
  const sum = Buffer.alloc(DIGEST_BYTES);
  for (let database = 0; database < databases; database++) {
    const failure = await forEachKey(context, database, (held) => addDigest(sum, keyDigest(database, held)));
    if (failure !== undefined) return failure;
  }
  return new Status(sum.toString('hex'));
}

export async function digestValue(context: CommandContext, keys: readonly Uint8Array[]): Promise<Answer> {
  const { internal } = context.server;
  return withHeld(
    context,
    keys.map((key) => toHold(internal, key)),
    true,
    (held) => held.map((found) => new Status(valueDigest(found).toString('hex'))),
  );
}

function addDigest(sum: Buffer, digest: Buffer): void {
  for (let i = 0; i < DIGEST_BYTES; i++) sum[i] = (sum[i] as number) ^ (digest[i] as number);
}

/** Calls `look` for every key of a database; what went wrong, if anything did. */
async function forEachKey(
  context: CommandContext,
  database: number,
  look: (held: HeldKey) => void,
): Promise<Answer | undefined> {
  for (const { shard, engine } of context.server.ports) {
    if (engine.exports.keysIn(database) === 0) continue;
    const keys = await keysOfShard(context, shard, database);
    if (keys === undefined) return new Failure(`ERR shard ${shard} can't list its keys`);
    for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
      const some = keys.slice(at, at + KEYS_AT_ONCE).map((key) => ({ shard, key }));
      const body = (held: readonly HeldKey[]) => {
        for (const found of held) look(found);
        return OK;
      };
      const answer = await withHeld(context, some, true, body, database);
      if (answer !== OK) return answer;
    }
  }
  return undefined;
}

async function keysOfShard(
  { server }: CommandContext,
  shard: number,
  database: number,
): Promise<readonly Uint8Array[] | undefined> {
  const { payload, references, count } = await server.internal.call(shard, KEYS, [Buffer.from('*')], { database });
  if (count < 0) return undefined;
  // A shard lists its keys without the array's first line.
  const header = Buffer.from(`*${count}\r\n`);
  const placed = references.map((reference) => ({ ...reference, at: reference.at + header.length }));
  const keys = parseReply<PlacedReference>(Buffer.concat([header, payload]), placed);
  return Array.isArray(keys) ? keys.filter(Buffer.isBuffer) : undefined;
}
