/** What the command line writes for quantities, distributions, sizes, schedules and objectives. */
import { describe, expect, it } from 'vitest';
import { readDistribution } from '../../../../src/load/plan/distribution.js';
import { readObjectives } from '../../../../src/load/plan/objective.js';
import { formatDuration, readBytes, readCount, readDuration, readRate } from '../../../../src/load/plan/quantity.js';
import { meanRate, readRamp, readSteps, steadyUntil, totalSeconds } from '../../../../src/load/plan/schedule.js';
import { readValueSizes, sizeRange } from '../../../../src/load/plan/value-sizes.js';
import { messageOf } from './message-of.js';

describe('quantities', () => {
  it.each([
    ['100000', 100_000],
    ['100k', 100_000],
    ['1.1k', 1100],
    ['2M', 2e6],
    ['1g', 1e9],
  ])('count %s', (text, value) => expect(readCount(text, 1, 1e9)).toBe(value));

  it.each(['', '0', '1.5', '2g', '-1', '1e3', '0x10', ' 1'])('no count: %j', (text) =>
    expect(messageOf(() => readCount(text, 1, 1e9))).toBe('expected a whole number from 1 to 1000000000'),
  );

  it.each([
    ['500', 500],
    ['50k', 50_000],
    ['50k/s', 50_000],
    ['0.5', 0.5],
  ])('rate %s', (text, value) => expect(readRate(text)).toBe(value));

  it.each(['0', '-1', '1e9', 'fast', '200m'])('no rate: %j', (text) =>
    expect(messageOf(() => readRate(text))).toContain('expected requests a second'),
  );

  it.each([
    ['10', 10],
    ['10s', 10],
    ['500ms', 0.5],
    ['1.5m', 90],
    ['2h', 7200],
    ['250us', 0.00025],
  ])('duration %s', (text, value) => expect(readDuration(text, 0, 1e5)).toBe(value));

  it.each(['', 's', '-1s', '10 s', '10x', '3h'])('no duration: %j', (text) =>
    expect(messageOf(() => readDuration(text, 0.1, 3600))).toBe(
      'expected a duration such as 500ms, 10s or 2m, from 100ms to 1h',
    ),
  );

  it.each([
    [0, '0s'],
    [0.0005, '500us'],
    [30, '30s'],
    [90, '90s'],
    [120, '2m'],
    [1.5, '1500ms'],
  ])('%d seconds are written %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('reads bytes', () => {
    expect(readBytes('1kb', 0, 2000)).toBe(1024);
    expect(messageOf(() => readBytes('3kb', 1, 2048))).toBe('expected bytes such as 64 or 1kb, from 1 to 2kb');
  });
});

describe('distributions', () => {
  it.each([
    ['uniform', { kind: 'uniform' }],
    ['sequential', { kind: 'sequential' }],
    ['zipf', { kind: 'zipf', exponent: 0.99 }],
    ['zipf:1.2', { kind: 'zipf', exponent: 1.2 }],
    ['latest:0.8', { kind: 'latest', exponent: 0.8 }],
    ['hotspot', { kind: 'hotspot', keys: 0.2, operations: 0.8 }],
    ['hotspot:0.01:0.99', { kind: 'hotspot', keys: 0.01, operations: 0.99 }],
    ['R:R', { kind: 'uniform' }],
    ['S:S', { kind: 'sequential' }],
    ['p:p', { kind: 'sequential' }],
    ['Z:Z', { kind: 'zipf', exponent: 0.99 }],
  ])('%s', (text, distribution) => expect(readDistribution(text)).toEqual(distribution));

  it.each([
    ['normal', 'expected uniform, zipf'],
    ['', 'expected uniform, zipf'],
    ['uniform:1', 'expected uniform, zipf'],
    ['zipf:x', 'expected uniform, zipf'],
    ['zipf:1:2', 'expected uniform, zipf'],
    ['zipf:0', 'expected an exponent above 0, at most 5'],
    ['hotspot:0.2', 'expected a share'],
    ['hotspot:0:1', 'expected a share'],
    ['hotspot:0.2:1.5', 'expected a share'],
    ['S:R', "of memtier's key patterns there are"],
  ])('not %j', (text, message) => expect(messageOf(() => readDistribution(text))).toContain(message));
});

describe('value sizes', () => {
  it.each([
    ['64', { kind: 'fixed', bytes: 64 }, 64, 64],
    ['64-1kb', { kind: 'range', least: 64, most: 1024 }, 64, 1024],
    [
      '64:90,1kb:9,2',
      {
        kind: 'list',
        entries: [
          { bytes: 64, weight: 90 },
          { bytes: 1024, weight: 9 },
          { bytes: 2, weight: 1 },
        ],
      },
      2,
      1024,
    ],
    ['9:0,8:1', { kind: 'list', entries: [{ bytes: 8, weight: 1 }] }, 8, 8],
  ])('%s', (text, sizes, least, most) => {
    expect(readValueSizes(text)).toEqual(sizes);
    expect(sizeRange(readValueSizes(text))).toMatchObject({ least, most });
  });

  it.each([
    ['', 'expected bytes'],
    ['17mb', 'from 0 to 16mb'],
    ['9-8', '9 is more than 8'],
    ['1-2-3', 'expected bytes (64), a range'],
    ['1:2:3', "'1:2:3' is no size with a weight"],
    ['1:0,2:0', 'one of the weights must be above 0'],
    ['1:x', 'expected a weight'],
  ])('not %j', (text, message) => expect(messageOf(() => readValueSizes(text))).toContain(message));
});

describe('schedules', () => {
  it('reads ramps and steps', () => {
    expect(readRamp('0:50k:30s')).toEqual([{ from: 0, to: 50_000, seconds: 30 }]);
    const steps = readSteps('1k,3k:500ms');
    expect(steps).toEqual([
      { from: 1000, to: 1000, seconds: 0.5 },
      { from: 3000, to: 3000, seconds: 0.5 },
    ]);
    expect(totalSeconds(steps)).toBe(1);
    expect(meanRate(steps)).toBe(2000);
  });

  it('has room for a number of requests, whatever chance does', () => {
    for (const [requests, threads] of [
      [1, 1],
      [100, 4],
      [1e6, 8],
    ] as const) {
      const [phase] = steadyUntil(1000, requests, threads);
      const mean = (phase?.seconds ?? 0) * (1000 / threads);
      // Chernoff's bound of the logarithm of the chance that fewer are due.
      const least = requests / threads;
      expect(mean - least + least * Math.log(least / mean)).toBeGreaterThan(15);
    }
  });

  it.each([
    [() => readRamp('1k:2k'), 'expected from:to:time'],
    [() => readRamp('0:0:1s'), 'one of the rates must be above 0'],
    [() => readRamp('1:2:3:4'), 'expected from:to:time'],
    [() => readSteps('1k,2k'), 'expected rates and the time of each'],
    [() => readSteps('0:1s'), 'expected requests a second'],
    [() => readSteps('1k:0'), 'expected a duration'],
  ])('%s', (call, message) => expect(messageOf(call)).toContain(message));
});

describe('objectives', () => {
  it.each([
    ['p99<2ms', 'p99', '<', 2000],
    ['P99.90<=500us', 'p99.9', '<=', 500],
    ['mean < 1s', 'mean', '<', 1e6],
    ['max<=1m', 'max', '<=', 60e6],
    ['errors<0.1%', 'errors', '<', 0.001],
    ['errors<=0', 'errors', '<=', 0],
    ['throughput>50k', 'throughput', '>', 50_000],
    ['rate>=1.5m/s', 'throughput', '>=', 1.5e6],
  ])('%s', (text, metric, comparison, limit) => {
    expect(readObjectives(text)).toEqual([{ text: text.replaceAll(' ', ''), metric, comparison, limit }]);
  });

  it('reads several', () => {
    expect(readObjectives('p99<2ms, errors<1%').map(({ text }) => text)).toEqual(['p99<2ms', 'errors<1%']);
  });

  it.each([
    ['p99', 'in quotes because of the shell'],
    ['p99<', 'in quotes because of the shell'],
    ['p99<2', "'2': expected a time with its unit"],
    ['p99>2ms', "p99: an objective is to stay below a limit: '<'"],
    ['throughput<5k', "throughput: an objective is to stay above a rate: '>'"],
    ['p999<2ms', "unknown 'p999' (did you mean p99.9?)"],
    ['p100<2ms', "unknown 'p100'"],
    ['p0<2ms', "unknown 'p0'"],
    ['speed<2ms', "unknown 'speed': there are p50 to p99.99"],
    ['errors<0.1', "'0.1': expected a share in percent, such as 0.1%"],
    ['errors<101%', 'expected a share in percent'],
    ['p99<2ms,', 'in quotes'],
  ])('not %j', (text, message) => expect(messageOf(() => readObjectives(text))).toContain(message));
});
