/**
 * Commands of the engine that concern several shards and were not taken apart by the framer. All requests to shards
 * that one handler makes without waiting in between stand together in every shard's queue; that is what makes such a
 * command one step for everybody else.
 */
import { Failure } from '../../message/value.js';
import type { InternalResult } from '../internal.js';
import { type Answer, type CommandContext, type Handler, type Handlers, Pieces } from './context.js';
import { bitop, copy, lcs, msetnx, rename } from './held.js';
import { groupByShard, keysOf } from './keys-of.js';
import { optionsOf, piecesOf } from './replies.js';

/** Asks all shards the same. */
function askAll(context: CommandContext): Promise<InternalResult[]> {
  const { server, command, args } = context;
  const options = optionsOf(context);
  return Promise.all(server.ports.map((port) => server.internal.call(port.shard, command.id, args, options)));
}

/** The first error, or else the first reply. */
async function allOk(context: CommandContext): Promise<Answer> {
  return firstError(await askAll(context)) ?? new Pieces([]);
}

/** FLUSHALL, FLUSHDB: clients that keep copies must forget them all, those of other databases too, as in Redis. */
async function flush(context: CommandContext): Promise<Answer> {
  const results = await askAll(context);
  if (results.every(({ payload }) => payload[0] !== 0x2d)) context.server.tracking.forgetAll();
  return firstError(results) ?? new Pieces([]);
}

function firstError(results: readonly InternalResult[]): Pieces | undefined {
  const result = results.find(({ payload }) => payload[0] === 0x2d) ?? results[0];
  return result === undefined ? undefined : piecesOf(result);
}

function integerOf({ payload }: InternalResult): number {
  return Number(payload.toString('latin1', 1, payload.length - 2));
}

async function dbsize(context: CommandContext): Promise<Answer> {
  const results = await askAll(context);
  return results.reduce((total, result) => total + integerOf(result), 0);
}

/** Each shard sends its keys without the array's first line. */
async function keys(context: CommandContext): Promise<Answer> {
  const results = await askAll(context);
  const failed = results.find(({ count }) => count < 0);
  if (failed !== undefined) return piecesOf(failed);
  const count = results.reduce((total, result) => total + result.count, 0);
  const header = Buffer.from(`*${count}\r\n`);
  return new Pieces([header, ...results.flatMap((result) => piecesOf(result).pieces)]);
}

/** A random key of a shard that is drawn by its share of the keys. */
async function randomkey(context: CommandContext): Promise<Answer> {
  const { server } = context;
  const { database } = optionsOf(context);
  const counts = server.ports.map((port) => port.engine.exports.keysIn(database) >>> 0);
  let at = Math.random() * counts.reduce((total, count) => total + count, 0);
  const drawn = counts.findIndex((count) => {
    at -= count;
    return at < 0;
  });
  // All keys of a shard may have expired: then another one is asked.
  const order = server.ports.map((_, i) => (Math.max(drawn, 0) + i) % server.ports.length);
  let result: InternalResult | undefined;
  for (const shard of order) {
    result = await server.internal.call(shard, context.command.id, [], optionsOf(context));
    if (!isNull(result.payload)) break;
  }
  return piecesOf(result as InternalResult);
}

function isNull(payload: Buffer): boolean {
  return payload[0] === 0x5f || payload.toString('latin1', 0, 3) === '$-1';
}

/** DEL, UNLINK, EXISTS, TOUCH, MSET, MGET with more keys than the framer takes apart: each shard gets its own. */
async function byShard(context: CommandContext): Promise<Answer> {
  const { server, command } = context;
  const options = optionsOf(context);
  const groups = groupByShard(server.internal, command, context.args);
  const results = await Promise.all(
    groups.map(({ shard, args }) => server.internal.call(shard, command.id, args, options)),
  );
  if (command.spec.split === 'ok') return firstError(results) as Pieces;
  if (command.spec.split === 'sum') return results.reduce((total, result) => total + integerOf(result), 0);
  return mergeArrays(context, groups, results);
}

/** Elements of several MGETs in the order of the keys. */
function mergeArrays(
  { args }: CommandContext,
  groups: readonly { readonly places: readonly number[] }[],
  results: readonly InternalResult[],
): Answer {
  const merged: Pieces['pieces'][number][][] = Array.from({ length: args.length }, () => []);
  for (const [i, result] of results.entries()) {
    if (result.payload[0] !== 0x2a) return piecesOf(result);
    for (const [j, element] of elementsOf(result).entries()) merged[groups[i]?.places[j] as number] = element;
  }
  return new Pieces([Buffer.from(`*${args.length}\r\n`), ...merged.flat()]);
}

/** The elements of an array of strings and nulls, each as what is to be sent. */
function elementsOf({ payload, references }: InternalResult): Pieces['pieces'][number][][] {
  const elements: Pieces['pieces'][number][][] = [];
  let at = payload.indexOf('\r\n') + 2;
  let next = 0;
  while (at < payload.length) {
    const lineEnd = payload.indexOf('\r\n', at) + 2;
    const length = payload[at] === 0x24 ? Number(payload.toString('latin1', at + 1, lineEnd - 2)) : -1;
    const reference = references[next];
    if (reference !== undefined && reference.at === lineEnd) {
      next++;
      elements.push([payload.subarray(at, lineEnd), reference, payload.subarray(lineEnd, lineEnd + 2)]);
      at = lineEnd + 2;
    } else {
      const end = length < 0 ? lineEnd : lineEnd + length + 2;
      elements.push([payload.subarray(at, end)]);
      at = end;
    }
  }
  return elements;
}

const SPREAD: Handlers = {
  dbsize,
  flushall: flush,
  flushdb: flush,
  swapdb: allOk,
  keys,
  randomkey,
  rename,
  renamenx: rename,
  copy,
  msetnx,
  bitop,
  lcs,
};

/** Runs any command of the engine, on the shards that it concerns. */
export const spread: Handler = async (context) => {
  const { server, command, args } = context;
  const found = keysOf(server.internal, command, args);
  const shard = found[0]?.shard;
  if (shard !== undefined && found.every((key) => key.shard === shard)) {
    return piecesOf(await server.internal.call(shard, command.id, args, optionsOf(context)));
  }
  if (command.spec.split !== undefined) return byShard(context);
  const handler = SPREAD[command.name];
  if (handler !== undefined) return handler(context);
  if (command.place === 'anywhere')
    return piecesOf(await server.internal.call(0, command.id, args, optionsOf(context)));
  return new Failure(`ERR ${command.name} can't be run on several shards`);
};
