/** CLIENT TRACKING and what belongs to it. */

import { commandId } from '../../commands/table.js';
import { CONN_SINGLE, CONN_TRACKED } from '../../engine/layout/connection.js';
import { Failure, OK, SetOf, type Value } from '../../message/value.js';
import type { Client } from '../client.js';
import { nameOf, type TrackingMode } from '../tracking/tracking.js';
import { choice, integerOf, SYNTAX_ERROR } from './arguments.js';
import type { Answer, CommandContext, Handlers, ServerParts } from './context.js';

const CLIENT = commandId('client');

interface Wanted extends TrackingMode {
  readonly prefixes: readonly string[];
}

const FLAGS = { bcast: 'broadcast', optin: 'optIn', optout: 'optOut', noloop: 'noLoop' } as const;

function readMode({ server, args, words }: CommandContext): Wanted {
  const flags = { broadcast: false, optIn: false, optOut: false, noLoop: false };
  const prefixes: string[] = [];
  let redirect = 0;
  for (let i = 1; i < words.length; i++) {
    const word = words[i]?.toLowerCase() ?? '';
    const hasMore = i + 1 < words.length;
    if (word in FLAGS) flags[FLAGS[word as keyof typeof FLAGS]] = true;
    else if (word === 'prefix' && hasMore) prefixes.push(nameOf(args[++i] as Uint8Array));
    else if (word === 'redirect' && hasMore) redirect = readRedirect(server, redirect, words[++i]);
    else throw SYNTAX_ERROR;
  }
  return { redirect, ...flags, prefixes };
}

function readRedirect({ clients }: ServerParts, before: number, word: string | undefined): number {
  if (before !== 0) throw new Failure('ERR A client can only redirect to a single other client');
  const id = integerOf(word);
  if (clients.byId(id) === undefined) throw new Failure('ERR The client ID you want redirect to does not exist');
  return id;
}

const SWITCH = 'before disabling tracking for this client, and then re-enabling it with a different mode.';

/** Why a client can't track in this way now. */
function conflict({ tracking }: Client, wanted: Wanted): string | undefined {
  const { broadcast, optIn, optOut, prefixes } = wanted;
  if (!broadcast && prefixes.length !== 0) return 'PREFIX option requires BCAST mode to be enabled';
  if (tracking !== undefined && tracking.broadcast !== broadcast) return `You can't switch BCAST mode on/off ${SWITCH}`;
  if (broadcast && (optIn || optOut)) return 'OPTIN and OPTOUT are not compatible with BCAST';
  if (optIn && optOut) return "You can't specify both OPTIN mode and OPTOUT mode";
  if ((optIn && tracking?.optOut) || (optOut && tracking?.optIn)) return `You can't switch OPTIN/OPTOUT mode ${SWITCH}`;
  return overlap([...(tracking?.prefixes ?? [])], prefixes);
}

function overlap(own: readonly string[], wanted: readonly string[]): string | undefined {
  const rule = 'Prefixes for a single client must not overlap.';
  const collide = (a: string, b: string) => a.startsWith(b) || b.startsWith(a);
  for (const [i, prefix] of wanted.entries()) {
    const old = own.find((other) => collide(prefix, other));
    if (old !== undefined) return `Prefix '${prefix}' overlaps with an existing prefix '${old}'. ${rule}`;
    const other = wanted.slice(i + 1).find((next) => collide(prefix, next));
    if (other !== undefined) return `Prefix '${prefix}' overlaps with another provided prefix '${other}'. ${rule}`;
  }
  return undefined;
}

function tracking(context: CommandContext): Answer {
  const { server, client, words } = context;
  const wanted = readMode(context);
  if (!choice(words[0], 'on', 'off')) {
    endTracking(server, client);
    return OK;
  }
  const reason = conflict(client, wanted);
  if (reason !== undefined) return new Failure(`ERR ${reason}`);
  const { prefixes, ...mode } = wanted;
  server.tracking.enable(client, mode, prefixes);
  noteReads(server, client);
  return OK;
}

export function endTracking(server: ServerParts, client: Client): void {
  server.tracking.disable(client);
  noteReads(server, client);
}

/** Has the engine note what the client's next command reads, or not. */
function noteReads({ acceptor }: ServerParts, { connection, tracking: state }: Client): void {
  const isOn = state !== undefined && !state.broadcast && (state.optIn ? state.caching : !state.caching);
  acceptor.records.setFlag(connection, CONN_TRACKED, isOn);
}

/** CLIENT CACHING is about the next command that is not CLIENT. Until that has come, requests are framed one by one. */
function caching({ server, client, connection, words }: CommandContext): Answer {
  const state = client.tracking;
  if (state === undefined) return new Failure(`ERR ${NOT_TRACKING}`);
  const isYes = choice(words[0], 'yes', 'no');
  if (isYes && !state.optIn) {
    return new Failure('ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.');
  }
  if (!isYes && !state.optOut) {
    return new Failure('ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.');
  }
  const { records } = server.acceptor;
  state.caching = true;
  noteReads(server, client);
  records.setFlag(connection, CONN_SINGLE, true);
  connection.afterRequest = () => {
    if (records.lastCommand(connection) === CLIENT) return;
    connection.afterRequest = undefined;
    if (client.tracking !== undefined) client.tracking.caching = false;
    noteReads(server, client);
    if (connection.skips === 0) records.setFlag(connection, CONN_SINGLE, false);
  };
  return OK;
}

const NOT_TRACKING =
  'CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled';

function flagsOf({ tracking: state }: Client): string[] {
  if (state === undefined) return ['off'];
  const flags: (readonly [boolean, string])[] = [
    [true, 'on'],
    [state.broadcast, 'bcast'],
    [state.optIn, 'optin'],
    [state.optIn && state.caching, 'caching-yes'],
    [state.optOut, 'optout'],
    [state.optOut && state.caching, 'caching-no'],
    [state.noLoop, 'noloop'],
    [state.isBroken, 'broken_redirect'],
  ];
  return flags.filter(([isSet]) => isSet).map(([, name]) => name);
}

function trackinginfo({ client }: CommandContext): Answer {
  const prefixes = [...(client.tracking?.prefixes ?? [])].sort();
  return new Map<Value, Value>([
    ['flags', new SetOf(flagsOf(client))],
    ['redirect', client.tracking?.redirect ?? -1],
    ['prefixes', prefixes.map((prefix) => Buffer.from(prefix, 'latin1'))],
  ]);
}

export const CLIENT_TRACKING_HANDLERS: Handlers = {
  'client|tracking': tracking,
  'client|trackinginfo': trackinginfo,
  'client|caching': caching,
  'client|getredir': ({ client }) => client.tracking?.redirect ?? -1,
};
