/** Looks at the server's figures at regular times: rates over the last second and a half, and the most memory used. */
import type { Counters } from './counters.js';

/** Redis averages over so many samples. */
const SAMPLES = 16;

export interface Rates {
  readonly commandsPerSecond: number;
  readonly bytesInPerSecond: number;
  readonly bytesOutPerSecond: number;
}

interface Sample extends ReturnType<Counters['flow']> {
  /** Milliseconds. */
  readonly at: number;
}

export class Sampler {
  readonly #counters: Counters;
  readonly #samples: Sample[] = [];
  #peakBytes = 0;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  /** To be called about ten times a second; `at` is in milliseconds. */
  tick(at: number): void {
    this.#samples.push({ at, ...this.#counters.flow() });
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#peakBytes = Math.max(this.#peakBytes, this.#counters.usedBytes);
  }

  /** Forgets the rates, not the peak. */
  reset(): void {
    this.#samples.length = 0;
  }

  get rates(): Rates {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const ms = first === undefined || last === undefined ? 0 : last.at - first.at;
    const rate = (of: (sample: Sample) => number) =>
      ms <= 0 ? 0 : Math.max(0, ((of(last as Sample) - of(first as Sample)) * 1000) / ms);
    return {
      commandsPerSecond: rate(({ commands }) => commands),
      bytesInPerSecond: rate(({ bytesIn }) => bytesIn),
      bytesOutPerSecond: rate(({ bytesOut }) => bytesOut),
    };
  }

  /** The most bytes of data that there ever were, as far as it was looked. */
  get peakBytes(): number {
    this.#peakBytes = Math.max(this.#peakBytes, this.#counters.usedBytes);
    return this.#peakBytes;
  }
}
