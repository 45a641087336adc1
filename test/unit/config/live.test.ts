import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  assignmentsOf,
  type ConfigOptions,
  configOf,
  LiveConfig,
  OPTION_LIST,
  readConf,
  resolveConfig,
} from '../../../src/config/index.js';
import { messageOf } from './message-of.js';

const machine = { cores: 3, memoryBytes: 8 * 1024 ** 3, directory: '/data' };

function start(options: ConfigOptions = {}, file?: string): LiveConfig {
  return new LiveConfig(configOf(options, machine).config, { machine, file });
}

function set(live: LiveConfig, ...words: string[]): void {
  const pairs: [string, string][] = [];
  for (let i = 0; i < words.length; i += 2) pairs.push([words[i] as string, words[i + 1] as string]);
  live.set(pairs);
}

const value = (live: LiveConfig, name: string) => live.get([name])[0]?.[1];

describe('CONFIG GET', () => {
  it('shows values as Redis does', () => {
    const live = start({ maxmemory: '100mb', bind: '10.0.0.1 -::1', protectedMode: false });
    const names = ['maxmemory', 'bind', 'protected-mode', 'save', 'client-output-buffer-limit', 'shutdown-on-sigterm'];
    expect(live.get(names)).toEqual([
      ['maxmemory', '104857600'],
      ['bind', '10.0.0.1 -::1'],
      ['protected-mode', 'no'],
      ['save', ''],
      [
        'client-output-buffer-limit',
        'normal 1073741824 268435456 60 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
      ],
      ['shutdown-on-sigterm', 'default'],
    ]);
  });

  it('takes several names and patterns and answers each once', () => {
    const names = start()
      .get(['maxmemory', 'MAXMEMORY*', 'bind', '*of', 'nope'])
      .map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['maxmemory', 'maxmemory-policy', 'maxmemory-samples', 'bind', 'replicaof', 'slaveof']),
    );
  });

  it('answers by the name as it was asked for', () => {
    expect(start().get(['PoRt', 'port'])).toEqual([['PoRt', '6379']]);
  });

  it('shows hidden options only by name', () => {
    const live = start();
    expect(live.get(['*']).map(([name]) => name)).not.toContain('key-load-delay');
    expect(live.get(['key-load-delay'])).toEqual([['key-load-delay', '0']]);
    expect(live.get(['[k]ey-load-delay'])).toEqual([]);
  });
});

describe('CONFIG SET', () => {
  it('sets several at once', () => {
    const live = start();
    set(live, 'maxmemory', '10000001', 'repl-backlog-size', '10000002', 'save', '3000 5', 'SLAVE-PRIORITY', '7');
    expect(['maxmemory', 'repl-backlog-size', 'save', 'replica-priority'].map((name) => value(live, name))).toEqual([
      '10000001',
      '10000002',
      '3000 5',
      '7',
    ]);
    expect(live.current.maxmemory).toBe(10000001);
  });

  it('takes back everything that CONFIG GET shows, and nothing is changed by it', () => {
    const live = start({ enableProtectedConfigs: 'yes' });
    const before = live.get(['*']);
    for (const [name, text] of before) live.set([[name, text]]);
    expect(live.get(['*'])).toEqual(before);
  });

  it('changes the output limits of the classes that are mentioned', () => {
    const live = start();
    set(live, 'client-output-buffer-limit', 'pubsub 100000 0 0');
    expect(value(live, 'client-output-buffer-limit')).toBe(
      'normal 1073741824 268435456 60 slave 268435456 67108864 60 pubsub 100000 0 0',
    );
  });

  it('replaces save points', () => {
    const live = start();
    set(live, 'save', '');
    expect(value(live, 'save')).toBe('');
    set(live, 'save', '1 2');
    expect(value(live, 'save')).toBe('1 2');
  });

  it('takes maxmemory 0 for the default', () => {
    const live = start({ maxmemory: '100mb' });
    set(live, 'maxmemory', '0');
    expect(value(live, 'maxmemory')).toBe(String(4 * 1024 ** 3));
  });

  it.each([
    [['x', '1'], "Unknown option or number of arguments for CONFIG SET - 'x'"],
    [['daemonize', 'yes'], "CONFIG SET failed (possibly related to argument 'daemonize') - can't set immutable config"],
    [['shards', '7'], "CONFIG SET failed (possibly related to argument 'shards') - can't set immutable config"],
    [['Dir', '/tmp'], "CONFIG SET failed (possibly related to argument 'Dir') - can't set protected config"],
    [
      ['maxmemory', '1', 'MAXMEMORY', '2'],
      "CONFIG SET failed (possibly related to argument 'MAXMEMORY') - duplicate parameter",
    ],
    [
      ['slave-priority', '1', 'replica-priority', '2'],
      "CONFIG SET failed (possibly related to argument 'replica-priority') - duplicate parameter",
    ],
    [
      ['maxmemory', 'x'],
      "CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value",
    ],
    [
      ['HZ', 'x'],
      "CONFIG SET failed (possibly related to argument 'hz') - argument couldn't be parsed into an integer",
    ],
    [
      ['timeout', '-1'],
      "CONFIG SET failed (possibly related to argument 'timeout') - argument must be between 0 and 2147483647 inclusive",
    ],
    [
      ['protected-mode', '1'],
      "CONFIG SET failed (possibly related to argument 'protected-mode') - argument must be 'yes' or 'no'",
    ],
    [
      ['slave-read-only', '1'],
      "CONFIG SET failed (possibly related to argument 'slave-read-only') - argument must be 'yes' or 'no'",
    ],
    [
      ['loglevel', 'x'],
      "CONFIG SET failed (possibly related to argument 'loglevel') - argument(s) must be one of the following: debug, verbose, notice, warning, nothing",
    ],
    [
      ['maxmemory-clients', '200%'],
      "CONFIG SET failed (possibly related to argument 'maxmemory-clients') - percentage argument must be less or equal to 100",
    ],
    [
      ['shutdown-on-sigterm', 'save nosave'],
      "CONFIG SET failed (possibly related to argument 'shutdown-on-sigterm') - shutdown options SAVE and NOSAVE can't be used simultaneously",
    ],
    [
      ['appendonly', 'yes'],
      "CONFIG SET failed (possibly related to argument 'appendonly') - the append only file is not supported",
    ],
    [
      ['activedefrag', 'yes'],
      "CONFIG SET failed (possibly related to argument 'activedefrag') - Active defragmentation cannot be enabled: there is none in this server",
    ],
  ])('refuses %j', (words, message) => {
    expect(messageOf(() => set(start(), ...words))).toBe(message);
  });

  it('sets none when one is refused', () => {
    const live = start({ maxmemory: '100mb' });
    const words = ['maxmemory', '10000001', 'maxmemory-clients', '200%', 'client-query-buffer-limit', 'invalid'];
    expect(messageOf(() => set(live, ...words))).toContain("(possibly related to argument 'maxmemory-clients')");
    expect(live.current.maxmemory).toBe(100 * 1024 ** 2);
  });

  it('lets those set protected options whom enable-protected-configs lets', () => {
    const pair: [string, string][] = [['dbfilename', 'x.rdb']];
    const local = start({ enableProtectedConfigs: 'local' });
    expect(messageOf(() => local.set(pair, { local: false }))).toContain("can't set protected config");
    local.set(pair, { local: true });
    start({ enableProtectedConfigs: 'yes' }).set(pair, { local: false });
    expect(messageOf(() => start().set(pair, { local: true }))).toContain("can't set protected config");
  });
});

describe('listeners', () => {
  it('are told of what has changed, with all values in place', () => {
    const live = start();
    const heard: unknown[] = [];
    live.on('timeout', (now, before) => heard.push([now, before, live.current.maxclients]));
    live.on('hz', (now) => heard.push(now));
    set(live, 'timeout', '5', 'maxclients', '7', 'hz', '10');
    expect(heard).toEqual([[5, 0, 7]]);
  });

  it('may refuse; then all is as before, and those who were told are told again', () => {
    const live = start();
    const heard: unknown[] = [];
    live.on('timeout', (now, before) => heard.push([now, before]));
    live.on('maxclients', () => {
      throw new Error('The operating system is not able to handle the specified number of clients');
    });
    expect(messageOf(() => set(live, 'timeout', '5', 'maxclients', '100000', 'hz', '11'))).toBe(
      "CONFIG SET failed (possibly related to argument 'maxclients') - The operating system is not able to handle the specified number of clients",
    );
    expect(heard).toEqual([
      [5, 0],
      [0, 5],
    ]);
    expect(live.current).toMatchObject({ timeout: 0, maxclients: 10000, hz: 10 });
  });

  it('can be taken away', () => {
    const live = start();
    const listener = vi.fn();
    live.on('timeout', listener)();
    set(live, 'timeout', '5');
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('CONFIG REWRITE', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringshard-config-'));
    path = join(folder, 'redis.conf');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** As the server would start with the file. */
  function restart(): LiveConfig {
    const assignments = assignmentsOf(readConf(path, (file) => readFileSync(file, 'utf8')));
    return new LiveConfig(resolveConfig(assignments, machine).config, { machine, file: path });
  }

  it('needs a file', () => {
    expect(messageOf(() => start().rewrite())).toBe('The server is running without a config file');
  });

  it('writes what has changed, so that the next start has it', () => {
    writeFileSync(path, '# mine\nport 7001\nsave 900 1\n');
    const live = restart();
    set(live, 'save', '', 'requirepass', 'a "b"\n', 'maxmemory', '1gb', 'shutdown-on-sigterm', 'nosave now');
    live.rewrite();
    expect(readFileSync(path, 'utf8')).toBe(
      '# mine\nport 7001\nsave ""\n# Generated by CONFIG REWRITE\n' +
        'requirepass "a \\"b\\"\\x0a"\nmaxmemory 1gb\nshutdown-on-sigterm nosave now\n',
    );
    expect(restart().get(['*'])).toEqual(live.get(['*']));
  });

  it('writes everything on request, and the next start is the same', () => {
    const live = start({}, path);
    live.rewrite({ force: true });
    const text = readFileSync(path, 'utf8');
    for (const { name } of OPTION_LIST) if (name !== 'replicaof') expect(text).toContain(`\n${name} `);
    expect(restart().get(['*'])).toEqual(live.get(['*']));
  });

  it('does not write down a default that was computed', () => {
    writeFileSync(path, 'maxmemory 1gb\n');
    const live = restart();
    set(live, 'maxmemory', '0');
    live.rewrite();
    expect(readFileSync(path, 'utf8')).toBe('maxmemory 0\n');
  });

  it("leaves nothing behind and keeps the file's mode; a new file is the owner's", () => {
    start({ timeout: 5 }, path).rewrite();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    chmodSync(path, 0o640);
    start({ timeout: 6 }, path).rewrite();
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['redis.conf']);
  });

  it('says why it failed', () => {
    const live = start({}, join(folder, 'gone', 'redis.conf'));
    expect(messageOf(() => live.rewrite())).toBe('Rewriting config file: no such file or directory');
  });
});
