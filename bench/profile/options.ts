/** The command line of bench:profile. */
import { parseArgs } from 'node:util';
import { usePorts } from '../support/ports.js';

export const HELP = `Usage: npm run bench:profile -- [options]

Runs ringshard under node --cpu-prof with a load, and prints where each of its threads spent its time.

  --workload <name>   get, set or keys: GETs beside KEYS * in a loop (default get)
  --pipeline <n>      requests at a time (default 16)
  --connections <n>   (default 50)
  --value <bytes>     length of the values (default 64)
  --keys <n>          (default 1000000)
  --seconds <s>       (default 5)
  --shards <n>        (default 1)
  --dispatch <how>    auto, ring or direct (default auto)
  --top <n>           functions for each thread (default 25)
  --interval <us>     between two samples (default 200)
  --no-names          does not look up the names of the engine's functions, which takes some seconds
  --out <directory>   keeps the profiles there, for a viewer
  --smoke             a tiny run
  --ports <from-to>   ports to take (default any free)
  --json <file>       writes all functions
`;

export interface Options {
  readonly workload: 'get' | 'set' | 'keys';
  readonly pipeline: number;
  readonly connections: number;
  readonly valueBytes: number;
  readonly keys: number;
  readonly seconds: number;
  readonly shards: string;
  readonly dispatch: string;
  readonly top: number;
  readonly interval: string;
  readonly names: boolean;
  readonly out: string | undefined;
  readonly json: string | undefined;
}

/** undefined: help was asked for. */
export function readOptions(): Options | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      workload: { type: 'string', default: 'get' },
      pipeline: { type: 'string', default: '16' },
      connections: { type: 'string', default: '50' },
      value: { type: 'string', default: '64' },
      keys: text,
      seconds: text,
      shards: { type: 'string', default: '1' },
      dispatch: { type: 'string', default: 'auto' },
      top: { type: 'string', default: '25' },
      interval: { type: 'string', default: '200' },
      'no-names': { type: 'boolean', default: false },
      out: text,
      smoke: { type: 'boolean', default: false },
      ports: text,
      json: text,
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.ports !== undefined) usePorts(values.ports);
  const { workload, smoke, shards, dispatch, interval, out, json } = values;
  if (workload !== 'get' && workload !== 'set' && workload !== 'keys') throw new Error(`no such workload: ${workload}`);
  return {
    workload,
    pipeline: Number(values.pipeline),
    connections: Number(values.connections),
    valueBytes: Number(values.value),
    keys: Number(values.keys ?? (smoke ? 2000 : 1_000_000)),
    seconds: Number(values.seconds ?? (smoke ? 0.2 : 5)),
    shards,
    dispatch,
    top: Number(values.top),
    interval,
    names: !smoke && !values['no-names'],
    out,
    json,
  };
}
