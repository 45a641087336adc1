/**
 * Command lines as redis-server takes them: `[config-file] --name word word --name ...`. The first word after a name is
 * a value even if it begins with `--`; the others end at the next `--`. Also `--name=word`, and name and words in one
 * argument (`"--maxmemory 700mb"`).
 */
import { findOption, quoteWord, splitWords } from '../config/index.js';

export interface ServeArguments {
  /** Config files and whatever else stands there. */
  readonly operands: readonly string[];
  /** `--help` and the like: what takes no value. */
  readonly flags: readonly string[];
  readonly options: readonly GivenOption[];
}

export interface GivenOption {
  readonly name: string;
  readonly words: readonly string[];
}

const FLAGS: ReadonlySet<string> = new Set(['-h', '--help', '-v', '--version']);

/** Takes a command line apart without a look at what its names and words mean. */
export function splitServeArguments(args: readonly string[]): ServeArguments {
  const operands: string[] = [];
  const flags: string[] = [];
  const options: { name: string; words: string[] }[] = [];
  /** Gathers the words that follow; undefined where they would be operands. */
  let words: string[] | undefined;
  let wantsValue = false;
  for (const [i, arg] of args.entries()) {
    if (wantsValue) {
      (words as string[]).push(arg);
      wantsValue = false;
    } else if (FLAGS.has(arg)) {
      flags.push(arg);
      words = undefined;
    } else if (arg.startsWith('--') || isBareName(arg, operands, words)) {
      const given = startOption(arg, args[i + 1]);
      options.push(given);
      words = given.complete ? undefined : given.words;
      wantsValue = given.words.length === 0;
    } else (words ?? operands).push(arg);
  }
  return { operands, flags, options };
}

/** One argument an option, in the form that any parser takes: `--bind="127.0.0.1" "-::1"`. */
export function joinOption({ name, words }: GivenOption): string {
  return `--${name}=${words.map(quoteWord).join(' ')}`;
}

function startOption(arg: string, next: string | undefined): { name: string; words: string[]; complete: boolean } {
  const text = arg.replace(/^--/, '');
  const equals = /^([\w-]+)=(.*)$/s.exec(text);
  if (equals !== null) return { name: equals[1] as string, words: [equals[2] as string], complete: true };
  const [name = '', ...words] = (/\s/.test(text) ? splitWords(text) : undefined) ?? [text];
  // Who builds a command line from a list that turns out empty gets `--save` without a value.
  if (name === 'save' && words.length === 0 && (next === undefined || next.startsWith('--'))) words.push('');
  return { name, words, complete: false };
}

/** redis-server takes `redis.conf loglevel verbose` too. */
function isBareName(arg: string, operands: readonly string[], words: readonly string[] | undefined): boolean {
  return words === undefined && operands.length > 0 && findOption(arg) !== undefined;
}
