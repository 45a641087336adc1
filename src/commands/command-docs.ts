/** COMMAND DOCS in the shape of Redis 7.2, and the HELP subcommands. */
import { Failure, Status, type Value } from '../message/value.js';
import { type Argument, argumentsText } from './arguments.js';
import { statuses } from './command-info.js';
import { parseSyntax } from './syntax.js';
import { type Command, commandByFullName, PUBLIC_COMMANDS } from './table.js';

/** The arguments of a command; none when its entry does not tell. */
export function argumentsOf(command: Command): readonly Argument[] {
  return parseSyntax(command.spec.syntax ?? '', command.keys.length);
}

/** COMMAND DOCS [name ...]: a map from names to maps; what is no command is left out. */
export function commandDocs(names: readonly string[]): Value {
  const commands = names.length === 0 ? PUBLIC_COMMANDS : names.map(commandByFullName);
  return documentAll(commands.filter((command) => command !== undefined));
}

/** The reply to HELP of a command with subcommands: a line for each one's syntax, and an indented one about it. */
export function commandHelp(command: Command): Value {
  const lines = [`${command.name.toUpperCase()} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`];
  for (const [name, subcommand] of command.subcommands) {
    if (name !== 'help') lines.push(requestText(name, subcommand), `    ${subcommand.spec.summary}`);
  }
  return [...lines, 'HELP', '    Print this help.'].map((line) => new Status(line));
}

/** The error for a second word that is no subcommand. */
export function unknownSubcommand(command: Command, word: string): Failure {
  const name = command.name.toUpperCase();
  return new Failure(`ERR unknown subcommand '${word.slice(0, 128)}'. Try ${name} HELP.`);
}

/** How a person would write a request: the name in capitals and what may follow it. */
export function requestText(name: string, command: Command): string {
  return `${name.replace('|', ' ').toUpperCase()} ${argumentsText(argumentsOf(command))}`.trimEnd();
}

function documentAll(commands: Iterable<Command>): Value {
  const docs = new Map<Value, Value>();
  for (const command of commands) docs.set(command.name, document(command));
  return docs;
}

function document(command: Command): Value {
  const { spec } = command;
  const docs = new Map<Value, Value>([
    ['summary', spec.summary],
    ['since', spec.since],
    ['group', command.group],
  ]);
  if (spec.complexity !== undefined) docs.set('complexity', spec.complexity);
  const flags = [...(spec.deprecated ? ['deprecated'] : []), ...(spec.system ? ['syscmd'] : [])];
  if (flags.length > 0) docs.set('doc_flags', statuses(flags));
  if (spec.deprecated !== undefined) {
    docs.set('deprecated_since', spec.deprecated.since);
    docs.set('replaced_by', spec.deprecated.replacedBy);
  }
  if (spec.syntax !== undefined) docs.set('arguments', argumentsOf(command).map(argument));
  if (command.subcommands.size > 0) docs.set('subcommands', documentAll(command.subcommands.values()));
  return docs;
}

function argument(a: Argument): Value {
  const docs = new Map<Value, Value>([
    ['name', a.name],
    ['type', a.type],
  ]);
  if (a.arguments === undefined) docs.set('display_text', a.display ?? a.name);
  if (a.keySpec !== undefined) docs.set('key_spec_index', a.keySpec);
  if (a.token !== undefined) docs.set('token', a.token);
  const flags = argumentFlags(a);
  if (flags.length > 0) docs.set('flags', statuses(flags));
  if (a.arguments !== undefined) docs.set('arguments', a.arguments.map(argument));
  return docs;
}

function argumentFlags(a: Argument): readonly string[] {
  const flags: string[] = [];
  if (a.optional) flags.push('optional');
  if (a.multiple) flags.push('multiple');
  if (a.multipleToken) flags.push('multiple_token');
  return flags;
}
