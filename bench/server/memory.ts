/** Resident memory that an item takes: how much a fresh server grows when it is filled. */
import { residentBytes } from '../support/process-figures.js';
import { withClient } from '../support/resp-client.js';
import type { RunningServer } from '../support/servers.js';
import { type Context, commandOf, isWanted, say, sleep, withServers } from './context.js';
import { checkFilled, empty, fill, KEY_PREFIX } from './fill.js';

const SECTION = 'memory';
const VALUE_BYTES = 64;
const EXPIRE_SECONDS = 100_000;
/** Allocators and garbage collectors settle. */
const SETTLE_MS = 1500;
/** Keys that are written again and again before the beginning, so that code and buffers are there. */
const WARM_KEYS = 200;
const WARM_TIMES = 50;

const CASES = [
  { name: 'no-ttl', text: 'without TTL', options: [] },
  { name: 'ttl', text: 'with TTL', options: ['EX', String(EXPIRE_SECONDS)] },
];

export async function measureMemory(context: Context): Promise<void> {
  for (const { name, text, options } of CASES) {
    if (!isWanted(context, `${SECTION}/${name}`)) continue;
    for (const server of context.servers) {
      // In what lane commands travel makes no difference here.
      if (server === 'ring-1') continue;
      say(`memory ${text}: ${server}\n`);
      await context.figures.attempt(`${SECTION}/${name}, ${server}`, () =>
        withServers([commandOf(server, '3gb')], ([running]) =>
          measureOne(context, running as RunningServer, name, text, options),
        ),
      );
    }
  }
}

async function measureOne(
  context: Context,
  server: RunningServer,
  name: string,
  text: string,
  options: readonly string[],
): Promise<void> {
  const { smoke, keys: count } = context.options;
  const keys = { prefix: KEY_PREFIX, count };
  const settle = () => sleep(smoke ? 50 : SETTLE_MS);
  const cold = residentBytes(server.pid);
  for (let i = 0; i < (smoke ? 2 : WARM_TIMES); i++) {
    await fill(context, server, { prefix: KEY_PREFIX, count: WARM_KEYS }, VALUE_BYTES, options);
  }
  await empty(server);
  await settle();
  const before = residentBytes(server.pid);
  const usedBefore = await usedMemory(server);
  await fill(context, server, keys, VALUE_BYTES, options);
  await checkFilled(server, keys, VALUE_BYTES);
  await settle();
  const after = residentBytes(server.pid);
  const usedAfter = await usedMemory(server);
  const add = (quantity: string, label: string, from: number | undefined, to: number | undefined) => {
    if (from === undefined || to === undefined) return;
    context.figures.add(
      { id: `${SECTION}/${name}/${quantity}`, group: 'Memory per item (16 B key, 64 B value)', label, unit: 'bytes' },
      server.name,
      0,
      (to - from) / count,
    );
  };
  add('resident', `resident, ${text}`, before, after);
  add('resident-cold', `resident, ${text}, counted from the start of the server`, cold, after);
  add('used', `used_memory of INFO, ${text}`, usedBefore, usedAfter);
}

async function usedMemory({ port }: RunningServer): Promise<number | undefined> {
  const used = await withClient(port, (client) => client.info('memory'));
  const text = used.get('used_memory');
  return text === undefined ? undefined : Number(text);
}
