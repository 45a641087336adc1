import { describe, expect, it } from 'vitest';
import { countWords } from '../../../src/commands/arguments.js';
import { argumentsOf } from '../../../src/commands/command-docs.js';
import type { KeySpec } from '../../../src/commands/key-spec.js';
import {
  COMMANDS,
  commandByFullName,
  commandById,
  commandByName,
  commandId,
  PUBLIC_COMMANDS,
  subcommandByName,
} from '../../../src/commands/table.js';
import { COMMAND_MAX } from '../../../src/engine/layout/command.js';

/** `container get` has as many words before its arguments as its name has parts. */
function nameWords(name: string): number {
  return name.split('|').length;
}

/** Shard channels have a place in a cluster like keys, but are none. */
function isKey({ access }: KeySpec): boolean {
  return access !== 'not_key';
}

describe('the command table', () => {
  it('numbers the commands from 1 on', () => {
    expect(COMMANDS.map((command) => command.id)).toEqual(COMMANDS.map((_, index) => index + 1));
    expect(COMMANDS.length).toBeLessThan(COMMAND_MAX);
    expect(commandById(0)).toBeUndefined();
    expect(commandById(1)?.name).toBe('get');
    expect(commandById(COMMANDS.length + 1)).toBeUndefined();
  });

  it('has the commands that the engine runs first', () => {
    const places = COMMANDS.map((command) => command.place === 'acceptor');
    expect(places).toEqual([...places].sort());
  });

  it('has every name and every constant once, in lower and upper case', () => {
    const names = COMMANDS.map((command) => command.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z_][a-z_|-]*$/);
    const constants = COMMANDS.flatMap((command) => command.constant ?? []);
    expect(new Set(constants).size).toBe(constants.length);
    for (const constant of constants) expect(constant).toMatch(/^[A-Z][A-Z_]*$/);
    expect(constants).toEqual(expect.arrayContaining(['GET', 'SET', 'DEL', 'PING', 'HEADER_OF_ARRAY', 'MGET_PART']));
  });

  it.each(COMMANDS.filter((c) => !c.internal && c.spec.syntax !== undefined).map((c) => [c.name, c] as const))(
    'gives %s an arity that covers its syntax',
    (_, command) => {
      const words = countWords(argumentsOf(command));
      const before = nameWords(command.name);
      if (command.arity > 0) expect([words.min, words.max]).toEqual([command.arity - before, command.arity - before]);
      else expect(words.min).toBe(-command.arity - before);
    },
  );

  it('has a syntax wherever a request can have more words than the name', () => {
    const silent = PUBLIC_COMMANDS.filter((c) => c.spec.syntax === undefined && c.subcommands.size === 0);
    const exceptions = ['quit', 'debug'];
    for (const { name, arity } of silent) if (!exceptions.includes(name)) expect([name, arity]).toEqual([name, 1]);
  });

  it('has keys within the shortest request', () => {
    for (const { name, arity, keys } of COMMANDS) {
      for (const spec of keys.filter(isKey))
        expect([name, spec.first + Math.max(spec.last, 0) < Math.abs(arity)]).toEqual([name, true]);
    }
  });

  it('has no key without a shard to send it to', () => {
    for (const { name, keys, place } of COMMANDS) if (keys.some(isKey)) expect([name, place]).toEqual([name, 'shard']);
  });

  it('names a part wherever requests are taken apart, one that the engine runs', () => {
    for (const { name, spec } of COMMANDS) {
      expect([name, spec.split === undefined]).toEqual([name, spec.part === undefined]);
      if (spec.part !== undefined) expect(commandById(commandId(spec.part))?.place).toBe('shard');
    }
  });

  it('says of each command whether it reads or writes its keys', () => {
    for (const { name, flags, keys } of COMMANDS) {
      if (!keys.some(isKey)) continue;
      const writes = keys.some((spec) => spec.access !== 'RO');
      expect([name, flags.has('write')]).toEqual([name, writes]);
    }
  });
});

describe('looking a command up', () => {
  it('does not mind capitals', () => {
    expect(commandByName('GeT')?.name).toBe('get');
    expect(commandByName('nosuch')).toBeUndefined();
    expect(commandByName('')).toBeUndefined();
  });

  it('finds subcommands by the second word', () => {
    const config = commandByName('config');
    expect(config && subcommandByName(config, 'GET')?.name).toBe('config|get');
    expect(config && subcommandByName(config, 'nosuch')).toBeUndefined();
    expect(commandByFullName('CONFIG|Get')?.name).toBe('config|get');
    expect(commandByFullName('config')?.name).toBe('config');
    expect(commandByFullName('config|')).toBeUndefined();
    expect(commandByFullName('config|get|x')).toBeUndefined();
    expect(commandByFullName('get|x')).toBeUndefined();
  });

  it('never finds an internal command', () => {
    for (const command of COMMANDS) {
      if (!command.internal) continue;
      expect(commandByName(command.name)).toBeUndefined();
      expect(commandByFullName(command.name)).toBeUndefined();
    }
    expect(PUBLIC_COMMANDS.some((command) => command.internal)).toBe(false);
  });

  it('finds everything by its exact name for the program itself', () => {
    for (const command of COMMANDS) expect(commandId(command.name)).toBe(command.id);
    expect(() => commandId('nosuch')).toThrow("no command 'nosuch'");
  });
});

describe('what follows from an entry', () => {
  it('derives categories as Redis does', () => {
    expect(commandByName('get')?.categories).toEqual(['read', 'string', 'fast']);
    expect(commandByName('flushall')?.categories).toEqual(['keyspace', 'write', 'slow', 'dangerous']);
    expect(commandByFullName('config|set')?.categories).toEqual(['admin', 'slow', 'dangerous']);
    expect(commandByFullName('function|flush')?.categories).toEqual(['write', 'slow', 'scripting']);
  });

  it('spans the keys of several specifications by one range', () => {
    expect(commandByName('bitop')?.keyRange).toEqual({ first: 2, last: -1, step: 1 });
    expect(commandByName('copy')?.keyRange).toEqual({ first: 1, last: 2, step: 1 });
    expect(commandByName('lcs')?.keyRange).toEqual({ first: 1, last: 2, step: 1 });
    expect(commandByName('mset')?.keyRange).toEqual({ first: 1, last: -1, step: 2 });
    expect(commandByName('ping')?.keyRange).toEqual({ first: 0, last: 0, step: 0 });
  });
});
