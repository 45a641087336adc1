/** Options that the engine acts on, and how they reach it, also while it runs. */
import type { InternalRequests } from './acceptor/internal.js';
import { commandId } from './commands/table.js';
import type { Config, LiveConfig } from './config/index.js';
import { ARG_LENGTH } from './engine/layout/batch.js';
import {
  POLICY_FIFO,
  POLICY_NONE,
  POLICY_RANDOM,
  POLICY_VOLATILE_FIFO,
  POLICY_VOLATILE_RANDOM,
  POLICY_VOLATILE_TTL,
} from './engine/layout/policy.js';
import type { Engine, HashKey } from './wasm/engine.js';

const PAGE = 4096;
const U32_MAX = 2 ** 32 - 1;
/** Work in progress (replies, suspended requests, the index) may go past the limit by this share of it... */
const RESERVE_SHARE = 64;
/** ... but by no less and no more than so many pages. */
const RESERVE_MIN = 256;
const RESERVE_MAX = 4096;

const POLICIES: Readonly<Record<Config['maxmemoryPolicy'], number>> = {
  noeviction: POLICY_NONE,
  'allkeys-lru': POLICY_FIFO,
  'allkeys-lfu': POLICY_FIFO,
  'allkeys-random': POLICY_RANDOM,
  'volatile-lru': POLICY_VOLATILE_FIFO,
  'volatile-lfu': POLICY_VOLATILE_FIFO,
  'volatile-random': POLICY_VOLATILE_RANDOM,
  'volatile-ttl': POLICY_VOLATILE_TTL,
};

/** A shard's share of maxmemory in pages, and its reserve. */
function limits({ maxmemory, shards }: Config): { readonly pages: number; readonly reserve: number } {
  const pages = Math.floor(maxmemory / shards / PAGE);
  return { pages, reserve: Math.min(RESERVE_MAX, Math.max(RESERVE_MIN, Math.floor(pages / RESERVE_SHARE))) };
}

/** Makes a memory an empty shard; `notify` are classes of events (engine/layout/note.ts). */
export function initShard(
  engine: Engine,
  shard: number,
  config: LiveConfig,
  key: HashKey,
  now: number,
  notify = 0,
): void {
  const { current } = config;
  const { pages, reserve } = limits(current);
  engine.exports.initShard(shard, current.shards, current.databases, pages, reserve, now, ...key);
  engine.exports.configure(...settingsOf(current, notify));
}

/** What a shard's engine is told, in the order of its `configure`. */
function settingsOf(current: Config, notify: number): [number, number, number, number, number, number] {
  const { pages, reserve } = limits(current);
  const byFrequency = current.maxmemoryPolicy.endsWith('lfu') ? 1 : 0;
  return [pages, reserve, POLICIES[current.maxmemoryPolicy], byFrequency, longestArgument(current), notify];
}

/** No argument is longer than a frame can say. */
function longestArgument({ protoMaxBulkLen }: Config): number {
  return Math.min(protoMaxBulkLen, ARG_LENGTH);
}

export function applyToAcceptor({ current }: LiveConfig, { exports }: Engine): void {
  const held = Math.min(current.clientQueryBufferLimit, U32_MAX);
  exports.setFramerLimits(longestArgument(current), current.protoMaxArgs, held);
  exports.setMemcachedItemMax(current.memcachedItemSizeMax);
}

/**
 * Applies settings again when CONFIG SET changes one. A shard learns of it in the order of its requests. Returns what
 * tells the shards at once.
 */
export function watchSettings(
  config: LiveConfig,
  internal: InternalRequests,
  acceptor: Engine,
  notify: () => number,
): () => void {
  const tellShards = () => {
    const args = settingsOf(config.current, notify()).map((n) => Buffer.from(String(n)));
    for (let shard = 0; shard < config.current.shards; shard++) void internal.call(shard, CONFIGURE, args);
  };
  const apply = () =>
    // Once for all options of one CONFIG SET, and when none of them has been refused.
    queueMicrotask(() => {
      applyToAcceptor(config, acceptor);
      tellShards();
    });
  config.on('maxmemory', apply);
  config.on('maxmemory-policy', apply);
  config.on('proto-max-bulk-len', apply);
  config.on('client-query-buffer-limit', apply);
  config.on('memcached-item-size-max', apply);
  return tellShards;
}

const CONFIGURE = commandId('_config');
