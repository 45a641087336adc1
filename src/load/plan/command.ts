/**
 * From the text of a command to an operation: its words, its name, and whether a request made of it can work at all.
 *
 *   redis, memcached   words as redis-cli splits them: `SET {key} "two words"`
 *   http               method, path, and the rest of the line as body: `PUT /v3/kv/put {"key": "{key:base64}"}`; a body
 *                      in single quotes is what they hold
 */
import { splitWords } from '../../config/words.js';
import type { Protocol } from './target.js';
import { hasValue, parseWord, textOf } from './template.js';
import { UsageError } from './usage-error.js';
import type { Operation, Word } from './workload.js';

/** After these, what a connection receives is no longer one reply a request. */
const NO_REDIS_REQUESTS: ReadonlySet<string> = new Set(
  'MONITOR SUBSCRIBE PSUBSCRIBE SSUBSCRIBE UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE SYNC PSYNC QUIT HELLO RESET'.split(
    ' ',
  ),
);
const NO_MEMCACHED_REQUESTS: ReadonlySet<string> = new Set(['quit', 'watch', 'shutdown']);
/** Those of memcached that a data block follows. */
const STORING: ReadonlySet<string> = new Set(['set', 'add', 'replace', 'append', 'prepend', 'cas', 'ms']);

/** An operation whose name is not yet made unique. */
export function readCommand(text: string, weight: number, protocol: Protocol): Operation {
  const words = (protocol === 'http' ? splitHttp(text) : splitLine(text)).map(parseWord);
  const name = textOf(words[0]);
  // Names are tags of histogram logs, which have no quotes.
  if (name === undefined || !/^[!-+\--~]+$/.test(name)) throw new UsageError('the first word must be a plain name');
  CHECKS[protocol](name, words);
  return { name, kind: 'command', weight, words };
}

/** Names that occur again get a number: `GET`, `GET-2`. */
export function uniqueNames(operations: readonly Operation[]): Operation[] {
  const taken = new Set<string>();
  return operations.map((operation) => {
    let { name } = operation;
    for (let n = 2; taken.has(name); n++) name = `${operation.name}-${n}`;
    taken.add(name);
    return { ...operation, name };
  });
}

function splitLine(text: string): string[] {
  const words = splitWords(text);
  if (words === undefined) throw new UsageError('a quote is not closed, or text follows a closing quote');
  if (words.length === 0) throw new UsageError('there is no command');
  if (words.some((word) => word.includes('\ufffd')) && !text.includes('\ufffd')) {
    throw new UsageError('the escapes make bytes that are no UTF-8');
  }
  return words;
}

function splitHttp(text: string): string[] {
  const [, method, path, rest = ''] = /^\s*(\S+)\s+(\S+)(?:\s+(.*))?$/s.exec(text) ?? [];
  if (method === undefined || path === undefined) throw new UsageError('expected a method, a path and perhaps a body');
  const body = rest.trimEnd();
  if (body === '') return [method, path];
  const quoted = /^'.*'$/s.test(body) ? splitWords(body) : undefined;
  return [method, path, quoted?.length === 1 ? (quoted[0] as string) : body];
}

const CHECKS: Readonly<Record<Protocol, (name: string, words: readonly Word[]) => void>> = {
  redis: (name, words) => {
    const noReply = name.toUpperCase() === 'CLIENT' && textOf(words[1])?.toUpperCase() === 'REPLY';
    if (noReply || NO_REDIS_REQUESTS.has(name.toUpperCase()))
      throw new UsageError(`${name}: does not answer once a request`);
  },
  memcached: checkMemcached,
  'memcached-udp': checkMemcached,
  http: (name, words) => {
    if (!/^[A-Z]+$/.test(name) || name === 'CONNECT') throw new UsageError(`'${name}': no method such as GET or PUT`);
    const [first] = words[1] as Word;
    if (first?.kind !== 'text' || !first.text.startsWith('/')) throw new UsageError("the path must begin with '/'");
  },
};

function checkMemcached(name: string, words: readonly Word[]): void {
  if (NO_MEMCACHED_REQUESTS.has(name) || words.some((word) => textOf(word) === 'noreply')) {
    throw new UsageError(`${name}: does not answer once a request`);
  }
  const last = words.at(-1) as Word;
  const isBlock = last.length === 1 && last[0]?.kind === 'value';
  if (STORING.has(name) && !isBlock)
    throw new UsageError(`${name}: the last word must be {value}, which is sent as its data`);
  if (words.slice(0, -1).some(hasValue) || (!isBlock && hasValue(last))) {
    throw new UsageError(`${name}: {value} may only be the last word, which is sent as its data`);
  }
  // A line ends where a line break is, and words where a space is.
  const broken = words.flat().some((segment) => segment.kind === 'text' && !/^[!-~\u0080-\uffff]+$/.test(segment.text));
  if (broken) throw new UsageError(`${name}: memcached's words have no spaces and are not empty`);
}
