/**
 * An exchange: what one connection asked for in one go, and the replies it is owed. Exchanges end in the order in which
 * they began; what was answered too early waits.
 */
/** In whose memory bytes lie until they have been sent. */
export interface Keeper {
  readonly engine: { readonly bytes: Uint8Array };
  /** Another number than that of a reference: its bytes are gone. */
  readonly epoch: number;
  /** They have been read, or nobody wants to read them any more. */
  noteRead(blob: number, epoch?: number): void;
}

/** Bytes that stay in a shard's memory, or in the acceptor's own, until they have been sent. */
export interface Reference {
  readonly keeper: Keeper;
  readonly address: number;
  readonly length: number;
  readonly blob: number;
  /** The shard's at that time: when it has been emptied since, the bytes are gone. */
  readonly epoch: number;
}

export interface PlacedReference extends Reference {
  /** Offset in the payload before which the bytes belong. */
  readonly at: number;
  /** They are a piece of the reply's text, not a whole value. */
  readonly isText: boolean;
}

/** Replies of one shard: payload in some memory, and references with their positions in it. */
export interface Part {
  readonly shard: number;
  readonly from: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly references: readonly PlacedReference[];
}

export class Exchange {
  readonly id: number;
  /** Replies in all, and those of a single shard that have been handed on. */
  readonly count: number;
  answered = 0;
  /** Shards that have not said their last word: bit k for shard k, in two words. */
  #low: number;
  #high: number;
  /** Replies of several shards must be put in order: what each has answered. */
  readonly parts: Part[] | undefined;
  /** Output that is ready but must wait for earlier exchanges. */
  ready: (Buffer | Reference)[] = [];
  /** Frame in the acceptor's memory that is to be released when the exchange ends; 0: none. */
  frame = 0;
  /** Nothing of it is sent (CLIENT REPLY). */
  readonly muted: boolean;
  /** Set when a shard has failed: its replies are errors. */
  failure: Buffer | undefined;
  /** Some replies are the parts of arrays: with one of them missing, nobody can tell where a reply begins. */
  readonly hasArrays: boolean;

  constructor(id: number, count: number, low: number, high: number, muted: boolean, hasArrays = false) {
    this.id = id;
    this.count = count;
    this.#low = low;
    this.#high = high;
    this.muted = muted;
    this.hasArrays = hasArrays;
    const single = high === 0 ? (low & (low - 1)) === 0 : low === 0 && (high & (high - 1)) === 0;
    this.parts = single ? undefined : [];
  }

  get isComplete(): boolean {
    return this.#low === 0 && this.#high === 0;
  }

  isWaitingFor(shard: number): boolean {
    const word = shard < 32 ? this.#low : this.#high;
    return ((word >>> (shard & 31)) & 1) !== 0;
  }

  /** A shard has said its last word. */
  finishShard(shard: number): void {
    if (shard < 32) this.#low &= ~(1 << shard);
    else this.#high &= ~(1 << (shard - 32));
  }
}
