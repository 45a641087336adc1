/** COMMAND GETKEYS and GETKEYSANDFLAGS: which words of a request are keys, and what becomes of them. */
import { Failure, type Value } from '../message/value.js';
import { latin1 } from './ascii.js';
import { keyFlags } from './command-info.js';
import type { KeyAccess, KeySpec, KeyUse } from './key-spec.js';
import { type Command, commandByName, subcommandByName } from './table.js';

export type Word = string | Uint8Array;

/** The keys of the request `words`, which begins with a command's name; with their flags if wanted. */
export function commandKeys(words: readonly Word[], withFlags: boolean): Value {
  const command = commandOf(words);
  if (command === undefined) return new Failure('ERR Invalid command specified');
  if (!command.keys.some(({ access }) => access !== 'not_key'))
    return new Failure('ERR The command has no key arguments');
  if (command.arity > 0 ? words.length !== command.arity : words.length < -command.arity) {
    return new Failure('ERR Invalid number of arguments specified for command');
  }
  const keys: Value[] = [];
  for (const spec of specsOf(command, words)) {
    const last = spec.last < 0 ? words.length + spec.last : spec.first + spec.last;
    for (let i = spec.first; i <= last; i += spec.step) {
      const key = words[i];
      if (key !== undefined) keys.push(withFlags ? [key, keyFlags(spec.access, spec.uses)] : key);
    }
  }
  return keys.length === 0 ? new Failure('ERR Invalid arguments specified for command') : keys;
}

function commandOf(words: readonly Word[]): Command | undefined {
  const [first, second] = words;
  const command = first === undefined ? undefined : commandByName(latin1(first));
  if (command === undefined || second === undefined || command.subcommands.size === 0) return command;
  return subcommandByName(command, latin1(second));
}

function specsOf(command: Command, words: readonly Word[]): readonly KeySpec[] {
  return command.keys.map((spec) => {
    if (!spec.uses.includes('variable_flags')) return spec;
    const [access, ...uses] = VARIABLE[command.name]?.(words) ?? [spec.access, ...spec.uses];
    return { ...spec, access, uses };
  });
}

type Flags = readonly [KeyAccess, ...KeyUse[]];

/** The commands whose arguments decide what becomes of the key. */
const VARIABLE: Readonly<Record<string, (words: readonly Word[]) => Flags>> = {
  set: (words) => (words.slice(3).some((word) => isWord(word, 'get')) ? ['RW', 'access', 'update'] : ['OW', 'update']),
  bitfield: (words) => (onlyReads(words) ? ['RO', 'access'] : ['RW', 'access', 'update']),
};

/** Whether a BITFIELD has only GET operations; a request that makes no sense counts as one that writes. */
function onlyReads(words: readonly Word[]): boolean {
  let i = 2;
  while (i < words.length) {
    const left = words.length - i - 1;
    if (isWord(words[i], 'get') && left >= 2) i += 3;
    else if (isWord(words[i], 'overflow') && left >= 1) i += 2;
    else return false;
  }
  return true;
}

function isWord(word: Word | undefined, lower: string): boolean {
  return word !== undefined && word.length === lower.length && latin1(word).toLowerCase() === lower;
}
