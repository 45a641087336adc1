/** flush_all: empties the database of memcached's clients, now or at some time. A later one takes an earlier one's place. */
import { commandId } from '../../commands/table.js';
import type { ServerParts } from '../commands/context.js';

const FLUSHDB = commandId('flushdb');
const DATABASE = 0;
/** Longer delays count as times since 1970. */
const RELATIVE_MAX_SECONDS = 30 * 24 * 3600;
/** setTimeout takes no more. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class Flusher {
  readonly #server: ServerParts;
  #timer: NodeJS.Timeout | undefined;
  /** When it is due, in milliseconds since 1970. */
  #due = 0;
  /** How often it was asked for. */
  calls = 0;

  constructor(server: ServerParts) {
    this.#server = server;
  }

  /** `seconds` as memcached's times to expire are given; 0 and less: now. */
  async flush(seconds: number): Promise<void> {
    this.calls++;
    this.cancel();
    if (seconds <= 0) {
      await this.#empty();
      return;
    }
    const { now } = this.#server;
    this.#due = seconds > RELATIVE_MAX_SECONDS ? seconds * 1000 : now() + seconds * 1000;
    this.#wait();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(): void {
    const left = this.#due - this.#server.now();
    if (left <= 0) void this.#empty();
    else this.#timer = setTimeout(() => this.#wait(), Math.min(left, TIMER_MAX_MS)).unref();
  }

  async #empty(): Promise<void> {
    const { internal, ports } = this.#server;
    await Promise.all(ports.map(({ shard }) => internal.call(shard, FLUSHDB, [], { database: DATABASE })));
  }
}
