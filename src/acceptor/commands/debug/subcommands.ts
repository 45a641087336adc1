/** The subcommands of DEBUG: those of Redis's that its own tests use, as far as there is something to debug here. */
import { commandId } from '../../../commands/table.js';
import { ConfigError } from '../../../config/index.js';
import { Failure, OK } from '../../../message/value.js';
import { sleepThread } from '../../../ring/sleep.js';
import { integerOf } from '../arguments.js';
import type { Answer, CommandContext } from '../context.js';
import { digest, digestValue } from './digest.js';
import { hashTableStats, object, otherEncoding, sdslen } from './object.js';
import { populate } from './populate.js';
import { protocolReply } from './protocol.js';
import { failShard } from './shard.js';

/** Runs a subcommand; OK is answered for undefined. */
type Run = (
  context: CommandContext,
  words: readonly string[],
  args: readonly Uint8Array[],
) => Answer | Promise<Answer> | undefined;

interface Subcommand {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  readonly usage: string;
  readonly about: string;
  readonly run: Run;
}

const ACTIVE_EXPIRE = commandId('_active-expire');
const NOTHING_SAVED = new Failure('ERR this server saves nothing, so there is nothing to load');

function entry(name: string, [least, most]: readonly [number, number], usage: string, about: string, run: Run) {
  return [name, { least, most, usage, about, run }] as const;
}

/** Accepted for the sake of tests: there is no such thing here. */
const accept: Run = () => undefined;

/** Nobody is served meanwhile by the acceptor, which is what callers want. */
function sleep(_: CommandContext, [seconds = '']: readonly string[]): undefined {
  const ms = Number.parseFloat(seconds) * 1000;
  if (ms > 0) sleepThread(ms);
}

async function setActiveExpire({ server }: CommandContext, [word]: readonly string[]): Promise<Answer> {
  const on = Buffer.from(integerOf(word) === 0 ? '0' : '1');
  await Promise.all(server.ports.map(({ shard }) => server.internal.call(shard, ACTIVE_EXPIRE, [on])));
  return OK;
}

function rewriteConfig({ server }: CommandContext): Answer | undefined {
  try {
    server.config.rewrite({ force: true });
  } catch (error) {
    if (error instanceof ConfigError) return new Failure(`ERR ${error.message}`);
    throw error;
  }
  return undefined;
}

const keyOf = (args: readonly Uint8Array[]) => args[0] as Uint8Array;

// biome-ignore format: a table
export const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map<string, Subcommand>([
  entry('change-repl-id', [0, 0], '', 'Accepted: there is no replication.', accept),
  entry('config-rewrite-force-all', [0, 0], '', 'Like CONFIG REWRITE, with all options.', rewriteConfig),
  entry('digest', [0, 0], '', 'Return a signature of all keys and values.', (context) => digest(context)),
  entry('digest-value', [0, Number.POSITIVE_INFINITY], '<key> [<key> ...]', 'Return signatures of values.',
    (context, _, keys) => digestValue(context, keys)),
  entry('error', [1, 1], '<string>', 'Return an error with this text.', (_, [text = '']) => new Failure(text)),
  entry('htstats', [1, 1], '<dbid>', 'Return how the keys of a database spread over the shards.',
    (context, [word]) => hashTableStats(context, integerOf(word))),
  entry('htstats-key', [1, 1], '<key>', 'Like HTSTATS for a value; none has a hash table.',
    (context, _, args) => otherEncoding(context, keyOf(args),
      'ERR The value stored at the specified key is not represented using an hash table')),
  entry('listpack', [1, 1], '<key>', 'Show a listpack; no value is one.',
    (context, _, args) => otherEncoding(context, keyOf(args), 'ERR Not a listpack encoded object.')),
  entry('loadaof', [0, 0], '', 'Refused: nothing is saved.', () => NOTHING_SAVED),
  entry('log', [1, 1], '<message>', "Write a message to the server's log.",
    ({ server }, [message = '']) => { server.log.warning(`DEBUG LOG: ${message}`); return undefined; }),
  entry('object', [1, 2], '<key>', 'Show how the value at a key is kept.',
    (context, _, args) => object(context, keyOf(args))),
  entry('pause-cron', [1, 1], '<0|1>', 'Accepted.', accept),
  entry('populate', [1, 3], '<count> [<prefix>] [<size>]', 'Create keys, key:0 and so on, that are not there yet.',
    (context, words) => populate(context, words)),
  entry('protocol', [1, 1], '<type>', 'Return a reply of a type: string, integer, double, bignum, null, array, set, ' +
    'map, attrib, push, verbatim, true, false.',
    ({ server, connection }, [type = '']) => protocolReply(type, server.acceptor.records.protocol(connection))),
  entry('quicklist', [1, 2], '<key> [<0|1>]', 'Show a quicklist; no value is one.',
    (context, _, args) => otherEncoding(context, keyOf(args), 'ERR Not a quicklist encoded object.')),
  entry('quicklist-packed-threshold', [1, 1], '<size>', 'Accepted.', accept),
  entry('reload', [0, 3], '[option ...]', 'Refused: nothing is saved.', () => NOTHING_SAVED),
  entry('replybuffer', [2, 2], '<PEAK-RESET-TIME|RESIZING> <value>', 'Accepted.', accept),
  entry('sdslen', [1, 1], '<key>', 'Show the lengths of a key and its value.',
    (context, _, args) => sdslen(context, keyOf(args))),
  entry('set-active-expire', [1, 1], '<0|1>', 'Say whether keys that have expired go by themselves.', setActiveExpire),
  entry('set-skip-checksum-validation', [1, 1], '<0|1>', 'Accepted.', accept),
  entry('shard', [2, 3], '<number> <THROW|TRAP> [DIRECT]',
    "Make a shard fail, between two commands or within one; DIRECT: in the acceptor's hands.", failShard),
  entry('sleep', [1, 1], '<seconds>', 'Serve nobody for some time. Decimals allowed.', sleep),
]);
