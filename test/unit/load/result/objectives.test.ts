import { describe, expect, it } from 'vitest';
import type { Objective } from '../../../../src/load/plan/plan.js';
import { errorShare, evaluate } from '../../../../src/load/result/objectives.js';
import { deadResult, sampleResult } from '../report/sample.js';

const objective = (metric: Objective['metric'], comparison: Objective['comparison'], limit: number): Objective => ({
  text: `${metric}${comparison}${limit}`,
  metric,
  comparison,
  limit,
});

describe('objectives', () => {
  const result = sampleResult({ seconds: 3, errors: true, stallAt: 1 });
  const { totals } = result;
  const one = (metric: Objective['metric'], comparison: Objective['comparison'], limit: number) => {
    const [found] = evaluate([objective(metric, comparison, limit)], result);
    if (found === undefined) throw new Error('nothing was evaluated');
    return found;
  };

  it('measure each metric', () => {
    expect(one('throughput', '>', 0).measured).toBe(totals.throughput);
    expect(one('errors', '<', 1).measured).toBe(totals.failed / (totals.failed + totals.succeeded));
    expect(one('mean', '<', 1).measured).toBe(totals.latency.mean);
    expect(one('max', '<', 1).measured).toBe(totals.latency.max);
    expect(one('p99.9', '<', 1).measured).toBeCloseTo(totals.latency.p999, 6);
    expect(one('p50', '<', 1).measured).toBeCloseTo(totals.latency.p50, 6);
    expect(one('p99.999', '<', 1).measured).toBeGreaterThanOrEqual(totals.latency.p9999);
  });

  it('compare as they say', () => {
    const { throughput } = totals;
    expect(one('throughput', '<', throughput).met).toBe(false);
    expect(one('throughput', '<=', throughput).met).toBe(true);
    expect(one('throughput', '>', throughput).met).toBe(false);
    expect(one('throughput', '>=', throughput).met).toBe(true);
    expect(one('p99', '<', 1).met).toBe(false);
    expect(one('p99', '<', 1e9).met).toBe(true);
  });

  it('are never met by latencies of a run without successful replies', () => {
    const dead = deadResult();
    const all = [
      objective('p99', '<', 1e9),
      objective('mean', '<=', 0),
      objective('max', '<', 1),
      objective('errors', '<', 1),
    ];
    expect(evaluate(all, dead).map(({ met }) => met)).toEqual([false, false, false, false]);
    const timeouts = { ...dead, totals: { ...result.totals, succeeded: 0 } };
    expect(evaluate([objective('p50', '<', 1e9)], timeouts)[0]?.met).toBe(false);
  });

  it('take all for failed when nothing succeeded', () => {
    expect(errorShare({ succeeded: 0, failed: 0 })).toBe(1);
    expect(errorShare({ succeeded: 3, failed: 1 })).toBe(0.25);
  });
});
