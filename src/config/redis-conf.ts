/** Reads files in redis.conf's syntax: a directive a line, `#` comments, quotes, `include`. */
import type { Assignment } from './assignment.js';
import { suggestion } from './assignment.js';
import { ConfigError, systemErrorText } from './error.js';
import { findOption } from './options.js';
import { splitWords } from './words.js';

/** Reads a whole text file or throws; `-` is standard input. */
export type ReadFile = (path: string) => string;

/** A line that says something. */
export interface Directive {
  readonly path: string;
  readonly line: number;
  /** The line itself, for messages. */
  readonly text: string;
  /** In lower case. */
  readonly name: string;
  readonly words: readonly string[];
}

/** Files within files within files. A file that includes itself runs into it. */
const MOST_INCLUDES_DEEP = 16;

/** Directives that are no options, and why they can't be had. To leave them out silently would open what they close. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['rename-command', 'commands can not be renamed'],
  ['user', 'access lists are not supported: use requirepass'],
  ['loadmodule', 'modules are not supported'],
  ['loadmoduleex', 'modules are not supported'],
  ['sentinel', 'there is no sentinel mode'],
]);

/** Directives that Redis itself has stopped to act on. */
const FORGOTTEN: ReadonlySet<string> = new Set([
  'lua-replicate-commands',
  'list-max-ziplist-entries',
  'list-max-ziplist-value',
]);

/** The directives of a text, in order. */
export function parseConf(text: string, path: string): readonly Directive[] {
  const directives: Directive[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const words = splitWords(line);
    if (words === undefined) {
      throw new ConfigError('CONFIG_FILE', `${path}:${index + 1}: '${line}': unbalanced quotes`);
    }
    const [name = '', ...rest] = words;
    directives.push({ path, line: index + 1, text: line, name: name.toLowerCase(), words: rest });
  }
  return directives;
}

/** The directives of a file and, in the place of each `include`, of that file. Paths are relative to the directory. */
export function readConf(path: string, readFile: ReadFile, depth = 0): readonly Directive[] {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    throw new ConfigError('CONFIG_FILE', `can't open config file '${path}': ${systemErrorText(error)}`, {
      cause: error,
    });
  }
  return parseConf(text, path).flatMap((directive) => {
    if (directive.name !== 'include') return directive;
    const [file, ...more] = directive.words;
    if (file === undefined || more.length > 0) throw refusal(directive, 'wrong number of arguments');
    if (depth >= MOST_INCLUDES_DEEP) throw refusal(directive, 'files include each other too deeply');
    return readConf(file, readFile, depth + 1);
  });
}

/** What the directives assign to options. Throws at one that is no option. */
export function assignmentsOf(directives: readonly Directive[]): readonly Assignment[] {
  return directives.flatMap((directive) => {
    const { name, words, path, line } = directive;
    const option = findOption(name);
    if (option !== undefined) return { option, name, words, origin: { kind: 'file', path, line } };
    if (FORGOTTEN.has(name)) return [];
    const reason = REFUSED.get(name);
    if (reason !== undefined) throw refusal(directive, reason, 'NOT_SUPPORTED');
    throw refusal(directive, `unknown option${suggestion(name, (near) => `'${near}'`)}`, 'UNKNOWN_OPTION');
  });
}

function refusal(directive: Directive, reason: string, code: ConfigError['code'] = 'CONFIG_FILE'): ConfigError {
  return new ConfigError(code, `${directive.path}:${directive.line}: '${directive.text}': ${reason}`);
}
