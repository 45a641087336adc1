/** Many keys due in the same millisecond: when all are gone though nobody reads them, and how long GETs wait. */
import type { Unit } from '../support/format.js';
import { RespClient, withClient } from '../support/resp-client.js';
import type { RunningServer } from '../support/servers.js';
import { type Context, commandOf, inTurn, isWanted, say, sleep, withServers } from './context.js';
import { fill, KEY_PREFIX } from './fill.js';

const SECTION = 'expiry';
const VALUE_BYTES = 64;
const CONNECTIONS = 10;
const RATE = 500;
/** Keys that stay, which are read. */
const STAYING = 10_000;
const LOOK_MS = 5;
const GIVE_UP_MS = 30_000;
/** GETs are watched for so long at least after the due time. */
const WATCH_MS = 1000;

export async function measureExpiry(context: Context): Promise<void> {
  if (!isWanted(context, SECTION)) return;
  const rounds = Math.min(context.options.rounds, 3);
  const names = context.servers.filter((server) => server !== 'ring-1');
  await withServers(
    names.map((server) => commandOf(server, '3gb')),
    async (servers) => {
      for (const server of servers) await fill(context, server, { prefix: KEY_PREFIX, count: STAYING }, VALUE_BYTES);
      for (let round = 0; round < rounds; round++) {
        say(`active expiry, round ${round + 1}`);
        for (const server of inTurn(servers, round)) {
          await context.figures.attempt(`${SECTION}, ${server.name}`, () => measureOne(context, server, round));
          say('.');
        }
        say('\n');
      }
    },
  );
}

async function measureOne(context: Context, server: RunningServer, round: number): Promise<void> {
  const { smoke, keys: count } = context.options;
  const { port, pid } = server;
  const due = await fillUntil(context, server, count);
  // Not before: keys of an attempt to write them that took too long have expired too.
  const expiredBefore = await expiredKeys(server);
  await sleep(due - Date.now() - (smoke ? 100 : 500));
  const gets = context.generator.start({
    kind: 'paced-gets',
    port,
    pid,
    keys: { prefix: KEY_PREFIX, count: STAYING },
    valueBytes: VALUE_BYTES,
    connections: CONNECTIONS,
    rate: RATE,
  });
  const client = await RespClient.connect(port);
  try {
    const before = await client.integer('DBSIZE');
    if (before !== count + STAYING) throw new Error(`${before} keys before they are due instead of ${count + STAYING}`);
    await sleep(due - Date.now());
    gets.reset();
    const goneMs = await waitUntilGone(client, due);
    await sleep(Math.max(0, due + (smoke ? 100 : WATCH_MS) - Date.now()));
    const seen = await gets.stop();
    const expired = await expiredKeys(server);
    if (expired !== undefined && expiredBefore !== undefined && expired - expiredBefore !== count) {
      throw new Error(`expired_keys counts ${expired - expiredBefore} instead of ${count}`);
    }
    const group = `Active expiry of ${count.toLocaleString('en-US')} keys due in the same millisecond`;
    const add = (quantity: string, label: string, unit: Unit, value: number | undefined) =>
      context.figures.add({ id: `${SECTION}/${quantity}`, group, label, unit }, server.name, round, value);
    add('gone', 'all gone after', 'ms', goneMs);
    add('p50', 'GET of other keys meanwhile, p50', 'us', seen.latency?.p50);
    add('p999', 'GET of other keys meanwhile, p99.9', 'us', seen.latency?.p999);
    add('max', 'GET of other keys meanwhile, slowest', 'us', seen.latency?.max);
    add('generator-stall', "the GETs' generator's stalls, p99", 'ms', seen.own.stallP99Ms);
  } finally {
    client.close();
    await gets.stop().catch(() => {});
  }
}

/** Writes the keys that expire; again, with more time, if they were due before all had been written. */
async function fillUntil(context: Context, server: RunningServer, count: number): Promise<number> {
  // A slow guess of the time to write one, which is corrected by how long it took.
  let aheadMs = 600 + count * 0.006;
  for (let attempt = 0; attempt < 4; attempt++) {
    const due = Date.now() + Math.ceil(aheadMs);
    const keys = { prefix: 'due:', count };
    const seconds = await fill(context, server, keys, VALUE_BYTES, ['PXAT', String(due)]);
    if (Date.now() < due - 300) return due;
    aheadMs = seconds * 1500 + 1000;
    await withClient(server.port, (client) => waitUntilGone(client, due));
  }
  throw new Error('the keys can not be written in time');
}

/** Milliseconds after `due` until only the keys that stay are left. */
async function waitUntilGone(client: RespClient, due: number): Promise<number> {
  for (;;) {
    const left = (await client.integer('DBSIZE')) - STAYING;
    const ms = Date.now() - due;
    if (left === 0) return ms;
    if (left < 0) throw new Error(`${-left} keys too many are gone`);
    if (ms > GIVE_UP_MS) throw new Error(`${left} keys are still there ${GIVE_UP_MS / 1000} s after they were due`);
    await sleep(LOOK_MS);
  }
}

async function expiredKeys({ port }: RunningServer): Promise<number | undefined> {
  const text = (await withClient(port, (client) => client.info('stats'))).get('expired_keys');
  return text === undefined ? undefined : Number(text);
}
