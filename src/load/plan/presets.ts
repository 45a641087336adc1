/** The workloads that have names. */
import type { Protocol } from './target.js';
import type { KeyDistribution, Operation, ValueSizes } from './workload.js';

/** What a name stands for; options outweigh all but the operations. */
export interface Preset {
  readonly operations: readonly Operation[];
  readonly distribution?: KeyDistribution;
  readonly values?: ValueSizes;
  readonly preload?: boolean;
}

const GET: Operation = { name: 'get', kind: 'read', weight: 1 };
const SET: Operation = { name: 'set', kind: 'write', weight: 1 };

/** memtier's order: sets, gets. */
export function mixOf(sets: number, gets: number): readonly Operation[] {
  const both = [
    { ...GET, weight: gets },
    { ...SET, weight: sets },
  ];
  return both.filter(({ weight }) => weight > 0);
}

/** YCSB's core workloads have records of ten fields of 100 bytes. */
const YCSB = {
  distribution: { kind: 'zipf', exponent: 0.99 },
  values: { kind: 'fixed', bytes: 1000 },
  preload: true,
} as const;

const READ: Operation = { name: 'read', kind: 'read', weight: 50 };
const UPDATE: Operation = { name: 'update', kind: 'write', weight: 50 };
const INSERT: Operation = { name: 'insert', kind: 'insert', weight: 5 };
const SCAN: Operation = { name: 'scan', kind: 'scan', weight: 95, scanLength: 100 };
const MODIFY: Operation = { name: 'modify', kind: 'modify', weight: 50 };

export const PRESETS: ReadonlyMap<string, Preset> = new Map<string, Preset>([
  ['get', { operations: [GET] }],
  ['set', { operations: [SET] }],
  ['mixed', { operations: mixOf(1, 1) }],
  ['ycsb-a', { ...YCSB, operations: [READ, UPDATE] }],
  [
    'ycsb-b',
    {
      ...YCSB,
      operations: [
        { ...READ, weight: 95 },
        { ...UPDATE, weight: 5 },
      ],
    },
  ],
  ['ycsb-c', { ...YCSB, operations: [{ ...READ, weight: 100 }] }],
  [
    'ycsb-d',
    { ...YCSB, operations: [{ ...READ, weight: 95 }, INSERT], distribution: { kind: 'latest', exponent: 0.99 } },
  ],
  ['ycsb-e', { ...YCSB, operations: [SCAN, INSERT] }],
  ['ycsb-f', { ...YCSB, operations: [READ, MODIFY] }],
]);

/** redis-benchmark's tests, as commands; `get` and `set` are operations of every protocol. */
const TEST_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['ping', 'PING'],
  ['incr', 'INCR counter:{key}'],
  ['lpush', 'LPUSH mylist {value}'],
  ['rpush', 'RPUSH mylist {value}'],
  ['lpop', 'LPOP mylist'],
  ['rpop', 'RPOP mylist'],
  ['sadd', 'SADD myset element:{key}'],
  ['hset', 'HSET myhash element:{key} {value}'],
  ['spop', 'SPOP myset'],
  ['zadd', 'ZADD myzset {int:0:1000000} element:{key}'],
  ['zpopmin', 'ZPOPMIN myzset'],
]);

export function testNames(protocol: Protocol): string[] {
  return ['get', 'set', ...(protocol === 'redis' ? TEST_COMMANDS.keys() : [])];
}

/** The operation of a name of `testNames`, or the command that it is made of. */
export function testOf(name: string): Operation | string | undefined {
  if (name === 'get') return GET;
  return name === 'set' ? SET : TEST_COMMANDS.get(name);
}
