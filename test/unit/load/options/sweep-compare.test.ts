import { describe, expect, it } from 'vitest';
import { errorOf, parse, planOf, URL } from './parse.js';

describe('sweep', () => {
  it('has defaults', () => {
    expect(parse(['sweep', URL])).toMatchObject({
      kind: 'sweep',
      sweep: { connections: [1, 2, 4, 8, 16, 32, 64], stepSeconds: 5 },
      plan: { connections: 64, duration: 5, pipeline: 1, load: { kind: 'open', arrivals: 'poisson', phases: [] } },
    });
    expect(parse(['sweep', URL])).not.toHaveProperty('sweep.rates');
  });

  it('steps where it is told', () => {
    const args = '-c 8,2,2,4 --rates 10k:50k:3 --step 2s --arrivals constant --slo p99<1ms --html x'.split(' ');
    expect(parse(['sweep', URL, ...args])).toMatchObject({
      sweep: { connections: [2, 4, 8], rates: [10_000, 30_000, 50_000], stepSeconds: 2 },
      plan: { connections: 8, load: { arrivals: 'constant' }, objectives: [{ metric: 'p99' }] },
      output: { html: 'x' },
    });
    expect(parse(['sweep', URL, '--rates', '2k,1k'])).toMatchObject({ sweep: { rates: [1000, 2000] } });
    expect(planOf('sweep', URL, '--workload', 'ycsb-c')).toMatchObject({ preload: true });
  });

  it.each([
    [[], 'needs a target'],
    [['--rate', '1k'], "unknown option '--rate' (did you mean --rates?)"],
    [['--duration', '1s'], "unknown option '--duration'"],
    [['--hlog', 'x'], "unknown option '--hlog'"],
    [[URL, '-c', '0,1'], "invalid value '0,1' for --connections"],
    [[URL, '-c', '1,2', '-T', '3'], "3 threads can't share 2 connections"],
    [[URL, '--rates', '2k:1k:3'], '2k is not less than 1k'],
    [[URL, '--rates', '1k:2k'], 'expected rates (10k,20k) or from:to:steps'],
    [[URL, '--rates', '1k:2k:1'], 'from 2 to 200'],
  ])('%j', (args, message) => {
    expect(errorOf('sweep', ...args)).toContain(message);
  });
});

describe('compare', () => {
  it('takes two files', () => {
    expect(parse(['compare', 'a.json', 'b.json', '--html', 'c.html'])).toEqual({
      kind: 'compare',
      before: 'a.json',
      after: 'b.json',
      output: { html: 'c.html', quiet: false },
    });
  });

  it.each([
    [['a.json'], "missing required argument 'after'"],
    [['a', 'b', 'c'], 'too many arguments'],
    [['a', 'b', '--json', 'x'], "unknown option '--json'"],
  ])('%j', (args, message) => {
    expect(errorOf('compare', ...args)).toContain(message);
  });
});
