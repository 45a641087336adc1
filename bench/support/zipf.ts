/**
 * Numbers below a limit of which the smaller ones are the more popular, as keys of a cache are: number k comes up in
 * proportion to 1 / (k + 1) ^ skew. After Hörmann and Derflinger, "Rejection-inversion to generate variates from
 * monotone discrete distributions" (1996): exact for every skew above 0, and without a table.
 */
import type { Chance } from './requests.js';

/** Fine enough to draw a uniform number between 0 and 1. */
const STEPS = 2 ** 32;

export class Zipf {
  readonly #chance: Chance;
  readonly #count: number;
  readonly #skew: number;
  /** The area under the popularity's curve, at both ends. */
  readonly #first: number;
  readonly #last: number;
  /** Points that lie this close to their number are taken without a further look. */
  readonly #close: number;

  constructor(chance: Chance, count: number, skew: number) {
    this.#chance = chance;
    this.#count = count;
    this.#skew = skew;
    this.#first = this.#area(1.5) - 1;
    this.#last = this.#area(count + 0.5);
    this.#close = 2 - this.#pointOf(this.#area(2.5) - 2 ** -skew);
  }

  next(): number {
    while (true) {
      const area = this.#last + (this.#chance.below(STEPS) / STEPS) * (this.#first - this.#last);
      const point = this.#pointOf(area);
      const rank = Math.min(this.#count, Math.max(1, Math.round(point)));
      if (rank - point <= this.#close || area >= this.#area(rank + 0.5) - rank ** -this.#skew) return rank - 1;
    }
  }

  /** Integral of x ^ -skew, up to a constant. */
  #area(x: number): number {
    const log = Math.log(x);
    const power = (1 - this.#skew) * log;
    return power === 0 ? log : (Math.expm1(power) / power) * log;
  }

  /** The inverse of `#area`. */
  #pointOf(area: number): number {
    const scaled = Math.max(-1, area * (1 - this.#skew));
    return Math.exp(scaled === 0 ? area : (Math.log1p(scaled) / scaled) * area);
  }
}
