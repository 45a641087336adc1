/**
 * What an entry of the command table says. An entry is data: engine ids, COMMAND replies and docs are made from it,
 * and nothing here knows how a command does its work.
 */
import type { KeySpec } from './key-spec.js';

/** The flags that COMMAND INFO shows, in the order in which Redis shows them. */
export const COMMAND_FLAGS = [
  'write',
  'readonly',
  'denyoom',
  'module',
  'admin',
  'pubsub',
  'noscript',
  'blocking',
  'loading',
  'stale',
  'skip_monitor',
  'skip_slowlog',
  'asking',
  'fast',
  'no_auth',
  'no_mandatory_keys',
  'no_async_loading',
  'no_multi',
  'movablekeys',
  'allow_busy',
] as const;
export type CommandFlag = (typeof COMMAND_FLAGS)[number];

/** ACL categories, in the order in which Redis shows them. */
export const CATEGORIES = [
  'keyspace',
  'read',
  'write',
  'set',
  'sortedset',
  'list',
  'hash',
  'string',
  'bitmap',
  'hyperloglog',
  'geo',
  'stream',
  'pubsub',
  'admin',
  'fast',
  'slow',
  'blocking',
  'dangerous',
  'connection',
  'transaction',
  'scripting',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Redis's groups of commands, by which its documentation is ordered. */
export type Group = 'generic' | 'string' | 'bitmap' | 'connection' | 'server' | 'scripting' | 'pubsub';

/**
 * Who answers a command: the engine on the shard that owns its key (a command without a key: shard 0, or every shard);
 * the engine on whichever shard is at hand; or TypeScript in the acceptor.
 */
export type Place = 'shard' | 'anywhere' | 'acceptor';

/** How the replies become one when a command's keys lie on several shards. */
export type Split = 'sum' | 'ok' | 'array';

/** What a subcommand's entry says, and also a command's. A subcommand is of the same group as its command. */
export interface SubcommandSpec {
  /** Lower case; of a subcommand the second word only. */
  readonly name: string;
  /** Words of a request, the name included; negative: at least so many. */
  readonly arity: number;
  /** The Redis version in which it appeared. */
  readonly since: string;
  readonly summary: string;
  readonly complexity?: string;
  /** What follows the name, in the notation of syntax.ts. Absent: nothing does, or it can't be said. */
  readonly syntax?: string;
  readonly flags?: readonly CommandFlag[];
  /** ACL categories beyond those that follow from the flags (categories.ts). */
  readonly categories?: readonly Category[];
  /** Hints for clients and proxies of a cluster, as Redis words them. */
  readonly tips?: readonly string[];
  /** Positions count from the request's first word, also in a subcommand. */
  readonly keys?: readonly KeySpec[];
  /** Absent: acceptor. A subcommand on a shard gets there as a frame without the container's name. */
  readonly place?: Place;
}

export interface CommandSpec extends SubcommandSpec {
  readonly group: Group;
  readonly split?: Split;
  /** Name of the command that runs for one key when a request is taken apart; goes with `split`. */
  readonly part?: string;
  /** May take long whatever its arguments are: always goes through the ring. */
  readonly slow?: true;
  /** Its first argument is a cursor, which names the shard. */
  readonly cursor?: true;
  readonly deprecated?: { readonly since: string; readonly replacedBy: string };
  /** Not meant for applications. */
  readonly system?: true;
  readonly subcommands?: readonly SubcommandSpec[];
}

/** An engine command that no client can name; see internal.ts. */
export interface InternalSpec {
  readonly name: string;
  /** Arguments and one, as if a client had sent it; negative: at least so many. */
  readonly arity: number;
  /** Positions of its first and its last key; a negative one is counted from the end. Absent: it has none. */
  readonly keys?: readonly [first: number, last: number];
  /** Changes data. */
  readonly write?: true;
  /** Name of the constant that the engine's source knows it by, where it can't be derived from `name` (table.ts). */
  readonly constant?: string;
}
