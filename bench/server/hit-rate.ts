/** How well a cache that is too small for all keys chooses what it keeps. */
import type { Unit } from '../support/format.js';
import type { RunningServer } from '../support/servers.js';
import { type Context, commandOf, isWanted, say, withServers } from './context.js';
import { KEY_PREFIX } from './fill.js';

const SECTION = 'eviction/hit-rate';
const SKEW = 0.99;
/** Redis's own guess of a key's age gets better with more memory; so both get the same. */
const LIMIT = '32mb';
const SMOKE_LIMIT = '16mb';

export async function measureHitRate(context: Context): Promise<void> {
  if (!isWanted(context, SECTION)) return;
  const limit = context.options.smoke ? SMOKE_LIMIT : LIMIT;
  for (const server of context.servers) {
    // In what lane commands travel makes no difference here.
    if (server === 'ring-1') continue;
    say(`hit rate: ${server}\n`);
    await context.figures.attempt(`${SECTION}, ${server}`, () =>
      withServers([commandOf(server, limit, true)], ([running]) => measureOne(context, running as RunningServer)),
    );
  }
}

async function measureOne(context: Context, { port, pid, name }: RunningServer): Promise<void> {
  const { smoke, keys: count } = context.options;
  const gets = smoke ? 16_000 : count;
  const outcome = await context.generator.run({
    kind: 'read-through',
    port,
    pid,
    keys: { prefix: KEY_PREFIX, count: smoke ? 40_000 : count },
    valueBytes: smoke ? 1024 : 64,
    connections: 10,
    pipeline: 16,
    skew: SKEW,
    requests: gets,
    warmupRequests: gets,
  });
  const group = `A cache of ${smoke ? SMOKE_LIMIT : LIMIT} (allkeys-lru): GETs of skewed keys (Zipf ${SKEW}), SETs of what was missed`;
  const add = (quantity: string, label: string, unit: Unit, value: number | undefined) =>
    context.figures.add({ id: `${SECTION}/${quantity}`, group, label, unit }, name, 0, value);
  add('hits', 'GETs that hit, of 100', 'count', ((outcome.hits ?? 0) * 100) / outcome.requests);
  add('per-second', 'GETs', 'per second', outcome.requests / outcome.seconds);
}
