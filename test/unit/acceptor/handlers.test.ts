import { describe, expect, it } from 'vitest';
import { HANDLERS } from '../../../src/acceptor/commands/index.js';
import { COMMANDS, type Command } from '../../../src/commands/table.js';

/** A command that is nothing without a subcommand is never run itself. */
function needsSubcommand({ subcommands, arity }: Command): boolean {
  return subcommands.size > 0 && arity < -1;
}

describe('handlers', () => {
  it('there is one for each command that the acceptor answers', () => {
    const answered = COMMANDS.filter(({ place, internal }) => place === 'acceptor' && !internal);
    const missing = answered.filter((command) => !needsSubcommand(command) && HANDLERS[command.name] === undefined);
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('each is for a command of the table', () => {
    const names = new Set(COMMANDS.map(({ name }) => name));
    expect(Object.keys(HANDLERS).filter((name) => !names.has(name))).toEqual([]);
  });
});
