import { describe, expect, it } from 'vitest';
import {
  type Assignment,
  assignmentsOf,
  configOf,
  findOption,
  type NamedOption,
  type Origin,
  parseConf,
  resolveConfig,
  SHARD_MAX_BYTES,
} from '../../../src/config/index.js';
import { messageOf } from './message-of.js';

const GIB = 1024 ** 3;
const machine = { cores: 5, memoryBytes: 8 * GIB, directory: '/data' };

function given(name: string, words: string[], origin: Origin): Assignment {
  return { option: findOption(name) as NamedOption, name, words, origin };
}

const flag = (name: string, ...words: string[]) => given(name, words, { kind: 'flag' });
const file = (text: string) => assignmentsOf(parseConf(text, 'redis.conf'));
const variable = (name: string, word: string) =>
  given(name, [word], { kind: 'environment', variable: `RINGSHARD_${name.toUpperCase()}` });

function config(...assignments: readonly Assignment[]) {
  return resolveConfig(assignments, machine).config;
}

describe('resolveConfig', () => {
  it('has a value for every option', () => {
    expect(config()).toMatchObject({ port: 6379, shards: 4, maxmemory: 4 * GIB, databases: 16, dir: '/data' });
  });

  it('lets the last one count', () => {
    const port = [...file('port 1\nport 2'), variable('port', '3'), flag('port', '4')];
    expect(port.map((_, i) => config(...port.slice(0, i + 1)).port)).toEqual([1, 2, 3, 4]);
  });

  it('takes a former name for the same option', () => {
    const lines = file('hash-max-listpack-entries 20\nhash-max-ziplist-entries 21');
    expect(config(...lines).hashMaxListpackEntries).toBe(21);
    expect(config(...lines.toReversed()).hashMaxListpackEntries).toBe(20);
  });

  it('adds save lines up from the first one on, which replaces the default', () => {
    expect(config().save).toEqual([]);
    expect(config(...file('save 900 1\nsave 60 1000'), flag('save', '100', '100')).save).toEqual([
      [900, 1],
      [60, 1000],
      [100, 100],
    ]);
    expect(config(...file('save 900 1'), flag('save', '')).save).toEqual([]);
    expect(config(...file('save "3600 1 300 100"')).save).toEqual([
      [3600, 1],
      [300, 100],
    ]);
  });

  it('changes the output limits of the classes that are mentioned', () => {
    const limits = config(
      ...file('client-output-buffer-limit normal 0 0 0\nclient-output-buffer-limit pubsub 1mb 0 0'),
    );
    expect(limits.clientOutputBufferLimit).toEqual({
      normal: { hardBytes: 0, softBytes: 0, softSeconds: 0 },
      replica: { hardBytes: 256 * 1024 ** 2, softBytes: 64 * 1024 ** 2, softSeconds: 60 },
      pubsub: { hardBytes: 1024 ** 2, softBytes: 0, softSeconds: 0 },
    });
  });

  it('takes one word with spaces for several where several are wanted, and nowhere else', () => {
    expect(config(flag('bind', '10.0.0.1 -::1')).bind).toEqual(['10.0.0.1', '-::1']);
    expect(config(flag('shutdown-on-sigint', 'now force')).shutdownOnSigint).toEqual(['now', 'force']);
    expect(config(flag('requirepass', 'a b')).requirepass).toBe('a b');
  });

  it('takes maxmemory 0 for the default, which goes by the shards', () => {
    expect(config(flag('maxmemory', '0')).maxmemory).toBe(4 * GIB);
    expect(config(flag('shards', '1')).maxmemory).toBe(SHARD_MAX_BYTES);
    expect(config(flag('maxmemory', '1gb'), flag('shards', '1')).maxmemory).toBe(GIB);
  });

  it('warns in one line of all that has no effect', () => {
    const { warnings } = resolveConfig([...file('save 900 1\nport 1\nslaveof no one'), flag('save', '')], machine);
    expect(warnings).toEqual(['These options of Redis have no effect here: save, slaveof']);
    expect(resolveConfig([flag('port', '1')], machine).warnings).toEqual([]);
  });

  it.each<[Assignment[], string]>([
    [[flag('port', 'abc')], "invalid value 'abc' for --port: expected an integer between 0 and 65535"],
    [[flag('port', '--bla')], "invalid value '--bla' for --port: expected an integer between 0 and 65535"],
    [[flag('port', '1\r\n2')], "invalid value '1 2' for --port: expected an integer between 0 and 65535"],
    [[variable('port', '70000')], "invalid value '70000' for RINGSHARD_PORT: expected an integer between 0 and 65535"],
    [[...file('\nport x')], "redis.conf:2: invalid value 'x' for port: expected an integer between 0 and 65535"],
    [[flag('slowlog-max-len', '-1')], "invalid value '-1' for --slowlog-max-len: expected an integer of at least 0"],
    [[flag('maxmemory', '1t')], "invalid value '1t' for --maxmemory: expected a size such as 512mb or 1gb"],
    [
      [flag('proto-max-bulk-len', '1')],
      "invalid value '1' for --proto-max-bulk-len: expected a size such as 512mb or 1gb of at least 1mb",
    ],
    [[flag('protected-mode', 'on')], "invalid value 'on' for --protected-mode: expected yes or no"],
    [[flag('dispatch', 'x')], "invalid value 'x' for --dispatch: expected one of auto, direct, ring"],
    [[flag('hash-seed', 'x')], "invalid value 'x' for --hash-seed: expected 32 hexadecimal digits"],
    [
      [flag('client-output-buffer-limit', 'x 1 1 1')],
      "invalid value 'x 1 1 1' for --client-output-buffer-limit: expected groups of a class (normal, replica, pubsub), " +
        'a hard size, a soft size and seconds',
    ],
    [
      [flag('save', '1 2 3')],
      "invalid value '1 2 3' for --save: expected pairs of seconds and changes, or an empty text",
    ],
    [[flag('bind', '"x')], `invalid value '"x' for --bind: expected at most 16 addresses`],
    [[flag('port')], "'port': wrong number of arguments"],
    [[flag('port', '1', '2')], `'port "1" "2"': wrong number of arguments`],
    [[...file('port 1 2')], `redis.conf:1: 'port "1" "2"': wrong number of arguments`],
    [[flag('requirepass', 'hunter', '2')], "'requirepass ... ...': wrong number of arguments"],
    [
      [...file('daemonize yes')],
      'redis.conf:1: daemonize yes: this server stays in the foreground: run it under a supervisor (systemd, a container, pm2)',
    ],
    [[flag('replicaof', 'a', '1')], '--replicaof a 1: replication from a Redis master is not supported'],
    [[flag('aclfile', 'x')], '--aclfile x: access lists are not supported: use requirepass'],
    [
      [flag('shutdown-on-sigterm', 'save nosave')],
      "--shutdown-on-sigterm save nosave: shutdown options SAVE and NOSAVE can't be used simultaneously",
    ],
    [[flag('maxmemory', '1mb')], '--maxmemory 1mb is too little for 4 shards: at least 16mb, or fewer shards'],
    [
      [...file('maxmemory 1000gb'), flag('shards', '1')],
      'redis.conf:1: maxmemory 1000gb is more than 1 shard can hold: at most 4032mb, or more shards',
    ],
  ])('refuses %#', (assignments, message) => {
    expect(messageOf(() => resolveConfig(assignments, machine))).toBe(message);
  });

  it('accepts in a file what it would refuse at run time', () => {
    expect(config(...file('appendonly yes\nactivedefrag yes'))).toMatchObject({ appendonly: true, activedefrag: true });
  });
});

describe('configOf', () => {
  it('takes values and texts', () => {
    const options = {
      port: 0,
      maxmemory: '100mb',
      bind: ['::1'],
      save: [],
      loglevel: 'warning',
      timeout: '5',
    } as const;
    expect(configOf(options, machine).config).toMatchObject({ ...options, maxmemory: 100 * 1024 ** 2, timeout: 5 });
  });

  it('takes limits as an object', () => {
    const limit = { hardBytes: 1, softBytes: 2, softSeconds: 3 };
    const limits = { normal: limit, replica: limit, pubsub: limit };
    expect(configOf({ clientOutputBufferLimit: limits }, machine).config.clientOutputBufferLimit).toEqual(limits);
  });

  it('does not mind what is undefined', () => {
    expect(configOf({ port: undefined } as object, machine).config.port).toBe(6379);
  });

  it.each<[object, string]>([
    [{ port: 70000 }, "invalid value '70000' for port: expected an integer between 0 and 65535"],
    [{ port: Number.NaN }, "invalid value 'NaN' for port: expected an integer between 0 and 65535"],
    [{ maxmemoryPolicy: 'lru' }, "invalid value 'lru' for maxmemory-policy: expected one of volatile-lru,"],
    [{ bind: 5 }, 'invalid value for bind: expected at most 16 addresses'],
    [{ prot: 1 }, "unknown option 'prot'"],
    [{ requirepass: 'a', maxmemory: 5 }, 'maxmemory 5 is too little for 4 shards: at least 16mb, or fewer shards'],
  ])('refuses %j', (options, message) => {
    expect(messageOf(() => configOf(options, machine))).toContain(message);
  });
});
