import { describe, expect, it } from 'vitest';
import type { SweepSettings } from '../../../../src/load/options/request.js';
import type { Objective, Plan } from '../../../../src/load/plan/plan.js';
import type { LoadResult } from '../../../../src/load/result/result.js';
import { runSweep } from '../../../../src/load/sweep/sweep.js';
import type { StepDone, StepStart } from '../../../../src/load/sweep/watch.js';
import { FakeRuns, type FakeServer, planOf } from './fake-server.js';

const SETTINGS: SweepSettings = { connections: [1, 2, 4, 8, 16, 32, 64, 128, 256], stepSeconds: 4 };
const P99_BELOW_1MS: Objective = { text: 'p99<1ms', metric: 'p99', comparison: '<', limit: 1000 };

async function sweep(server: FakeServer, plan: Partial<Plan> = {}, settings: Partial<SweepSettings> = {}) {
  const runs = new FakeRuns(server);
  const watch = { signal: new AbortController().signal };
  const { result } = await runSweep(planOf(plan), { ...SETTINGS, ...settings }, runs.run, watch);
  return { result, runs };
}

function within(value: number | undefined, expected: number, share: number): void {
  expect(value).toBeGreaterThan(expected * (1 - share));
  expect(value).toBeLessThan(expected * (1 + share));
}

describe('runSweep', () => {
  it.each([20_000, 81_000, 95_300, 130_000, 210_000])('finds the knee of a server that does %d/s', async (capacity) => {
    const { result } = await sweep({ capacity });
    expect(result.end).toBe('complete');
    within(result.knee?.offered, capacity, 0.025);
    expect(result.knee?.sustained).toBe(true);
  });

  it('finds the knee that an objective sets', async () => {
    const { result } = await sweep({ capacity: 95_000 }, { objectives: [P99_BELOW_1MS] });
    // p99 is ln 100 / (capacity - rate).
    within(result.knee?.offered, 95_000 - Math.log(100) * 1000, 0.02);
    expect(result.objectives).toEqual(['p99<1ms']);
    const missed = result.steps.filter(({ sustained }) => !sustained);
    expect(missed.some(({ reason }) => reason?.startsWith('p99<1ms: measured'))).toBe(true);
  });

  it('fits both laws', async () => {
    const { result } = await sweep({ capacity: 95_000 });
    expect(result.scalability?.lambda).toBeCloseTo(10_000, 2);
    expect(result.scalability?.sigma).toBeCloseTo(0.08, 6);
    expect(result.scalability?.kappa).toBeCloseTo(0.0005, 8);
    within(result.queueing?.capacity, 95_000, 0.001);
    within(result.queueing?.base, 1e6 / 95_000, 0.02);
    expect(result.queueing?.rSquared).toBeGreaterThan(0.99);
    // Not by those response times that grow with the length of a step.
    expect(result.steps.filter(({ latency }) => latency.mean > 5000).length).toBeGreaterThan(2);
  });

  it('reports the steps by growing rate, each as good or bad as it was', async () => {
    const { result } = await sweep({ capacity: 95_000 });
    const offered = result.steps.map((step) => step.offered);
    expect(offered).toEqual(offered.toSorted((a, b) => a - b));
    for (const step of result.steps) {
      expect(step.sustained).toBe(step.reason === undefined);
      if (step.offered < 94_000) expect(step.sustained).toBe(true);
      if (step.offered > 97_000) expect(step.reason).toMatch(/^achieved only 95.0 k\/s \(/);
    }
  });

  it('derives its runs from the plan', async () => {
    const { runs } = await sweep({ capacity: 95_000 }, { objectives: [P99_BELOW_1MS] });
    const [first, ...others] = runs.plans;
    expect(first).toMatchObject({ preload: true, warmup: 2, connections: 1, threads: 1, pipeline: 4, objectives: [] });
    expect(others.every(({ preload, warmup }) => !preload && warmup === 1)).toBe(true);
    expect(runs.plans.every((plan) => plan.duration === 4 && !('requests' in plan))).toBe(true);
    const open = runs.plans.filter(({ load }) => load.kind === 'open');
    expect(open.every(({ connections, threads }) => connections === 50 && threads === 2)).toBe(true);
    expect(open[0]?.load).toMatchObject({ arrivals: 'poisson', phases: [{ seconds: 4 }] });
    expect(open[0]?.pipeline).toBe(1024);
    expect(open[0]?.objectives).toEqual([P99_BELOW_1MS]);
  });

  it('keeps the arrivals of an open plan', async () => {
    const load = { kind: 'open', arrivals: 'constant', phases: [{ from: 1, to: 1, seconds: 1 }] } as const;
    const { result, runs } = await sweep({ capacity: 95_000 }, { load });
    expect(runs.plans.at(-1)?.load).toMatchObject({ arrivals: 'constant' });
    expect(result.settings).toMatchObject({ load: 'open loop', arrivals: 'constant', connections: 50, threads: 2 });
  });

  it('takes a throughput for the answer, not for what every rate has to reach', async () => {
    const objective: Objective = { text: 'throughput>80k', metric: 'throughput', comparison: '>', limit: 80_000 };
    const { result } = await sweep({ capacity: 95_000 }, { objectives: [objective] });
    within(result.knee?.offered, 95_000, 0.025);
    expect(result.objectives).toEqual([]);
  });

  it('stops adding connections when the throughput has fallen for good', async () => {
    const law = { lambda: 10_000, sigma: 0.02, kappa: 0.01 };
    const { result, runs } = await sweep({ capacity: 95_000, law });
    // The peak is at ten.
    expect(runs.connections).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
    expect(result.end).toBe('complete');
    expect(result.scalability?.peakConnections).toBeCloseTo(Math.sqrt(98), 3);
  });

  it('tells of each step as it begins and ends', async () => {
    const runs = new FakeRuns({ capacity: 95_000 });
    const started: StepStart[] = [];
    const done: StepDone[] = [];
    const { result } = await runSweep(planOf(), SETTINGS, runs.run, {
      signal: new AbortController().signal,
      onStart: (step) => started.push(step),
      onStep: (step) => done.push(step),
    });
    expect(started).toHaveLength(runs.plans.length);
    expect(done).toHaveLength(result.scaling.length + result.steps.length);
    expect(started[0]).toEqual({ kind: 'scaling', connections: 1 });
    expect(done.at(-1)?.kind).toBe('rate');
  });
});

describe('rates that are given', () => {
  it('are tried, and the way between the last good and the first bad is halved', async () => {
    const rates = [10_000, 50_000, 90_000, 130_000, 170_000];
    const { result, runs } = await sweep({ capacity: 95_000 }, {}, { connections: [], rates });
    expect(runs.connections).toEqual([]);
    expect(runs.plans[0]).toMatchObject({ preload: true, warmup: 2 });
    // 130 k is clearly too much.
    expect(runs.rates.slice(0, 5)).toEqual([10_000, 50_000, 90_000, 130_000, 110_000]);
    within(result.knee?.offered, 95_000, 0.04);
    expect(result).toMatchObject({ end: 'complete', scaling: [] });
    expect(result.scalability).toBeUndefined();
  });

  it('are the end of it when all are sustained', async () => {
    const rates = [10_000, 20_000];
    const { result, runs } = await sweep({ capacity: 95_000 }, {}, { connections: [], rates });
    expect(runs.rates).toEqual(rates);
    expect(result.knee?.offered).toBe(20_000);
  });

  it('may all be too high: the search goes down', async () => {
    const { result } = await sweep({ capacity: 50_000 }, {}, { connections: [], rates: [100_000, 200_000] });
    within(result.knee?.offered, 50_000, 0.15);
  });

  it("are chosen by a closed loop with the plan's connections when neither rates nor connections are given", async () => {
    const { result, runs } = await sweep({ capacity: 95_000 }, {}, { connections: [] });
    expect(runs.connections).toEqual([50]);
    within(result.knee?.offered, 95_000, 0.025);
  });
});

describe('noise and limits', () => {
  it('tries again what chance may have spoilt', async () => {
    let spoilt = 0;
    const onRun = (result: LoadResult, plan: Plan): LoadResult => {
      if (plan.load.kind === 'closed' || spoilt > 0 || result.totals.throughput < 60_000) return result;
      spoilt = plan.load.phases[0]?.from ?? 0;
      return { ...result, objectives: [{ text: 'p99<1ms', measured: 30_000, met: false }] };
    };
    const { result } = await sweep({ capacity: 95_000, onRun });
    const tries = result.steps.filter(({ offered }) => offered === spoilt).map(({ sustained }) => sustained);
    expect(tries).toEqual([false, true]);
    within(result.knee?.offered, 95_000, 0.025);
  });

  it('calls a rate sustained in spite of a late generator, and names it where one was not', async () => {
    const onRun = (result: LoadResult): LoadResult => ({
      ...result,
      generator: { ...result.generator, valid: false, warnings: ['the generator fell behind'] },
    });
    const { result } = await sweep({ capacity: 95_000, onRun });
    within(result.knee?.offered, 95_000, 0.025);
    const missed = result.steps.filter(({ sustained }) => !sustained);
    expect(missed.length).toBeGreaterThan(0);
    for (const { reason } of missed) expect(reason).toMatch(/^the generator fell behind; achieved only/);
  });

  it('counts lost datagrams, and does not sustain what loses too many', async () => {
    const target = { ...planOf().target, protocol: 'memcached-udp' } as const;
    const { result } = await sweep({ capacity: 100_000, loss: 0.005 }, { target });
    within(result.knee?.offered, 50_000, 0.03);
    const lossy = result.steps.filter(({ loss }) => loss > 0);
    expect(lossy.every(({ reason }) => reason?.includes('0.50 % lost'))).toBe(true);
    expect(lossy.every(({ loss }) => Math.abs(loss - 0.005) < 1e-4)).toBe(true);
  });

  it('leaves the judgement about errors to an objective that speaks of them', async () => {
    const target = { ...planOf().target, protocol: 'memcached-udp' } as const;
    const objectives: Objective[] = [{ text: 'errors<1%', metric: 'errors', comparison: '<', limit: 0.01 }];
    const { result } = await sweep({ capacity: 100_000, loss: 0.005 }, { target, objectives });
    within(result.knee?.offered, 100_000, 0.025);
  });

  it('does not sustain wrong replies', async () => {
    const verification = { checked: 10, wrong: 1, stale: 0, missing: 0, lost: 0, passed: false };
    const { result } = await sweep({ capacity: 95_000, onRun: (r) => ({ ...r, verification }) });
    expect(result.knee).toBeUndefined();
    expect(result.steps.every(({ reason }) => reason?.includes('wrong replies'))).toBe(true);
  });

  it('gives up climbing at a limit', async () => {
    const { result } = await sweep({ capacity: Number.MAX_SAFE_INTEGER });
    expect(result.end).toBe('complete');
    expect(result.knee).toEqual(result.steps.at(-1));
    expect(result.steps).toHaveLength(15);
  });

  it('has no knee when nothing meets the objective', async () => {
    const objectives: Objective[] = [{ ...P99_BELOW_1MS, limit: 0.001 }];
    const { result } = await sweep({ capacity: 95_000 }, { objectives });
    expect(result).toMatchObject({ end: 'complete' });
    expect(result.knee).toBeUndefined();
    expect(result.queueing).toBeDefined();
  });

  it('comes to an end with a server of one request a second', async () => {
    const law = { lambda: 1, sigma: 1, kappa: 0 };
    const { result } = await sweep({ capacity: 1, law });
    expect(result.end).toBe('complete');
  });
});

describe('a sweep that can not go on', () => {
  const failing = (from: number, to = 1000) => ({
    capacity: 95_000,
    onRun: (result: LoadResult, _plan: Plan, run: number): LoadResult =>
      run >= from && run < to ? { ...result, end: 'failed', failure: 'connection refused' } : result,
  });

  it('has failed at the first step', async () => {
    const { result, runs } = await sweep(failing(0));
    expect(runs.plans).toHaveLength(1);
    expect(result).toMatchObject({ end: 'failed', failure: 'at 1 connection: connection refused' });
    expect(result).toMatchObject({ scaling: [], steps: [] });
    expect(result).not.toHaveProperty('knee');
  });

  it('goes on with the rates when it was only too many connections, and says so', async () => {
    const { result } = await sweep(failing(7, 8));
    expect(result).toMatchObject({ end: 'complete', failure: 'at 128 connections: connection refused' });
    expect(result.scaling).toHaveLength(7);
    within(result.knee?.offered, 95_000, 0.025);
  });

  it('reports what was measured when the server is gone while rates grow', async () => {
    const { result, runs } = await sweep(failing(9 + 5));
    expect(runs.plans).toHaveLength(9 + 6);
    expect(result.end).toBe('failed');
    expect(result.failure).toMatch(/^at .* k\/s: connection refused$/);
    expect(result.steps).toHaveLength(5);
    expect(result.knee).toEqual(result.steps.at(-1));
    expect(result.scalability).toBeDefined();
    expect(result.queueing).toBeDefined();
  });

  it('fails when no request succeeds, and says what the server said', async () => {
    const onRun = (result: LoadResult): LoadResult => ({
      ...result,
      totals: { ...result.totals, succeeded: 0, throughput: 0, failed: 10 },
      errors: [{ kind: 'reply', code: 'NOAUTH', count: 10, example: 'NOAUTH Authentication required.', firstAt: 0 }],
    });
    const { result, runs } = await sweep({ capacity: 95_000, onRun });
    expect(runs.plans).toHaveLength(1);
    const failure = 'at 1 connection: no request succeeded (NOAUTH Authentication required.)';
    expect(result).toMatchObject({ end: 'failed', failure, steps: [] });
  });
});

describe('Ctrl-C', () => {
  async function interrupted(atRun: number, secondsOfIt: number) {
    const controller = new AbortController();
    const onRun = (result: LoadResult, _plan: Plan, run: number): LoadResult => {
      if (run !== atRun) return result;
      // The run ends by itself when it sees the signal; the fake server must not make its own of it.
      queueMicrotask(() => controller.abort());
      return { ...result, end: 'interrupted', seconds: secondsOfIt };
    };
    const runs = new FakeRuns({ capacity: 95_000, onRun });
    const { result } = await runSweep(planOf(), SETTINGS, runs.run, { signal: controller.signal });
    return { result, runs };
  }

  it('in the first part leaves the points so far, and their model', async () => {
    const { result, runs } = await interrupted(5, 1);
    expect(runs.plans).toHaveLength(6);
    expect(result).toMatchObject({ end: 'interrupted', steps: [] });
    expect(result.scaling).toHaveLength(5);
    expect(result.scalability).toBeDefined();
    expect(result).not.toHaveProperty('failure');
  });

  it('late in a step leaves that one too', async () => {
    expect((await interrupted(5, 3)).result.scaling).toHaveLength(6);
  });

  it('in the second part leaves both models and the knee so far', async () => {
    const { result, runs } = await interrupted(9 + 5, 1);
    expect(runs.plans).toHaveLength(9 + 6);
    expect(result.end).toBe('interrupted');
    expect(result.steps).toHaveLength(5);
    expect(result.knee).toEqual(result.steps.at(-1));
    expect(result.queueing).toBeDefined();
  });

  it('between two steps starts no other', async () => {
    const controller = new AbortController();
    const runs = new FakeRuns({ capacity: 95_000 });
    const watch = { signal: controller.signal, onStep: () => controller.abort() };
    const { result } = await runSweep(planOf(), SETTINGS, runs.run, watch);
    expect(runs.plans).toHaveLength(1);
    expect(result).toMatchObject({ end: 'interrupted', settings: { connections: 50 } });
    expect(result.scaling).toHaveLength(1);
  });

  it('before the first step has a report even so', async () => {
    const controller = new AbortController();
    controller.abort();
    const runs = new FakeRuns({ capacity: 95_000 });
    const { result } = await runSweep(planOf(), SETTINGS, runs.run, { signal: controller.signal });
    expect(result).toMatchObject({ end: 'interrupted', scaling: [], steps: [] });
  });
});
