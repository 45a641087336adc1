/** Plays every trace to every server and to the exact policies. */
import type { ServerCommand } from '../support/servers.js';
import { REDIS_LFU, REDIS_LRU, RINGSHARD, redisWith, ringshardWith } from './contestants.js';
import { type ExactCache, ExactFifo, ExactLru, replayExact } from './exact.js';
import { type Replayed, replay } from './replay.js';
import { ExactS3Fifo } from './s3-fifo.js';
import type { Trace } from './traces.js';

export interface Limits {
  /** Bytes for everybody. */
  readonly memory: number;
  /** Bytes with which ringshard holds as many items as Redis does with `memory`. */
  readonly sameItems: number;
  readonly hasRedis: boolean;
}

export interface Result {
  readonly policy: string;
  readonly gets: number;
  readonly hits: number;
  /** Items held: a server's average, or an exact policy's fixed number. */
  readonly items: number;
  /** The rest is known of servers only. */
  readonly maxmemory?: number;
  readonly evicted?: number;
  readonly seconds?: number;
}

export interface Comparison {
  readonly trace: string;
  readonly sameMemory: readonly Result[];
  /** The exact policies hold what ringshard held on average. */
  readonly sameItems: readonly Result[];
}

const EXACT_LRU = 'exact LRU';
const EXACT_FIFO = 'exact FIFO';
/** What ringshard's policy comes to without ringshard: no rival, but a measure for the engine. */
export const EXACT_S3_FIFO = 'exact S3-FIFO';

/** ringshard's servers are each a process with several threads. */
const RINGSHARDS_AT_ONCE = 2;

/**
 * Redis's servers all run at the same time: Redis dates accesses in whole seconds, and ages its frequencies by the
 * minute. Had each trace a second or two for itself, all accesses would look alike. ringshard's policy knows no time.
 */
export async function compareAll(
  traces: readonly Trace[],
  limits: Limits,
  valueBytes: number,
  say: (text: string) => void,
): Promise<Comparison[]> {
  const take = pool(RINGSHARDS_AT_ONCE);
  return Promise.all(
    traces.map(async (trace) => {
      const one = async (policy: string, command: ServerCommand, maxmemory: number): Promise<Result> =>
        resultOf(policy, maxmemory, await replay(command, trace, valueBytes));
      const own = (limit: number) => take(() => one(RINGSHARD, ringshardWith(limit), limit));
      const redis = (policy: string) => one(policy, redisWith(policy, limits.memory), limits.memory);
      const { memory, sameItems, hasRedis } = limits;
      const [ringshard, ...rivals] = await Promise.all([
        own(sameItems),
        ...(hasRedis ? [redis(REDIS_LRU), redis(REDIS_LFU), own(memory)] : []),
      ]);
      const large = rivals.pop();
      say(`${trace.name}\n`);
      return {
        trace: trace.name,
        sameMemory: large === undefined ? [] : [large, ...rivals],
        sameItems: [ringshard, ...rivals, ...exactly(trace, Math.round(ringshard.items))],
      };
    }),
  );
}

function resultOf(policy: string, maxmemory: number, replayed: Replayed): Result {
  const { gets, hits, items, evicted, seconds } = replayed;
  return { policy, gets, hits, items, maxmemory, evicted, seconds };
}

function exactly(trace: Trace, items: number): Result[] {
  const one = (policy: string, cache: ExactCache): Result => ({ policy, items, ...replayExact(trace, cache) });
  return [
    one(EXACT_LRU, new ExactLru(items, trace.keyCount)),
    one(EXACT_FIFO, new ExactFifo(items, trace.keyCount)),
    one(EXACT_S3_FIFO, new ExactS3Fifo(items, trace.keyCount)),
  ];
}

/** Lets so many at a time do something. */
function pool(size: number): <T>(action: () => Promise<T>) => Promise<T> {
  const lanes: Promise<unknown>[] = Array.from({ length: size }, () => Promise.resolve());
  let next = 0;
  return (action) => {
    const lane = next++ % size;
    const mine = (lanes[lane] as Promise<unknown>).then(action);
    lanes[lane] = mine.catch(() => {});
    return mine;
  };
}
