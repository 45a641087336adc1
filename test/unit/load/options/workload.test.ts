import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../../../src/load/plan/presets.js';
import { planOf, URL } from './parse.js';

const namesAndWeights = (...args: readonly string[]) =>
  planOf(...args).workload.operations.map(({ name, kind, weight }) => [name, kind, weight]);

describe('presets', () => {
  it.each<[string, [string, string, number][]]>([
    ['get', [['get', 'read', 1]]],
    ['SET', [['set', 'write', 1]]],
    [
      'ycsb-a',
      [
        ['read', 'read', 50],
        ['update', 'write', 50],
      ],
    ],
    [
      'ycsb-b',
      [
        ['read', 'read', 95],
        ['update', 'write', 5],
      ],
    ],
    ['ycsb-c', [['read', 'read', 100]]],
    [
      'ycsb-d',
      [
        ['read', 'read', 95],
        ['insert', 'insert', 5],
      ],
    ],
    [
      'ycsb-e',
      [
        ['scan', 'scan', 95],
        ['insert', 'insert', 5],
      ],
    ],
    [
      'ycsb-f',
      [
        ['read', 'read', 50],
        ['modify', 'modify', 50],
      ],
    ],
  ])('%s', (name, operations) => {
    expect(namesAndWeights(URL, '--workload', name)).toEqual(operations);
  });

  it('of YCSB store 1000 bytes before the run, and ask by Zipf', () => {
    for (const name of PRESETS.keys()) {
      if (!name.startsWith('ycsb')) continue;
      const kind = name === 'ycsb-d' ? 'latest' : 'zipf';
      expect(planOf(URL, '--workload', name)).toMatchObject({
        preload: true,
        workload: { values: { kind: 'fixed', bytes: 1000 }, distribution: { kind, exponent: 0.99 } },
      });
    }
    const other = planOf(URL, '--workload', 'ycsb-a', '-d', '9', '--distribution', 'uniform', '--no-preload');
    expect(other).toMatchObject({
      preload: false,
      workload: { values: { bytes: 9 }, distribution: { kind: 'uniform' } },
    });
  });

  it('scan up to a hundred keys', () => {
    expect(planOf(URL, '--workload', 'ycsb-e').workload.operations[0]).toMatchObject({ scanLength: 100 });
  });

  it('have names that differ', () => {
    for (const { operations } of PRESETS.values()) {
      expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
    }
  });
});

it('drops what a ratio leaves out', () => {
  expect(namesAndWeights(URL, '--ratio', '0:3')).toEqual([['get', 'read', 3]]);
  expect(namesAndWeights(URL, '--ratio', '1:0')).toEqual([['set', 'write', 1]]);
});

it('makes a mix of commands', () => {
  const args = [
    '--command',
    'GET {key}',
    '--command-ratio',
    '3',
    '--command',
    'PING',
    '--command=GET a',
    '--command-ratio=0',
  ];
  expect(namesAndWeights(URL, ...args)).toEqual([
    ['GET', 'command', 3],
    ['PING', 'command', 1],
  ]);
  expect(namesAndWeights(URL, '--command', 'GET a', '--command', 'GET b').map(([name]) => name)).toEqual([
    'GET',
    'GET-2',
  ]);
});

it('reads a mix from a file', () => {
  expect(namesAndWeights(URL, '--mix', 'mix')).toEqual([
    ['GET', 'command', 70],
    ['SET', 'command', 30],
  ]);
});

it("takes redis-benchmark's tests, each once", () => {
  expect(namesAndWeights(URL, '-t', 'get,INCR,get', '-t', 'zadd')).toEqual([
    ['get', 'read', 1],
    ['incr', 'command', 1],
    ['zadd', 'command', 1],
  ]);
});

it('verifies what it has stored', () => {
  expect(planOf(URL, '--verify')).toMatchObject({ preload: true, workload: { verify: true, allowMisses: false } });
  expect(planOf(URL, '--verify', '--allow-misses', '--no-preload', '--ttl', '60')).toMatchObject({
    preload: false,
    workload: { verify: true, allowMisses: true, ttl: 60 },
  });
});

describe('http', () => {
  it('has an API of keys', () => {
    expect(namesAndWeights('http://h')).toEqual([
      ['get', 'read', 1],
      ['set', 'write', 1],
    ]);
    expect(namesAndWeights('http://h/x/{key}', '--workload', 'get')).toEqual([['get', 'read', 1]]);
  });

  it('asks for one path if there is no key in it', () => {
    expect(planOf('http://h/ping?x=1').workload.operations).toEqual([
      {
        name: 'GET',
        kind: 'command',
        weight: 1,
        words: [[{ kind: 'text', text: 'GET' }], [{ kind: 'text', text: '/ping?x=1' }]],
      },
    ]);
  });

  it('has commands of its own', () => {
    const [operation] = planOf('http://h', '--command', 'PUT /kv {"k": "{key:base64}"}').workload.operations;
    expect(operation).toMatchObject({ name: 'PUT' });
    expect(operation?.words?.[2]).toEqual([
      { kind: 'text', text: '{"k": "' },
      { kind: 'key', base64: true },
      { kind: 'text', text: '"}' },
    ]);
  });
});
