/** The servers that are compared: how each is started, addressed and, where it is missing, installed. */
import { versionOf } from '../support/machine.js';
import {
  etcdCommand,
  memcachedCommand,
  redisCommand,
  ringshardCommand,
  type ServerCommand,
} from '../support/servers.js';

/** What the servers may hold; more than any case needs. */
const LIMIT_MIB = 3072;

export interface Contestant {
  readonly name: string;
  readonly title: string;
  readonly command: ServerCommand;
  readonly scheme: 'redis' | 'memcached' | 'http';
  /** The program that must be installed, and the package of Debian and its likes; undefined: it is our own. */
  readonly needs?: { readonly program: string; readonly package: string };
}

function ringshard(name: string, title: string, shards: number): Contestant {
  const options = ['--shards', String(shards), '--maxmemory', `${LIMIT_MIB}mb`];
  return { name, title, scheme: 'redis', command: ringshardCommand(name, options) };
}

const REDIS = 'redis';
export const MEMCACHED = 'memcached';
export const ETCD = 'etcd';

/** Each as it is after its installation, but for Redis's snapshots, which are off, and room enough. */
const ALL: readonly Contestant[] = [
  {
    name: REDIS,
    title: 'Redis',
    scheme: 'redis',
    command: redisCommand(),
    needs: { program: 'redis-server', package: 'redis-server' },
  },
  {
    name: MEMCACHED,
    title: 'memcached',
    scheme: 'memcached',
    command: memcachedCommand(LIMIT_MIB),
    needs: { program: 'memcached', package: 'memcached' },
  },
  {
    name: ETCD,
    title: 'etcd',
    scheme: 'http',
    command: etcdCommand(),
    needs: { program: 'etcd', package: 'etcd-server' },
  },
  ringshard('shards-1', 'ringshard, 1 shard', 1),
  ringshard('shards-4', 'ringshard, 4 shards', 4),
];

export const NAMES: readonly string[] = ALL.map(({ name }) => name);

export interface Field {
  readonly contestants: readonly Contestant[];
  /** Versions of the peers that take part, by program. */
  readonly versions: Readonly<Record<string, string>>;
  /** A line for each that is not installed. */
  readonly absent: readonly string[];
}

/** Those of `names` that are installed. */
export function findContestants(names: readonly string[]): Field {
  const versions: Record<string, string> = {};
  const absent: string[] = [];
  const contestants = ALL.filter(({ name, title, needs }) => {
    if (!names.includes(name)) return false;
    if (needs === undefined) return true;
    const version = versionOf(needs.program);
    if (version === undefined) {
      absent.push(`${title} is left out: ${needs.program} is not installed (apt-get install ${needs.package})`);
      return false;
    }
    versions[needs.program] = version;
    return true;
  });
  return { contestants, versions, absent };
}

export function isOurs({ needs }: Contestant): boolean {
  return needs === undefined;
}
