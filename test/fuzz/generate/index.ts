/** Random requests. */
import type { Random } from '../../support/random.js';
import { type Arg, bytesOf } from '../../support/resp.js';
import type { Model } from '../model/index.js';
import { BITS } from './bits.js';
import type { Weighted } from './command.js';
import { KEYSPACE } from './keyspace.js';
import { STRINGS } from './strings.js';
import { TIMES } from './times.js';
import { type Sizes, Values } from './values.js';

const ALL: Weighted = [...STRINGS, ...BITS, ...TIMES, ...KEYSPACE];
const TOTAL = ALL.reduce((total, [weight]) => total + weight, 0);

export class Requests {
  readonly #random: Random;
  readonly #values: Values;

  constructor(random: Random, sizes: Sizes) {
    this.#random = random;
    this.#values = new Values(random, sizes);
  }

  /** The words of a request that can be told the reply to, the model being as it is. */
  next(model: Model): Buffer[] {
    for (;;) {
      const args = this.#draw(model);
      if (args !== undefined) return args.map((arg) => Buffer.from(bytesOf(arg)));
    }
  }

  #draw(model: Model): readonly Arg[] | undefined {
    let at = (this.#random.word() / 2 ** 32) * TOTAL;
    const drawn = ALL.find(([weight]) => {
      at -= weight;
      return at < 0;
    });
    return drawn?.[1]({ random: this.#random, values: this.#values, model });
  }
}

export type { Sizes } from './values.js';
