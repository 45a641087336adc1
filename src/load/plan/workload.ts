/** What is asked of the server: operations by weight, keys by a distribution, values by size. Plain data. */

/** Which of the keys a request is about. Ranks are spread over the key space, so that hot keys are not neighbours. */
export type KeyDistribution =
  | { readonly kind: 'uniform' }
  /** Rank k (from 1) has a share proportional to k^-exponent. */
  | { readonly kind: 'zipf'; readonly exponent: number }
  /** The newest key is the hottest, by Zipf's law; with inserts, the newest changes. */
  | { readonly kind: 'latest'; readonly exponent: number }
  /** A share of the keys gets a share of the operations; the rest is uniform. */
  | { readonly kind: 'hotspot'; readonly keys: number; readonly operations: number }
  /** One after the other, round and round; each thread has a part of its own. */
  | { readonly kind: 'sequential' };

/** Bytes of a value. */
export type ValueSizes =
  | { readonly kind: 'fixed'; readonly bytes: number }
  | { readonly kind: 'range'; readonly least: number; readonly most: number }
  | { readonly kind: 'list'; readonly entries: readonly { readonly bytes: number; readonly weight: number }[] };

/** A piece of an argument, of a path or of a body. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  /** The drawn key; `base64` as etcd's JSON wants it. */
  | { readonly kind: 'key'; readonly base64?: boolean }
  /** Bytes of the drawn value size, or of `bytes`. */
  | { readonly kind: 'value'; readonly bytes?: number; readonly base64?: boolean }
  /** A whole number from `least` to `most`, both included, in decimal. */
  | { readonly kind: 'int'; readonly least: number; readonly most: number }
  /** A number that no other request of this thread has had. */
  | { readonly kind: 'sequence' };

/** An argument: the segments one after the other. */
export type Word = readonly Segment[];

/**
 * What one operation does with its key:
 *
 *   read     draws a key, reads its value (verified with --verify; a miss is counted)
 *   write    draws a key, stores a value
 *   insert   stores a value at a key that is new
 *   scan     reads `scanLength` neighbouring keys with one request (redis MGET, memcached get with several keys)
 *   modify   a read, and when its reply is there a write of the same key: two requests, timed as one
 *   command  whatever its words say
 */
export type OperationKind = 'read' | 'write' | 'insert' | 'scan' | 'modify' | 'command';

export interface Operation {
  /** For reports, e.g. `get`, `set`, `ZADD`. Unique in a workload. */
  readonly name: string;
  readonly kind: OperationKind;
  /** Its share is this over the sum of all weights. */
  readonly weight: number;
  /**
   * Of a `command`: what is sent.
   *   redis       the command's arguments
   *   memcached   the words of the line; when the last word is a single value segment it is sent as data block,
   *               and the line gets its length
   *   http        method, path, and perhaps one more word: the body
   */
  readonly words?: readonly Word[];
  /** Of a scan: the most keys it reads; the number is drawn uniformly from 1 to this. */
  readonly scanLength?: number;
}

export interface Workload {
  readonly operations: readonly Operation[];
  /** Keys 0 to keys - 1. */
  readonly keys: number;
  /** A key is this and the number, in decimal, padded with zeros to `keyDigits`. */
  readonly keyPrefix: string;
  readonly keyDigits: number;
  readonly distribution: KeyDistribution;
  readonly values: ValueSizes;
  /** Seconds; undefined: none. Written values expire after it. */
  readonly ttl?: number;
  readonly verify: boolean;
  /** With verify: a key that was written may be gone (evicted, expired). */
  readonly allowMisses: boolean;
}
