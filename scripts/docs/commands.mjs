/** docs/commands.md: every command, from the command table. */
import { requestText } from '../../dist/commands/command-docs.js';
import { PUBLIC_COMMANDS } from '../../dist/commands/table.js';
import { cell, code } from './table-cell.mjs';

/** In the order in which a reader looks for them. */
const GROUPS = new Map([
  ['string', 'Strings'],
  ['bitmap', 'Bitmaps'],
  ['generic', 'Keys'],
  ['connection', 'Connection'],
  ['server', 'Server'],
  ['pubsub', 'Publish and subscribe'],
  ['scripting', 'Functions'],
]);

function row(command) {
  const { spec } = command;
  const summary = spec.deprecated ? `${spec.summary} Deprecated: ${spec.deprecated.replacedBy}.` : spec.summary;
  const cells = [code(command.name.replace('|', ' ').toUpperCase()), code(requestText(command.name, command))];
  return `| ${[...cells, cell(summary), spec.since].join(' | ')} |`;
}

/** COMMAND can stand alone; of other commands with subcommands only these can be used. */
function rows(command) {
  const subcommands = [...command.subcommands.values()];
  return (subcommands.length === 0 || command.arity === -1 ? [command, ...subcommands] : subcommands).map(row);
}

/** A command of a group that is not listed would silently be missing. */
for (const { name, group } of PUBLIC_COMMANDS) {
  if (!GROUPS.has(group)) throw new Error(`no section for the group '${group}' of ${name}`);
}

function section([group, title]) {
  const commands = PUBLIC_COMMANDS.filter((command) => command.group === group);
  const head = ['| command | syntax | summary | since |', '| --- | --- | --- | --- |'];
  return [`## ${title}`, '', ...head, ...commands.flatMap(rows), ''].join('\n');
}

const INTRODUCTION = `# Commands

<!-- Generated from src/commands by \`npm run docs\`: edit the table there. -->

Generated from the command table by \`npm run docs\`. "Since" is the version of Redis in which a command appeared.
`;

export function commandsPage() {
  return [INTRODUCTION, ...[...GROUPS].map(section)].join('\n');
}
