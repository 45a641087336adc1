/**
 * Numbers below a limit of which the smaller ones are the more popular, as keys of a cache are: number k comes up in
 * proportion to 1 / (k + 1) ^ skew. After Gray et al., "Quickly Generating Billion-Record Synthetic Databases" (1994).
 */
import type { Chance } from './requests.js';

/** Fine enough to draw a uniform number between 0 and 1. */
const STEPS = 2 ** 32;

export class Zipf {
  readonly #chance: Chance;
  readonly #count: number;
  readonly #skew: number;
  readonly #alpha: number;
  readonly #zeta: number;
  readonly #eta: number;

  /** `skew` lies between 0 and 1, both excluded. */
  constructor(chance: Chance, count: number, skew: number) {
    this.#chance = chance;
    this.#count = count;
    this.#skew = skew;
    this.#alpha = 1 / (1 - skew);
    this.#zeta = zetaOf(count, skew);
    this.#eta = (1 - (2 / count) ** (1 - skew)) / (1 - zetaOf(2, skew) / this.#zeta);
  }

  next(): number {
    const u = this.#chance.below(STEPS) / STEPS;
    const scaled = u * this.#zeta;
    if (scaled < 1) return 0;
    if (scaled < 1 + 0.5 ** this.#skew) return 1;
    return Math.min(this.#count - 1, Math.floor(this.#count * (this.#eta * u - this.#eta + 1) ** this.#alpha));
  }
}

function zetaOf(count: number, skew: number): number {
  let sum = 0;
  for (let i = 1; i <= count; i++) sum += 1 / i ** skew;
  return sum;
}
