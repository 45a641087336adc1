/** What options demand of each other. */
import { type Assignment, labelOf, placeOf } from './assignment.js';
import { ConfigError } from './error.js';
import { formatMemory } from './memory-text.js';
import type { Config, OptionName } from './options.js';
import { SHARD_MAX_BYTES, SHARD_MIN_BYTES } from './shard-memory.js';

/** Throws a `ConfigError` when the values, each good for itself, do not go together. */
export function checkTogether(config: Config, assignments: readonly Assignment[]): void {
  const { maxmemory, shards } = config;
  const [least, most] = [shards * SHARD_MIN_BYTES, shards * SHARD_MAX_BYTES];
  const given = `${blame('maxmemory', assignments)} ${formatMemory(maxmemory)}`;
  if (maxmemory < least) {
    throw new ConfigError(
      'INVALID_VALUE',
      `${given} is too little for ${count(shards)}: at least ${formatMemory(least)}, or fewer shards`,
    );
  }
  if (maxmemory > most) {
    throw new ConfigError(
      'INVALID_VALUE',
      `${given} is more than ${count(shards)} can hold: at most ${formatMemory(most)}, or more shards`,
    );
  }
}

/** The name under which the value was given last. */
function blame(name: OptionName, assignments: readonly Assignment[]): string {
  const last = assignments.findLast(({ option }) => option.name === name);
  return last === undefined ? name : placeOf(last.origin) + labelOf(last.name, last.origin);
}

function count(shards: number): string {
  return shards === 1 ? '1 shard' : `${shards} shards`;
}
