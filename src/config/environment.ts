/**
 * Options from environment variables: `RINGSHARD_MAXMEMORY_POLICY=allkeys-lru`; `RINGSHARD_REQUIREPASS_FILE=/run/secrets/x`
 * takes the value from a file. `RINGSHARD_PASSWORD` is another name of `RINGSHARD_REQUIREPASS`. An empty variable is as
 * good as none.
 */
import type { Assignment } from './assignment.js';
import { ConfigError, systemErrorText } from './error.js';
import { nearest } from './nearest.js';
import { type NamedOption, namesOf, OPTION_LIST } from './options.js';
import type { ReadFile } from './redis-conf.js';

const PREFIX = 'RINGSHARD_';
const FILE = '_FILE';
/** Variables of the load generator, which are none of the server's business. */
const LOAD_PREFIX = 'RINGSHARD_LOAD_';

/**
 * Variables that Kubernetes puts into every container of a namespace that has a service called `ringshard` or
 * `ringshard-...`; `RINGSHARD_PORT=tcp://10.0.0.7:6379` is one of them.
 */
const SERVICE_LINK = /_SERVICE_(HOST|PORT)(_|$)|_PORT_\d+_(TCP|UDP|SCTP)(_|$)/;
const SERVICE_ADDRESS = /^(tcp|udp|sctp):\/\//;

const BY_VARIABLE: ReadonlyMap<string, NamedOption> = new Map([
  ...OPTION_LIST.flatMap((option) => namesOf(option).map((name) => [variableOf(name), option] as const)),
  ...OPTION_LIST.filter((option) => option.name === 'requirepass').map(
    (option) => [`${PREFIX}PASSWORD`, option] as const,
  ),
]);

/** The variable that sets an option. */
export function variableOf(name: string): string {
  return PREFIX + name.replaceAll('-', '_').toUpperCase();
}

/** What the environment assigns to options. Throws at a variable of ours that it does not know. */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  readFile: ReadFile,
): readonly Assignment[] {
  const assignments: Assignment[] = [];
  for (const [variable, value = ''] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || variable.startsWith(LOAD_PREFIX)) continue;
    if (SERVICE_LINK.test(variable) || SERVICE_ADDRESS.test(value)) continue;
    const option = BY_VARIABLE.get(variable) ?? BY_VARIABLE.get(withoutFile(variable));
    if (option === undefined) throw unknownVariable(variable);
    if (value === '') continue;
    const word = BY_VARIABLE.has(variable) ? value : readSecret(variable, value, readFile);
    assignments.push({ option, name: option.name, words: [word], origin: { kind: 'environment', variable } });
  }
  assertOnce(assignments);
  return assignments;
}

function withoutFile(variable: string): string {
  return variable.endsWith(FILE) ? variable.slice(0, -FILE.length) : variable;
}

/** A file's content without the newline that editors and `echo` put at its end. */
function readSecret(variable: string, path: string, readFile: ReadFile): string {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    const reason = systemErrorText(error);
    throw new ConfigError('CONFIG_FILE', `can't open '${path}' of ${variable}: ${reason}`, { cause: error });
  }
  const value = text.replace(/\r?\n$/, '');
  // An empty secret is a mishap of whoever provides it, and would leave the server without a password.
  if (value === '') throw new ConfigError('CONFIG_FILE', `'${path}' of ${variable} is empty`);
  return value;
}

function unknownVariable(variable: string): ConfigError {
  const isFile = variable.endsWith(FILE);
  const near = nearest(
    withoutFile(variable).slice(PREFIX.length),
    [...BY_VARIABLE.keys()].map((name) => name.slice(PREFIX.length)),
  );
  const hint = near === undefined ? '' : ` (did you mean ${PREFIX}${near}${isFile ? FILE : ''}?)`;
  return new ConfigError('UNKNOWN_OPTION', `unknown environment variable ${variable}${hint}`);
}

/** Two variables for one option have no order that anyone could rely on. */
function assertOnce(assignments: readonly Assignment[]): void {
  const variables = new Map<string, string>();
  for (const { option, origin } of assignments) {
    if (origin.kind !== 'environment') continue;
    const other = variables.get(option.name);
    if (other !== undefined) {
      throw new ConfigError('INVALID_VALUE', `${other} and ${origin.variable} are the same option: give one of them`);
    }
    variables.set(option.name, origin.variable);
  }
}
