/** The clients: who may come in, who must leave, and how to find one. */
import type { LiveConfig } from '../config/index.js';
import { CONN_AUTHENTICATED } from '../engine/layout/connection.js';
import type { Logger } from '../log/index.js';
import { Client, isLocal } from './client.js';
import type { ClientSocket } from './client-socket.js';
import type { Connection } from './connection.js';

const PROTECTED =
  'DENIED ringshard is running in protected mode because no password is set for the default user. In this mode ' +
  'connections are only accepted from the loopback interface. To connect from elsewhere, set a password ' +
  '(requirepass), or disable protected mode (protected-mode no), or bind to the loopback interface only.';

export class Clients {
  readonly #config: LiveConfig;
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #clients = new Map<Connection, Client>();
  #nextId = 1;
  /** Connections accepted, and turned away, since the start. */
  accepted = 0;
  rejected = 0;
  /** Clients closed because they did not read their replies. */
  outputLimitClosed = 0;

  constructor(config: LiveConfig, log: Logger, now: () => number) {
    this.#config = config;
    this.#log = log;
    this.#now = now;
  }

  get size(): number {
    return this.#clients.size;
  }

  [Symbol.iterator](): IterableIterator<Client> {
    return this.#clients.values();
  }

  /** Why a connection may not come in, as an error; undefined lets it in. */
  refuse(socket: ClientSocket): string | undefined {
    const { maxclients, protectedMode, requirepass } = this.#config.current;
    if (this.#clients.size >= maxclients) {
      this.rejected++;
      return 'ERR max number of clients reached';
    }
    if (protectedMode && requirepass === '' && !isLocal(socket)) {
      this.rejected++;
      return PROTECTED;
    }
    return undefined;
  }

  /** What a new connection's record begins with: CONN_... */
  flags(): number {
    return this.#config.current.requirepass === '' ? CONN_AUTHENTICATED : 0;
  }

  opened(connection: Connection): void {
    this.accepted++;
    this.#clients.set(connection, new Client(this.#nextId++, connection, this.#now()));
  }

  /** A connection has ended. It may be told of more than once. */
  closed(connection: Connection): void {
    const client = this.#clients.get(connection);
    if (client === undefined) return;
    this.#clients.delete(connection);
    this.onClosed?.(client);
  }

  /** Called when a client is gone. */
  onClosed: ((client: Client) => void) | undefined;

  /** Ends a client's connection at once; from now on it does not count. */
  close({ connection }: Client): void {
    connection.socket.destroy();
    this.closed(connection);
  }

  of(connection: Connection): Client {
    return this.#clients.get(connection) as Client;
  }

  /** The same for a connection that may be closed already. */
  find(connection: Connection | undefined): Client | undefined {
    return connection === undefined ? undefined : this.#clients.get(connection);
  }

  byId(id: number): Client | undefined {
    for (const client of this.#clients.values()) if (client.id === id) return client;
    return undefined;
  }

  /** Closes clients that have been idle for too long, or have left their replies unread. Called often. */
  review(): void {
    const now = this.#now();
    for (const client of this.#clients.values()) {
      if (this.#isTooIdle(client, now)) this.#turnOut(client, 'it was idle');
      else if (this.#leavesReplies(client, now)) this.#cutOff(client);
    }
  }

  #turnOut(client: Client, reason: string): void {
    this.#log.verbose('closing a client', { id: client.id, address: client.address, reason });
    this.close(client);
  }

  /** A client has been sent messages: closes it if it has left too many of them unread. */
  reviewPosts(connection: Connection): void {
    const { hardBytes } = this.#config.current.clientOutputBufferLimit.pubsub;
    if (hardBytes === 0 || connection.output.buffered <= hardBytes) return;
    const client = this.#clients.get(connection);
    if (client?.isSubscribed) this.#cutOff(client);
  }

  #cutOff(client: Client): void {
    this.outputLimitClosed++;
    this.#turnOut(client, 'it does not read its replies');
  }

  #isTooIdle({ connection, isSubscribed }: Client, now: number): boolean {
    const { timeout } = this.#config.current;
    const { socket, exchanges } = connection;
    if (timeout === 0 || socket.inProcess || exchanges.length !== 0 || isSubscribed) return false;
    return now - connection.lastActive > timeout * 1000;
  }

  /**
   * The limits of client-output-buffer-limit; and a client that takes nothing at all of what waits for it for as long as
   * the soft limit's time.
   */
  #leavesReplies({ connection, isSubscribed }: Client, now: number): boolean {
    const { pubsub, normal } = this.#config.current.clientOutputBufferLimit;
    const { hardBytes, softBytes, softSeconds } = isSubscribed ? pubsub : normal;
    const { output } = connection;
    const { pending } = output;
    if (pending === 0) {
      output.stalledSince = 0;
      output.aboveSince = 0;
      return false;
    }
    if (hardBytes > 0 && output.buffered > hardBytes) return true;
    const taken = connection.socket.bytesWritten - connection.socket.writableLength;
    if (taken !== output.taken || output.stalledSince === 0) {
      output.taken = taken;
      output.stalledSince = now;
    }
    if (softBytes === 0 || output.buffered <= softBytes) output.aboveSince = 0;
    else if (output.aboveSince === 0) output.aboveSince = now;
    if (softSeconds === 0) return false;
    const tooLong = (since: number) => since !== 0 && now - since > softSeconds * 1000;
    return tooLong(output.aboveSince) || tooLong(output.stalledSince);
  }
}
