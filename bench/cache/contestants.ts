/** The servers that are compared, and the memory limits under which they are. */
import { redisCommand, ringshardCommand, type ServerCommand } from '../support/servers.js';
import { replay } from './replay.js';
import type { Trace } from './traces.js';

/** Names of policies, as the table shows them and the JSON does. */
export const RINGSHARD = 'ringshard';
export const REDIS_LRU = 'redis LRU';
export const REDIS_LFU = 'redis LFU';

/** What Redis takes for itself, and for an item of this benchmark beside its value; only about. */
const REDIS_BYTES = 1024 ** 2;
const REDIS_ITEM_BYTES = 95;
const SIZE_CLASSES = 1.2;

const POLICIES: Readonly<Record<string, string>> = { [REDIS_LRU]: 'allkeys-lru', [REDIS_LFU]: 'allkeys-lfu' };

/**
 * One shard: the limit is divided among shards, and each evicts by itself. `allkeys-lfu` would be the same: ringshard
 * has one policy, S3-FIFO, behind both names.
 */
export function ringshardWith(limit: number): ServerCommand {
  return ringshardCommand(RINGSHARD, ['--shards', '1', ...limited(limit, 'allkeys-lru')]);
}

export function redisWith(policy: string, limit: number): ServerCommand {
  return redisCommand(limited(limit, POLICIES[policy] as string));
}

function limited(limit: number, policy: string): string[] {
  return ['--maxmemory', String(limit), '--maxmemory-policy', policy];
}

/** The memory in which Redis holds about so many items. */
export function bytesForItems(items: number, valueBytes: number): number {
  return Math.round(REDIS_BYTES + items * (valueBytes * SIZE_CLASSES + REDIS_ITEM_BYTES));
}

const FILL = { keys: 3, warmup: 2.5 };

/** How many items a server holds when it is full; `about` so many. */
export async function itemsHeld(command: ServerCommand, about: number, valueBytes: number): Promise<number> {
  const keyCount = Math.ceil(FILL.keys * about);
  const keys = Uint32Array.from({ length: keyCount }, (_, i) => i);
  const fill: Trace = { name: 'fill', keys, keyCount, warmup: Math.floor(FILL.warmup * about) };
  const { items, evicted } = await replay(command, fill, valueBytes);
  if (evicted === 0) throw new Error(`${command.name} was not full with ${keyCount} items`);
  return Math.round(items);
}

const CLOSE = 0.01;
const TRIES = 6;

/** The limit with which ringshard holds `items` items: what was found to come closest. */
export async function ringshardLimit(items: number, first: number, valueBytes: number): Promise<number> {
  let limit = first;
  let best = { limit, off: Number.POSITIVE_INFINITY };
  for (let i = 0; i < TRIES && best.off > CLOSE; i++) {
    const held = await itemsHeld(ringshardWith(limit), items, valueBytes);
    const off = Math.abs(held / items - 1);
    if (off < best.off) best = { limit, off };
    limit = Math.round((limit * items) / held);
  }
  return best.limit;
}
