/** What the commands of memcached's protocols act on. */
import type { ServerParts } from '../commands/context.js';
import type { Connection } from '../connection.js';
import type { UdpCounts } from '../udp/listener.js';
import type { Flusher } from './flush.js';
import type { Baseline } from './stats/baseline.js';

export interface MemcachedParts {
  readonly server: ServerParts;
  readonly flusher: Flusher;
  readonly baseline: Baseline;
  readonly udp: () => UdpCounts;
}

/** Waits until data may be changed; false if the client has gone meanwhile. Nobody waits with a datagram: it is lost. */
export async function pauseIsOver({ server }: MemcachedParts, connection: Connection): Promise<boolean> {
  const client = server.clients.find(connection);
  return client === undefined ? server.pause.mode === undefined : server.pause.over(client);
}
