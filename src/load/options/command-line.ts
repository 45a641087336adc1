/** Takes a command line apart by an option table. What the options' texts mean is not looked at here. */
import { Command, CommanderError, Option } from 'commander';
import { nearest } from '../../config/nearest.js';
import { UsageError } from '../plan/usage-error.js';
import type { CommandText } from './help.js';
import type { LoadOption } from './option.js';

const HELP_COLUMNS = 110;

type Groups = Readonly<Record<string, Readonly<Record<string, LoadOption>>>>;

/** An option as somebody has given it. */
export interface GivenOption {
  /** Its key in the table. */
  readonly key: string;
  readonly option: LoadOption;
  /** The name that was used, without dashes. */
  readonly name: string;
  /** Empty of a flag. */
  readonly text: string;
}

export type CommandLine =
  | { readonly kind: 'given'; readonly operands: readonly string[]; readonly options: readonly GivenOption[] }
  | { readonly kind: 'help'; readonly text: string };

export function readCommandLine(text: CommandText, groups: Groups, args: readonly string[]): CommandLine {
  const options: GivenOption[] = [];
  let help = '';
  const command = createCommand(text);
  command.exitOverride().configureOutput({ writeOut: (part) => (help += part), writeErr: () => {} });
  for (const [group, table] of Object.entries(groups)) {
    for (const [key, option] of Object.entries(table)) {
      for (const [i, name] of option.names.entries()) {
        const hidden = i > 0;
        command.addOption(flagOf(option, name, hidden).helpGroup(`${group}:`));
        command.on(`option:${name}`, (value?: string | null) => options.push({ key, option, name, text: value ?? '' }));
      }
    }
  }
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'help', text: help };
    throw new UsageError(messageOf(error, groups), { cause: error });
  }
  return { kind: 'given', operands: command.args, options };
}

function createCommand({ name, description, operands, after }: CommandText): Command {
  const command = new Command(name)
    .description(description)
    .helpOption('--help', 'show this')
    .configureHelp({ helpWidth: HELP_COLUMNS })
    .showSuggestionAfterError(false)
    .allowExcessArguments(false)
    .addHelpText('after', after.trimEnd());
  for (const { name: operand, summary, optional } of operands) {
    command.argument(optional ? `[${operand}]` : `<${operand}>`, summary);
  }
  return command.usage([...operands.map((one) => `<${one.name}>`), '[options]'].join(' '));
}

function flagOf(
  { short, argument, summary, default: initial, names }: LoadOption,
  name: string,
  hidden: boolean,
): Option {
  const letter = short === undefined || hidden ? '' : `-${short}, `;
  const others =
    names.length > 1
      ? `; also ${names
          .slice(1)
          .map((other) => `--${other}`)
          .join(', ')}`
      : '';
  const usual = initial === undefined ? '' : ` (default: ${initial})`;
  const flags = `${letter}--${name}${argument === undefined ? '' : ` ${argument}`}`;
  return new Option(flags, `${summary}${usual}${others}`).hideHelp(hidden);
}

/** commander's words, but suggestions in ours; what was given as a value may be a secret. */
function messageOf({ code, message }: CommanderError, groups: Groups): string {
  const text = message.replace(/^error: /, '').trim();
  if (code !== 'commander.unknownOption') return text;
  const name = /'([^'=]*)/.exec(text)?.[1] ?? '';
  const names = Object.values(groups).flatMap((table) => Object.values(table).flatMap((option) => option.names));
  const near = nearest(name.replace(/^-+/, '').toLowerCase(), names);
  return `unknown option '${name}'${near === undefined ? '' : ` (did you mean --${near}?)`}`;
}
