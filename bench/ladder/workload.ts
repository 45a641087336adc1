/** The same work for every rung: GET and SET of random keys, as RESP bytes, and a shard that holds the keys. */
import type { EnginePair } from '../support/engine-pair.js';
import { Chance, Pipeline, valueText } from '../support/requests.js';

export type Command = 'GET' | 'SET';

export const KEY_PREFIX = 'key:';
export const VALUE_BYTES = 64;
/** Requests that are prepared for each depth: enough that caches do not hold their keys. */
const PREPARED = 131_072;
/** With few keys caches hold them anyhow. */
const PREPARED_OF_FEW = 4096;
const FILL_DEPTH = 64;

/** Pipelines of `depth` requests with random keys, one behind the other. */
export class Prepared {
  readonly count: number;
  readonly #start: number;
  readonly #size: number;

  /** They take the place of those prepared before. */
  constructor(pair: EnginePair, command: Command, depth: number, keys: number) {
    const chance = new Chance(7);
    const rest = command === 'SET' ? [valueText(VALUE_BYTES)] : [];
    const prepared = keys < PREPARED ? PREPARED_OF_FEW : PREPARED;
    this.count = prepared / depth;
    const pipeline = new Pipeline(command, { prefix: KEY_PREFIX, count: keys }, rest, prepared);
    for (let i = 0; i < prepared; i++) pipeline.setKey(i, chance.below(keys));
    this.#start = pair.place(pipeline.bytes);
    this.#size = pipeline.bytes.byteLength / this.count;
  }

  /** Address of pipeline number `n`, which begins again after the last one. */
  start(n: number): number {
    return this.#start + (n % this.count) * this.#size;
  }

  end(n: number): number {
    return this.start(n) + this.#size;
  }
}

export function fillShard(pair: EnginePair, keys: number): void {
  const pipeline = new Pipeline('SET', { prefix: KEY_PREFIX, count: keys }, [valueText(VALUE_BYTES)], FILL_DEPTH);
  for (let from = 0; from < keys; from += FILL_DEPTH) {
    for (let i = 0; i < FILL_DEPTH; i++) pipeline.setKey(i, Math.min(from + i, keys - 1));
    const at = pair.place(pipeline.bytes);
    pair.serve(at, at + pipeline.bytes.byteLength, Date.now());
  }
  const held = pair.shard.exports.keysIn(0);
  if (held !== keys) throw new Error(`the shard holds ${held} keys instead of ${keys}`);
}
