/** The command line of bench:load. */
import { parseArgs } from 'node:util';
import { usePorts } from '../support/ports.js';

export const USAGE = `Usage: npm run bench:load -- [options]

The load generator itself: its speed beside redis-benchmark's on the same server, and whether it shows a stall.

  --rounds <n>       rounds of the speed part (default 7)
  --seconds <s>      length of one measurement (default 1.5)
  --keys <n>         keys (default 100000)
  --only <names>     parts: speed, stall; or cases of speed whose names contain it: get-p16
  --smoke            a tiny run that shows that everything works; its figures mean nothing
  --ports <from-to>  ports to take (default any free)
  --json <file>      write all samples
  --markdown <file>  write the tables
  --results          put the tables into bench/RESULTS.md
  --note <text>      a line for the tables: what else the machine did
`;

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  /** Of our generator, before it measures. */
  readonly warmup: number;
  readonly keys: number;
  /** Empty: everything. */
  readonly only: readonly string[];
  readonly smoke: boolean;
  readonly stall: StallSettings;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
  readonly results: boolean;
  readonly note: string | undefined;
}

export interface StallSettings {
  readonly everyMs: number;
  readonly forMs: number;
  /** Measured time: a whole number of stalls. */
  readonly stalls: number;
  readonly rate: number;
}

const FULL = {
  rounds: 7,
  seconds: 1.5,
  keys: 100_000,
  warmup: 0.5,
  stall: { everyMs: 1000, forMs: 100, stalls: 6, rate: 2000 },
};
const SMOKE = {
  rounds: 1,
  seconds: 0.1,
  keys: 1000,
  warmup: 0.05,
  stall: { everyMs: 200, forMs: 50, stalls: 2, rate: 1000 },
};

/** Undefined: help was asked for. Throws when an option makes no sense. */
export function readOptions(args: readonly string[]): Options | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: text,
      seconds: text,
      keys: text,
      only: text,
      smoke: flag,
      ports: text,
      json: text,
      markdown: text,
      results: flag,
      note: text,
      help: { ...flag, short: 'h' },
    },
  });
  if (values.help) return undefined;
  if (values.ports !== undefined) usePorts(values.ports);
  const { smoke } = values;
  if (smoke && values.results) throw new Error("--results is for full runs: a smoke run's figures mean nothing");
  const form = smoke ? SMOKE : FULL;
  const number = (name: 'rounds' | 'seconds' | 'keys') => {
    const n = values[name] === undefined ? form[name] : Number(values[name]);
    const fits = n > 0 && (name === 'seconds' ? Number.isFinite(n) : Number.isSafeInteger(n));
    if (!fits) throw new Error(`--${name} must be a ${name === 'seconds' ? '' : 'whole '}number above 0`);
    return n;
  };
  return {
    rounds: number('rounds'),
    seconds: number('seconds'),
    warmup: form.warmup,
    keys: number('keys'),
    only: values.only?.split(',') ?? [],
    smoke,
    stall: form.stall,
    json: values.json,
    markdown: values.markdown,
    results: values.results,
    note: values.note,
  };
}
