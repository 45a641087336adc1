/**
 * The command table: every entry with its id. The engine knows commands by id only; so do counters. Ids hold within
 * one build: engine commands come first and without gaps, so that the engine's dispatch is a jump table.
 *
 *   1 ...   engine commands that clients name
 *           engine commands that are subcommands (OBJECT ENCODING)
 *           engine commands that only the acceptor sends (internal.ts)
 *           commands of the acceptor
 *           subcommands of the acceptor
 */
import { COMMAND_MAX } from '../engine/layout/command.js';
import { BITS } from './bits.js';
import { categoriesOf } from './categories.js';
import { CLIENT } from './client.js';
import { CONNECTION } from './connection.js';
import { DIAGNOSTICS } from './diagnostics.js';
import { INTERNAL } from './internal.js';
import { INTROSPECTION } from './introspection.js';
import { type KeyRange, type KeySpec, keyAt, keyRange } from './key-spec.js';
import { KEY_COMMANDS } from './keys.js';
import { PUBSUB } from './pubsub.js';
import { SERVER } from './server.js';
import type { Category, CommandFlag, CommandSpec, Group, InternalSpec, Place, SubcommandSpec } from './spec.js';
import { STRINGS } from './strings.js';

/** An entry, with what follows from it. */
export interface Command {
  readonly id: number;
  /** Lower case; `config|get` for a subcommand. */
  readonly name: string;
  readonly arity: number;
  readonly group: Group;
  readonly flags: ReadonlySet<CommandFlag>;
  /** All of them, in Redis's order. */
  readonly categories: readonly Category[];
  readonly keys: readonly KeySpec[];
  readonly keyRange: KeyRange;
  readonly place: Place;
  /** No client can name it. */
  readonly internal: boolean;
  /** The name of its constant in the engine's source, when the engine runs it. */
  readonly constant: string | undefined;
  /** What the entry itself says. A subcommand has none of the fields that only commands have. */
  readonly spec: CommandSpec;
  /** Name of the command that it is a subcommand of. */
  readonly container: string | undefined;
  /** By their own names (`get`), in the order of the entry. */
  readonly subcommands: ReadonlyMap<string, Command>;
}

const ENTRIES: readonly CommandSpec[] = [
  ...STRINGS,
  ...BITS,
  ...KEY_COMMANDS,
  ...CONNECTION,
  CLIENT,
  ...PUBSUB,
  ...INTROSPECTION,
  ...DIAGNOSTICS,
  ...SERVER,
];

/** All commands in the order of their ids: the one with id n is element n - 1. */
export const COMMANDS: readonly Command[] = build();

/** The commands that clients can name, without their subcommands. */
export const PUBLIC_COMMANDS: readonly Command[] = COMMANDS.filter((c) => !c.internal && c.container === undefined);

const BY_NAME: ReadonlyMap<string, Command> = new Map(PUBLIC_COMMANDS.map((command) => [command.name, command]));
const BY_FULL_NAME: ReadonlyMap<string, Command> = new Map(COMMANDS.map((command) => [command.name, command]));

export function commandById(id: number): Command | undefined {
  return COMMANDS[id - 1];
}

/** The command that a client means by the first word of a request. */
export function commandByName(name: string): Command | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** The subcommand that a client means by the second word of a request. */
export function subcommandByName(container: Command, name: string): Command | undefined {
  return container.subcommands.get(name.toLowerCase());
}

/** A command or subcommand that a client means by `name` or `name|subcommand`. */
export function commandByFullName(name: string): Command | undefined {
  const [first = '', second, ...rest] = name.split('|');
  const command = commandByName(first);
  if (command === undefined || second === undefined) return command;
  return rest.length === 0 ? subcommandByName(command, second) : undefined;
}

/** The id of a command that the program itself names, internal ones (`mget|part`) and subcommands included. */
export function commandId(name: string): number {
  const command = BY_FULL_NAME.get(name);
  if (command === undefined) throw new Error(`no command '${name}'`);
  return command.id;
}

/** An entry on its way to becoming a command. */
interface Draft {
  readonly spec: CommandSpec;
  readonly container?: string;
  readonly internal?: InternalSpec;
}

function build(): readonly Command[] {
  const commands = drafts().map((draft, index) => resolve(draft, index + 1));
  if (commands.length >= COMMAND_MAX) throw new Error(`more than ${COMMAND_MAX - 1} commands`);
  const byName = new Map(commands.map((command) => [command.name, command]));
  if (byName.size !== commands.length) throw new Error('two commands have one name');
  for (const command of commands) {
    if (command.container === undefined) continue;
    byName.get(command.container)?.subcommands.set(command.name.slice(command.container.length + 1), command);
  }
  return commands;
}

function drafts(): readonly Draft[] {
  const named: Draft[] = ENTRIES.map((spec) => ({ spec }));
  const subcommands = ENTRIES.flatMap((entry) => (entry.subcommands ?? []).map((sub) => subcommandOf(entry, sub)));
  const internal = INTERNAL.map((entry): Draft => ({ spec: asCommand(entry), internal: entry }));
  const all = [...named, ...subcommands];
  return [...all.filter(({ spec }) => isOnShard(spec)), ...internal, ...all.filter(({ spec }) => !isOnShard(spec))];
}

function isOnShard(spec: CommandSpec): boolean {
  return (spec.place ?? 'acceptor') !== 'acceptor';
}

function subcommandOf(entry: CommandSpec, sub: SubcommandSpec): Draft {
  return { spec: { ...sub, name: `${entry.name}|${sub.name}`, group: entry.group }, container: entry.name };
}

function asCommand({ name, arity, keys, write }: InternalSpec): CommandSpec {
  const [first, last] = keys ?? [0, 0];
  return {
    name,
    arity,
    group: 'server',
    since: '',
    summary: 'Used by the server itself.',
    place: 'shard',
    flags: write ? ['write'] : [],
    keys: first === 0 ? [] : [{ ...keyAt(first, write ? 'RW' : 'RO'), last: last < 0 ? last : last - first }],
  };
}

function resolve({ spec, container, internal }: Draft, id: number): Command & { subcommands: Map<string, Command> } {
  const flags = new Set(spec.flags);
  const keys = spec.keys ?? [];
  return {
    id,
    name: spec.name,
    arity: spec.arity,
    group: spec.group,
    flags,
    categories: categoriesOf(flags, spec.categories),
    keys,
    keyRange: keyRange(keys),
    place: spec.place ?? 'acceptor',
    internal: internal !== undefined,
    constant: isOnShard(spec) ? (internal?.constant ?? constantOf(spec.name)) : undefined,
    spec,
    container,
    subcommands: new Map(),
  };
}

/** `mget|part` becomes MGET_PART, `_hold` HOLD. */
function constantOf(name: string): string {
  return name.replace(/^_/, '').replace(/[|-]/g, '_').toUpperCase();
}
