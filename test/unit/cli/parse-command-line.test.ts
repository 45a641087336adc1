import { describe, expect, it } from 'vitest';
import { type CommandLine, parseCommandLine } from '../../../src/cli/parse-command-line.js';
import { COMMANDS } from '../../../src/cli/program.js';
import type { Config } from '../../../src/config/index.js';
import { REDIS_CONF_DIRECTIVES, REDIS_DEFAULTS } from '../config/redis-config.js';

const machine = { cores: 5, memoryBytes: 8 * 1024 ** 3, directory: '/data' };
const FILES: Readonly<Record<string, string>> = {
  'redis.conf': 'port 1\ntimeout 1\nhz 20\nsave 900 1\n',
  '-': 'port 9',
  'bad.conf': 'port 1\nprot 1\n',
  serve: 'port 8',
  '/secret': 'hunter2\n',
};

function readFile(path: string): string {
  const text = FILES[path];
  if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
  return text;
}

function parse(args: string[], environment: Record<string, string> = {}): CommandLine {
  return parseCommandLine(args, environment, readFile, machine);
}

function config(args: string[], environment: Record<string, string> = {}): Config {
  const line = parse(args, environment);
  if (line.kind !== 'serve') throw new Error(JSON.stringify(line));
  return line.config;
}

describe('serve', () => {
  it('is what happens without a command', () => {
    expect(parse([])).toMatchObject({ kind: 'serve', config: { port: 6379 }, warnings: [] });
    expect(config(['serve', '--port', '7001']).port).toBe(7001);
    expect(config(['--port=7001']).port).toBe(7001);
  });

  it('reads a config file and says where it is', () => {
    expect(parse(['redis.conf'])).toMatchObject({ file: '/data/redis.conf', config: { port: 1 } });
    expect(parse(['serve', 'redis.conf', '--hz', '5'])).toMatchObject({ file: '/data/redis.conf', config: { hz: 5 } });
    expect(config(['--port=7', 'redis.conf'])).toMatchObject({ port: 7, timeout: 1 });
    expect(parse([])).not.toHaveProperty('file');
  });

  it('reads standard input', () => {
    expect(config(['-']).port).toBe(9);
    expect(config(['-', '--port', '7']).port).toBe(7);
    expect(parse(['-'])).not.toHaveProperty('file');
  });

  it('reads a file that is called like a command when the command is there too', () => {
    expect(config(['serve']).port).toBe(6379);
    expect(config(['serve', 'serve']).port).toBe(8);
  });

  it('lets flags outweigh the environment, and that the file', () => {
    const environment = { RINGSHARD_PORT: '2', RINGSHARD_TIMEOUT: '2', RINGSHARD_PASSWORD_FILE: '/secret' };
    expect(config(['redis.conf', '--port', '3'], environment)).toMatchObject({
      port: 3,
      timeout: 2,
      hz: 20,
      requirepass: 'hunter2',
    });
  });

  it('warns of what has no effect', () => {
    expect(parse(['redis.conf'])).toMatchObject({ warnings: ['These options of Redis have no effect here: hz, save'] });
  });

  it('takes an option whose name begins with no', () => {
    expect(config(['--no-appendfsync-on-rewrite', 'yes']).noAppendfsyncOnRewrite).toBe(true);
  });

  it.each(REDIS_CONF_DIRECTIVES.filter((name) => name in REDIS_DEFAULTS))(
    'takes --%s with the default of Redis',
    (name) => {
      expect(parse([`--${name}`, REDIS_DEFAULTS[name] as string])).toMatchObject({ kind: 'serve' });
    },
  );
});

describe('redis-server command lines', () => {
  it.each<[string[], Partial<Config>]>([
    [
      ['redis.conf', '--save', '100', '100'],
      {
        save: [
          [900, 1],
          [100, 100],
        ],
      },
    ],
    [['redis.conf', '--save', ''], { save: [] }],
    [['redis.conf', '--save', '--loglevel', 'verbose'], { save: [], loglevel: 'verbose' }],
    [
      ['--maxmemory 700mb', '--maxmemory-policy volatile-lru'],
      { maxmemory: 734003200, maxmemoryPolicy: 'volatile-lru' },
    ],
    [['redis.conf', 'loglevel', 'verbose', "--maxmemory '700mb'"], { loglevel: 'verbose', maxmemory: 734003200 }],
    [
      ['--proc-title-template', '--my--title', '--loglevel', 'debug'],
      { procTitleTemplate: '--my--title', loglevel: 'debug' },
    ],
    [
      ['--shutdown-on-sigint', 'nosave', 'force', 'now', '--shutdown-on-sigterm', 'nosave force'],
      { shutdownOnSigint: ['nosave', 'now', 'force'], shutdownOnSigterm: ['nosave', 'force'] },
    ],
    [['--list-max-listpack-size', '-5'], { listMaxListpackSize: -5 }],
    [['--bind', '127.0.0.1', '-::1', '--protected-mode', 'no'], { bind: ['127.0.0.1', '-::1'], protectedMode: false }],
    [['--save', '60', '1000', '--appendonly', 'no'], { save: [[60, 1000]], appendonly: false }],
  ])('%j', (args, values) => {
    expect(config(args)).toMatchObject(values);
  });
});

describe('errors', () => {
  it.each<[string[], string]>([
    [['--port', 'abc'], "invalid value 'abc' for --port: expected an integer between 0 and 65535"],
    [['--port'], "'port': wrong number of arguments"],
    [['--port', '6380', '--loglevel'], "'loglevel': wrong number of arguments"],
    [['--port', '6379', '6380'], `'port "6379" "6380"': wrong number of arguments`],
    [['--port', '--loglevel', 'verbose'], `'port "--loglevel" "verbose"': wrong number of arguments`],
    [['--prot', '1'], "unknown option '--prot' (did you mean --port?)"],
    [['--maxmemmory=1gb'], "unknown option '--maxmemmory' (did you mean --maxmemory?)"],
    [['serve', '--xyzzy'], "unknown option '--xyzzy'"],
    [['--port', '1', '--'], "unknown option '--'"],
    [['-x'], "unknown option '-x'"],
    [['redis.conf', 'other.conf'], "too many arguments for 'serve'. Expected 1 argument but got 2."],
    [['gone.conf'], "can't open config file 'gone.conf': no such file or directory"],
    [['bad.conf'], "bad.conf:2: 'prot 1': unknown option (did you mean 'port'?)"],
    [['--requirepass', 'hunter', '2'], "'requirepass ... ...': wrong number of arguments"],
  ])('%j', (args, message) => {
    expect(parse(args)).toEqual({ kind: 'error', message: `ringshard: ${message}`, exitCode: 2 });
  });

  it('speaks of the environment too', () => {
    const message = 'ringshard: unknown environment variable RINGSHARD_PROT (did you mean RINGSHARD_PORT?)';
    expect(parse([], { RINGSHARD_PROT: '1' })).toEqual({ kind: 'error', message, exitCode: 2 });
  });
});

describe('help and version', () => {
  const help = (...args: string[]) => {
    const line = parse(args, { RINGSHARD_NONSENSE: 'is not looked at' });
    return line.kind === 'help' ? line.text : JSON.stringify(line);
  };

  it.each([['--help'], ['-h'], ['help']])('%s shows the commands and the options of serve', (arg) => {
    expect(help(arg)).toMatch(/^Usage: ringshard .*Commands:.*Network:\n {2}--port <port> .*Process:/s);
  });

  it.each([[['serve', '--help']], [['help', 'serve']], [['redis.conf', '--help']], [['serve', '--port', '1', '-h']]])(
    '%j shows the options of serve',
    (args) => {
      expect(help(...args)).toMatch(/^Usage: ringshard serve \[config-file\] \[options\]/);
    },
  );

  it('has every option with its default, and not those without effect', () => {
    const text = help('--help').replace(/\s+/g, ' ');
    expect(text).toContain('--port <port> TCP port to listen on; 0 takes any free one (default: 6379)');
    expect(text).toContain('--proto-max-bulk-len <size> largest argument of a command (default: 512mb)');
    expect(text).toContain('--shards <n> worker threads, each of which owns a part of the keys (default: cores - 1)');
    expect(text).toContain('(default: normal 1gb 256mb 60)');
    expect(text).toContain('(default: 50 99 99.9)');
    expect(text).not.toContain('appendonly');
    expect(text).not.toContain('lua-time-limit');
    expect(text).not.toContain('undefined');
  });

  it.each([[['--version']], [['-v']], [['serve', '--version']]])('%j asks for the version', (args) => {
    expect(parse(args)).toEqual({ kind: 'version' });
  });

  it('lists every command', () => {
    for (const command of COMMANDS) expect(help('--help')).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });
});
