/** From the texts of the given options to their values. */
import { UsageError } from '../plan/usage-error.js';
import type { GivenOption } from './command-line.js';

/** Of each option that was given, by its key. `T` is the type that the table has for it. */
export function valuesOf<T>(given: readonly GivenOption[]): T {
  const values: Record<string, unknown> = {};
  for (const one of given) values[one.key] = readOption(one, values[one.key]);
  return values as T;
}

function readOption({ option, name, text }: GivenOption, before: unknown): unknown {
  try {
    return option.read(text, before);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const shown = option.secret ? '...' : text;
    throw new UsageError(`invalid value '${shown}' for --${name}: ${error.message}`, { cause: error });
  }
}

/** Refuses options that exclude each other. Each entry is a key and what to call it. */
export function refuseTogether(values: object, ...names: readonly (readonly [key: string, name: string])[]): void {
  const [first, second] = names.filter(([key]) => (values as Record<string, unknown>)[key] !== undefined);
  if (first !== undefined && second !== undefined) {
    throw new UsageError(`${first[1]} and ${second[1]} exclude each other: give one of them`);
  }
}
