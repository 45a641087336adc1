/** From what was assigned, by whomever, to the values the server runs with. */
import { type Assignment, labelOf, placeOf, readAssignment } from './assignment.js';
import { checkTogether } from './check.js';
import { ConfigError } from './error.js';
import { type Machine, thisMachine } from './machine.js';
import { defaultOf } from './option.js';
import {
  type Config,
  findOption,
  type NamedOption,
  OPTION_LIST,
  type OptionName,
  type PropertyOf,
  propertyOf,
  type ValueOf,
} from './options.js';

export interface Resolved {
  readonly config: Config;
  /** One line each, for the log. */
  readonly warnings: readonly string[];
}

/** Options as a program gives them: by the properties' names, as a value or as the text a redis.conf would have. */
export type ConfigOptions = { readonly [N in OptionName as PropertyOf<N>]?: ValueOf<N> | string };

/**
 * The value of every option. Assignments come in the order of their weight, the least first (file, environment, flags):
 * the last one of an option counts, except for options whose lines add up.
 */
export function resolveConfig(assignments: readonly Assignment[], machine: Machine = thisMachine()): Resolved {
  // The number of shards comes first: the default of maxmemory depends on it.
  const shards = valueGiven('shards', assignments, machine, 0) as number;
  const values: Record<string, unknown> = {};
  for (const { name } of OPTION_LIST) values[propertyOf(name)] = valueGiven(name, assignments, machine, shards);
  const config = values as Config;
  checkTogether(config, assignments);
  return { config, warnings: warningsFor(assignments) };
}

/** The same for a program that has its options in an object. */
export function configOf(options: ConfigOptions, machine: Machine = thisMachine()): Resolved {
  const assignments: Assignment[] = [];
  for (const [property, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const name = property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const option = findOption(name);
    if (option === undefined) throw new ConfigError('UNKNOWN_OPTION', `unknown option '${property}'`);
    assignments.push({ option, name, words: [textOf(option, value)], origin: { kind: 'program' } });
  }
  return resolveConfig(assignments, machine);
}

/** The value as text, so that it is read and checked like anyone's. JavaScript may have given us anything. */
function textOf(option: NamedOption, value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return String(option.type.format(value));
  } catch (error) {
    const message = `invalid value for ${option.name}: expected ${option.type.expects}`;
    throw new ConfigError('INVALID_VALUE', message, { cause: error });
  }
}

function valueGiven(name: OptionName, assignments: readonly Assignment[], machine: Machine, shards: number): unknown {
  const option = findOption(name) as NamedOption;
  const initial = defaultOf(option, machine, shards);
  let value: unknown = initial;
  let again = false;
  for (const assignment of assignments) {
    if (assignment.option.name !== name) continue;
    value = option.type.combine(value, readAssignment(assignment), again);
    again = true;
    refuse(assignment, value);
  }
  return value === option.auto ? initial : value;
}

function refuse({ option, name, origin }: Assignment, value: unknown): void {
  const reason = option.refuse?.(value, 'start');
  if (reason === undefined) return;
  const text = `${labelOf(name, origin)} ${option.secret ? '...' : option.type.format(value)}: ${reason}`;
  throw new ConfigError('NOT_SUPPORTED', placeOf(origin) + text);
}

/** One line for all that has no effect, so that it does not drown what has. */
function warningsFor(assignments: readonly Assignment[]): readonly string[] {
  const names = new Set(assignments.filter(({ option }) => option.status === 'accepted').map(({ name }) => name));
  return names.size === 0 ? [] : [`These options of Redis have no effect here: ${[...names].join(', ')}`];
}
