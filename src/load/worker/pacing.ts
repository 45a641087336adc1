/**
 * When the open loop looks at its schedule. A timer of the event loop is good to a millisecond; what is due sooner is
 * waited for by going round the loop without sleeping (`spin`), or is sent late (`sleep`).
 */
const TIMER_MS = 1;

export class Pacer {
  readonly #spins: boolean;
  readonly #work: () => void;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(spins: boolean, work: () => void) {
    this.#spins = spins;
    this.#work = work;
  }

  /** Calls `work` once, when `micros` have passed. */
  after(micros: number): void {
    this.stop();
    const wait = micros / 1000;
    if (this.#spins && wait < 2 * TIMER_MS) this.#immediate = setImmediate(this.#work);
    else this.#timer = setTimeout(this.#work, this.#spins ? Math.min(wait - 2 * TIMER_MS, 1000) : Math.min(wait, 1000));
  }

  stop(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#immediate !== undefined) clearImmediate(this.#immediate);
    this.#timer = undefined;
    this.#immediate = undefined;
  }
}
