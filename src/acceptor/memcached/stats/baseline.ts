/** The counters of memcached's commands, of all shards together, since the start or the last `stats reset`. */
import { STATS } from '../../../engine/layout/memory.js';
import {
  STAT_EVICTED,
  STAT_EXPIRED,
  STAT_MC_CAS_BADVAL,
  STAT_MC_CAS_HITS,
  STAT_MC_CAS_MISSES,
  STAT_MC_DECR_HITS,
  STAT_MC_DECR_MISSES,
  STAT_MC_DELETE_HITS,
  STAT_MC_DELETE_MISSES,
  STAT_MC_GET_HITS,
  STAT_MC_GET_MISSES,
  STAT_MC_INCR_HITS,
  STAT_MC_INCR_MISSES,
  STAT_MC_META,
  STAT_MC_NO_MEMORY,
  STAT_MC_SETS,
  STAT_MC_TOO_LARGE,
  STAT_MC_TOUCH_HITS,
  STAT_MC_TOUCH_MISSES,
} from '../../../engine/layout/stats.js';
import type { ShardPort } from '../../shard-port.js';

const COUNTERS = {
  getHits: STAT_MC_GET_HITS,
  getMisses: STAT_MC_GET_MISSES,
  sets: STAT_MC_SETS,
  touchHits: STAT_MC_TOUCH_HITS,
  touchMisses: STAT_MC_TOUCH_MISSES,
  deleteHits: STAT_MC_DELETE_HITS,
  deleteMisses: STAT_MC_DELETE_MISSES,
  incrHits: STAT_MC_INCR_HITS,
  incrMisses: STAT_MC_INCR_MISSES,
  decrHits: STAT_MC_DECR_HITS,
  decrMisses: STAT_MC_DECR_MISSES,
  casHits: STAT_MC_CAS_HITS,
  casMisses: STAT_MC_CAS_MISSES,
  casBadval: STAT_MC_CAS_BADVAL,
  meta: STAT_MC_META,
  tooLarge: STAT_MC_TOO_LARGE,
  noMemory: STAT_MC_NO_MEMORY,
  expired: STAT_EXPIRED,
  evicted: STAT_EVICTED,
} as const;

export type MemcachedCounts = Readonly<Record<keyof typeof COUNTERS, number>>;

const NAMES = Object.keys(COUNTERS) as (keyof MemcachedCounts)[];

export class Baseline {
  readonly #shards: readonly BigUint64Array[];
  #before: MemcachedCounts | undefined;

  constructor(ports: readonly ShardPort[]) {
    this.#shards = ports.map(({ engine }) => new BigUint64Array(engine.memory.buffer, STATS));
  }

  counts(): MemcachedCounts {
    const now = this.#now();
    return countsOf((name) => now[name] - (this.#before?.[name] ?? 0));
  }

  reset(): void {
    this.#before = this.#now();
  }

  #now(): MemcachedCounts {
    return countsOf((name) => this.#shards.reduce((sum, counters) => sum + Number(counters[COUNTERS[name] >> 3]), 0));
  }
}

function countsOf(count: (name: keyof MemcachedCounts) => number): MemcachedCounts {
  return Object.fromEntries(NAMES.map((name) => [name, count(name)])) as MemcachedCounts;
}
