/** What every section works with. */
import type { RunningServer, ServerCommand } from '../support/servers.js';
import { redisCommand, ringshardCommand, startServer } from '../support/servers.js';
import type { Figures } from './figures.js';
import { Generator } from './generator/client.js';
import type { Options } from './options.js';

export const PEER = 'redis';

/** ringshard as it is measured. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  'auto-1': ['--shards', '1', '--dispatch', 'auto'],
  'ring-1': ['--shards', '1', '--dispatch', 'ring'],
  'auto-4': ['--shards', '4', '--dispatch', 'auto'],
};

const VARIANT_NAMES: Readonly<Record<string, string>> = {
  'auto-1': 'auto, 1 shard',
  'ring-1': 'ring, 1 shard',
  'auto-4': 'auto, 4 shards',
};

export function variantName(server: string): string {
  return VARIANT_NAMES[server] ?? server;
}

export interface Context {
  readonly options: Options;
  readonly figures: Figures;
  /** The peer first, when there is one. */
  readonly servers: readonly string[];
  readonly hasRedisBenchmark: boolean;
  readonly generator: Generator;
  /** A second one, for sections with two kinds of clients. */
  readonly background: Generator;
}

export function newGenerators(): Pick<Context, 'generator' | 'background'> {
  return { generator: new Generator(), background: new Generator() };
}

export function serverNames(options: Options, hasRedis: boolean): string[] {
  const names = Object.keys(VARIANTS).filter((name) => options.servers?.includes(name) ?? true);
  if (names.length === 0) throw new Error(`--servers: choose from ${Object.keys(VARIANTS).join(', ')}`);
  return hasRedis ? [PEER, ...names] : names;
}

/** Whether a section or a case is to be measured. */
export function isWanted({ options }: Pick<Context, 'options'>, name: string): boolean {
  return options.only.length === 0 || options.only.some((only) => name.includes(only) || only.startsWith(`${name}/`));
}

/** `limit` is the memory limit; Redis gets none unless it is to evict. */
export function commandOf(server: string, limit: string, evict = false): ServerCommand {
  const policy = ['--maxmemory-policy', 'allkeys-lru'];
  if (server === PEER) return redisCommand(evict ? ['--maxmemory', limit, ...policy] : []);
  const options = [...(VARIANTS[server] as readonly string[]), '--maxmemory', limit, ...(evict ? policy : [])];
  return ringshardCommand(server, options);
}

/** Starts servers, which end when `use` has. */
export async function withServers(
  commands: readonly ServerCommand[],
  use: (servers: readonly RunningServer[]) => Promise<void>,
): Promise<void> {
  const servers: RunningServer[] = [];
  try {
    for (const command of commands) servers.push(await startServer(command));
    await use(servers);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** The servers in the order of a round: each begins with another one. */
export function inTurn<T>(items: readonly T[], round: number): T[] {
  const first = round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

export function say(text: string): void {
  process.stderr.write(text);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
