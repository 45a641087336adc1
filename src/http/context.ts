/** What the parts of the HTTP service share. */
import type { ServerParts } from '../acceptor/commands/context.js';
import { LocalClient } from '../acceptor/local/local-client.js';

/** Keys have a connection of their own, which longer work does not hold up. */
export type Lane = 'keys' | 'commands';

export class HttpContext {
  readonly server: ServerParts;
  readonly #clients = new Map<string, LocalClient>();

  constructor(server: ServerParts) {
    this.server = server;
  }

  /** The client for a database; opened when it is first asked for, and again when somebody has ended it. */
  client(lane: Lane, database: number): LocalClient {
    const name = `http-${lane}`;
    const known = this.#clients.get(`${name}:${database}`);
    if (known !== undefined && !known.isClosed) return known;
    const client = new LocalClient(this.server, { database, name });
    this.#clients.set(`${name}:${database}`, client);
    return client;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }
}
