import type { Random } from '../../support/random.js';
import type { Arg } from '../../support/resp.js';
import type { Model } from '../model/index.js';
import type { Values } from './values.js';

export interface Tools {
  readonly random: Random;
  readonly values: Values;
  /** As it is when the command will run. */
  readonly model: Model;
}

/** Makes up a request of some command; undefined when there is none that makes sense now. */
type Generator = (tools: Tools) => readonly Arg[] | undefined;

/** Generators with their weights. */
export type Weighted = readonly (readonly [weight: number, generator: Generator])[];
