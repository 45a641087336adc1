/**
 * The server's counters, of all shards and of the acceptor, as INFO shows them: since the start, or since the last
 * CONFIG RESETSTAT, which remembers what they were.
 */
import { STATS } from '../engine/layout/memory.js';
import {
  STAT_COMMANDS,
  STAT_DIRTY,
  STAT_EVICTED,
  STAT_EXPIRED,
  STAT_HITS,
  STAT_JOBS,
  STAT_LAZY_FREED,
  STAT_MISSES,
  STAT_MOVED,
} from '../engine/layout/stats.js';
import type { Engine } from '../wasm/engine.js';
import type { Clients } from './clients.js';
import type { CommandStats } from './command-stats.js';
import type { ShardPort } from './shard-port.js';

export interface Traffic {
  /** Bytes, and how often some were read. */
  readonly in: number;
  readonly out: number;
  readonly reads: number;
}

const SHARD_COUNTERS = {
  /** Keyspace look-ups. */
  hits: STAT_HITS,
  misses: STAT_MISSES,
  expired: STAT_EXPIRED,
  evicted: STAT_EVICTED,
  /** Requests that were worked on in slices. */
  jobs: STAT_JOBS,
  /** Blocks that compaction has moved. */
  moved: STAT_MOVED,
  /** Items of emptied databases that were freed afterwards. */
  lazyFreed: STAT_LAZY_FREED,
} as const;
type ShardCounter = keyof typeof SHARD_COUNTERS;

export type Totals = Readonly<
  Record<
    ShardCounter | 'commands' | 'accepted' | 'rejected' | 'outputLimitClosed' | 'bytesIn' | 'bytesOut' | 'reads',
    number
  >
>;

export class Counters {
  readonly #ports: readonly ShardPort[];
  readonly #shards: readonly BigUint64Array[];
  /** What the shards have counted too much (engine/layout/stats.ts). */
  readonly #splitCommands: BigInt64Array;
  readonly #clients: Clients;
  readonly #stats: CommandStats;
  readonly #traffic: () => Traffic;
  #before: Totals | undefined;

  constructor(
    ports: readonly ShardPort[],
    acceptor: Engine,
    clients: Clients,
    stats: CommandStats,
    traffic: () => Traffic,
  ) {
    this.#ports = ports;
    this.#shards = ports.map(({ engine }) => new BigUint64Array(engine.memory.buffer, STATS));
    this.#splitCommands = new BigInt64Array(acceptor.memory.buffer, STATS + STAT_COMMANDS, 1);
    this.#clients = clients;
    this.#stats = stats;
    this.#traffic = traffic;
  }

  /** Since the last reset. */
  totals(): Totals {
    const now = this.#now();
    const names = Object.keys(now) as (keyof Totals)[];
    return Object.fromEntries(names.map((name) => [name, now[name] - (this.#before?.[name] ?? 0)])) as Totals;
  }

  reset(): void {
    this.#before = this.#now();
  }

  /** What never goes back: commands, and bytes in and out, since the start. */
  flow(): { readonly commands: number; readonly bytesIn: number; readonly bytesOut: number } {
    const { in: bytesIn, out: bytesOut } = this.#traffic();
    const commands = this.#sum(STAT_COMMANDS) + Number(this.#splitCommands[0]) + this.#stats.ownCalls;
    return { commands, bytesIn, bytesOut };
  }

  /** Bytes that data takes now, in all shards. */
  get usedBytes(): number {
    return this.#ports.reduce((sum, { engine }) => sum + engine.exports.usedBytes(), 0);
  }

  /** Changes of data since the start. Nothing saves them. */
  get changes(): number {
    return this.#sum(STAT_DIRTY);
  }

  #now(): Totals {
    const shards = Object.entries(SHARD_COUNTERS).map(([name, offset]) => [name, this.#sum(offset)]);
    const { accepted, rejected, outputLimitClosed } = this.#clients;
    const flow = this.flow();
    const { reads } = this.#traffic();
    return { ...Object.fromEntries(shards), ...flow, accepted, rejected, outputLimitClosed, reads };
  }

  #sum(offset: number): number {
    let sum = 0;
    for (const counters of this.#shards) sum += Number(counters[offset >> 3]);
    return sum;
  }
}
