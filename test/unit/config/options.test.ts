import { describe, expect, it } from 'vitest';
import {
  type Config,
  configOf,
  defaultOf,
  findOption,
  isSecret,
  LiveConfig,
  namesOf,
  OPTION_GROUPS,
  OPTION_LIST,
} from '../../../src/config/index.js';
import { propertyOf } from '../../../src/config/options.js';
import { splitWords } from '../../../src/config/words.js';
import { REDIS_CONF_DIRECTIVES, REDIS_DEFAULTS, REDIS_HIDDEN } from './redis-config.js';

const machine = { cores: 4, memoryBytes: 8 * 1024 ** 3, directory: '/data' };

/** Where our default differs from Redis's on purpose. */
const OURS: Readonly<Record<string, string>> = {
  bind: '127.0.0.1 -::1',
  maxmemory: String(4 * 1024 ** 3),
  'enable-debug-command': 'local',
  save: '',
  'client-output-buffer-limit': 'normal 1073741824 268435456 60 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
};

describe('the table', () => {
  it('has every name once', () => {
    const names = OPTION_LIST.flatMap(namesOf);
    expect(new Set(names).size).toBe(names.length);
    const properties = OPTION_LIST.map(({ name }) => propertyOf(name));
    expect(new Set(properties).size).toBe(properties.length);
  });

  it("has every option of Redis, with Redis's default", () => {
    const live = new LiveConfig(configOf({}, machine).config, { machine });
    const values = Object.fromEntries(
      Object.keys(REDIS_DEFAULTS).map((name) => live.get([name])[0] ?? [name, undefined]),
    );
    expect(values).toEqual({ ...REDIS_DEFAULTS, ...OURS });
  });

  it('hides what Redis hides', () => {
    const shown = new Set(new LiveConfig(configOf({}, machine).config, { machine }).get(['*']).map(([name]) => name));
    for (const name of REDIS_HIDDEN)
      expect([name, findOption(name)?.hidden, shown.has(name)]).toEqual([name, true, false]);
  });

  it.each(REDIS_CONF_DIRECTIVES)('knows %s of the stock redis.conf', (name) => {
    expect(findOption(name)).toBeDefined();
  });

  it('finds an option by its former name and in upper case', () => {
    expect(findOption('slaveof')?.name).toBe('replicaof');
    expect(findOption('MaxMemory')?.name).toBe('maxmemory');
    expect(findOption('nope')).toBeUndefined();
  });

  it('knows what is secret', () => {
    expect(['requirepass', 'MASTERAUTH', 'port', 'nope'].map(isSecret)).toEqual([true, true, false, false]);
  });
});

describe.each(OPTION_LIST.map((option) => [option.name, option] as const))('%s', (_name, option) => {
  const { type } = option;
  const initial = defaultOf(option, machine, 3);

  it('takes back what it shows', () => {
    const shown = type.format(initial);
    const parsed = type.parse(type.manyWords ? shown.split(' ') : [shown]);
    expect(parsed).toMatchObject({ ok: true });
    if (parsed.ok) expect(type.format(type.combine(initial, parsed.value, false))).toBe(shown);
  });

  it('takes back what it writes into a file', () => {
    let value = initial;
    for (const [i, line] of type.lines(initial).entries()) {
      const parsed = type.parse(splitWords(line) ?? []);
      expect(parsed).toMatchObject({ ok: true });
      if (parsed.ok) value = type.combine(value, parsed.value, i > 0);
    }
    expect(type.format(value)).toBe(type.format(initial));
  });

  it('is described if it has an effect', () => {
    expect(option.summary !== '').toBe(option.status === 'effective');
    expect(option.group !== undefined).toBe(option.status === 'effective');
    expect(option.summary).not.toMatch(/[.\n]$/);
    expect(option.refuse?.(initial, 'start')).toBeUndefined();
  });
});

it('gives each group at least one option', () => {
  expect(new Set(OPTION_LIST.map(({ group }) => group))).toEqual(new Set([...OPTION_GROUPS, undefined]));
});

it('has a property of its own type for every option', () => {
  // Mostly for the compiler: a slip in the types of the table would be an error here.
  const config: Config = configOf({
    port: 7000,
    bind: ['*'],
    maxmemoryPolicy: 'allkeys-lru',
    protectedMode: false,
  }).config;
  const port: number = config.port;
  const bind: readonly string[] = config.bind;
  const policy: 'allkeys-lru' | string = config.maxmemoryPolicy;
  const seconds: number = config.clientOutputBufferLimit.normal.softSeconds;
  const percentiles: readonly number[] = config.latencyTrackingInfoPercentiles;
  const protectedMode: boolean = config.protectedMode;
  expect([port, bind, policy, seconds, percentiles, protectedMode]).toEqual([
    7000,
    ['*'],
    'allkeys-lru',
    60,
    [50, 99, 99.9],
    false,
  ]);
});
