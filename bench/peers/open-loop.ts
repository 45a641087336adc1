/** Latency at a rate that every server sustains: what users see who come whenever they like. */
import { inTurn, say } from '../server/context.js';
import type { Unit } from '../support/format.js';
import { ETCD } from './contestants.js';
import { type Context, isWanted, load, type Running, withContestants } from './context.js';
import { CONNECTIONS } from './mix.js';

export const OPEN_LOOP = 'open';
const VALUE_BYTES = 64;
const GETS = 90;

export function openLoopText(rate: number): string {
  return `${rate.toLocaleString('en-US')} requests a second at random times (open loop, Poisson), ${GETS} % GET, ${VALUE_BYTES} B`;
}

export async function measureOpenLoop(context: Context): Promise<void> {
  if (!isWanted(context, OPEN_LOOP)) return;
  const { rounds } = context.options;
  await withContestants(
    context.contestants.filter(({ name }) => name !== ETCD),
    async (all) => {
      say('open loop\n  rounds ');
      for (let round = 0; round < rounds; round++) {
        for (const running of inTurn(all, round)) {
          const { name } = running.contestant;
          await context.figures.attempt(`${OPEN_LOOP}, ${name}`, () => measureOne(context, running, round));
        }
        say('.');
      }
      say('\n');
    },
  );
}

async function measureOne(context: Context, running: Running, round: number): Promise<void> {
  const { keys, rate, openSeconds, warmup } = context.options;
  const run = await load(running, [
    ...['--rate', `${rate}`, '--arrivals', 'poisson', '-c', `${CONNECTIONS}`],
    ...['--ratio', `${100 - GETS}:${GETS}`, '-r', `${keys}`, '-d', `${VALUE_BYTES}`, '--preload'],
    ...['--warmup', `${warmup}s`, '--duration', `${openSeconds}s`],
  ]);
  const { totals, generator } = run.result;
  const { name } = running.contestant;
  context.curves.add(OPEN_LOOP, name, run.result);
  const group = openLoopText(rate);
  const add = (quantity: string, label: string, unit: Unit, value: number | undefined) => {
    const id = `${OPEN_LOOP}/${quantity}`;
    context.figures.add({ id, group, label, unit }, name, round, value);
    if (!generator.valid) context.figures.markBounded(id, name);
  };
  add('p50', 'latency from the intended time, p50', 'us', totals.latency.p50);
  add('p99', 'p99', 'us', totals.latency.p99);
  add('p999', 'p99.9', 'us', totals.latency.p999);
  add('answered', 'answered', 'per second', totals.throughput);
  add('cpu', 'CPU time of the server per request', 'us', run.serverCpuUs);
  add('late', 'of which the generator sent late, p99', 'us', generator.lateness?.p99);
  add('stall', "the generator's longest stall", 'us', generator.longestStall);
}
