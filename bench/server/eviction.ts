/** Writing into a full cache: each SET of a new key makes an old one go. */
import type { Unit } from '../support/format.js';
import { withClient } from '../support/resp-client.js';
import type { RunningServer } from '../support/servers.js';
import { type Context, commandOf, inTurn, isWanted, say, withServers } from './context.js';
import { fill, KEY_PREFIX } from './fill.js';

const SECTION = 'eviction/set';
/** Of so many keys by far not all fit. */
const FULL = { limit: '64mb', keys: 4_000_000, valueBytes: 64 };
const SMOKE = { limit: '16mb', keys: 80_000, valueBytes: 1024 };
const CONNECTIONS = 50;
const PIPELINE = 16;

export async function measureEviction(context: Context): Promise<void> {
  if (!isWanted(context, SECTION)) return;
  const { options, figures } = context;
  const { limit, keys, valueBytes } = options.smoke ? SMOKE : FULL;
  const names = context.servers.filter((server) => server !== 'ring-1');
  await withServers(
    names.map((server) => commandOf(server, limit, true)),
    async (servers) => {
      say('eviction: filling\n');
      for (const server of servers) await fill(context, server, { prefix: KEY_PREFIX, count: keys / 4 }, valueBytes);
      for (let round = 0; round < options.rounds; round++) {
        for (const server of inTurn(servers, round)) {
          await figures.attempt(`${SECTION}, ${server.name}`, () => measureOne(context, server, round));
        }
      }
    },
  );
}

async function measureOne(context: Context, server: RunningServer, round: number): Promise<void> {
  const { limit, keys, valueBytes } = context.options.smoke ? SMOKE : FULL;
  const { port, pid, name } = server;
  const before = await evictedKeys(server);
  const outcome = await context.generator.run({
    kind: 'closed-loop',
    port,
    pid,
    command: 'SET',
    keys: { prefix: KEY_PREFIX, count: keys },
    valueBytes,
    connections: CONNECTIONS,
    pipeline: PIPELINE,
    seconds: context.options.seconds,
    warmupSeconds: 0.1,
  });
  const after = await evictedKeys(server);
  if (before !== undefined && after !== undefined && after <= before) throw new Error('nothing was evicted');
  const { requests, seconds, latency, serverCpuSeconds } = outcome;
  const group = `SET into a full cache (allkeys-lru, ${limit}), pipeline ${PIPELINE}`;
  const add = (quantity: string, label: string, unit: Unit, value: number | undefined) =>
    context.figures.add({ id: `${SECTION}/${quantity}`, group, label, unit }, name, round, value);
  add('per-second', 'throughput', 'per second', requests / seconds);
  add('p999', 'latency p99.9', 'us', latency?.p999);
  add('cpu', 'server CPU time per request', 'us', serverCpuSeconds && (serverCpuSeconds * 1e6) / requests);
  const kept = await withClient(port, (client) => client.integer('DBSIZE'));
  add('kept', 'keys that it holds', 'count', kept);
}

async function evictedKeys({ port }: RunningServer): Promise<number | undefined> {
  const text = (await withClient(port, (client) => client.info('stats'))).get('evicted_keys');
  return text === undefined ? undefined : Number(text);
}
