/** /livez, /readyz, /healthz: for whoever decides whether the server is restarted, or given work. */
import type { ServerParts } from '../acceptor/commands/context.js';
import { VERSION } from '../version.js';

interface Health {
  readonly status: number;
  readonly body: object;
}

/** The event loop runs, or this would not be answered. */
export function liveness(): Health {
  return { status: 200, body: { status: 'ok' } };
}

export function readiness({ isStopping }: ServerParts): Health {
  const stops = isStopping();
  return { status: stops ? 503 : 200, body: { status: stops ? 'stopping' : 'ok' } };
}

/** The same with some figures. */
export function health(server: ServerParts): Health {
  const { status, body } = readiness(server);
  const { since, now, counters, config, clients, ports, recoveries } = server;
  return {
    status,
    body: {
      ...body,
      version: VERSION,
      uptimeSeconds: Math.floor((now() - since) / 1000),
      shards: ports.length,
      shardRestarts: recoveries().restarts,
      clients: clients.size,
      usedBytes: counters.usedBytes,
      maxBytes: config.current.maxmemory,
    },
  };
}
