/** Options of what is sent: operations, keys, values. */
import { readDistribution } from '../../plan/distribution.js';
import { PRESETS } from '../../plan/presets.js';
import { readCount, readDuration, readWeight } from '../../plan/quantity.js';
import { UsageError } from '../../plan/usage-error.js';
import { readValueSizes } from '../../plan/value-sizes.js';
import { flag, listOf, repeatable, single } from '../option.js';

const MOST_KEYS = 1e9;
const MOST_DIGITS = 20;
/** memcached's longest key. */
export const MOST_KEY_BYTES = 250;

export const OPERATIONS = {
  workload: single(
    {
      names: ['workload'],
      argument: '<name>',
      summary: `${[...PRESETS.keys()].slice(0, 3).join(', ')}, or YCSB's ycsb-a to ycsb-f (values of 1000 bytes, zipf:0.99, preloaded)`,
      default: 'mixed: half get, half set',
    },
    readPreset,
  ),
  ratio: single(
    {
      names: ['ratio'],
      argument: '<sets:gets>',
      summary: "sets and gets, in memtier's order: 1:10 is ten gets for each set",
    },
    readRatio,
  ),
  tests: repeatable(
    {
      names: ['tests'],
      short: 't',
      argument: '<name,...>',
      summary:
        "redis-benchmark's tests (get, set, incr, lpush, hset, zadd ...), mixed evenly and not one after the other",
    },
    (text) => text.toLowerCase().split(','),
  ),
  command: repeatable(
    {
      names: ['command'],
      argument: '<template>',
      summary: "what to send, such as 'ZADD board {int:0:1000} {key}'; repeat it for a mix",
    },
    (text) => [text],
  ),
  commandRatio: repeatable(
    {
      names: ['command-ratio'],
      argument: '<weight>',
      summary: 'how much of the mix the --command before it is',
      default: '1',
    },
    (text) => [readWeight(text)],
  ),
  mix: single(
    { names: ['mix'], argument: '<file>', summary: 'a file with a weight and a command in each line: 70 GET {key}' },
    (text) => text,
  ),
  verify: flag({
    names: ['verify'],
    summary: 'values prove that they are the right ones; wrong, stale or lost ones fail the run',
  }),
  allowMisses: flag({
    names: ['allow-misses'],
    summary: 'with --verify: what was stored may be gone (evicted, expired)',
  }),
};

export const KEYS = {
  keys: single(
    {
      names: ['keys', 'keyspace', 'key-maximum'],
      short: 'r',
      argument: '<n>',
      summary: 'number of keys',
      default: '100k',
    },
    (text) => readCount(text, 1, MOST_KEYS),
  ),
  distribution: single(
    {
      names: ['distribution', 'key-pattern'],
      argument: '<name>',
      summary:
        "which keys: uniform, zipf:0.99, latest:0.99, hotspot:0.2:0.8 (20 % of the keys, 80 % of the requests), sequential; or memtier's R:R, S:S, Z:Z",
      default: 'uniform',
    },
    readDistribution,
  ),
  keyPrefix: single(
    { names: ['key-prefix'], argument: '<text>', summary: 'keys are this and a number', default: 'key:' },
    readPrefix,
  ),
  keyDigits: single(
    { names: ['key-digits'], argument: '<n>', summary: 'digits of the number, zeros in front', default: '12' },
    (text) => readCount(text, 1, MOST_DIGITS),
  ),
  preload: flag({ names: ['preload'], summary: 'store every key once before the run; usual with YCSB and --verify' }),
  noPreload: flag({ names: ['no-preload'], summary: 'do not, even with YCSB' }),
};

export const VALUES = {
  values: single(
    {
      names: ['value-size', 'data-size', 'data-size-range', 'data-size-list'],
      short: 'd',
      argument: '<bytes>',
      summary: 'size of values: 64, 1kb, a range 64-1024, or weighted sizes 64:90,1kb:9,16kb:1',
      default: '64',
    },
    readValueSizes,
  ),
  ttl: single(
    { names: ['ttl'], argument: '<time>', summary: 'stored values expire after it, in whole seconds', default: 'none' },
    readTtl,
  ),
};

function readPreset(text: string): string {
  const name = text.toLowerCase();
  if (!PRESETS.has(name)) throw new UsageError(`expected ${listOf([...PRESETS.keys()])}`);
  return name;
}

function readRatio(text: string): { readonly sets: number; readonly gets: number } {
  const [sets = '', gets = '', more] = text.split(':');
  if (gets === '' || more !== undefined) throw new UsageError('expected sets:gets, such as 1:10');
  const ratio = { sets: readWeight(sets), gets: readWeight(gets) };
  if (ratio.sets + ratio.gets === 0) throw new UsageError('one of the two must be above 0');
  return ratio;
}

/** memcached counts longer times from 1970. */
const MOST_TTL = 30 * 24 * 3600;

function readTtl(text: string): number {
  const seconds = readDuration(text, 1, MOST_TTL);
  if (!Number.isInteger(seconds)) throw new UsageError('expected whole seconds');
  return seconds;
}

function readPrefix(text: string): string {
  if (Buffer.byteLength(text) > MOST_KEY_BYTES - 1)
    throw new UsageError(`expected at most ${MOST_KEY_BYTES - 1} bytes`);
  return text;
}
