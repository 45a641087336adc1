/** DEBUG: the inside of the server, for tests. Only those whom `enable-debug-command` names may use it. */
import { Failure, OK, Status } from '../../../message/value.js';
import { wrongArguments } from '../arguments.js';
import type { Answer, CommandContext, Handlers } from '../context.js';
import { SUBCOMMANDS } from './subcommands.js';

const NOT_ALLOWED = new Failure(
  'ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it from a local ' +
    'connection, otherwise you need to set this option in the configuration file, and then restart the server.',
);

function debug(context: CommandContext): Answer | Promise<Answer> {
  const { server, client, words, args } = context;
  const allowed = server.config.current.enableDebugCommand;
  if (allowed !== 'yes' && !(allowed === 'local' && client.isLocal)) return NOT_ALLOWED;
  const [word = '', ...rest] = words;
  const name = word.toLowerCase();
  if (name === 'help' && rest.length === 0) return help();
  const subcommand = SUBCOMMANDS.get(name);
  if (subcommand === undefined || rest.length < subcommand.least || rest.length > subcommand.most) {
    return wrongArguments('debug', word);
  }
  return subcommand.run(context, rest, args.slice(1)) ?? OK;
}

function help(): Answer {
  const lines = ['DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:'];
  for (const [name, { usage, about }] of SUBCOMMANDS)
    lines.push(`${name.toUpperCase()} ${usage}`.trimEnd(), `    ${about}`);
  return [...lines, 'HELP', '    Print this help.'].map((line) => new Status(line));
}

export const DEBUG_HANDLERS: Handlers = { debug };
