/**
 * Keeps the shards alive. A shard's memory outlives its thread: when the thread dies, what it had finished is kept and
 * told, the request it had in hand is answered with an error, and a new thread goes on. Only a thread that died in the
 * middle of a change leaves data that can't be trusted; that shard is emptied.
 */

import type { Connection } from './acceptor/connection.js';
import type { Dispatcher } from './acceptor/dispatcher.js';
import type { InternalRequests } from './acceptor/internal.js';
import type { ShardPort } from './acceptor/shard-port.js';
import type { Logger } from './log/index.js';

export interface SupervisorOptions {
  readonly log: Logger;
  readonly dispatcher: Dispatcher;
  readonly internal: InternalRequests;
  readonly connections: () => Iterable<Connection | undefined>;
  /** Makes a shard's memory an empty shard. */
  readonly empty: (shard: number) => void;
  /** Starts a shard's thread. */
  readonly start: (shard: number) => void;
  /** Restarts of one shard within a minute before the server gives up. */
  readonly restartLimit: () => number;
  readonly giveUp: (reason: string) => void;
  readonly now: () => number;
}

const MINUTE_MS = 60_000;

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #restarts = new Map<number, number[]>();
  /** How often a shard was restarted, and how often emptied. */
  restarts = 0;
  emptied = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** A shard's thread has died. */
  onFailure(shard: number, error: Error): void {
    const { log, dispatcher, start } = this.#options;
    const port = dispatcher.ports[shard] as ShardPort;
    port.ownership.seize();
    log.warning('a shard has failed', { shard, error: error.message });
    this.recover(port);
    port.ownership.release();
    if (this.#tooMany(shard)) return;
    this.restarts++;
    start(shard);
    log.notice('the shard has been restarted', { shard });
  }

  /** Brings a shard whose owner died into a state from which another one can go on. */
  recover(port: ShardPort): void {
    const { log, dispatcher, internal, empty } = this.#options;
    const { shard } = port;
    if (port.engine.exports.isChanging() === 0) {
      port.recoverReplies();
      const lost = port.recoverRequests();
      dispatcher.drain();
      if (lost === undefined) return;
      const error = Buffer.from(`-ERR shard ${shard} was restarted while it ran this command\r\n`);
      if (lost.connection === 0) internal.failExchange(lost.exchange, error);
      else this.#fail(shard, error, lost.connection);
      return;
    }
    this.emptied++;
    log.warning('the shard failed in the middle of a change: it has been emptied', { shard });
    port.recoverReplies();
    dispatcher.drain();
    empty(shard);
    port.reset();
    const error = Buffer.from(`-ERR shard ${shard} failed and was emptied\r\n`);
    internal.fail(shard, error);
    this.#fail(shard, error);
  }

  /** Answers what a shard owes, to one connection or to all, with an error. */
  #fail(shard: number, error: Buffer, only?: number): void {
    const { dispatcher, connections } = this.#options;
    for (const connection of connections()) {
      if (connection === undefined || (only !== undefined && connection.id !== only)) continue;
      dispatcher.failShard(connection, shard, error);
    }
  }

  #tooMany(shard: number): boolean {
    const { restartLimit, giveUp, now } = this.#options;
    const recent = (this.#restarts.get(shard) ?? []).filter((at) => now() - at < MINUTE_MS);
    recent.push(now());
    this.#restarts.set(shard, recent);
    if (recent.length <= restartLimit()) return false;
    giveUp(`shard ${shard} has failed ${recent.length} times within a minute`);
    return true;
  }
}
