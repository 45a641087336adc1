/** What the engine knows of a connection (engine/layout/connection.ts), for the commands that the acceptor answers. */
import {
  CONN_ARGS_LEFT,
  CONN_CARRY,
  CONN_CARRY_LENGTH,
  CONN_COMMAND,
  CONN_DATABASE,
  CONN_FLAGS,
  CONN_HELD,
  CONN_PROTOCOL,
} from '../engine/layout/connection.js';
import type { Engine } from '../wasm/engine.js';
import type { Connection } from './connection.js';

export class ConnectionRecords {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  database(connection: Connection): number {
    return this.#engine.bytes[this.#record(connection) + CONN_DATABASE] as number;
  }

  setDatabase(connection: Connection, database: number): void {
    this.#engine.bytes[this.#record(connection) + CONN_DATABASE] = database;
  }

  protocol(connection: Connection): number {
    return this.#engine.bytes[this.#record(connection) + CONN_PROTOCOL] as number;
  }

  setProtocol(connection: Connection, protocol: number): void {
    this.#engine.bytes[this.#record(connection) + CONN_PROTOCOL] = protocol;
  }

  flags(connection: Connection): number {
    return this.#engine.bytes[this.#record(connection) + CONN_FLAGS] as number;
  }

  setFlag(connection: Connection, flag: number, on: boolean): void {
    const at = this.#record(connection) + CONN_FLAGS;
    const flags = this.#engine.bytes[at] as number;
    this.#engine.bytes[at] = on ? flags | flag : flags & ~flag;
  }

  /** Id of the last command that was framed, 0 for none. */
  lastCommand(connection: Connection): number {
    return this.#engine.halves[(this.#record(connection) + CONN_COMMAND) >> 1] as number;
  }

  /** Bytes in the engine's memory that the request takes which a client has sent in part. */
  partial(connection: Connection): number {
    const { unsigned } = this.#engine;
    const record = this.#record(connection) >> 2;
    const carried = unsigned[record + (CONN_CARRY >> 2)] === 0 ? 0 : (unsigned[record + (CONN_CARRY_LENGTH >> 2)] ?? 0);
    return carried + (unsigned[record + (CONN_HELD >> 2)] ?? 0);
  }

  /** Whether a part of a request has come. */
  isAmidRequest(connection: Connection): boolean {
    const { unsigned } = this.#engine;
    const record = this.#record(connection) >> 2;
    return unsigned[record + (CONN_ARGS_LEFT >> 2)] !== 0 || unsigned[record + (CONN_CARRY >> 2)] !== 0;
  }

  #record(connection: Connection): number {
    return this.#engine.exports.recordOf(connection.id) >>> 0;
  }
}
