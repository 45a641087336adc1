/**
 * Requests of memcached's protocols that the engine leaves to the acceptor: what concerns the server and not a key, and
 * what has to wait while clients are paused.
 */
import { commandId } from '../../commands/table.js';
import { LOCAL_PAUSED } from '../../engine/layout/connection.js';
import type { LocalCommands, LocalReply, LocalRequest } from '../acceptor.js';
import type { ServerParts } from '../commands/context.js';
import { piecesOf } from '../commands/replies.js';
import type { Connection } from '../connection.js';
import type { UdpCounts } from '../udp/listener.js';
import { binaryCommand } from './binary.js';
import { Flusher } from './flush.js';
import { logIn, readLogin } from './login.js';
import { type MemcachedParts, pauseIsOver } from './parts.js';
import { Baseline } from './stats/baseline.js';
import { textCommand } from './text.js';

const AUTH = commandId('mc|auth');
const LINE = commandId('mc|local');

export class MemcachedCommands implements Pick<LocalCommands, 'run'> {
  readonly parts: MemcachedParts;

  constructor(server: ServerParts, udp: () => UdpCounts) {
    this.parts = { server, flusher: new Flusher(server), baseline: new Baseline(server.ports), udp };
  }

  run(connection: Connection, request: LocalRequest): LocalReply | Promise<LocalReply> {
    try {
      const reply = this.#answer(connection, request);
      return reply instanceof Promise ? reply.catch((error: unknown) => this.#failed(connection, error)) : reply;
    } catch (error) {
      return this.#failed(connection, error);
    }
  }

  /** Something that should not happen: the client can't be told in either protocol's terms, and is let go. */
  #failed(connection: Connection, error: unknown): LocalReply {
    this.parts.server.log.warning('a command of memcached failed unexpectedly', { error: String(error) });
    connection.endAfterReply();
    return [];
  }

  #answer(connection: Connection, request: LocalRequest): LocalReply | Promise<LocalReply> {
    if (request.reason === LOCAL_PAUSED) return this.#runLater(connection, request);
    const { command, args } = request;
    if (command === AUTH) return [this.#login(connection, args[2] as Uint8Array)];
    if (command !== LINE) return binaryCommand(this.parts, connection, args);
    return textCommand(this.parts, connection, Buffer.from(args[0] as Uint8Array).toString('latin1'));
  }

  /** A request of the engine that changes data, held back by CLIENT PAUSE. */
  async #runLater(connection: Connection, { command, args }: LocalRequest): Promise<LocalReply> {
    const { internal, acceptor } = this.parts.server;
    if (!(await pauseIsOver(this.parts, connection))) return [];
    const { shard } = internal.locate(args[0] as Uint8Array);
    const result = await internal.call(shard, command, args, { protocol: acceptor.records.protocol(connection) });
    return piecesOf(result).pieces;
  }

  #login(connection: Connection, data: Uint8Array): Buffer {
    const given = readLogin(data);
    if (given === undefined) return Buffer.from('CLIENT_ERROR bad authentication token format\r\n');
    const isIn = logIn(this.parts.server, connection, given.user, given.password);
    return Buffer.from(isIn ? 'STORED\r\n' : 'CLIENT_ERROR authentication failure\r\n');
  }

  /** The server ends. */
  stop(): void {
    this.parts.flusher.cancel();
  }
}
