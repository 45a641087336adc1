/**
 * Requests that the framer leaves to the acceptor: its own commands, commands over keys of several shards, and
 * requests that are wrong.
 */
import { performance } from 'node:perf_hooks';
import { requestText, unknownSubcommand } from '../../commands/command-docs.js';
import { type Command, commandById, subcommandByName } from '../../commands/table.js';
import {
  CONN_SUBSCRIBED,
  LOCAL_ARITY,
  LOCAL_NO_AUTH,
  LOCAL_PAUSED,
  LOCAL_SPREAD,
  LOCAL_SUBSCRIBED,
  LOCAL_UNKNOWN,
} from '../../engine/layout/connection.js';
import { Failure } from '../../message/value.js';
import type { LocalCommands, LocalReply, LocalRequest } from '../acceptor.js';
import type { Client } from '../client.js';
import type { Connection } from '../connection.js';
import { QuickPublish } from '../pubsub/quick-publish.js';
import { encodeReply } from '../resp.js';
import {
  type Answer,
  type CommandContext,
  type Handler,
  type Handlers,
  NO_REPLY,
  Pieces,
  type ServerParts,
} from './context.js';
import { isRefusedToSubscriber, pongToSubscriber } from './pubsub.js';
import { redact } from './redact.js';
import { rememberKeys } from './remember-keys.js';

/** Longest part of a client's words that an error shows, as in Redis. */
const SHOWN_MAX = 128;

type SlowWords = readonly (string | Uint8Array)[];

export class CommandRouter implements LocalCommands {
  readonly #server: ServerParts;
  readonly #handlers: Handlers;
  readonly #spread: Handler;
  #quick: QuickPublish | undefined;

  /** `spread` answers commands of the engine that need more than one shard. */
  constructor(server: ServerParts, handlers: Handlers, spread: Handler) {
    this.#server = server;
    this.#handlers = handlers;
    this.#spread = spread;
  }

  run(connection: Connection, request: LocalRequest): LocalReply | Promise<LocalReply> {
    let answer: Answer | Promise<Answer>;
    try {
      answer = this.#answer(connection, request);
    } catch (error) {
      return this.#encode(connection, this.#failed(error));
    }
    if (!(answer instanceof Promise)) return this.#encode(connection, answer);
    return answer.then(
      (settled) => this.#encode(connection, settled),
      (error: unknown) => this.#encode(connection, this.#failed(error)),
    );
  }

  runQuickly(connection: Connection, frame: number): boolean {
    this.#quick ??= this.#quickPublish();
    return this.#quick.take(connection, frame);
  }

  #quickPublish(): QuickPublish {
    const { acceptor, clients, pubsub, posts, pause } = this.#server;
    return new QuickPublish({
      engine: acceptor.engine,
      pubsub,
      posts,
      isOrdinary: (connection) =>
        pause.mode === undefined && (acceptor.records.flags(connection) & CONN_SUBSCRIBED) === 0,
      note: (command, connection, micros, words) =>
        this.#noteTime(command, clients.of(connection), micros, false, words),
    });
  }

  #encode(connection: Connection, answer: Answer): LocalReply {
    if (answer === NO_REPLY) return [];
    if (answer instanceof Pieces) return answer.pieces;
    if (answer instanceof Failure) this.#server.stats.noteError(answer.text);
    return [encodeReply(answer, this.#server.acceptor.records.protocol(connection))];
  }

  /** A handler's error that is no bug is thrown as a Failure. */
  #failed(error: unknown): Failure {
    if (error instanceof Failure) return error;
    this.#server.log.warning('a command failed unexpectedly', { error: String(error) });
    return new Failure('ERR internal error');
  }

  #answer(connection: Connection, { reason, command: id, args }: LocalRequest): Answer | Promise<Answer> {
    const command = commandById(id);
    if (reason === LOCAL_UNKNOWN || command === undefined) return unknownCommand(args);
    if (reason === LOCAL_ARITY || reason === LOCAL_NO_AUTH) this.#server.stats.noteRejected(command);
    if (reason === LOCAL_ARITY) return wrongArity(command);
    if (reason === LOCAL_NO_AUTH) return new Failure('NOAUTH Authentication required.');
    const resolved = resolve(command, args);
    if (resolved instanceof Failure) return resolved;
    if (resolved.command !== command && !takes(resolved.command, args.length + 1)) {
      this.#server.stats.noteRejected(resolved.command);
      return wrongArity(resolved.command);
    }
    const context = this.#context(connection, resolved.command, resolved.args);
    if (isRefusedToSubscriber(this.#server, context.client, resolved.command.name)) {
      this.#server.stats.noteRejected(resolved.command);
      return refusedToSubscriber(resolved.command);
    }
    if (reason === LOCAL_SUBSCRIBED && resolved.command.name === 'ping')
      return this.#measure(pongToSubscriber, context);
    // Subcommands that the engine runs (OBJECT ENCODING) come here because their containers do.
    const isOfEngine = resolved.command.place !== 'acceptor';
    const isSpread = reason === LOCAL_SPREAD || reason === LOCAL_PAUSED || isOfEngine;
    if (isSpread) rememberKeys(context);
    const handler = isSpread ? this.#spread : this.#handlers[resolved.command.name];
    if (handler === undefined) return new Failure(`ERR ${requestText(command.name, command)} is not supported`);
    const { pause } = this.#server;
    if (pause.mode === undefined || !isPausable(resolved.command)) return this.#measure(handler, context);
    return pause.over(context.client).then((over) => (over ? this.#measure(handler, context) : NO_REPLY));
  }

  /** Runs a handler, and counts and times it. */
  #measure(handler: Handler, context: CommandContext): Answer | Promise<Answer> {
    const start = performance.now();
    let answer: Answer | Promise<Answer>;
    try {
      answer = handler(context);
    } catch (error) {
      this.#note(context, start, true);
      throw error;
    }
    if (!(answer instanceof Promise)) {
      this.#note(context, start, answer instanceof Failure);
      return answer;
    }
    return answer.then(
      (settled) => {
        this.#note(context, start, settled instanceof Failure);
        return settled;
      },
      (error: unknown) => {
        this.#note(context, start, true);
        throw error;
      },
    );
  }

  #note(context: CommandContext, start: number, failed: boolean): void {
    const { command, client } = context;
    const micros = (performance.now() - start - (context.waited ?? 0)) * 1000;
    this.#noteTime(command, client, micros, failed, () => [...command.name.split('|'), ...redact(context)]);
  }

  #noteTime(command: Command, client: Client, micros: number, failed: boolean, words: () => SlowWords): void {
    const { stats, slowLog, latency, config, now } = this.#server;
    stats.note(command, micros, failed);
    const at = now();
    latency.noteCommand(command, at, micros);
    const threshold = config.current.slowlogLogSlowerThan;
    if (threshold < 0 || micros < threshold || command.flags.has('skip_slowlog')) return;
    const { address, name } = client;
    slowLog.add({ at: Math.floor(at / 1000), micros, address, name }, words());
  }

  #context(connection: Connection, command: Command, args: readonly Uint8Array[]): CommandContext {
    const client = this.#server.clients.of(connection);
    client.lastLocal = command;
    return {
      server: this.#server,
      client,
      connection,
      command,
      args,
      words: args.map((arg) => Buffer.from(arg.buffer, arg.byteOffset, arg.byteLength).toString('utf8')),
    };
  }
}

/** The subcommand that is meant, if the command has any, and its arguments. */
function resolve(
  command: Command,
  args: readonly Uint8Array[],
): { readonly command: Command; readonly args: readonly Uint8Array[] } | Failure {
  if (command.subcommands.size === 0 || args.length === 0) return { command, args };
  const word = Buffer.from(args[0] as Uint8Array).toString('utf8');
  const subcommand = subcommandByName(command, word);
  if (subcommand === undefined) return unknownSubcommand(command, word);
  return { command: subcommand, args: args.slice(1) };
}

/** Whether a request of so many words can be one for a command. */
function takes({ arity }: Command, words: number): boolean {
  return arity >= 0 ? words === arity : words >= -arity;
}

function wrongArity(command: Command): Failure {
  return new Failure(`ERR wrong number of arguments for '${command.name}' command`);
}

/** Whether a command waits while clients are paused: it changes data, or replicas would have to see it. */
function isPausable({ name, flags }: Command): boolean {
  return flags.has('write') || name === 'publish' || name === 'spublish';
}

function refusedToSubscriber({ name }: Command): Failure {
  return new Failure(
    `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
  );
}

function unknownCommand(args: readonly Uint8Array[]): Failure {
  const [name = '', ...rest] = args.map((arg) => Buffer.from(arg.subarray(0, SHOWN_MAX)).toString('latin1'));
  let shown = '';
  for (const word of rest) {
    if (shown.length >= SHOWN_MAX) break;
    shown += `'${word.slice(0, SHOWN_MAX - shown.length)}' `;
  }
  return new Failure(`ERR unknown command '${name}', with args beginning with: ${shown}`);
}
