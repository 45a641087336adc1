/**
 * An exchange: what one connection asked for in one go, and the replies it is owed. Exchanges end in the order in which
 * they began; what was answered too early waits.
 */
import type { ShardPort } from './shard-port.js';

/** Bytes that stay in a shard's memory until they have been sent. */
export interface Reference {
  readonly port: ShardPort;
  readonly address: number;
  readonly length: number;
  readonly blob: number;
}

/** Replies of one shard: payload in some memory, and references with their positions in it. */
export interface Part {
  readonly shard: number;
  readonly from: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly references: readonly PlacedReference[];
}

export interface PlacedReference extends Reference {
  /** Offset in the payload before which the bytes belong. */
  readonly at: number;
}

export class Exchange {
  readonly id: number;
  /** Shards that have not yet said their last word. */
  remaining: number;
  /** Shards that take part: bit k for shard k, in two words. */
  readonly shardsLow: number;
  readonly shardsHigh: number;
  /** Replies of several shards must be put in order: what each has answered. */
  readonly parts: Part[] | undefined;
  /** Output that is ready but must wait for earlier exchanges. */
  ready: (Buffer | Reference)[] = [];
  /** Frame in the acceptor's memory that is to be released when the exchange ends; 0: none. */
  frame = 0;

  constructor(id: number, shards: number, shardsLow: number, shardsHigh: number) {
    this.id = id;
    this.remaining = shards;
    this.shardsLow = shardsLow;
    this.shardsHigh = shardsHigh;
    this.parts = shards > 1 ? [] : undefined;
  }

  involves(shard: number): boolean {
    const word = shard < 32 ? this.shardsLow : this.shardsHigh;
    return ((word >>> (shard & 31)) & 1) !== 0;
  }
}
