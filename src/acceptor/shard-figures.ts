/** What one shard tells of itself, as it is now and since the start. Anybody may look at any time. */
import { STATS } from '../engine/layout/memory.js';
import {
  STAT_BUSY,
  STAT_COMMANDS,
  STAT_EVICTED,
  STAT_EXPIRED,
  STAT_HITS,
  STAT_JOBS,
  STAT_MISSES,
  STAT_MOVED,
} from '../engine/layout/stats.js';
import type { ShardPort } from './shard-port.js';

export interface ShardFigures {
  /** Keys, and those of them that expire, of all databases. */
  readonly keys: number;
  readonly expires: number;
  readonly usedBytes: number;
  /** Pages of 4 KiB that data lies in, and that have ever been in use. */
  readonly usedPages: number;
  readonly touchedPages: number;
  readonly commands: number;
  readonly hits: number;
  readonly misses: number;
  readonly expired: number;
  readonly evicted: number;
  /** Requests that were worked on in slices, and batches that wait for such a one now. */
  readonly jobs: number;
  readonly suspended: number;
  /** Bytes of requests in the ring. */
  readonly queuedBytes: number;
  /** Blocks that compaction has moved. */
  readonly moved: number;
  /** Keys of emptied databases that have not been freed yet. */
  readonly garbage: number;
  /** Microseconds spent in the engine. */
  readonly busyMicros: number;
}

export function shardFigures({ engine, queuedBytes }: ShardPort, databases: number): ShardFigures {
  const { exports, memory } = engine;
  const counters = new BigUint64Array(memory.buffer, STATS);
  const counter = (offset: number) => Number(counters[offset >> 3]);
  let keys = 0;
  let expires = 0;
  for (let database = 0; database < databases; database++) {
    keys += exports.keysIn(database) >>> 0;
    expires += exports.volatileKeysIn(database) >>> 0;
  }
  return {
    keys,
    expires,
    usedBytes: exports.usedBytes(),
    usedPages: exports.usedPages() >>> 0,
    touchedPages: exports.touchedPages() >>> 0,
    commands: counter(STAT_COMMANDS),
    hits: counter(STAT_HITS),
    misses: counter(STAT_MISSES),
    expired: counter(STAT_EXPIRED),
    evicted: counter(STAT_EVICTED),
    jobs: counter(STAT_JOBS),
    suspended: exports.suspendedBatches() >>> 0,
    queuedBytes,
    moved: counter(STAT_MOVED),
    garbage: exports.garbageKeys() >>> 0,
    busyMicros: new Float64Array(memory.buffer, STATS + STAT_BUSY, 1)[0] as number,
  };
}
