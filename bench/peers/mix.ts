/** GETs and SETs as fast as the servers take them: by mix, pipeline and size of values. */
import { inTurn, say } from '../server/context.js';
import type { Unit } from '../support/format.js';
import type { LoadRun } from '../support/load.js';
import { ETCD } from './contestants.js';
import { type Context, fill, isBounded, isWanted, load, type Running, withContestants } from './context.js';

export const CONNECTIONS = 50;
const THROUGHPUT = 'Throughput';

export interface Mix {
  /** In percent; the others are SETs. */
  readonly gets: number;
  readonly valueBytes: number;
  readonly pipeline: number;
}

const KIB = 1024;

/** Not all that can be combined: every mix, every pipeline and every size, each with the middle of the others. */
export const MIXES: readonly Mix[] = [
  ...[1, 16, 64].flatMap((pipeline) => [100, 0].map((gets) => ({ gets, valueBytes: 64, pipeline }))),
  { gets: 90, valueBytes: 64, pipeline: 1 },
  { gets: 90, valueBytes: 64, pipeline: 16 },
  { gets: 50, valueBytes: 64, pipeline: 16 },
  { gets: 100, valueBytes: KIB, pipeline: 16 },
  { gets: 0, valueBytes: KIB, pipeline: 16 },
  { gets: 90, valueBytes: KIB, pipeline: 1 },
  { gets: 100, valueBytes: 16 * KIB, pipeline: 16 },
  { gets: 0, valueBytes: 16 * KIB, pipeline: 16 },
  { gets: 90, valueBytes: 16 * KIB, pipeline: 1 },
];
const SMOKE_MIXES: readonly Mix[] = [{ gets: 90, valueBytes: KIB, pipeline: 16 }];

export function mixName({ gets, valueBytes, pipeline }: Mix): string {
  return `mix/get-${gets}/${valueBytes}/p${pipeline}`;
}

function mixLabel({ gets, valueBytes, pipeline }: Mix): string {
  const what = gets === 100 ? 'GET' : gets === 0 ? 'SET' : `${gets} % GET, ${100 - gets} % SET`;
  return `${what}, ${sizeText(valueBytes)}, pipeline ${pipeline}`;
}

export function sizeText(bytes: number): string {
  return bytes < KIB ? `${bytes} B` : `${bytes / KIB} KiB`;
}

export async function measureMixes(context: Context): Promise<void> {
  const { options, contestants } = context;
  const mixes = (options.smoke ? SMOKE_MIXES : MIXES).filter((mix) => isWanted(context, mixName(mix)));
  if (mixes.length === 0) return;
  await withContestants(
    contestants.filter(({ name }) => name !== ETCD),
    async (all) => {
      for (const valueBytes of new Set(mixes.map((mix) => mix.valueBytes))) {
        const keys = valueBytes > KIB ? Math.ceil(options.keys / 10) : options.keys;
        say(`mixes, values of ${sizeText(valueBytes)}: storing ${keys} keys in ${all.length} servers\n`);
        for (const running of all) await fill(running, keys, valueBytes);
        const some = mixes.filter((mix) => mix.valueBytes === valueBytes);
        await measureRounds(context, all, some, keys);
      }
    },
  );
}

async function measureRounds(
  context: Context,
  all: readonly Running[],
  mixes: readonly Mix[],
  keys: number,
): Promise<void> {
  for (let round = 0; round < context.options.rounds; round++) {
    say(`  round ${round + 1}`);
    for (const mix of mixes) {
      for (const running of inTurn(all, round)) {
        const { name } = running.contestant;
        await context.figures.attempt(`${mixName(mix)}, ${name}`, () => measureOne(context, running, mix, keys, round));
      }
      say('.');
    }
    say('\n');
  }
}

async function measureOne(context: Context, running: Running, mix: Mix, keys: number, round: number): Promise<void> {
  const { gets, valueBytes, pipeline } = mix;
  const { seconds, warmup, threads } = context.options;
  const run = await load(running, [
    ...['--ratio', `${100 - gets}:${gets}`, '-r', `${keys}`, '-d', `${valueBytes}`],
    ...['-c', `${CONNECTIONS}`, '-P', `${pipeline}`, '-T', `${threads}`],
    ...['--warmup', `${warmup}s`, '--duration', `${seconds}s`],
  ]);
  if (run.result.totals.misses > 0) throw new Error(`${run.result.totals.misses} stored keys were not found`);
  note(context, running.contestant.name, mix, run, round);
}

function note({ figures }: Context, server: string, mix: Mix, run: LoadRun, round: number): void {
  const { totals, generator } = run.result;
  const add = (quantity: string, group: string, unit: Unit, value: number | undefined) => {
    const id = `${mixName(mix)}/${quantity}`;
    figures.add({ id, group, label: mixLabel(mix), unit }, server, round, value);
    if (isBounded(run)) figures.markBounded(id, server);
  };
  add('per-second', THROUGHPUT, 'per second', totals.throughput);
  add('cpu', 'CPU time of the server per request', 'us', run.serverCpuUs);
  add('p50', 'Latency, p50', 'us', totals.latency.p50);
  add('p99', 'Latency, p99', 'us', totals.latency.p99);
  add('p999', 'Latency, p99.9', 'us', totals.latency.p999);
  add('generator', "The load generator's own share of a core", 'count', generator.utilization);
}
