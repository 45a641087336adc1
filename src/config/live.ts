/** The options of a running server: CONFIG GET, CONFIG SET and CONFIG REWRITE. */
import { isGlob, matchesGlob } from '../base/glob.js';
import { ConfigError, systemErrorText } from './error.js';
import type { Machine } from './machine.js';
import { thisMachine } from './machine.js';
import { defaultOf } from './option.js';
import {
  type Config,
  findOption,
  type NamedOption,
  namesOf,
  OPTION_LIST,
  type OptionName,
  propertyOf,
  type ValueOf,
} from './options.js';
import { type Entry, readOldFile, replaceFile, rewriteText } from './rewrite.js';

/**
 * Told of a new value before CONFIG SET answers. It throws to refuse, having changed nothing; when a later listener
 * refuses, it is told to go back to the value that was, and that it must not refuse.
 */
export type ConfigListener<N extends OptionName> = (value: ValueOf<N>, previous: ValueOf<N>) => void;

interface Change {
  readonly option: NamedOption;
  /** As the client wrote it. */
  readonly name: string;
  readonly value: unknown;
  readonly previous: unknown;
}

export interface LiveConfigOptions {
  /** The config file that CONFIG REWRITE writes. */
  readonly file?: string | undefined;
  readonly machine?: Machine;
}

export class LiveConfig {
  /** The values as they are now; the object stays the same, its properties change. */
  readonly current: Config;
  readonly #values: Record<string, unknown>;
  readonly #file: string | undefined;
  readonly #machine: Machine;
  readonly #listeners = new Map<OptionName, Set<ConfigListener<OptionName>>>();

  constructor(config: Config, { file, machine = thisMachine() }: LiveConfigOptions = {}) {
    this.#values = { ...config };
    this.current = this.#values as Config;
    this.#file = file;
    this.#machine = machine;
  }

  /** The config file that was read, and that CONFIG REWRITE writes. */
  get file(): string | undefined {
    return this.#file;
  }

  /** Calls back when CONFIG SET changes an option. Returns what takes the listener away again. */
  on<N extends OptionName>(name: N, listener: ConfigListener<N>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener as ConfigListener<OptionName>);
    return () => listeners.delete(listener as ConfigListener<OptionName>);
  }

  /** Names and values of all options that match: each once, by the name as it was asked for. */
  get(patterns: readonly string[]): [name: string, value: string][] {
    const found = new Map<string, [string, string]>();
    for (const pattern of patterns) {
      for (const [name, option] of matching(pattern)) {
        const key = name.toLowerCase();
        if (!found.has(key)) found.set(key, [name, option.type.format(this.#value(option))]);
      }
    }
    return [...found.values()];
  }

  /**
   * Changes options, all of them or none. `local`: the client is on this machine. Throws a `ConfigError` whose message
   * is Redis's (put `ERR ` before it).
   */
  set(pairs: readonly (readonly [name: string, value: string])[], { local = false } = {}): void {
    const wanted = this.#lookUp(pairs, local);
    const changes = wanted.map(({ option, name, text }) => {
      const previous = this.#value(option);
      return { option, name, previous, value: this.#read(option, name, text, previous) };
    });
    this.#apply(changes.filter(({ option, value, previous }) => !same(option, value, previous)));
  }

  /** Writes the options to the config file. `force`: also those that have their default. */
  rewrite({ force = false } = {}): void {
    if (this.#file === undefined) {
      throw new ConfigError('CONFIG_FILE', 'The server is running without a config file');
    }
    try {
      replaceFile(this.#file, rewriteText(readOldFile(this.#file), this.#entries(force)));
    } catch (error) {
      throw new ConfigError('CONFIG_FILE', `Rewriting config file: ${systemErrorText(error)}`, { cause: error });
    }
  }

  #lookUp(pairs: readonly (readonly [string, string])[], local: boolean) {
    const seen = new Set<OptionName>();
    return pairs.map(([name, text]) => {
      const option = findOption(name);
      if (option === undefined) {
        throw new ConfigError('CONFIG_SET', `Unknown option or number of arguments for CONFIG SET - '${name}'`);
      }
      if (!option.live && !this.#alreadyIs(option, text)) throw refusal(name, "can't set immutable config");
      if (option.protected && !this.#mayProtected(local)) throw refusal(name, "can't set protected config");
      if (seen.has(option.name)) throw refusal(name, 'duplicate parameter');
      seen.add(option.name);
      return { option, name, text };
    });
  }

  /** What can't be changed may be set to what it is: a client that writes back all of CONFIG GET changes nothing. */
  #alreadyIs(option: NamedOption, text: string): boolean {
    const parsed = option.type.parse(wordsOf(option, text));
    return (
      parsed.ok && same(option, option.type.combine(this.#value(option), parsed.value, false), this.#value(option))
    );
  }

  #mayProtected(local: boolean): boolean {
    const allowed = this.current.enableProtectedConfigs;
    return allowed === 'yes' || (allowed === 'local' && local);
  }

  #read(option: NamedOption, name: string, text: string, previous: unknown): unknown {
    const parsed = option.type.parse(wordsOf(option, text));
    if (!parsed.ok) throw refusal(name.toLowerCase(), parsed.reason);
    const value = option.type.combine(previous, parsed.value, false);
    const reason = same(option, value, previous) ? undefined : option.refuse?.(value, 'live');
    if (reason !== undefined) throw refusal(name.toLowerCase(), reason);
    return value === option.auto ? this.#defaultOf(option) : value;
  }

  /** First all values, so that listeners see each other's options as they will be; then the listeners, in order. */
  #apply(changes: readonly Change[]): void {
    for (const { option, value } of changes) this.#values[propertyOf(option.name)] = value;
    const undo: (() => void)[] = [];
    for (const { option, name, value, previous } of changes) {
      for (const listener of this.#listeners.get(option.name) ?? []) {
        try {
          listener(value as never, previous as never);
          undo.push(() => listener(previous as never, value as never));
        } catch (error) {
          for (const change of changes) this.#values[propertyOf(change.option.name)] = change.previous;
          for (const tellAgain of undo.reverse()) tellAgain();
          throw refusal(name.toLowerCase(), error instanceof Error ? error.message : String(error), error);
        }
      }
    }
  }

  #entries(force: boolean): Entry[] {
    return OPTION_LIST.map((option) => {
      const { name, type, auto } = option;
      const value = this.#value(option);
      const isDefault = same(option, value, this.#defaultOf(option));
      // A default that was computed is not written down: on another machine it would be another.
      const lines = type.lines(isDefault && auto !== undefined ? auto : value);
      return { name, lines, force: force || !isDefault };
    });
  }

  #value(option: NamedOption): unknown {
    return this.#values[propertyOf(option.name)];
  }

  #defaultOf(option: NamedOption): unknown {
    return defaultOf(option, this.#machine, this.current.shards);
  }
}

function matching(pattern: string): (readonly [string, NamedOption])[] {
  if (!isGlob(pattern)) {
    const option = findOption(pattern);
    return option === undefined ? [] : [[pattern, option]];
  }
  return OPTION_LIST.filter((option) => !option.hidden)
    .flatMap((option) => namesOf(option).map((name) => [name, option] as const))
    .filter(([name]) => matchesGlob(pattern.toLowerCase(), name));
}

/** CONFIG SET gives several words as one text; quotes mean nothing in it. */
function wordsOf(option: NamedOption, text: string): string[] {
  if (!option.type.manyWords) return [text];
  return text === '' ? [] : text.split(' ');
}

function same(option: NamedOption, a: unknown, b: unknown): boolean {
  return option.type.format(a) === option.type.format(b);
}

function refusal(name: string, reason: string, cause?: unknown): ConfigError {
  const message = `CONFIG SET failed (possibly related to argument '${name}') - ${reason}`;
  return new ConfigError('CONFIG_SET', message, cause === undefined ? {} : { cause });
}
