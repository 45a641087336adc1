import { describe, expect, it } from 'vitest';
import { parse, planOf, SEED, URL } from './parse.js';

it('has defaults for everything but the target', () => {
  expect(parse([URL])).toEqual({
    kind: 'run',
    output: { quiet: false },
    plan: {
      target: {
        protocol: 'redis',
        host: 'h',
        port: 6379,
        url: 'redis://h:6379',
        database: 0,
        cluster: false,
        resp: 2,
        path: '',
      },
      workload: {
        operations: [
          { name: 'get', kind: 'read', weight: 1 },
          { name: 'set', kind: 'write', weight: 1 },
        ],
        keys: 100_000,
        keyPrefix: 'key:',
        keyDigits: 12,
        distribution: { kind: 'uniform' },
        values: { kind: 'fixed', bytes: 64 },
        verify: false,
        allowMisses: false,
      },
      load: { kind: 'closed' },
      connections: 50,
      pipeline: 1,
      threads: 1,
      duration: 10,
      warmup: 1,
      preload: false,
      timeout: 5,
      seed: SEED,
      pacing: 'spin',
      objectives: [],
    },
  });
});

it("understands redis-benchmark's letters", () => {
  const args = '-h 10.0.0.1 -p 7000 -a pw -c 20 -n 1000 -d 3 -P 16 -r 500 -t get,set,lpush -q'.split(' ');
  expect(parse(args)).toMatchObject({
    plan: {
      target: { host: '10.0.0.1', port: 7000, password: 'pw', url: 'redis://10.0.0.1:7000' },
      connections: 20,
      requests: 1000,
      warmup: 0,
      pipeline: 16,
      workload: {
        keys: 500,
        values: { bytes: 3 },
        operations: [{ name: 'get' }, { name: 'set' }, { name: 'lpush', kind: 'command' }],
      },
    },
    output: { quiet: true },
  });
  expect(planOf(URL, '-n', '1')).not.toHaveProperty('duration');
});

it("understands memtier's names", () => {
  const args = '--clients=5 --test-time=3 --ratio=1:10 --key-pattern=Z:Z --data-size-list=8:1,9:1 --pipeline=2'.split(
    ' ',
  );
  const more = '--rate-limiting=100 --key-maximum=9 --threads=2 --json-out-file=x'.split(' ');
  expect(parse([URL, ...args, ...more])).toMatchObject({
    plan: {
      connections: 5,
      duration: 3,
      pipeline: 2,
      threads: 2,
      load: { kind: 'open', phases: [{ from: 100, to: 100, seconds: 3 }] },
      workload: {
        keys: 9,
        distribution: { kind: 'zipf' },
        values: { kind: 'list' },
        operations: [
          { name: 'get', weight: 10 },
          { name: 'set', weight: 1 },
        ],
      },
    },
    output: { json: 'x' },
  });
});

it.each<[string, object]>([
  ['-c 5', { connections: 5 }],
  ['-T 2', { threads: 2 }],
  ['--threads 4', { pacing: 'sleep' }],
  ['--duration 2m', { duration: 120 }],
  ['--warmup 0', { warmup: 0 }],
  ['-n 10 --warmup 2s', { warmup: 2, requests: 10 }],
  ['--rate 1k', { load: { arrivals: 'poisson', phases: [{ from: 1000, to: 1000, seconds: 10 }] }, pipeline: 1024 }],
  ['--rate 1k -P 3', { pipeline: 3 }],
  ['--rate 1k -c 60k', { pipeline: 133 }],
  ['--rate 1k --arrivals constant --pacing sleep', { load: { arrivals: 'constant' }, pacing: 'sleep' }],
  ['--rate 1k -n 100', { requests: 100, load: { phases: [{ from: 1000, seconds: (100 + 100 + 10) / 1000 }] } }],
  ['--ramp 0:1k:30s', { duration: 30, load: { phases: [{ from: 0, to: 1000, seconds: 30 }] } }],
  ['--steps 1k,2k:5s', { duration: 10, load: { phases: [{ from: 1000 }, { from: 2000 }] } }],
  ['--timeout 100ms', { timeout: 0.1 }],
  ['--seed 0', { seed: 0 }],
  ['--preload', { preload: true }],
  [
    '--slo p99<2ms --slo errors<1%,max<1s',
    { objectives: [{ metric: 'p99' }, { metric: 'errors' }, { metric: 'max' }] },
  ],
  ['--resp 3 --db 2', { target: { resp: 3, database: 2 } }],
  ['--cluster', { target: { cluster: true } }],
  ['-c 1 -c 2 --clients 3', { connections: 3 }],
])('%s', (args, plan) => {
  expect(planOf(URL, ...args.split(' '))).toMatchObject(plan);
});

it('writes files', () => {
  expect(parse([URL, '--json', 'a', '--hlog', 'b', '--html', 'c', '-q'])).toMatchObject({
    output: { json: 'a', hlog: 'b', html: 'c', quiet: true },
  });
});

it.each([
  ['memcached://h', { pipeline: 1024, timeout: 5 }],
  ['memcached+udp://h', { pipeline: 64, timeout: 1 }],
  ['http://h', { pipeline: 1, timeout: 5 }],
])('has defaults for %s', (url, plan) => {
  expect(planOf(url, '--rate', '10')).toMatchObject(plan);
  expect(planOf(url)).toMatchObject({ pipeline: 1 });
});

describe('passwords', () => {
  const passwordOf = (args: readonly string[], variables = {}) => {
    const request = parse(args, variables);
    return request.kind === 'run' ? request.plan.target.password : request;
  };
  const VARIABLES = { RINGSHARD_LOAD_PASSWORD: 'env' };

  it.each([
    [['redis://:u@h'], 'u'],
    [[URL, '-a', 'o'], 'o'],
    [[URL, '--password-file', 'secret'], 'hunter2'],
    [[URL], 'env'],
    [['memcached://h'], undefined],
    [['http://h'], 'env'],
  ])('%j', (args, password) => {
    expect(passwordOf(args, VARIABLES)).toBe(password);
  });

  it('are in no URL that is shown', () => {
    expect(JSON.stringify({ ...planOf('redis://u:hunter2@h').target, password: '' })).not.toContain('hunter2');
  });
});

describe('help', () => {
  it.each([[['--help']], [['help']], [[URL, '--help', '-c', '5']]])('%j', (args) => {
    const request = parse(args);
    if (request.kind !== 'help') throw new Error(JSON.stringify(request));
    expect(request.text).toMatch(/^Usage: ringshard load <url> \[options\]\n/);
    expect(request.text).toMatch(/Target:.*Load:.*Operations:.*Keys:.*Values:.*Results:.*Targets:.*Examples:/s);
    expect(request.text).not.toContain('undefined');
    expect(request.text.endsWith('\n')).toBe(true);
    expect(Math.max(...request.text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
  });

  it.each([
    [['sweep', '--help'], 'ringshard load sweep <url>'],
    [['help', 'compare'], 'ringshard load compare <before> <after>'],
  ])('%j', (args, usage) => {
    expect(parse(args)).toMatchObject({ kind: 'help', text: expect.stringContaining(`Usage: ${usage} [options]`) });
  });
});
