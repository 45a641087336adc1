/** How long GETs wait while another client runs `KEYS *` over many keys, one after the other. */
import { inTurn, say, sleep } from '../server/context.js';
import type { Unit } from '../support/format.js';
import { type Context, fill, isWanted, load, type Running, withContestants } from './context.js';
import type { Options } from './options.js';

export const SLOW_COMMAND = 'slow';
const VALUE_BYTES = 64;
const CONNECTIONS = 10;
const RATE = 2000;
const SMOKE_RATE = 200;
/** Until KEYS is under way. */
const HEAD_START_MS = 200;
/** Longer than the GETs take; it is ended when they are done. */
const FOREVER = '600s';

export function slowCommandText({ manyKeys: keys, smoke }: Options): string {
  const rate = smoke ? SMOKE_RATE : RATE;
  return `GET, ${rate.toLocaleString('en-US')} a second from ${CONNECTIONS} connections, while another client runs KEYS * over ${keys.toLocaleString('en-US')} keys in a loop`;
}

export async function measureSlowCommand(context: Context): Promise<void> {
  if (!isWanted(context, SLOW_COMMAND)) return;
  const { manyKeys, rounds } = context.options;
  await withContestants(
    context.contestants.filter(({ scheme }) => scheme === 'redis'),
    async (all) => {
      say(`slow command: storing ${manyKeys} keys in ${all.length} servers\n  rounds `);
      for (const running of all) await fill(running, manyKeys, VALUE_BYTES);
      for (let round = 0; round < rounds; round++) {
        for (const running of inTurn(all, round)) {
          const { name } = running.contestant;
          await context.figures.attempt(`${SLOW_COMMAND}, ${name}`, () => measureOne(context, running, round));
        }
        say('.');
      }
      say('\n');
    },
  );
}

async function measureOne(context: Context, running: Running, round: number): Promise<void> {
  const { manyKeys, openSeconds, warmup, smoke } = context.options;
  const controller = new AbortController();
  const keysLoop = load(
    running,
    ['--command', 'KEYS *', '-c', '1', '--duration', FOREVER, '--warmup', '0', '--timeout', '60s'],
    controller.signal,
  );
  // It may fail while the GETs go on; that is looked at when they are done.
  keysLoop.catch(() => undefined);
  await sleep(HEAD_START_MS);
  const gets = await load(running, [
    ...['--rate', `${smoke ? SMOKE_RATE : RATE}`, '--arrivals', 'constant', '-c', `${CONNECTIONS}`],
    ...['-t', 'get', '-r', `${manyKeys}`, '-d', `${VALUE_BYTES}`, '--pacing', 'sleep'],
    ...['--warmup', `${warmup}s`, '--duration', `${openSeconds}s`],
  ]).finally(() => controller.abort());
  const { totals, seconds } = (await keysLoop).result;
  if (totals.succeeded === 0) throw new Error('no KEYS was completed');
  const { name } = running.contestant;
  context.curves.add(SLOW_COMMAND, name, gets.result);
  const { latency } = gets.result.totals;
  const group = slowCommandText(context.options);
  const add = (quantity: string, label: string, unit: Unit, value: number) =>
    context.figures.add({ id: `${SLOW_COMMAND}/${quantity}`, group, label, unit }, name, round, value);
  add('p50', 'GET from the intended time, p50', 'us', latency.p50);
  add('p99', 'p99', 'us', latency.p99);
  add('p999', 'p99.9', 'us', latency.p999);
  add('max', 'slowest', 'us', latency.max);
  add('keys', 'KEYS completed', 'per second', totals.succeeded / seconds);
}
