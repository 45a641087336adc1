/** What is known of a client beside its connection: what CLIENT LIST tells and CLIENT SETNAME changes. */
import type { Command } from '../commands/table.js';
import type { ClientSocket } from './client-socket.js';
import type { Connection } from './connection.js';
import type { RespSubscriber } from './pubsub/resp-subscriber.js';
import type { TrackingState } from './tracking/tracking.js';

/** In place of an address and a port. */
const IN_PROCESS = 'in-process:0';

export class Client {
  /** Counts up from 1 over the life of the server, unlike a connection's number. */
  readonly id: number;
  readonly connection: Connection;
  readonly address: string;
  readonly localAddress: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  name = '';
  libraryName = '';
  libraryVersion = '';
  user = 'default';
  noEvict = false;
  noTouch = false;
  /** What it is subscribed to, if it ever was to anything. */
  subscriber: RespSubscriber | undefined;
  /** How it tracks what it reads, if it does. */
  tracking: TrackingState | undefined;
  /** The connection ends when what it is being told has been sent. */
  isEnding = false;
  /** The command of the acceptor that it has used last, or the subcommand. */
  lastLocal: Command | undefined;
  /** The connection came from this machine. */
  readonly isLocal: boolean;

  /** It is subscribed to something. */
  get isSubscribed(): boolean {
    return this.subscriber !== undefined && this.subscriber.subscriptions.size !== 0;
  }

  constructor(id: number, connection: Connection, now: number) {
    const { socket } = connection;
    this.id = id;
    this.connection = connection;
    this.since = now;
    this.address = socket.inProcess ? IN_PROCESS : addressText(socket.remoteAddress, socket.remotePort);
    this.localAddress = socket.inProcess ? IN_PROCESS : addressText(socket.localAddress, socket.localPort);
    this.isLocal = isLocal(socket);
  }
}

/** `127.0.0.1:6379` or `[::1]:6379`. */
function addressText(host: string | undefined, port: number | undefined): string {
  if (host === undefined) return '?:0';
  return host.includes(':') ? `[${host}]:${port ?? 0}` : `${host}:${port ?? 0}`;
}

/** Whether the client is on this machine. */
export function isLocal({ inProcess = false, remoteAddress }: ClientSocket): boolean {
  return inProcess || isLoopback(remoteAddress);
}

export function isLoopback(host: string | undefined): boolean {
  return host !== undefined && (host === '::1' || host.startsWith('127.') || host.startsWith('::ffff:127.'));
}
