/**
 * Keeps the shards alive. A shard's memory outlives its thread: when the thread dies, what it had finished is kept and
 * told, the request it had in hand is answered with an error, and a new thread goes on. Only a thread that died in the
 * middle of a change leaves data that can't be trusted; that shard is emptied.
 */

import type { Connection } from './acceptor/connection.js';
import type { DirectFailure } from './acceptor/direct-lane.js';
import { type Dispatcher, INTERNAL } from './acceptor/dispatcher.js';
import type { InternalRequests } from './acceptor/internal.js';
import type { ShardPort } from './acceptor/shard-port.js';
import type { Logger } from './log/index.js';

export interface SupervisorOptions {
  readonly log: Logger;
  readonly dispatcher: Dispatcher;
  readonly internal: InternalRequests;
  readonly connections: () => readonly (Connection | undefined)[];
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
  /** How often a shard was brought back after a failure, and how often it had to be emptied for that. */
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

  /** The engine has failed on a shard that the acceptor had borrowed. Its thread, which was asleep, just goes on. */
  onDirectFailure(port: ShardPort, { error, changing, lost }: DirectFailure): void {
    const { log, empty } = this.#options;
    const { shard } = port;
    log.warning('a shard has failed in the hands of the acceptor', { shard, error: error.message });
    if (changing) {
      this.#noteEmptied(shard);
      empty(shard);
      this.#forgetBlobs(port);
    }
    const message = changing ? emptiedError(shard) : lostError(shard);
    for (const { connection, exchange } of lost) this.#failExchange(shard, message, connection, exchange);
    if (!this.#tooMany(shard)) this.restarts++;
  }

  /** Brings a shard whose owner died into a state from which another one can go on. */
  recover(port: ShardPort): void {
    const { dispatcher, internal, connections, empty } = this.#options;
    const { shard } = port;
    if (port.engine.exports.isChanging() === 0) {
      port.recoverReplies();
      const lost = port.recoverRequests();
      dispatcher.drain();
      const error = lostError(shard);
      for (const { connection, exchange } of lost) this.#failExchange(shard, error, connection, exchange);
      return;
    }
    this.#noteEmptied(shard);
    port.recoverReplies();
    dispatcher.drain();
    empty(shard);
    port.reset();
    this.#forgetBlobs(port);
    const error = emptiedError(shard);
    internal.fail(shard, error);
    for (const connection of connections()) {
      if (connection !== undefined) dispatcher.failShard(connection, shard, error);
    }
  }

  /** What clients were still to be sent out of the shard's memory is gone. */
  #forgetBlobs(port: ShardPort): void {
    port.forgetBlobs();
    for (const connection of this.#options.connections()) connection?.output.lose(port);
  }

  #noteEmptied(shard: number): void {
    this.emptied++;
    this.#options.log.warning('the shard failed in the middle of a change: it has been emptied', { shard });
  }

  /** Answers what a shard owes for one exchange with an error. */
  #failExchange(shard: number, error: Buffer, id: number, exchange: number): void {
    const { dispatcher, internal, connections } = this.#options;
    if (id === INTERNAL) {
      internal.failExchange(exchange, error);
      return;
    }
    const connection = connections()[id];
    if (connection !== undefined) dispatcher.failShard(connection, shard, error, exchange);
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

function lostError(shard: number): Buffer {
  return Buffer.from(`-ERR shard ${shard} was restarted while it ran this command\r\n`);
}

function emptiedError(shard: number): Buffer {
  return Buffer.from(`-ERR shard ${shard} failed and was emptied\r\n`);
}
