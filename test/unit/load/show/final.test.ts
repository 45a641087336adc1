import { describe, expect, it } from 'vitest';
import type { LoadResult } from '../../../../src/load/result/result.js';
import { compareText, finalText, hasColors } from '../../../../src/load/show/index.js';
import { deadResult, HOSTILE, sampleResult } from '../report/sample.js';

const text = (result: LoadResult) => finalText(result, { colors: false });
const firstLine = (result: LoadResult) => text(result).split('\n')[0];

describe('the final report', () => {
  const good = sampleResult({ seconds: 10, open: false });

  it('has a row for each operation and one for all, with every percentile', () => {
    const report = text(good);
    for (const part of ['get ', 'set ', 'all ', 'p50', 'p90', 'p99 ', 'p99.9 ', 'p99.99', 'max', 'hits', 'misses']) {
      expect(report).toContain(part);
    }
    expect(report).toContain('closed loop: latency from the send time; waiting behind a stalled server is not counted');
    expect(report).toContain('1.34 µs a request');
    expect(report).toMatch(/met\s+p99<2ms/);
    expect(report.split('\n').every((line) => line === line.trimEnd())).toBe(true);
  });

  it('fits a terminal of 100 columns', () => {
    expect(
      Math.max(
        ...text(good)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(100);
  });

  it('has colours only when asked', () => {
    const start = String.fromCharCode(27);
    expect(text(good)).not.toContain(start);
    expect(finalText(good, { colors: true })).toContain(start);
    expect(hasColors({ isTTY: true }, {})).toBe(true);
    expect(hasColors({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(hasColors({}, {})).toBe(false);
  });

  it('says of a failed run that it failed, and has dashes for latencies', () => {
    const report = text(deadResult());
    expect(firstLine(deadResult())).toMatch(/^FAILED: connect ECONNREFUSED/);
    expect(report).toMatch(/^all( +–){7}$/m);
    expect(report).not.toMatch(/\d µs(?! a request)/);
    expect(report).toMatch(/MISSED\s+p99<2ms\s+\(measured: –\)/);
  });

  it('has dashes when only timeouts were timed', () => {
    const silent: LoadResult = { ...good, totals: { ...good.totals, succeeded: 0, failed: 7 }, operations: [] };
    expect(firstLine(silent)).toMatch(/^NO SUCCESSFUL REPLY from redis:.*: 7 requests failed$/);
    expect(text(silent)).toMatch(/^all( +–){7}$/m);
  });

  it('is loud about a generator that fell behind', () => {
    const generator = { ...good.generator, valid: false, warnings: ['a thread did not keep up'] };
    const invalid: LoadResult = { ...good, generator };
    expect(firstLine(invalid)).toMatch(/^INVALID: /);
    expect(text(invalid)).toContain('INVALID: a thread did not keep up');
    expect(text({ ...good, generator: { ...generator, warnings: [] } })).toMatch(/INVALID: the figures tell more/);
  });

  it('shows errors, datagrams and verification', () => {
    const bad = sampleResult({ seconds: 5, errors: true, stallAt: 2 });
    const datagrams = { sent: 1000, lost: 25, duplicates: 1, late: 3, strange: 0 };
    const report = text({ ...bad, datagrams });
    expect(report).toMatch(/^reply +OOM +[\d,]+ +-1\.5 s +OOM used memory/m);
    expect(report).toContain('1,000 sent, 25 lost (2.50 %), 1 duplicate, 3 late, 0 strange');
    expect(report).toContain('FAILED, 1,200,000 values checked: 0 wrong, 0 stale, 2 missing, 1 lost');
    expect(firstLine(bad)).toMatch(/^WRONG REPLIES: /);
  });

  it('lets no server write to the terminal', () => {
    const example = `${HOSTILE}\u001b[2J\nsecond line`;
    const evil: LoadResult = {
      ...good,
      errors: [{ kind: 'reply', code: '\u001b]0;x', count: 1, example, firstAt: 0 }],
    };
    const report = text(evil);
    expect(report).toContain('\\x1b[2J\\x0asecond line');
    expect(report).not.toContain('\u001b');
  });
});

describe('the comparison', () => {
  it('is a table with verdicts and what to be careful of', () => {
    const before = sampleResult({ seed: 3, open: false, seconds: 20 });
    const after = sampleResult({ seed: 4, open: false, seconds: 20, median: 300, rate: 50_000 });
    const table = compareText(before, after, { colors: false });
    expect(table).toMatch(/^throughput +\S+ k\/s +\S+ k\/s +×0\.\d\d +worse$/m);
    expect(table).toMatch(/^max +.* –$/m);
    expect(table).toContain('repeat both runs');
    expect(compareText(before, deadResult(), { colors: false })).toContain('! The second run failed');
  });
});
