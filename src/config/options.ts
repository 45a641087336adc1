/** The option table: every option once. What a command line, a file, the environment and CONFIG know comes from here. */
import type { Option } from './option.js';
import { CLIENTS } from './options/accepted/clients.js';
import { CLUSTER } from './options/accepted/cluster.js';
import { ENCODING } from './options/accepted/memory.js';
import { PERSISTENCE } from './options/accepted/persistence.js';
import { HOST } from './options/accepted/process.js';
import { REPLICATION } from './options/accepted/replication.js';
import { TLS } from './options/accepted/tls.js';
import { HTTP } from './options/http.js';
import { LIMITS } from './options/limits.js';
import { LOGGING } from './options/logging.js';
import { MEMCACHED } from './options/memcached.js';
import { MEMORY } from './options/memory.js';
import { MONITORING } from './options/monitoring.js';
import { NETWORK } from './options/network.js';
import { PROCESS } from './options/process.js';
import { SECURITY } from './options/security.js';
import { SHARDING } from './options/sharding.js';

/** Groups in the order in which --help shows them. What is only accepted has no group. */
const GROUPS = {
  Network: NETWORK,
  memcached: MEMCACHED,
  HTTP: HTTP,
  Security: SECURITY,
  Memory: MEMORY,
  Shards: SHARDING,
  'Client limits': LIMITS,
  Logging: LOGGING,
  Monitoring: MONITORING,
  Process: PROCESS,
} as const;
export type OptionGroup = keyof typeof GROUPS;
export const OPTION_GROUPS = Object.keys(GROUPS) as readonly OptionGroup[];

const OPTIONS = {
  ...NETWORK,
  ...MEMCACHED,
  ...HTTP,
  ...SECURITY,
  ...MEMORY,
  ...SHARDING,
  ...LIMITS,
  ...LOGGING,
  ...MONITORING,
  ...PROCESS,
  ...CLIENTS,
  ...ENCODING,
  ...PERSISTENCE,
  ...REPLICATION,
  ...CLUSTER,
  ...TLS,
  ...HOST,
};
export type OptionName = keyof typeof OPTIONS;

/** What the value of an option is, in a program. */
export type ValueOf<N extends OptionName> = (typeof OPTIONS)[N] extends Option<infer T, infer _P> ? T : never;

/** The name of an option's property in a `Config`: `maxmemory-policy` is `maxmemoryPolicy`. */
export type PropertyOf<N extends string> = N extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<PropertyOf<Tail>>}`
  : N;

/** Every option's value. */
export type Config = { readonly [N in OptionName as PropertyOf<N>]: ValueOf<N> };

/** An entry of the table together with its name. */
export interface NamedOption extends Option {
  readonly name: OptionName;
  readonly group: OptionGroup | undefined;
}

export const OPTION_LIST: readonly NamedOption[] = Object.entries(OPTIONS).map(([name, option]) => ({
  ...(option as Option),
  name: name as OptionName,
  group: groupOf(name),
}));

const BY_NAME: ReadonlyMap<string, NamedOption> = new Map(
  OPTION_LIST.flatMap((option) => namesOf(option).map((name) => [name, option])),
);

/** The option of that name or former name, in upper or lower case. */
export function findOption(name: string): NamedOption | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Its name, and the former one if it has one. */
export function namesOf(option: NamedOption): readonly string[] {
  return option.alias === undefined ? [option.name] : [option.name, option.alias];
}

/** Whether an argument of CONFIG SET after this name has to be kept out of logs. */
export function isSecret(name: string): boolean {
  return findOption(name)?.secret ?? false;
}

/** The property that holds an option's value. */
export function propertyOf<N extends OptionName>(name: N): PropertyOf<N> & keyof Config {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as PropertyOf<N> & keyof Config;
}

function groupOf(name: string): OptionGroup | undefined {
  return OPTION_GROUPS.find((group) => Object.hasOwn(GROUPS[group], name));
}
