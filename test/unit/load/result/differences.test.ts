import { describe, expect, it } from 'vitest';
import { compareResults } from '../../../../src/load/result/differences.js';
import { changeOf } from '../../../../src/load/result/noise.js';
import { normal, random } from '../report/random.js';
import { deadResult, sampleResult } from '../report/sample.js';

describe('noise', () => {
  const runOf = (draw: () => number, mean: number, spread: number, seconds = 60) =>
    Array.from({ length: seconds }, () => mean + spread * normal(draw));

  it('lets alike runs be alike, nearly always', () => {
    const draw = random(21);
    let wrong = 0;
    for (let i = 0; i < 500; i++) {
      if (changeOf(runOf(draw, 100, 20), runOf(draw, 100, 20)) !== 'none') wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(15);
  });

  it('sees a change that stands out', () => {
    const draw = random(22);
    expect(changeOf(runOf(draw, 100, 5), runOf(draw, 120, 5))).toBe('more');
    expect(changeOf(runOf(draw, 120, 5), runOf(draw, 100, 5))).toBe('less');
    expect(changeOf(runOf(draw, 100, 80), runOf(draw, 104, 80))).toBe('none');
  });

  it('takes no small change for one, however steady the runs are', () => {
    expect(changeOf(Array(60).fill(100), Array(60).fill(101))).toBe('none');
    expect(changeOf(Array(60).fill(100), Array(60).fill(110))).toBe('more');
    expect(changeOf(Array(60).fill(0), Array(60).fill(0))).toBe('none');
  });

  it('is not swayed by one bad second, and can tell of runs of ten', () => {
    const draw = random(23);
    const worse = runOf(draw, 115, 5);
    worse[30] = 100_000;
    expect(changeOf(runOf(draw, 100, 5), worse)).toBe('more');
    const spoilt = runOf(draw, 100, 5);
    spoilt[30] = 100_000;
    expect(changeOf(runOf(draw, 100, 5), spoilt)).toBe('none');
    expect(changeOf(spoilt, runOf(draw, 115, 5))).toBe('none');
    expect(changeOf(runOf(draw, 100, 1, 10), runOf(draw, 120, 1, 10))).toBe('more');
  });

  it('does not judge short runs', () => {
    expect(changeOf([1, 2, 3], Array(60).fill(100))).toBe('unknown');
  });
});

describe('two results', () => {
  const before = sampleResult({ seed: 3, open: false, seconds: 30 });
  const verdicts = (a = before, b = before) =>
    new Map(compareResults(a, b).differences.map(({ name, verdict }) => [name, verdict]));

  it('differ for the worse or the better', () => {
    const after = sampleResult({ seed: 4, open: false, seconds: 30, median: 260, rate: 60_000 });
    expect(verdicts(before, after).get('throughput')).toBe('worse');
    expect(verdicts(before, after).get('p50')).toBe('worse');
    expect(verdicts(after, before).get('throughput')).toBe('better');
    expect(verdicts(after, before).get('p99')).toBe('better');
    const ratio = compareResults(before, after).differences.find(({ name }) => name === 'throughput')?.ratio;
    expect(ratio).toBeCloseTo(after.totals.throughput / before.totals.throughput, 9);
  });

  it('are within noise of themselves, and figures without seconds are not judged', () => {
    const same = verdicts();
    expect(same.get('p99')).toBe('noise');
    expect(same.get('errors')).toBe('noise');
    expect(same.get('mean')).toBe('unknown');
    expect(same.get('max')).toBe('unknown');
    expect(compareResults(before, before).remarks).toEqual([]);
  });

  it('are not judged when one of them failed, and it has no latencies', () => {
    const { differences, remarks } = compareResults(before, deadResult());
    expect(differences.every(({ verdict }) => verdict === 'unknown')).toBe(true);
    expect(differences.find(({ name }) => name === 'p99')?.after).toBeUndefined();
    expect(remarks.join('\n')).toContain('The second run failed: connect ECONNREFUSED');
    expect(remarks.join('\n')).toContain('no successful reply');
  });

  it('say which settings are not the same', () => {
    const other = { ...before, settings: { ...before.settings, connections: 100 } };
    expect(compareResults(before, other).remarks).toEqual(['The settings differ in connections: 50 → 100']);
  });
});
