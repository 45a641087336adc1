import { expect, it } from 'vitest';
import { settingsOf } from '../../../../src/load/plan/describe.js';
import { planOf, SEED, URL } from '../options/parse.js';

const settings = (...args: readonly string[]) => settingsOf(planOf(...args));

it('tells a plan in words', () => {
  expect(settings('redis://u:pw@h/2', '--ttl', '60')).toEqual({
    target: 'redis://u@h:6379/2',
    protocol: 'redis',
    load: 'closed loop',
    connections: 50,
    pipeline: 1,
    threads: 1,
    operations: 'get 50 %, set 50 %',
    keys: 100_000,
    distribution: 'uniform over 100,000 keys',
    values: '64 bytes',
    ttl: 60,
    warmup: 1,
    timeout: 5,
    seed: SEED,
    verify: false,
  });
});

it.each([
  ['--rate 20k', '20 k/s', 20_000],
  ['--rate 1500', '1,500/s', 1500],
  ['--rate 1.25m', '1.25 M/s', 1_250_000],
  ['--rate 0.5', '0.5/s', 0.5],
  ['--ramp 1k:50k:30s', 'ramp 1 k/s to 50 k/s in 30s', 25_500],
  ['--ramp 0:100:2m', 'ramp 0/s to 100/s in 2m', 50],
  ['--steps 1k,2k,4k:10s', 'steps 1 k/s, 2 k/s, 4 k/s of 10s each', 7000 / 3],
])('%s', (args, schedule, offered) => {
  const told = settings(URL, ...args.split(' '));
  expect(told).toMatchObject({ load: 'open loop', arrivals: 'poisson', schedule });
  expect(told.offered).toBeCloseTo(offered);
});

it.each([
  ['--distribution zipf:0.9 --keys 1m', { distribution: 'zipf 0.9 over 1,000,000 keys' }],
  ['--distribution hotspot', { distribution: 'hot spot (20 % of the keys, 80 % of the requests) over 100,000 keys' }],
  ['--distribution sequential -r 1', { distribution: 'sequential over 1 key' }],
  ['-d 64-1kb', { values: '64 to 1,024 bytes' }],
  ['-d 1', { values: '1 byte' }],
  ['-d 64:90,1kb:10', { values: '64 bytes 90 %, 1,024 bytes 10 %' }],
  ['--workload get', { values: 'no values' }],
  ['--workload get --preload', { values: '64 bytes' }],
  ['--command PING', { distribution: 'no keys', values: 'no values', operations: 'PING 100 %' }],
  ['--ratio 1:2', { operations: 'get 66.7 %, set 33.3 %' }],
  ['--resp 3 --cluster', { protocol: 'redis cluster, RESP3' }],
])('%s', (args, told) => {
  expect(settings(URL, ...args.split(' '))).toMatchObject(told);
});

it('has no schedule where each step of a sweep has its own', () => {
  const told = settings('sweep', URL);
  expect(told).toMatchObject({ load: 'open loop', arrivals: 'poisson' });
  expect(told).not.toHaveProperty('schedule');
  expect(told).not.toHaveProperty('offered');
});

it('names UDP', () => {
  expect(settings('memcached+udp://h')).toMatchObject({
    protocol: 'memcached over UDP',
    target: 'memcached+udp://h:11211',
  });
});
