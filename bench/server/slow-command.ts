/** How long other clients' GETs wait while one client runs `KEYS *` in a loop. */
import type { Unit } from '../support/format.js';
import type { RunningServer } from '../support/servers.js';
import { type Context, commandOf, inTurn, isWanted, say, sleep, withServers } from './context.js';
import { checkFilled, fill, KEY_PREFIX } from './fill.js';

const SECTION = 'slow-command';
const GROUP = 'GET from 10 connections while another one runs KEYS * in a loop';
const VALUE_BYTES = 64;
const CONNECTIONS = 10;
/** GETs a second of each connection. */
const RATE = 500;
const SECONDS = 2.5;

export async function measureSlowCommand(context: Context): Promise<void> {
  if (!isWanted(context, SECTION)) return;
  const { keys: count, rounds } = context.options;
  const keys = { prefix: KEY_PREFIX, count };
  await withServers(
    context.servers.map((server) => commandOf(server, '3gb')),
    async (servers) => {
      say(`slow command: filling ${servers.length} servers with ${count} keys\n`);
      for (const server of servers) {
        await fill(context, server, keys, VALUE_BYTES);
        await checkFilled(server, keys, VALUE_BYTES);
      }
      for (let round = 0; round < rounds; round++) {
        say(`  round ${round + 1}`);
        for (const server of inTurn(servers, round)) {
          await context.figures.attempt(`${SECTION}, ${server.name}`, () => measureOne(context, server, count, round));
          say('.');
        }
        say('\n');
      }
    },
  );
}

async function measureOne(context: Context, server: RunningServer, count: number, round: number): Promise<void> {
  const { smoke } = context.options;
  const { port, pid } = server;
  const ms = smoke ? 300 : SECONDS * 1000;
  const slow = context.background.start({ kind: 'keys-loop', port, count });
  const gets = context.generator.start({
    kind: 'paced-gets',
    port,
    pid,
    keys: { prefix: KEY_PREFIX, count },
    valueBytes: VALUE_BYTES,
    connections: CONNECTIONS,
    rate: RATE,
  });
  await sleep(ms / 5);
  gets.reset();
  slow.reset();
  await sleep(ms);
  // GETs first: what is measured must lie within the time of the slow command.
  const seen = await gets.stop();
  const commands = await slow.stop();
  if (commands.requests === 0) throw new Error('no KEYS was completed');
  if (seen.latency === undefined) throw new Error('no GET was answered');
  const add = (quantity: string, label: string, unit: Unit, value: number | undefined) =>
    context.figures.add({ id: `${SECTION}/${quantity}`, group: GROUP, label, unit }, server.name, round, value);
  add('p50', 'GET p50', 'us', seen.latency.p50);
  add('p99', 'GET p99', 'us', seen.latency.p99);
  add('p999', 'GET p99.9', 'us', seen.latency.p999);
  add('max', 'GET slowest', 'us', seen.latency.max);
  add('gets', 'GETs answered', 'per second', seen.requests / seen.seconds);
  add('keys', 'KEYS completed', 'per second', commands.requests / commands.seconds);
  add('generator-stall', "the GETs' generator's stalls, p99", 'ms', seen.own.stallP99Ms);
}
