/** What the dashboard draws: counters as they are now; the page makes rates of them. */
import type { ServerParts } from '../../acceptor/commands/context.js';
import { memoryFigures } from '../../acceptor/commands/memory-figures.js';
import { shardFigures } from '../../acceptor/shard-figures.js';
import { VERSION } from '../../version.js';

const SLOW_ENTRIES = 12;
const WORD_MAX = 60;

export function dashboardFigures(server: ServerParts): object {
  const { config, counters, clients, blocked, dispatcher, ports, stats, slowLog, since, now } = server;
  const { databases, maxmemory, maxmemoryPolicy, httpWrites } = config.current;
  const time = now();
  const { hits, misses, expired, evicted, commands, rejected, bytesIn, bytesOut } = counters.totals();
  const { used, resident } = memoryFigures(server);
  const shards = ports.map((port) => {
    const { keys, usedBytes, queuedBytes, suspended, commands: run } = shardFigures(port, databases);
    return { shard: port.shard, keys, usedBytes, queuedBytes, suspended, commands: run };
  });
  return {
    version: VERSION,
    time,
    uptimeMs: time - since,
    totals: { hits, misses, expired, evicted, commands, rejected, bytesIn, bytesOut },
    memory: { used, resident, max: maxmemory, policy: maxmemoryPolicy },
    clients: { connected: clients.size, blocked: blocked.size, max: config.current.maxclients },
    lanes: { direct: dispatcher.directTurns, ring: dispatcher.ringTurns, outstanding: dispatcher.outstanding },
    shards,
    keys: shards.reduce((sum, { keys }) => sum + keys, 0),
    databases,
    commands: Object.fromEntries(
      [...stats.figures()].map(([name, { calls, micros, failed, histogram }]) => [
        name,
        { calls, micros, failed, histogram },
      ]),
    ),
    slow: slowLog.newest(SLOW_ENTRIES).map(({ id, at, micros, words, address }) => ({
      id,
      at,
      micros,
      address,
      words: words.map((word) => Buffer.from(word).toString('utf8').slice(0, WORD_MAX)).join(' '),
    })),
    mayWrite: httpWrites,
  };
}
