/** CLIENT LIST and CLIENT INFO: a line about each client, in the format of Redis 7.2. */
import { commandById } from '../../commands/table.js';
import { Failure, Verbatim } from '../../message/value.js';
import type { Client } from '../client.js';
import { integerOf, SYNTAX_ERROR } from './arguments.js';
import type { Answer, CommandContext, Handlers, ServerParts } from './context.js';

export type ClientType = 'normal' | 'master' | 'replica' | 'pubsub';

const TYPES: Readonly<Record<string, ClientType>> = {
  normal: 'normal',
  master: 'master',
  replica: 'replica',
  slave: 'replica',
  pubsub: 'pubsub',
};

/** What a client writes in TYPE filters. Throws a Failure. */
export function clientType(word: string): ClientType {
  const type = TYPES[word.toLowerCase()];
  if (type === undefined) throw new Failure(`ERR Unknown client type '${word}'`);
  return type;
}

/** Nobody replicates from here in Redis's way. */
export function typeOf(client: Client): ClientType {
  return client.isSubscribed ? 'pubsub' : 'normal';
}

/** What of the server's memory is a client's, in bytes. */
export interface ClientMemory {
  /** Received, not framed. */
  readonly input: number;
  /** Of the request that has come in part. */
  readonly request: number;
  /** Replies that it has not taken; those that wait in a shard's memory are not counted. */
  readonly output: number;
}

export function memoryOf({ acceptor }: ServerParts, { connection }: Client): ClientMemory {
  return {
    input: acceptor.unframed(connection),
    request: acceptor.records.partial(connection),
    output: connection.output.buffered,
  };
}

/** What Node keeps a socket's descriptor in, where there is such a thing. */
interface WithHandle {
  readonly _handle?: { readonly fd?: number } | null;
}

function descriptorOf({ connection }: Client): number {
  return (connection.socket as unknown as WithHandle)._handle?.fd ?? -1;
}

function flagsOf({ blocked }: ServerParts, client: Client): string {
  const flags = [
    client.isSubscribed ? 'P' : '',
    client.tracking === undefined ? '' : 't',
    client.tracking?.isBroken ? 'R' : '',
    client.tracking?.broadcast ? 'B' : '',
    blocked.has(client) ? 'b' : '',
    client.isEnding ? 'c' : '',
    client.noEvict ? 'e' : '',
    client.noTouch ? 'T' : '',
  ].join('');
  return flags === '' ? 'N' : flags;
}

/** The command that it has sent last. */
function lastCommandOf({ acceptor }: ServerParts, { connection, lastLocal }: Client): string {
  const command = commandById(acceptor.records.lastCommand(connection));
  if (command === undefined) return 'NULL';
  return lastLocal?.container === command.name ? lastLocal.name : command.name;
}

function fieldsOf(server: ServerParts, client: Client): readonly (readonly [string, string | number])[] {
  const { acceptor, now } = server;
  const { connection } = client;
  const { input, request, output } = memoryOf(server, client);
  const seconds = (since: number) => Math.max(0, Math.floor((now() - since) / 1000));
  return [
    ['id', client.id],
    ['addr', client.address],
    ['laddr', client.localAddress],
    ['fd', descriptorOf(client)],
    ['name', client.name],
    ['age', seconds(client.since)],
    ['idle', seconds(connection.lastActive)],
    ['flags', flagsOf(server, client)],
    ['db', acceptor.records.database(connection)],
    ['sub', client.subscriber?.subscriptions.channel.size ?? 0],
    ['psub', client.subscriber?.subscriptions.pattern.size ?? 0],
    ['ssub', client.subscriber?.subscriptions.shard.size ?? 0],
    ['multi', -1],
    ['qbuf', input],
    // Clients share one read buffer, and replies have no buffer of a fixed size.
    ['qbuf-free', 0],
    ['argv-mem', request],
    ['multi-mem', 0],
    ['rbs', 0],
    ['rbp', 0],
    ['obl', 0],
    ['oll', connection.output.pieces],
    ['omem', output],
    ['tot-mem', input + request + output],
    ['events', `${connection.isHeld ? '' : 'r'}${output > 0 ? 'w' : ''}`],
    ['cmd', lastCommandOf(server, client)],
    ['user', client.user],
    ['redir', client.tracking?.redirect ?? -1],
    ['resp', acceptor.records.protocol(connection)],
    ['lib-name', client.libraryName],
    ['lib-ver', client.libraryVersion],
  ];
}

function lineOf(server: ServerParts, client: Client): string {
  const fields = fieldsOf(server, client);
  return `${fields.map(([name, value]) => `${name}=${value}`).join(' ')}\n`;
}

function wantedClients({ server, words }: CommandContext): readonly Client[] {
  const { clients } = server;
  const [filter, ...values] = words;
  if (filter === undefined) return [...clients];
  const kind = filter.toLowerCase();
  if (kind === 'type' && values.length === 1) {
    const type = clientType(values[0] as string);
    return [...clients].filter((client) => typeOf(client) === type);
  }
  if (kind !== 'id' || values.length === 0) throw SYNTAX_ERROR;
  const ids = values.map((word) => integerOf(word, new Failure('ERR Invalid client ID')));
  return ids.map((id) => clients.byId(id)).filter((client) => client !== undefined);
}

function list(context: CommandContext): Answer {
  const lines = wantedClients(context).map((client) => lineOf(context.server, client));
  return new Verbatim(lines.join(''));
}

function info({ server, client }: CommandContext): Answer {
  return new Verbatim(lineOf(server, client));
}

export const CLIENT_LIST_HANDLERS: Handlers = { 'client|list': list, 'client|info': info };
