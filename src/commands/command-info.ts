/** COMMAND, COMMAND COUNT, COMMAND INFO and COMMAND LIST: replies in the shape of Redis 7.2. */

import { matchesGlob } from '../base/glob.js';
import { Failure, SetOf, Status, type Value } from '../message/value.js';
import { KEY_FLAGS, type KeyAccess, type KeySpec, type KeyUse } from './key-spec.js';
import { COMMAND_FLAGS } from './spec.js';
import { type Command, commandByFullName, PUBLIC_COMMANDS } from './table.js';

const SYNTAX_ERROR = new Failure('ERR syntax error');

/** One command: name, arity, flags, first key, last key, step, categories, tips, key specifications, subcommands. */
export function commandInfo(command: Command): Value {
  const { first, last, step } = command.keyRange;
  return [
    command.name,
    command.arity,
    statuses(COMMAND_FLAGS.filter((flag) => command.flags.has(flag))),
    first,
    last,
    step,
    statuses(command.categories.map((category) => `@${category}`)),
    new SetOf(command.spec.tips ?? []),
    new SetOf(command.keys.map(keySpec)),
    subcommandInfos(command),
  ];
}

/** COMMAND INFO [name ...], and COMMAND alone; null for what is no command. */
export function commandInfos(names: readonly string[]): Value {
  if (names.length === 0) return PUBLIC_COMMANDS.map(commandInfo);
  return names.map(commandByFullName).map((command) => (command === undefined ? null : commandInfo(command)));
}

/** COMMAND COUNT. */
export function commandCount(): number {
  return PUBLIC_COMMANDS.length;
}

/** COMMAND LIST [FILTERBY MODULE name | ACLCAT category | PATTERN glob], given what follows LIST. */
export function commandList(options: readonly string[]): Value {
  const names = PUBLIC_COMMANDS.flatMap((command) => [command, ...command.subcommands.values()]);
  if (options.length === 0) return names.map((command) => command.name);
  const [word, kind, argument] = options;
  if (options.length !== 3 || word?.toLowerCase() !== 'filterby' || argument === undefined) return SYNTAX_ERROR;
  const keeps = listFilter(kind ?? '', argument);
  return keeps === undefined ? SYNTAX_ERROR : names.filter(keeps).map((command) => command.name);
}

function listFilter(kind: string, argument: string): ((command: Command) => boolean) | undefined {
  const wanted = argument.toLowerCase();
  switch (kind.toLowerCase()) {
    case 'module':
      return () => false;
    case 'aclcat':
      return (command) => command.categories.some((category) => category === wanted);
    case 'pattern':
      return (command) => matchesGlob(wanted, command.name);
    default:
      return undefined;
  }
}

/** The flags of a key as a set of statuses, in Redis's order. */
export function keyFlags(access: KeyAccess, uses: readonly KeyUse[]): SetOf {
  return statuses(KEY_FLAGS.filter((flag) => flag === access || uses.some((use) => use === flag)));
}

function keySpec({ access, uses, first, last, step, notes }: KeySpec): Value {
  const spec = new Map<Value, Value>();
  if (notes !== undefined) spec.set('notes', notes);
  spec.set('flags', keyFlags(access, uses));
  spec.set('begin_search', typed('index', [['index', first]]));
  spec.set(
    'find_keys',
    typed('range', [
      ['lastkey', last],
      ['keystep', step],
      ['limit', 0],
    ]),
  );
  return spec;
}

function typed(type: string, spec: readonly (readonly [string, number])[]): Value {
  return new Map<Value, Value>([
    ['type', type],
    ['spec', new Map<Value, Value>(spec)],
  ]);
}

/** Redis replies an empty set, not an empty array, for a command without subcommands. */
function subcommandInfos(command: Command): Value {
  if (command.subcommands.size === 0) return new SetOf([]);
  return [...command.subcommands.values()].map(commandInfo);
}

export function statuses(words: readonly string[]): SetOf {
  return new SetOf(words.map((word) => new Status(word)));
}
