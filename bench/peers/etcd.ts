/** etcd, for the order of magnitude: it keeps every write on disk and agrees on it before it answers. */
import { say } from '../server/context.js';
import type { Unit } from '../support/format.js';
import { ETCD } from './contestants.js';
import { type Context, isWanted, load, type Running, withContestants } from './context.js';
import { CONNECTIONS } from './mix.js';

const KEYS = 1000;

const VALUE_BYTES = 64;
/** A put may wait long for a busy disk. */
const LEAST_SECONDS = 1;

const CASES = [
  { name: 'put', command: 'POST /v3/kv/put {"key":"{key:base64}","value":"{value:base64}"}' },
  { name: 'range', command: 'POST /v3/kv/range {"key":"{key:base64}"}' },
];

const GROUP = `etcd, values of ${VALUE_BYTES} B, ${CONNECTIONS} connections with one request each: JSON over HTTP, puts synced to disk`;

export const ETCD_NOTE = `etcd is not the same service: one node, asked through its JSON gateway, it syncs every put to disk and answers every range linearizably; the others only keep what they are told in memory. Compare with pipeline 1, which also has ${CONNECTIONS} connections with one request each.`;

/** Puts come first: ranges then find what was put. */
export async function measureEtcd(context: Context): Promise<void> {
  const cases = CASES.filter(({ name }) => isWanted(context, `${ETCD}/${name}`));
  const contestants = context.contestants.filter(({ name }) => name === ETCD);
  if (cases.length === 0 || contestants.length === 0) return;
  await withContestants(contestants, async ([running]) => {
    say('etcd\n  rounds ');
    for (let round = 0; round < context.options.rounds; round++) {
      for (const one of cases) {
        await context.figures.attempt(`etcd, ${one.name}`, () => measureOne(context, running as Running, one, round));
      }
      say('.');
    }
    say('\n');
  });
}

async function measureOne(
  { options, figures }: Context,
  running: Running,
  { name, command }: (typeof CASES)[number],
  round: number,
): Promise<void> {
  const { result, serverCpuUs } = await load(running, [
    ...['--command', command, '-r', `${KEYS}`, '-d', `${VALUE_BYTES}`, '-c', `${CONNECTIONS}`],
    ...['--warmup', `${options.warmup}s`, '--duration', `${Math.max(options.seconds, LEAST_SECONDS)}s`],
  ]);
  const add = (quantity: string, label: string, unit: Unit, value: number | undefined) =>
    figures.add(
      { id: `${ETCD}/${name}/${quantity}`, group: GROUP, label: `${name}, ${label}`, unit },
      ETCD,
      round,
      value,
    );
  const { throughput, latency } = result.totals;
  add('per-second', 'throughput', 'per second', throughput);
  add('p50', 'p50', 'us', latency.p50);
  add('p99', 'p99', 'us', latency.p99);
  add('p999', 'p99.9', 'us', latency.p999);
  add('cpu', 'CPU time of the server per request', 'us', serverCpuUs);
}
