/** Clients that wait for something that may never come: the end of a pause, or what WAIT waits for. */
import type { Client } from './client.js';

/** Why a client waits. The end of a pause can't be brought about by CLIENT UNBLOCK. */
export type BlockReason = 'pause' | 'wait';

/** How it came to an end: the time was up, CLIENT UNBLOCK said so (as a timeout or an error), or nobody waits any more. */
export type BlockEnd = 'done' | 'timeout' | 'error' | 'closed';

interface Waiting {
  readonly reason: BlockReason;
  readonly end: (end: BlockEnd) => void;
}

/** Longest time that a timer takes; whoever waits for longer is not missed. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class Blocked {
  readonly #waiting = new Map<Client, Waiting>();

  get size(): number {
    return this.#waiting.size;
  }

  has(client: Client): boolean {
    return this.#waiting.has(client);
  }

  /** Waits until `end` or `unblock` is called for the client, or `ms` milliseconds have passed; 0: for ever. */
  wait(client: Client, reason: BlockReason, ms = 0): Promise<BlockEnd> {
    client.connection.watch(true);
    return new Promise((resolve) => {
      const timer =
        ms > 0 ? setTimeout(() => this.end(client, 'timeout'), Math.min(ms, TIMER_MAX_MS)).unref() : undefined;
      this.#waiting.set(client, {
        reason,
        end: (end) => {
          clearTimeout(timer);
          resolve(end);
        },
      });
    });
  }

  /** Ends a client's wait; false if it does not wait. */
  end(client: Client, how: BlockEnd): boolean {
    const waiting = this.#waiting.get(client);
    if (waiting === undefined) return false;
    this.#waiting.delete(client);
    client.connection.watch(false);
    waiting.end(how);
    return true;
  }

  /** The same for CLIENT UNBLOCK, which can't end every wait. */
  unblock(client: Client, how: 'timeout' | 'error'): boolean {
    return this.#waiting.get(client)?.reason === 'wait' && this.end(client, how);
  }

  /** Ends the wait of all who wait for one reason, in the order in which they began. */
  endAll(reason: BlockReason): void {
    const clients = [...this.#waiting].filter(([, waiting]) => waiting.reason === reason).map(([client]) => client);
    for (const client of clients) this.end(client, 'done');
  }
}
