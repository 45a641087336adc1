/** The command line of bench:peers. */
import { parseArgs } from 'node:util';
import { usePorts } from '../support/ports.js';
import { NAMES } from './contestants.js';

export const USAGE = `Usage: npm run bench:peers -- [options]

Compares ringshard with what is installed of redis-server, memcached and etcd on this machine, in one run, with
ringshard's own load generator.

  --rounds <n>       rounds over all servers (default 5)
  --seconds <s>      measured time of a closed-loop run (default 0.5); of an open-loop one it is four times that
  --keys <n>         keys of the largest kind of case, a tenth of it with values of 16 KiB (default 100000)
  --rate <n>         requests a second of the open-loop case (default 20000)
  --threads <n>      threads of the load generator (default 1)
  --smoke            a tiny run that shows that everything works; its figures mean nothing
  --only <names>     sections, or cases whose names contain it, separated by commas:
                     mix, open, slow, memory, etcd; mix/get-100/64
  --servers <names>  of ${NAMES.join(', ')} (default all that are installed)
  --ports <from-to>  ports to take (default any free)
  --json <file>      write all samples
  --markdown <file>  write the tables
  --html <file>      write a page with plots
  --results          put the tables into bench/RESULTS.md
  --note <text>      a line for the tables: what else the machine did
`;

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly openSeconds: number;
  readonly warmup: number;
  readonly keys: number;
  /** Of the slow command, and of the bytes an item takes. */
  readonly manyKeys: number;
  readonly rate: number;
  readonly threads: number;
  readonly smoke: boolean;
  /** Empty: everything. */
  readonly only: readonly string[];
  readonly servers: readonly string[];
  readonly json: string | undefined;
  readonly markdown: string | undefined;
  readonly html: string | undefined;
  readonly results: boolean;
  readonly note: string | undefined;
}

const FULL = { rounds: 5, seconds: 0.5, keys: 100_000, manyKeys: 1_000_000, rate: 20_000, warmup: 0.3 };
const SMOKE = { rounds: 1, seconds: 0.1, keys: 1000, manyKeys: 2000, rate: 500, warmup: 0.05 };

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
      rate: text,
      threads: text,
      smoke: flag,
      only: text,
      servers: text,
      ports: text,
      json: text,
      markdown: text,
      html: text,
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
  const servers = values.servers?.split(',') ?? NAMES;
  const unknown = servers.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new Error(`--servers: there is no ${unknown}; choose from ${NAMES.join(', ')}`);
  const seconds = positive('seconds', values.seconds, form.seconds);
  return {
    rounds: whole('rounds', values.rounds, form.rounds),
    seconds,
    openSeconds: 4 * seconds,
    warmup: form.warmup,
    keys: whole('keys', values.keys, form.keys),
    manyKeys: form.manyKeys,
    rate: whole('rate', values.rate, form.rate),
    threads: whole('threads', values.threads, 1),
    smoke,
    only: values.only?.split(',') ?? [],
    servers,
    json: values.json,
    markdown: values.markdown,
    html: values.html,
    results: values.results,
    note: values.note,
  };
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  const n = text === undefined ? otherwise : Number(text);
  if (!Number.isFinite(n) || n <= 0) throw new Error(`--${name} must be a number above 0`);
  return n;
}

function whole(name: string, text: string | undefined, otherwise: number): number {
  const n = positive(name, text, otherwise);
  if (!Number.isSafeInteger(n)) throw new Error(`--${name} must be a whole number above 0`);
  return n;
}
