/** The command line of bench:server. */
import { freemem } from 'node:os';
import { parseArgs } from 'node:util';
import { usePorts } from '../support/ports.js';

export const HELP = `Usage: npm run bench:server -- [options]

Compares ringshard with redis-server (when installed) on this machine, in one run.

  --rounds <n>       rounds over all servers (default 5)
  --seconds <s>      length of one throughput measurement (default 0.6)
  --keys <n>         keys (default 1000000)
  --quick            a tiny run that shows that everything works; its figures mean nothing
  --only <text>      sections and cases whose names contain it, e.g. throughput/get-64, memory, slow-command
  --servers <names>  ringshard's variants to measure: ${'auto-1,ring-1,auto-4'} (default all)
  --generators <g>   own, redis-benchmark or both (default both, as far as installed)
  --no-peers         without redis-server and redis-benchmark
  --ports <from-to>  ports to take (default any free)
  --json <file>      write all samples
  --markdown <file>  write the tables
`;

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly keys: number;
  readonly quick: boolean;
  readonly only: string;
  readonly servers: readonly string[] | undefined;
  readonly generators: 'own' | 'redis-benchmark' | 'both';
  readonly peers: boolean;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
}

/** undefined: help was asked for. */
export function readOptions(args: readonly string[]): Options | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: text,
      seconds: text,
      keys: text,
      quick: flag,
      only: { type: 'string', default: '' },
      servers: text,
      generators: { type: 'string', default: 'both' },
      'no-peers': flag,
      ports: text,
      json: text,
      markdown: text,
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return undefined;
  if (values.ports !== undefined) usePorts(values.ports);
  const { generators, quick } = values;
  if (generators !== 'own' && generators !== 'redis-benchmark' && generators !== 'both') {
    throw new Error(`--generators can't be ${generators}`);
  }
  return {
    rounds: positive('rounds', values.rounds, quick ? 1 : 5),
    seconds: positive('seconds', values.seconds, quick ? 0.1 : 0.6),
    keys: positive('keys', values.keys, quick ? 10_000 : 1_000_000),
    quick,
    only: values.only,
    servers: values.servers?.split(','),
    generators,
    peers: !values['no-peers'],
    json: values.json,
    markdown: values.markdown,
  };
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  const n = text === undefined ? otherwise : Number(text);
  if (!(n > 0)) throw new Error(`--${name} must be a positive number`);
  return n;
}

/** As many keys as `servers` servers can hold in half of the free memory, `wanted` at the most. */
export function keysThatFit(wanted: number, valueBytes: number, servers: number): number {
  const each = valueBytes * 1.5 + 200;
  return Math.min(wanted, Math.floor(freemem() / 2 / servers / each));
}
