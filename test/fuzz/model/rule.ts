import type { Expected } from './reply.js';
import type { Model } from './state.js';

/** A command as the model sees it: the arguments behind its name. */
export type Rule = (model: Model, args: readonly Buffer[]) => Expected;

export type Rules = Readonly<Record<string, Rule>>;

export function key(args: readonly Buffer[], i = 0): string {
  return (args[i] as Buffer).toString('latin1');
}
