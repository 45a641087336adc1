/**
 * Commands over keys of several shards that can't be taken apart: RENAME, RENAMENX, COPY, MSETNX, BITOP, LCS. Their
 * keys are held on every shard (engine/command/hold.ts), so that nobody sees a half-done one; then they are looked at,
 * changed, and let go.
 */
import { commandId } from '../../commands/table.js';
import {
  NOTE_COPY_TO,
  NOTE_DEL,
  NOTE_MISS,
  NOTE_NEW,
  NOTE_RENAME_FROM,
  NOTE_RENAME_TO,
  NOTE_SET,
} from '../../engine/layout/note.js';
import { Failure, OK } from '../../message/value.js';
import type { PlacedReference } from '../exchange.js';
import type { InternalRequests, InternalResult } from '../internal.js';
import { parseReply } from '../parse-reply.js';
import type { Answer, CommandContext } from './context.js';
import { groupByShard } from './keys-of.js';
import { optionsOf, piecesOf } from './replies.js';

const HOLD = commandId('_hold');
const RELEASE = commandId('_release');
const PUT = commandId('_put');
const DEL = commandId('del');
const EXISTS = commandId('exists');
const MSET = commandId('mset');
const BITOP_VALUES = commandId('bitop|values');
const LCS_VALUES = commandId('lcs|values');

/** Type of a string item (engine/keyspace/item.ts). */
const STRING = 1;
const WRONG_TYPE = new Failure('WRONGTYPE Operation against a key holding the wrong kind of value');

/** What a held key holds; the value only if it was fetched. */
export interface HeldKey {
  readonly shard: number;
  readonly key: Uint8Array;
  /** 0: there is no such key. */
  readonly type: number;
  /** Milliseconds since 1970, 0 for none. */
  readonly expiry: number | bigint;
  readonly value: Uint8Array;
}

export interface KeyToHold {
  readonly shard: number;
  readonly key: Uint8Array;
}

let nextToken = 1;

/** Names one holding of keys. */
export function newToken(): Buffer {
  return text(nextToken++);
}

const EMPTY = new Uint8Array(0);

function text(n: number | bigint): Buffer {
  return Buffer.from(String(n));
}

/**
 * Holds keys while `body` runs; `fetch` brings their values. All keys must be asked for at once: two commands that each
 * hold one key and then ask for another could wait for each other.
 */
export async function withHeld(
  context: CommandContext,
  keys: readonly KeyToHold[],
  fetch: boolean,
  body: (held: readonly HeldKey[]) => Promise<Answer> | Answer,
  database = optionsOf(context).database,
): Promise<Answer> {
  const { internal } = context.server;
  const token = newToken();
  const shards = [...new Set(keys.map(({ shard }) => shard))];
  const results = await Promise.all(
    shards.map((shard) => {
      const own = keys.filter((key) => key.shard === shard).map(({ key }) => key);
      return internal.call(shard, HOLD, [token, text(fetch ? 1 : 0), ...own], { database });
    }),
  );
  try {
    const failed = results.find(({ payload }) => payload[0] === 0x2d);
    if (failed !== undefined) return piecesOf(failed);
    const byShard = new Map(shards.map((shard, i) => [shard, readHeld(results[i] as InternalResult)]));
    const held = keys.map(({ shard, key }) => ({ shard, key, ...(byShard.get(shard)?.shift() as Found) }));
    return await body(held);
  } finally {
    for (const shard of shards) void internal.call(shard, RELEASE, [token], { force: true });
  }
}

type Found = Omit<HeldKey, 'shard' | 'key'>;

export function readHeld({ payload, references }: InternalResult): Found[] {
  const items = parseReply<PlacedReference>(payload, references);
  if (!Array.isArray(items)) return [];
  return items.map((item) => {
    if (item === null) return { type: 0, expiry: 0, value: EMPTY };
    if (!Array.isArray(item)) return { type: item as number, expiry: 0, value: EMPTY };
    const [type, expiry, value] = item;
    return { type: type as number, expiry: expiry as number | bigint, value: bytesOf(value) };
  });
}

/** The value's bytes, copied out of the shard's memory if they have stayed there. */
function bytesOf(value: unknown): Uint8Array {
  if (Buffer.isBuffer(value)) return value;
  const { reference } = value as { reference: PlacedReference };
  const { keeper, address, length, blob } = reference;
  const copy = keeper.engine.bytes.slice(address, address + length);
  keeper.noteRead(blob);
  return copy;
}

export function toHold(internal: InternalRequests, key: Uint8Array): KeyToHold {
  return { key, shard: internal.locate(key).shard };
}

export function rename(context: CommandContext): Promise<Answer> {
  const { internal } = context.server;
  const options = { ...optionsOf(context), force: true };
  const onlyNew = context.command.name === 'renamenx';
  const keys = context.args.slice(0, 2).map((key) => toHold(internal, key));
  return withHeld(context, keys, true, async ([source, target]) => {
    if (source === undefined || target === undefined || source.type === 0) return new Failure('ERR no such key');
    if (onlyNew && target.type !== 0) return 0;
    const failed = await put(context, target, source, options.database);
    if (failed !== undefined) return failed;
    await internal.call(source.shard, DEL, [source.key], options);
    if (target.type === 0) tell(context, NOTE_NEW, target.key, options.database);
    tell(context, NOTE_RENAME_FROM, source.key, options.database);
    tell(context, NOTE_RENAME_TO, target.key, options.database);
    return onlyNew ? 1 : OK;
  });
}

/** Tells what has become of a key: the shards do not, of what is done to keys that are held. */
function tell({ server, connection }: CommandContext, event: number, key: Uint8Array, database: number): void {
  server.keyNotes.tell({ event, database, connection: connection.id, key });
}

/** Keys were asked for that are not there. */
function tellMisses(context: CommandContext, keys: readonly HeldKey[]): void {
  const { database } = optionsOf(context);
  for (const { key, type } of keys) if (type === 0) tell(context, NOTE_MISS, key, database);
}

/** An empty result is no key. */
function tellOfBitop(context: CommandContext, { key, type }: HeldKey, isEmpty: boolean, database: number): void {
  if (!isEmpty && type === 0) tell(context, NOTE_NEW, key, database);
  if (!isEmpty) tell(context, NOTE_SET, key, database);
  else if (type !== 0) tell(context, NOTE_DEL, key, database);
}

/** Sets `target` to the value of `source`; the error if that fails. */
async function put(
  context: CommandContext,
  target: HeldKey,
  source: HeldKey,
  database: number,
): Promise<Answer | undefined> {
  const args = [target.key, text(source.expiry), source.value];
  const result = await context.server.internal.call(target.shard, PUT, args, { database, force: true });
  return result.payload[0] === 0x2d ? piecesOf(result) : undefined;
}

export function copy(context: CommandContext): Promise<Answer> | Answer {
  const { server, args, words } = context;
  const { database } = optionsOf(context);
  let target = database;
  let replace = false;
  for (let i = 2; i < words.length; i++) {
    const word = words[i]?.toLowerCase();
    const next = words[i + 1];
    if (word === 'replace') {
      replace = true;
    } else if (word === 'db' && next !== undefined) {
      if (!/^-?(0|[1-9]\d{0,18})$/.test(next)) return new Failure('ERR value is not an integer or out of range');
      target = Number(next);
      if (target < 0 || target >= server.config.current.databases) return new Failure('ERR DB index is out of range');
      i++;
    } else {
      return new Failure('ERR syntax error');
    }
  }
  const keys = args.slice(0, 2).map((key) => toHold(server.internal, key));
  return withHeld(context, keys, true, async ([from, to]) => {
    if (from === undefined || to === undefined) return 0;
    tellMisses(context, [from]);
    if (from.type === 0) return 0;
    const isThere = await exists(context, to, target);
    if (!replace && isThere) return 0;
    const failed = await put(context, to, from, target);
    if (failed !== undefined) return failed;
    if (!isThere) tell(context, NOTE_NEW, to.key, target);
    tell(context, NOTE_COPY_TO, to.key, target);
    return 1;
  });
}

async function exists({ server }: CommandContext, { shard, key }: HeldKey, database: number): Promise<boolean> {
  const { payload } = await server.internal.call(shard, EXISTS, [key], { database, force: true });
  return payload.toString('latin1') !== ':0\r\n';
}

export function msetnx(context: CommandContext): Promise<Answer> | Answer {
  const { server, command, args } = context;
  const keys = args.filter((_, i) => i % 2 === 0).map((key) => toHold(server.internal, key));
  const options = { ...optionsOf(context), force: true };
  return withHeld(context, keys, false, async (held) => {
    if (held.some(({ type }) => type !== 0)) return 0;
    const groups = groupByShard(server.internal, command, args);
    const results = await Promise.all(
      groups.map((group) => server.internal.call(group.shard, MSET, group.args, options)),
    );
    const failed = results.find(({ payload }) => payload[0] === 0x2d);
    if (failed === undefined) {
      for (const { key } of held) {
        tell(context, NOTE_NEW, key, options.database);
        tell(context, NOTE_SET, key, options.database);
      }
      return 1;
    }
    // All or nothing: none of the keys was there before.
    await Promise.all(held.map(({ shard, key }) => server.internal.call(shard, DEL, [key], options)));
    return piecesOf(failed);
  });
}

const BITOPS = new Set(['and', 'or', 'xor', 'not']);

export function bitop(context: CommandContext): Promise<Answer> | Answer {
  const { server, args, words } = context;
  const operation = words[0]?.toLowerCase() ?? '';
  if (!BITOPS.has(operation)) return new Failure('ERR syntax error');
  if (operation === 'not' && args.length !== 3) {
    return new Failure('ERR BITOP NOT must be called with a single source key.');
  }
  const keys = args.slice(1).map((key) => toHold(server.internal, key));
  return withHeld(context, keys, true, async ([destination, ...sources]) => {
    if (destination === undefined) return new Failure('ERR syntax error');
    tellMisses(context, sources);
    if (sources.some(({ type }) => type > STRING)) return WRONG_TYPE;
    const values = sources.map(({ value }) => value);
    const request = [args[0] as Uint8Array, destination.key, ...values];
    const options = { ...optionsOf(context), force: true };
    const result = await server.internal.call(destination.shard, BITOP_VALUES, request, options);
    const isEmpty = values.every(({ byteLength }) => byteLength === 0);
    if (result.payload[0] !== 0x2d) tellOfBitop(context, destination, isEmpty, options.database);
    return piecesOf(result);
  });
}

export function lcs(context: CommandContext): Promise<Answer> {
  const { server, args } = context;
  const keys = args.slice(0, 2).map((key) => toHold(server.internal, key));
  return withHeld(context, keys, true, async (strings) => {
    tellMisses(context, strings);
    if (strings.some(({ type }) => type > STRING)) {
      return new Failure('ERR The specified keys must contain string values');
    }
    const request = [...strings.map(({ value }) => value), ...args.slice(2)];
    const options = { ...optionsOf(context), force: true };
    return piecesOf(await server.internal.call(strings[0]?.shard ?? 0, LCS_VALUES, request, options));
  });
}
