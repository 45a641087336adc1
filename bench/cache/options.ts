/** The options of bench:cache. */
import { parseArgs } from 'node:util';
import { traceNames } from './traces.js';

export const USAGE = `Usage: npm run bench:cache -- [options]

Hit ratios of ringshard's eviction, of redis-server's (when installed), and of exact LRU and FIFO, on generated traces.

  --items <n>     about how many items Redis shall hold; memory limit and traces follow (default 50000)
  --seed <n>      another seed makes other traces of the same kinds (default 1)
  --only <names>  traces whose names contain one of these words, separated by commas
  --smoke         a tiny run that shows that everything works; its figures mean nothing
  --json <file>   writes everything that was counted
`;

export interface Options {
  readonly items: number;
  readonly seed: number;
  readonly only: readonly string[];
  readonly smoke: boolean;
  readonly valueBytes: number;
  /** Requests of a trace, in items: those that fill the cache and are not counted, and those that are. */
  readonly warmup: number;
  readonly counted: number;
  readonly json: string | undefined;
}

const FULL = { items: 50_000, valueBytes: 64, warmup: 24, counted: 16 };
/** Large values: a shard has to have some MiB, and they fill it with fewer requests. */
const SMOKE = { items: 4000, valueBytes: 1024, warmup: 3, counted: 2 };
/** What a shard needs to run, whatever it holds (src/config/shard-memory.ts), and some for the search for a limit. */
const LEAST_BYTES = 4.2 * 1024 ** 2;

/** Undefined: help was asked for. Throws when an option makes no sense. */
export function readOptions(args: readonly string[]): Options | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { items: text, seed: text, only: text, smoke: flag, json: text, help: { ...flag, short: 'h' } },
  });
  if (values.help) return undefined;
  const form = values.smoke ? SMOKE : FULL;
  const items = wholeNumber('items', values.items, form.items);
  const least = Math.ceil(LEAST_BYTES / (form.valueBytes + 40) / 1000) * 1000;
  if (!values.smoke && items < least) throw new Error(`--items must be ${least} or more: a shard has to have 4 MiB`);
  const only = values.only?.split(',') ?? [];
  if (traceNames(only).length === 0) throw new Error(`--only: choose from ${traceNames().join(', ')}`);
  return {
    ...form,
    items,
    seed: wholeNumber('seed', values.seed, 1),
    only,
    smoke: values.smoke,
    json: values.json,
  };
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  const n = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(n) || n <= 0) throw new Error(`--${name} must be a whole number above 0`);
  return n;
}
