/** Lines of memcached's text protocol that are no business of the engine's. The words are memcached's own. */
import type { LocalReply } from '../acceptor.js';
import type { Connection } from '../connection.js';
import { numberOf } from './number.js';
import { type MemcachedParts, pauseIsOver } from './parts.js';
import { statsOf } from './stats/index.js';

const ERROR = 'ERROR';
const OK = 'OK';
const BAD_FORMAT = 'CLIENT_ERROR bad command line format';

type Answer = string | undefined | Promise<string | undefined>;
type Handler = (parts: MemcachedParts, connection: Connection, words: readonly string[]) => Answer;

const HANDLERS: Readonly<Record<string, Handler>> = {
  stats,
  flush_all: flushAll,
  verbosity,
  quit,
  shutdown: () => 'ERROR: shutdown not enabled',
  slabs,
  cache_memlimit: cacheMemlimit,
  lru_crawler: lruCrawler,
  watch: () => 'CLIENT_ERROR watch commands not allowed',
};

export function textCommand(
  parts: MemcachedParts,
  connection: Connection,
  line: string,
): LocalReply | Promise<LocalReply> {
  const words = line.split(' ').filter((word) => word !== '');
  const [name = ''] = words;
  const handler = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
  const answer = handler === undefined ? unknown(connection, words) : handler(parts, connection, words);
  return answer instanceof Promise ? answer.then(encode) : encode(answer);
}

function encode(answer: string | undefined): LocalReply {
  if (answer === undefined) return [];
  return [Buffer.from(answer.endsWith('\r\n') ? answer : `${answer}\r\n`, 'latin1')];
}

/** A browser that was led here is not talked to. */
function unknown(connection: Connection, words: readonly string[]): string | undefined {
  if (words.at(-1)?.startsWith('HTTP/') !== true) return ERROR;
  connection.endAfterReply();
  return undefined;
}

function quit(_parts: MemcachedParts, connection: Connection): undefined {
  connection.endAfterReply();
}

function isQuiet(words: readonly string[]): boolean {
  return words.at(-1) === 'noreply';
}

function stats(parts: MemcachedParts, _connection: Connection, words: readonly string[]): string {
  const [, kind = '', ...more] = words;
  if (kind === 'reset') {
    parts.baseline.reset();
    return 'RESET';
  }
  if (kind === 'detail' && !['on', 'off', 'dump'].includes(more[0] ?? '')) {
    return 'CLIENT_ERROR usage: stats detail on|off|dump';
  }
  if (kind === 'cachedump') return 'CLIENT_ERROR stats cachedump not allowed';
  const figures = statsOf(parts, kind);
  if (figures === undefined) return ERROR;
  return `${figures.map(([name, value]) => `STAT ${name} ${value}\r\n`).join('')}END\r\n`;
}

async function flushAll(
  parts: MemcachedParts,
  connection: Connection,
  words: readonly string[],
): Promise<string | undefined> {
  if (words.length > 3) return ERROR;
  const quiet = isQuiet(words);
  let seconds = 0;
  if (words.length !== (quiet ? 2 : 1)) {
    const given = numberOf(words[1] as string);
    if (given === undefined) return quiet ? undefined : 'CLIENT_ERROR invalid exptime argument';
    seconds = given;
  }
  if (!(await pauseIsOver(parts, connection))) return undefined;
  await parts.flusher.flush(seconds);
  return quiet ? undefined : OK;
}

/** There is one log for all protocols; what it tells is not a client's to say. */
function verbosity(_parts: MemcachedParts, _connection: Connection, words: readonly string[]): string | undefined {
  if (words.length !== 2 && words.length !== 3) return ERROR;
  if (isQuiet(words)) return undefined;
  return numberOf(words[1] as string) === undefined ? BAD_FORMAT : OK;
}

/** Memory moves between sizes by itself. */
function slabs(_parts: MemcachedParts, _connection: Connection, words: readonly string[]): string | undefined {
  if (words[1] === 'reassign' && words.length === 4) return 'CLIENT_ERROR slab reassignment disabled';
  if (words[1] !== 'automove' || words.length < 3) return ERROR;
  if (isQuiet(words)) return undefined;
  const level = numberOf(words[2] as string);
  if (level === undefined) return BAD_FORMAT;
  return level === 0 ? OK : 'CLIENT_ERROR slab reassignment disabled';
}

/** The limit is maxmemory, for all protocols. */
function cacheMemlimit(_parts: MemcachedParts, _connection: Connection, words: readonly string[]): string | undefined {
  if (words.length !== 2 && words.length !== 3) return ERROR;
  if (isQuiet(words)) return undefined;
  const megabytes = numberOf(words[1] as string);
  if (megabytes === undefined) return ERROR;
  if (megabytes < 8) return 'MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m';
  if (megabytes > 1_000_000_000) return 'MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes';
  return 'MEMLIMIT_ADJUST_FAILED out of bounds or unable to adjust';
}

/** What has expired goes by itself. */
function lruCrawler(_parts: MemcachedParts, _connection: Connection, words: readonly string[]): string {
  if (words.length === 3 && (words[1] === 'crawl' || words[1] === 'metadump')) {
    return 'CLIENT_ERROR lru crawler disabled';
  }
  if (words.length !== 2) return ERROR;
  if (words[1] === 'disable') return OK;
  return words[1] === 'enable' ? 'ERROR failed to start lru crawler thread' : ERROR;
}
