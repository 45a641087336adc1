/** The keys among the arguments of a command, and their shards. */
import type { Command } from '../../commands/table.js';
import type { InternalRequests } from '../internal.js';

export interface LocatedKey {
  /** Its place among the arguments. */
  readonly place: number;
  readonly key: Uint8Array;
  readonly shard: number;
}

export function keysOf(internal: InternalRequests, command: Command, args: readonly Uint8Array[]): LocatedKey[] {
  const { first, last, step } = command.keyRange;
  if (first === 0) return [];
  // Positions count the command's name, and a subcommand's too.
  const offset = command.container === undefined ? 1 : 2;
  const end = last < 0 ? args.length + last : last - offset;
  const found: LocatedKey[] = [];
  for (let place = first - offset; place <= end && place < args.length; place += step) {
    const key = args[place] as Uint8Array;
    found.push({ place, key, shard: internal.locate(key).shard });
  }
  return found;
}

/** What of a command's keys, with the arguments that belong to each, goes to which shard. */
export interface Group {
  readonly shard: number;
  readonly args: Uint8Array[];
  /** Numbers of its keys among all keys. */
  readonly places: number[];
}

export function groupByShard(internal: InternalRequests, command: Command, args: readonly Uint8Array[]): Group[] {
  const { step } = command.keyRange;
  const groups = new Map<number, Group>();
  for (const [i, { place, shard }] of keysOf(internal, command, args).entries()) {
    const group = groups.get(shard) ?? { shard, args: [], places: [] };
    groups.set(shard, group);
    group.args.push(...args.slice(place, place + step));
    group.places.push(i);
  }
  return [...groups.values()];
}
