/** `npm run bench:cache`: how well eviction chooses what stays, on generated traces. See `--help`. */
import { writeFileSync } from 'node:fs';
import { describeMachine, machineLine, versionOf } from '../support/machine.js';
import { type Comparison, compareAll, type Limits } from './compare.js';
import { bytesForItems, itemsHeld, REDIS_LRU, redisWith, ringshardLimit, ringshardWith } from './contestants.js';
import { type Options, readOptions, USAGE } from './options.js';
import { comparisonTable } from './report.js';
import { makeTraces, type Trace } from './traces.js';

async function main(options: Options): Promise<void> {
  const redis = versionOf('redis-server');
  const machine = describeMachine(redis === undefined ? {} : { redis });
  const started = performance.now();
  const { limits, items } = await findLimits(options, redis !== undefined);
  const traces = makeTraces({ ...options, items }, options.only);
  const comparisons = await compareAll(traces, limits, options.valueBytes, say);
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`${machineLine(machine)}\n${explain(options, limits, items, traces, seconds)}\n`);
  process.stdout.write(`${comparisonTable(comparisons)}\n`);
  if (options.json !== undefined) {
    const written: Written = { version: 1, machine, parameters: options, limits, items, comparisons };
    writeFileSync(options.json, `${JSON.stringify(written, undefined, 1)}\n`);
  }
}

/** What is written with `--json`. */
export interface Written {
  readonly version: 1;
  readonly machine: ReturnType<typeof describeMachine>;
  readonly parameters: Options;
  readonly limits: Limits;
  readonly items: number;
  readonly comparisons: readonly Comparison[];
}

/** The limits, and the number of items that traces are measured in: what Redis holds, or else ringshard. */
async function findLimits(options: Options, hasRedis: boolean): Promise<{ limits: Limits; items: number }> {
  const { valueBytes } = options;
  const memory = bytesForItems(options.items, valueBytes);
  say(`looking for memory limits\n`);
  if (!hasRedis) {
    const items = await itemsHeld(ringshardWith(memory), 2 * options.items, valueBytes);
    return { limits: { memory, sameItems: memory, hasRedis }, items };
  }
  const items = await itemsHeld(redisWith(REDIS_LRU, memory), options.items, valueBytes);
  return { limits: { memory, sameItems: await ringshardLimit(items, memory, valueBytes), hasRedis }, items };
}

function explain(
  { seed, valueBytes, smoke }: Options,
  { memory, sameItems, hasRedis }: Limits,
  items: number,
  traces: readonly Trace[],
  seconds: number,
): string {
  const mib = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(2)} MiB`;
  const [{ keys, warmup }] = traces as readonly [Trace];
  return [
    `Hit ratios of a look-aside cache (GET; SET what was missed), keys of 16 bytes, values of ${valueBytes}; seed ${seed}.`,
    `Zipf's law over ${(10 * items).toLocaleString('en-US')} keys; ${(keys.length - warmup).toLocaleString('en-US')} GETs of each trace count, after ${warmup.toLocaleString('en-US')} to warm up; ${seconds} s in all.`,
    ...(hasRedis
      ? [
          `a: the same memory: maxmemory ${mib(memory)} (ringshard: 1 shard, allkeys-lru; allkeys-lfu is the same policy).`,
          `b: the same number of items: Redis as in a, ringshard with ${mib(sameItems)}, which holds as many; exact policies with ringshard's average.`,
        ]
      : [
          `redis-server is not installed: nothing to compare with under the same memory.`,
          `b: the same number of items: ringshard with ${mib(memory)} (1 shard, allkeys-lru; allkeys-lfu is the same policy); exact policies with its average.`,
        ]),
    `Bold: the best${hasRedis ? ' of a, and of b' : ''}.${smoke ? ' A smoke run: the figures mean nothing.' : ''}`,
    '',
  ].join('\n');
}

function say(text: string): void {
  process.stderr.write(text);
}

/** Undefined: there is nothing to do. */
function optionsOf(args: readonly string[]): Options | undefined {
  try {
    const options = readOptions(args);
    if (options === undefined) process.stdout.write(USAGE);
    return options;
  } catch (error) {
    say(`bench:cache: ${(error as Error).message}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

const options = optionsOf(process.argv.slice(2));
if (options !== undefined) {
  await main(options).catch((error: Error) => {
    say(`bench:cache: ${error.message}\n`);
    process.exit(1);
  });
}
