/** What the handler of a command that the acceptor answers is given. */
import type { Command } from '../../commands/table.js';
import type { LiveConfig } from '../../config/index.js';
import type { Logger } from '../../log/index.js';
import type { Failure, Value } from '../../message/value.js';
import type { Acceptor } from '../acceptor.js';
import type { Blocked } from '../blocked.js';
import type { Client } from '../client.js';
import type { Clients } from '../clients.js';
import type { CommandStats } from '../command-stats.js';
import type { Connection } from '../connection.js';
import type { Counters } from '../counters.js';
import type { Dispatcher } from '../dispatcher.js';
import type { Reference } from '../exchange.js';
import type { InternalRequests } from '../internal.js';
import type { KeyNotes } from '../keys/key-notes.js';
import type { LatencyMonitor } from '../latency-monitor.js';
import type { Pause } from '../pause.js';
import type { Posts } from '../pubsub/posts.js';
import type { PubSub } from '../pubsub/registry.js';
import type { Sampler } from '../sampler.js';
import type { ShardPort } from '../shard-port.js';
import type { SlowLog } from '../slow-log.js';
import type { Tracking } from '../tracking/tracking.js';

/** Parts of the server that commands act on. */
export interface ServerParts {
  readonly config: LiveConfig;
  readonly log: Logger;
  readonly acceptor: Acceptor;
  readonly dispatcher: Dispatcher;
  readonly internal: InternalRequests;
  readonly ports: readonly ShardPort[];
  readonly clients: Clients;
  readonly stats: CommandStats;
  readonly slowLog: SlowLog;
  readonly latency: LatencyMonitor;
  readonly counters: Counters;
  readonly sampler: Sampler;
  readonly pause: Pause;
  readonly blocked: Blocked;
  readonly pubsub: PubSub;
  readonly posts: Posts;
  readonly keyNotes: KeyNotes;
  readonly tracking: Tracking;
  /** Milliseconds since 1970, by the server's clock. */
  readonly now: () => number;
  /** When the server started, likewise. */
  readonly since: number;
  /** 40 hexadecimal digits that are this run's alone. */
  readonly runId: string;
  /** Where it listens. */
  readonly addresses: () => readonly { readonly host: string; readonly port: number }[];
  /** Whether the server is about to end. */
  readonly isStopping: () => boolean;
  /** Shards that were restarted, and that were emptied, after a crash. */
  readonly recoveries: () => { readonly restarts: number; readonly emptied: number };
  /** Ends the process as SIGTERM would. */
  readonly shutDown: () => void;
}

export interface CommandContext {
  readonly server: ServerParts;
  readonly client: Client;
  readonly connection: Connection;
  /** The command, or the subcommand that was named. */
  readonly command: Command;
  /** Arguments without the names. */
  readonly args: readonly Uint8Array[];
  /** The arguments as text. */
  readonly words: readonly string[];
  /** Milliseconds for which the client only waited: the command is not slow for that. A handler that waits sets it. */
  waited?: number;
}

/** Nothing is sent. */
export const NO_REPLY = Symbol('no reply');

/** A reply that is already protocol text, with long values where they lie. */
export class Pieces {
  readonly pieces: readonly (Buffer | Reference)[];
  constructor(pieces: readonly (Buffer | Reference)[]) {
    this.pieces = pieces;
  }
}

export type Answer = Value | Failure | Pieces | typeof NO_REPLY;

/** Answers a command, now or later; the client's next request waits until then. */
export type Handler = (context: CommandContext) => Answer | Promise<Answer>;

/** Handlers by the full names of their commands, such as `config|get`. */
export type Handlers = Readonly<Record<string, Handler>>;
