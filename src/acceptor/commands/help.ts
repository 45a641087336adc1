/** HELP of every command that has subcommands: it is written from the command table. */
import { commandHelp } from '../../commands/command-docs.js';
import { type Command, PUBLIC_COMMANDS } from '../../commands/table.js';
import type { Handler, Handlers } from './context.js';

function helpOf(command: Command): Handler {
  const reply = commandHelp(command);
  return () => reply;
}

export const HELP_HANDLERS: Handlers = Object.fromEntries(
  PUBLIC_COMMANDS.filter(({ subcommands }) => subcommands.has('help')).map((command) => [
    `${command.name}|help`,
    helpOf(command),
  ]),
);
