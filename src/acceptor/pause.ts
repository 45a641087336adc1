/**
 * CLIENT PAUSE: for a while no request is taken from any client, or no write is made.
 *
 *   all     nothing is read from clients: their connections are held (acceptor.ts)
 *   write   the framer gives write commands back (engine/wire/route.ts), and the router lets them wait here
 */
import type { Blocked } from './blocked.js';
import type { Client } from './client.js';

export type PauseMode = 'write' | 'all';

export interface PauseOptions {
  readonly blocked: Blocked;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told when the mode changes; undefined: no pause. */
  readonly onChange: (mode: PauseMode | undefined) => void;
}

const TIMER_MAX_MS = 2 ** 31 - 1;

export class Pause {
  readonly #options: PauseOptions;
  #mode: PauseMode | undefined;
  #until = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PauseOptions) {
    this.#options = options;
  }

  get mode(): PauseMode | undefined {
    return this.#mode;
  }

  /** Begins a pause of `ms` milliseconds. One that is on already becomes no shorter and no milder. */
  start(mode: PauseMode, ms: number): void {
    if (ms <= 0) return;
    this.#until = Math.max(this.#until, this.#options.now() + ms);
    this.#change(this.#mode === 'all' ? 'all' : mode);
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const left = this.#until - this.#options.now();
    if (left <= 0) this.end();
    else this.#timer = setTimeout(() => this.#schedule(), Math.min(left, TIMER_MAX_MS)).unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#until = 0;
    this.#change(undefined);
    this.#options.blocked.endAll('pause');
  }

  #change(mode: PauseMode | undefined): void {
    if (this.#mode === mode) return;
    this.#mode = mode;
    this.#options.onChange(mode);
  }

  /** Waits until writes may be made; false if the client has gone meanwhile. */
  async over(client: Client): Promise<boolean> {
    while (this.#mode !== undefined) {
      if ((await this.#options.blocked.wait(client, 'pause')) === 'closed') return false;
    }
    return true;
  }
}
