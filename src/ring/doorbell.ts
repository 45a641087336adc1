/**
 * A doorbell: how a thread that has nothing to do is woken. It says that it is going to sleep, looks once more, and
 * sleeps; whoever brings work rings only if it has said so. So in a stream of work nobody rings at all.
 *
 * V8 keeps one lock for all of a process's waiting, which makes every needless notify a cost for everybody.
 */
const AWAKE = 0;
const ASLEEP = 1;

export class Doorbell {
  readonly #words: Int32Array;
  readonly #index: number;

  /** `offset` is the byte offset of its word. */
  constructor(words: Int32Array, offset: number) {
    this.#words = words;
    this.#index = offset >> 2;
  }

  /** Says that this thread is going to sleep. It must look for work once more before it does. */
  announce(): void {
    Atomics.store(this.#words, this.#index, ASLEEP);
  }

  /** Takes it back: there is work. */
  cancel(): void {
    Atomics.store(this.#words, this.#index, AWAKE);
  }

  /** Sleeps until somebody rings, `timeoutMs` at the most. Not on the main thread. */
  wait(timeoutMs: number): void {
    Atomics.wait(this.#words, this.#index, ASLEEP, timeoutMs);
    Atomics.store(this.#words, this.#index, AWAKE);
  }

  /** Calls `wake` when somebody rings; for a thread with an event loop, which this does not keep alive. */
  waitAsync(wake: () => void): void {
    const result = Atomics.waitAsync(this.#words, this.#index, ASLEEP);
    if (result.async) void result.value.then(wake);
    else queueMicrotask(wake);
  }

  /** Wakes the sleeper, if there is one; whether there was. */
  ring(): boolean {
    if (Atomics.load(this.#words, this.#index) !== ASLEEP) return false;
    if (Atomics.compareExchange(this.#words, this.#index, ASLEEP, AWAKE) !== ASLEEP) return false;
    Atomics.notify(this.#words, this.#index);
    return true;
  }
}
