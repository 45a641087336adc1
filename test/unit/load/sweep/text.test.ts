import { describe, expect, it } from 'vitest';
import { responseAt } from '../../../../src/load/model/queueing.js';
import { fitScalability, throughputAt } from '../../../../src/load/model/scalability.js';
import type { RateStep, ScalingPoint, SweepResult } from '../../../../src/load/sweep/result.js';
import { stepLine, sweepText } from '../../../../src/load/sweep/text.js';

const LATENCY = { mean: 100, p50: 90, p99: 1300, p999: 2000, max: 5000 };
const LAW = { lambda: 10_000, sigma: 0.02, kappa: 0.0004 };
const QUEUE = { base: 50, wait: 50, capacity: 95_000, rSquared: 0.99 };

function point(connections: number, changes: Partial<ScalingPoint> = {}): ScalingPoint {
  const throughput = throughputAt(LAW, connections);
  return { connections, throughput, latency: LATENCY, errors: 0, generatorUtilization: 0.4, ...changes };
}

function step(offered: number, changes: Partial<RateStep> = {}): RateStep {
  const latency = { ...LATENCY, mean: Math.min(1e5, responseAt(QUEUE, offered)) };
  const good = { errors: 0, loss: 0, sustained: true, generatorValid: true };
  return { offered, achieved: offered, latency, ...good, ...changes };
}

const TOO_MUCH = step(100_000, { achieved: 94_000, sustained: false, reason: 'achieved only 94.0 k/s' });
const STEPS = [step(20_000), step(40_000), step(60_000), step(81_000), TOO_MUCH];
const SCALING = [1, 4, 16, 64].map((n) => point(n));

function result(changes: Partial<SweepResult> = {}): SweepResult {
  const settings = {
    ...{ target: 'redis://x', protocol: 'redis', connections: 50, pipeline: 1, threads: 1, load: 'open loop' as const },
    ...{ operations: 'get', keys: 1, distribution: 'uniform', values: '1 B', warmup: 1, timeout: 1, seed: 1 },
    verify: false,
  };
  const scalability = fitScalability(SCALING);
  const knee = STEPS[3];
  return {
    ...{ format: 'ringshard-sweep', version: 1, startedAt: '2026-11-21T12:00:00.000Z', end: 'complete', settings },
    machine: { cpu: 'fake', cores: 2, memoryBytes: 1, platform: 'fake', node: 'v20', host: 'fake' },
    ...{ objectives: [], scaling: SCALING, steps: STEPS, queueing: QUEUE },
    ...(scalability === undefined ? {} : { scalability }),
    ...(knee === undefined ? {} : { knee }),
    ...changes,
  };
}

const text = (changes: Partial<SweepResult> = {}) => sweepText(result(changes), { colors: false });
/** The words of the line that begins with these. */
const line = (of: string, start: string) =>
  of
    .split('\n')
    .find((row) => row.trimStart().startsWith(start))
    ?.trim()
    .split(/ {2,}/);

describe('the report of a sweep', () => {
  it('has measured beside modelled', () => {
    const all = text({ scaling: [...SCALING, point(32, { throughput: 60_000 })] });
    expect(line(all, '32')?.slice(0, 3)).toEqual(['32', '60.0 k/s', '159 k/s']);
    expect(line(all, '81.0 k/s')?.slice(0, 4)).toEqual(['81.0 k/s', '81.0 k/s', '339 µs', '339 µs']);
    expect(line(all, '81.0 k/s')?.at(-1)).toBe('knee');
  });

  it('says why a rate was not sustained, and that the model has no end there', () => {
    expect(line(text(), '100 k/s')?.[4]).toBe('∞');
    expect(line(text(), '100 k/s')?.at(-1)).toBe('achieved only 94.0 k/s');
  });

  it('says what was found', () => {
    const all = text({ objectives: ['p99<2ms'] });
    expect(all).toContain('knee: 81.0 k/s with p99<2ms (mean 339 µs, p99 1.30 ms)\n');
    expect(all).toContain('ceiling about 169 k/s at 49 connections; one connection alone 10.0 k/s, contention 2.00 %');
    expect(all).toContain('coherency 0.04 %\n');
    expect(all).toContain('capacity 95.0 k/s (the knee is at 85.3 % of it); 50.0 µs without a queue');
    expect(all).not.toContain('warning');
  });

  it('shows loss only where there was some', () => {
    expect(text()).not.toContain('loss');
    const lossy = text({ steps: [...STEPS, step(110_000, { loss: 0.02 })] });
    expect(line(lossy, 'offered')?.at(-1)).toBe('loss');
    expect(line(lossy, '110 k/s')?.at(-1)).toBe('2.00 %');
  });

  it('claims no knee that it has not seen', () => {
    const { knee, ...none } = result();
    expect(sweepText(none, { colors: false })).toContain('knee: none, no rate was sustained\n');
    const open = text({ steps: STEPS.slice(0, 4) });
    expect(open).toContain('knee: at least 81.0 k/s (mean 339 µs, p99 1.30 ms); no higher rate was tried');
  });

  it('says when there is no model', () => {
    const { scalability, queueing, ...none } = result({ scaling: SCALING.slice(0, 2), steps: STEPS.slice(0, 3) });
    const all = sweepText(none, { colors: false });
    expect(all).toContain('scalability: no model, it takes 3 numbers of connections\n');
    expect(all).toContain('queueing: no model, it takes 4 rates\n');
    expect(line(all, '20.0 k/s')?.[4]).toBe('–');
  });

  it.each([
    [{ sigma: 0.1, kappa: 0, peakConnections: null, peakThroughput: 100_000 }, 'rises towards 100 k/s with more'],
    [{ sigma: 0, kappa: 0, peakConnections: null, peakThroughput: 640_000 }, 'no ceiling in sight'],
    [{ sigma: 0.1, kappa: 1, peakConnections: 1, peakThroughput: 9000 }, 'ceiling about 9.00 k/s at 1 connection;'],
  ])('describes the ceiling of %j', (fit, words) => {
    expect(text({ scalability: { lambda: 10_000, rSquared: 1, ...fit } })).toContain(words);
  });

  it('begins with how it ended', () => {
    expect(text({ end: 'failed', failure: 'at 10 k/s: refused' })).toMatch(/^FAILED: at 10 k\/s: refused\n/);
    expect(text({ end: 'interrupted' })).toMatch(/^INTERRUPTED: /);
    expect(text({ failure: 'at 128 connections: refused' })).toMatch(
      /^no more connections: at 128 connections: refused/,
    );
  });

  it('lets nothing through that a terminal would obey', () => {
    const steps = [...STEPS, step(120_000, { sustained: false, reason: 'bad \u001b[2J' })];
    expect(text({ steps, end: 'failed', failure: '\u001b[31m\n' })).not.toContain('\u001b');
  });

  it('has colours when asked', () => {
    expect(sweepText(result(), { colors: true })).toContain('\u001b[');
  });
});

describe('warnings', () => {
  const warnings = (changes: Partial<SweepResult>) =>
    text(changes)
      .split('\n')
      .filter((row) => row.startsWith('warning: '));

  it('tell when a model does not describe what was measured', () => {
    const wild = SCALING.map((p, i) => ({ ...p, throughput: i % 2 === 0 ? 20_000 : 60_000 }));
    const scalability = fitScalability(wild);
    expect(scalability?.rSquared).toBeLessThan(0.8);
    const [first] = warnings({ scaling: wild, ...(scalability === undefined ? {} : { scalability }) });
    expect(first).toMatch(/the scalability model does not describe this: R² -?\d\.\d\d, typically \d+\.\d % off/);
    const queueing = { ...QUEUE, wait: 500, rSquared: 0.3 };
    expect(warnings({ queueing })[0]).toMatch(/the queueing model does not describe this: R² 0\.30/);
  });

  it('do not call a flat curve badly described because R² is low there', () => {
    const flat = SCALING.map((p, i) => ({ ...p, throughput: 50_000 + 100 * (i % 2) }));
    const scalability = fitScalability(flat);
    expect(scalability?.rSquared).toBeLessThan(0.8);
    expect(warnings({ scaling: flat, ...(scalability === undefined ? {} : { scalability }) })).toEqual([]);
  });

  it('tell a guess from a finding', () => {
    const scalability = {
      lambda: 10_000,
      sigma: 0,
      kappa: 1e-6,
      peakConnections: 1000,
      peakThroughput: 5e6,
      rSquared: 1,
    };
    expect(warnings({ scalability }).join()).toContain(
      "the scalability model's ceiling is far beyond what was measured",
    );
    const queueing = { ...QUEUE, capacity: 200_000 };
    expect(warnings({ queueing }).join()).toContain("the queueing model's capacity is far beyond what was sustained");
  });

  it('name the step at which the generator fell behind', () => {
    const scaling = [...SCALING.slice(0, 3), point(64, { generatorUtilization: 0.97 })];
    expect(warnings({ scaling })).toEqual([
      'warning: the load generator was 97.0 % busy at 64 connections: from there on the ceiling may be its own (--threads)',
    ]);
    const steps = [...STEPS.slice(0, 4), { ...TOO_MUCH, generatorValid: false }];
    expect(warnings({ steps })).toEqual([
      "warning: the load generator fell behind at 100 k/s: the server's knee may be higher",
    ]);
  });

  it('tell which failure was taken for noise', () => {
    const steps = STEPS.map((s) => (s.offered === 40_000 ? { ...s, sustained: false, reason: 'p99' } : s));
    expect(warnings({ steps })).toEqual(['warning: 40.0 k/s was not sustained but higher rates were: taken for noise']);
  });
});

describe('the line of a step', () => {
  it('tells what came of it', () => {
    expect(stepLine({ kind: 'scaling', point: point(1, { errors: 3 }) })).toBe(
      '1 connection: 10.0 k/s, p99 1.30 ms, 3 errors',
    );
    expect(stepLine({ kind: 'rate', step: step(81_000) })).toBe('81.0 k/s offered: achieved 81.0 k/s, p99 1.30 ms');
    expect(stepLine({ kind: 'rate', step: TOO_MUCH })).toBe('100 k/s offered: not sustained: achieved only 94.0 k/s');
  });
});
