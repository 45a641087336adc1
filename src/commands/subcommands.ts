/** What the containers of subcommands have in common. */
import type { Category, CommandFlag, CommandSpec, Group, SubcommandSpec } from './spec.js';

/** The flags of nearly all subcommands that look at the server or change its state. */
export const ADMIN: readonly CommandFlag[] = ['admin', 'noscript', 'loading', 'stale'];
export const ANY_TIME: readonly CommandFlag[] = ['loading', 'stale'];

/** A command that only has subcommands. */
export function container(
  name: string,
  group: Group,
  since: string,
  about: string,
  subcommands: readonly SubcommandSpec[],
): CommandSpec {
  const summary = `Groups the commands on ${about}.`;
  return { name, arity: -2, group, since, summary, complexity: 'Depends on the subcommand', subcommands };
}

/** HELP, which every container has. */
export function help(since: string, ...categories: readonly Category[]): SubcommandSpec {
  const summary = 'Lists the subcommands.';
  return { name: 'help', arity: 2, since, summary, complexity: 'O(1)', flags: ANY_TIME, categories };
}
