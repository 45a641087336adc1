/**
 * Engine commands that no client can name: one more line is one more command. The other engine commands of this kind
 * are subcommands with `place: 'shard'`, such as OBJECT ENCODING. Their requests are made by the acceptor, or by the
 * engine itself. Keys must be told here too, because a key that is held makes the requests for it wait.
 */
import { MEMCACHED } from './memcached.js';
import type { InternalSpec } from './spec.js';

export const INTERNAL: readonly InternalSpec[] = [
  /** One key of an MGET over several shards: the reply without the array around it. */
  { name: 'mget|part', arity: 2, keys: [1, 1] },
  /** The beginning of that array; the argument is its length. */
  { name: 'array|header', arity: 2, constant: 'HEADER_OF_ARRAY' },

  /** LCS and BITOP over keys of several shards, with the values in the place of the source keys. */
  { name: 'lcs|values', arity: -3 },
  { name: 'bitop|values', arity: -4, keys: [2, 2], write: true },

  /** What such commands are made of: hold keys and look at them, change them, let go. */
  { name: '_hold', arity: -4, keys: [3, -1] },
  { name: '_put', arity: 4, keys: [1, 1], write: true },
  { name: '_release', arity: 2 },

  /** References of replies have been sent: their blobs may go. */
  { name: '_unpin', arity: -2 },
  /** Takes the place of a request for which there was no memory. */
  { name: '_fail', arity: -1 },
  /** A setting that the engine acts on has changed. */
  { name: '_config', arity: -2 },
  /** DEBUG SET-ACTIVE-EXPIRE: whether keys that have expired go by themselves; the argument is 0 or 1. */
  { name: '_active-expire', arity: 2 },
  { name: 'debug|object', arity: 2, keys: [1, 1] },

  ...MEMCACHED,
];
