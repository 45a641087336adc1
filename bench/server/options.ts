/** The command line of bench:server. */
import { freemem } from 'node:os';
import { parseArgs } from 'node:util';
import { usePorts } from '../support/ports.js';

export const HELP = `Usage: npm run bench:server -- [options]

Compares ringshard with redis-server (when installed) on this machine, in one run.

  --rounds <n>       rounds over all servers (default 5)
  --seconds <s>      length of one throughput measurement (default 0.6)
  --requests <n>     requests of one throughput measurement, instead of a length
  --keys <n>         keys (default 1000000)
  --smoke            a tiny run that shows that everything works; its figures mean nothing
  --only <names>     sections, or cases whose names contain it, separated by commas:
                     startup, throughput, slow-command, expiry, memory, eviction; throughput/get-64
  --servers <names>  ringshard's variants to measure: auto-1,ring-1,auto-4 (default all)
  --generators <g>   own, redis-benchmark or both (default both, as far as installed)
  --peers <names>    what to use of redis-server,redis-benchmark; none for neither (default both, as far as installed)
  --ports <from-to>  ports to take (default any free)
  --json <file>      write all samples
  --markdown <file>  write the tables
`;

const PEERS = ['redis-server', 'redis-benchmark'];

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  /** Of one throughput measurement; undefined: as many as there is time for. */
  readonly requests: number | undefined;
  readonly keys: number;
  readonly smoke: boolean;
  /** Empty: everything. */
  readonly only: readonly string[];
  readonly servers: readonly string[] | undefined;
  readonly generators: 'own' | 'redis-benchmark' | 'both';
  /** Programs that are used if they are installed. */
  readonly peers: readonly string[];
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
      requests: text,
      keys: text,
      smoke: flag,
      only: text,
      servers: text,
      generators: { type: 'string', default: 'both' },
      peers: text,
      ports: text,
      json: text,
      markdown: text,
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return undefined;
  if (values.ports !== undefined) usePorts(values.ports);
  const { generators, smoke } = values;
  if (generators !== 'own' && generators !== 'redis-benchmark' && generators !== 'both') {
    throw new Error(`--generators can't be ${generators}`);
  }
  return {
    rounds: positive('rounds', values.rounds, smoke ? 1 : 5),
    seconds: positive('seconds', values.seconds, smoke ? 0.05 : 0.6),
    requests: values.requests === undefined ? undefined : positive('requests', values.requests, 0),
    keys: positive('keys', values.keys, smoke ? 5000 : 1_000_000),
    smoke,
    only: values.only?.split(',') ?? [],
    servers: values.servers?.split(','),
    generators,
    peers: peersOf(values.peers),
    json: values.json,
    markdown: values.markdown,
  };
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  const n = text === undefined ? otherwise : Number(text);
  if (!(n > 0)) throw new Error(`--${name} must be a positive number`);
  return n;
}

function peersOf(text: string | undefined): readonly string[] {
  if (text === undefined) return PEERS;
  if (text === 'none') return [];
  const names = text.split(',');
  const strange = names.find((name) => !PEERS.includes(name));
  if (strange !== undefined) throw new Error(`--peers: choose from ${PEERS.join(', ')}, none; not ${strange}`);
  return names;
}

/** As many keys as `servers` servers can hold in half of the free memory, `wanted` at the most. */
export function keysThatFit(wanted: number, valueBytes: number, servers: number): number {
  const each = valueBytes * 1.5 + 200;
  return Math.min(wanted, Math.floor(freemem() / 2 / servers / each));
}
