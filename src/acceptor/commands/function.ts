/** FUNCTION and MODULE: there are neither functions nor modules here, and an empty Redis would answer the same. */
import { Failure, OK, type Value } from '../../message/value.js';
import { wrongArguments } from './arguments.js';
import type { Answer, CommandContext, Handlers } from './context.js';

const UNKNOWN_FLUSH = new Failure('ERR FUNCTION FLUSH only supports SYNC|ASYNC option');

/** No libraries in Redis's format: its version, 11, in two bytes and the CRC-64 of these. FUNCTION RESTORE takes it. */
const EMPTY_DUMP = Buffer.from('0b003444e133f2e04b53', 'hex');

function flush({ words }: CommandContext): Answer {
  const [mode] = words;
  if (words.length > 1) return wrongArguments('function', 'flush');
  return mode === undefined || /^(a?sync)$/i.test(mode) ? OK : UNKNOWN_FLUSH;
}

function list({ words }: CommandContext): Answer {
  const seen = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    const word = (words[i] as string).toLowerCase();
    if ((word !== 'withcode' && word !== 'libraryname') || seen.has(word)) {
      return new Failure(`ERR Unknown argument ${words[i]}`);
    }
    seen.add(word);
    if (word === 'libraryname' && ++i >= words.length) return new Failure('ERR library name argument was not given');
  }
  return [];
}

function stats(): Answer {
  return new Map<Value, Value>([
    ['running_script', null],
    [
      'engines',
      new Map<Value, Value>([
        [
          'LUA',
          new Map<Value, Value>([
            ['libraries_count', 0],
            ['functions_count', 0],
          ]),
        ],
      ]),
    ],
  ]);
}

export const FUNCTION_HANDLERS: Handlers = {
  'function|dump': () => EMPTY_DUMP,
  'function|flush': flush,
  'function|list': list,
  'function|stats': stats,
  'module|list': () => [],
};
