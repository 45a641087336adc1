/** The commands of `ringshard`, as commander knows them. Nothing is done here: each command reports what was asked for. */
import { Command, CommanderError, Option } from 'commander';
import { namesOf, OPTION_GROUPS, OPTION_LIST, splitWords } from '../config/index.js';
import { descriptionOf, flagsOf } from './help.js';
import type { GivenOption } from './serve-arguments.js';

const HELP_COLUMNS = 110;

/** What the user asked for, as far as commander can tell. */
export type Request =
  | { readonly kind: 'serve'; readonly file: string | undefined; readonly options: readonly GivenOption[] }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'error'; readonly message: string };

/** Reads arguments in which every option is one argument, see `joinOption`. */
export function readRequest(args: readonly string[]): Request {
  let request: Request | undefined;
  const program = createProgram((asked) => {
    request = asked;
  });
  let output = '';
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: (text) => (output += text), writeErr: () => {} });
  }
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.version') return { kind: 'version' };
    if (error.exitCode === 0) return { kind: 'help', text: output };
    return { kind: 'error', message: oneLine(error.message) };
  }
  return request ?? { kind: 'help', text: program.helpInformation() };
}

/** The names of all commands. Any other first word is a config file. */
export const COMMANDS: readonly string[] = ['serve', 'load', 'help'];

function createProgram(report: (request: Request) => void): Command {
  const program = new Command('ringshard')
    .description('A Redis-compatible in-memory cache server. Without a command it serves.')
    .version('', '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show this')
    .configureHelp({ helpWidth: HELP_COLUMNS });
  const serve = program.command('serve', { isDefault: true });
  addServe(serve, report);
  // For the list of commands: its arguments do not come here.
  program
    .command('load')
    .argument('<url>')
    .description('Put a Redis, memcached or HTTP server under load and measure it. See: ringshard load --help.');
  // Most who ask for help want that of the default command: it comes along.
  program.addHelpText('after', () => `\n${serve.helpInformation()}`);
  return program;
}

function addServe(serve: Command, report: (request: Request) => void): void {
  const options: GivenOption[] = [];
  serve
    .description('Start the server. Flags outweigh RINGSHARD_* variables, those outweigh the config file.')
    .usage('[config-file] [options]')
    .argument('[config-file]', "a file in redis.conf's syntax; - is standard input")
    .helpOption('-h, --help', 'show this')
    .configureHelp({ helpWidth: HELP_COLUMNS })
    .allowExcessArguments(false);
  for (const option of optionFlags((given) => options.push(given))) serve.addOption(option);
  serve.action((file: string | undefined) => report({ kind: 'serve', file, options }));
}

/** Every option of the table, and its former name, in the order in which --help shows the groups. */
function optionFlags(take: (given: GivenOption) => void): Option[] {
  const shown = OPTION_GROUPS.flatMap((group) => OPTION_LIST.filter((option) => option.group === group));
  const hidden = OPTION_LIST.filter((option) => option.group === undefined);
  return [...shown, ...hidden].flatMap((option) =>
    namesOf(option).map((name, i) => {
      const flag = new Option(flagsOf({ ...option, name: name as typeof option.name }), descriptionOf(option));
      flag.argParser((text) => take({ name, words: splitWords(text) ?? [text] }));
      if (option.group !== undefined) flag.helpGroup(`${option.group}:`);
      return flag.hideHelp(option.group === undefined || i > 0);
    }),
  );
}

/** commander puts its suggestion on a second line. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\n\(Did/, ' (did')
    .trim();
}
