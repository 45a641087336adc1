/** From `process.argv` and the environment to what the program is to do. Reads files only through `readFile`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Assignment,
  assignmentsOf,
  type Config,
  ConfigError,
  findOption,
  type Machine,
  type ReadFile,
  readConf,
  readEnvironment,
  resolveConfig,
  suggestion,
  thisMachine,
} from '../config/index.js';
import { COMMANDS, type Request, readRequest } from './program.js';
import { type GivenOption, joinOption, splitServeArguments } from './serve-arguments.js';

/** Exit code of a command line that can't be understood, or a configuration that can't be had. */
const EXIT_USAGE = 2;

export type CommandLine =
  | {
      readonly kind: 'serve';
      readonly config: Config;
      /** The config file's absolute path, if there is a file. */
      readonly file?: string;
      /** For the log. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'error'; readonly message: string; readonly exitCode: number };

/** `args` are without Node and the script. An error's message is one line and says who speaks. */
export function parseCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
  readFile: ReadFile = readTextFile,
  machine: Machine = thisMachine(),
): CommandLine {
  try {
    const request = requestOf(args);
    if (request.kind === 'error') return usageError(request.message);
    if (request.kind !== 'serve') return request;
    const { file } = request;
    const assignments = [
      ...(file === undefined ? [] : assignmentsOf(readConf(file, readFile))),
      ...readEnvironment(environment, readFile),
      ...request.options.map(assignmentOf),
    ];
    const resolved = resolveConfig(assignments, machine);
    const path = file === undefined || file === '-' ? {} : { file: resolve(machine.directory, file) };
    return { kind: 'serve', ...resolved, ...path };
  } catch (error) {
    if (error instanceof ConfigError) return usageError(error.message);
    throw error;
  }
}

/** `-` is standard input. */
function readTextFile(path: string): string {
  return readFileSync(path === '-' ? 0 : path, 'utf8');
}

function requestOf(args: readonly string[]): Request {
  const [first = '', ...rest] = args;
  const named = COMMANDS.includes(first);
  if (named && first !== 'serve') return readRequest(args);
  const { operands, flags, options } = splitServeArguments(named ? rest : args);
  for (const { name } of options) assertKnown(name);
  // `serve` is named so that a config file of a command's name is a file, and left out so that --help is about all.
  const command = named || operands.length > 0 ? ['serve'] : [];
  return readRequest([...command, ...operands, ...flags, ...options.map(joinOption)]);
}

/** Before commander does it, so that a flag is suggested in the same words as a file's option. */
function assertKnown(name: string): void {
  if (findOption(name) !== undefined) return;
  throw new ConfigError('UNKNOWN_OPTION', `unknown option '--${name}'${suggestion(name, (near) => `--${near}`)}`);
}

function assignmentOf({ name, words }: GivenOption): Assignment {
  const option = findOption(name);
  if (option === undefined) throw new Error(`commander took --${name}, which is not in the table`);
  return { option, name, words, origin: { kind: 'flag' } };
}

function usageError(message: string): CommandLine {
  return { kind: 'error', message: `ringshard: ${message}`, exitCode: EXIT_USAGE };
}
