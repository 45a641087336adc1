/** A server that exists only as formulas, behind the interface of a run: an M/M/1 queue of known capacity. */
import type { Plan } from '../../../../src/load/plan/plan.js';
import type { LoadResult } from '../../../../src/load/result/result.js';
import type { Outcome, Watch } from '../../../../src/load/run/watch.js';
import { Random } from '../../../support/random.js';

export interface FakeServer {
  /** Requests a second that it can do in the open loop. */
  readonly capacity: number;
  /** Of the closed loop's throughput. */
  readonly law?: { readonly lambda: number; readonly sigma: number; readonly kappa: number };
  /** Changes the result of the run with this number (from 0). */
  readonly onRun?: (result: LoadResult, plan: Plan, run: number) => LoadResult;
  /** Share of requests lost above half the capacity. */
  readonly loss?: number;
}

const LAW = { lambda: 10_000, sigma: 0.08, kappa: 0.0005 };
/** p99 of an exponential distribution over its mean. */
const P99 = Math.log(100);

export class FakeRuns {
  readonly plans: Plan[] = [];
  readonly #server: FakeServer;
  readonly #random = new Random(1);

  constructor(server: FakeServer) {
    this.#server = server;
  }

  readonly run = async (plan: Plan, { signal }: Watch): Promise<Outcome> => {
    const number = this.plans.push(plan) - 1;
    if (number > 200) throw new Error('the sweep does not end');
    const result = plan.load.kind === 'closed' ? this.#closed(plan) : this.#open(plan, plan.load.phases[0]?.from ?? 0);
    const changed = this.#server.onRun?.(result, plan, number) ?? result;
    return { result: signal.aborted ? { ...changed, end: 'interrupted', seconds: 0 } : changed, intervals: [] };
  };

  /** Rates of the open-loop runs, in the order of time. */
  get rates(): number[] {
    return this.plans.flatMap(({ load }) => (load.kind === 'open' ? [load.phases[0]?.from ?? 0] : []));
  }

  /** Connections of the closed-loop runs. */
  get connections(): number[] {
    return this.plans.flatMap(({ load, connections }) => (load.kind === 'closed' ? [connections] : []));
  }

  #closed(plan: Plan): LoadResult {
    const { lambda, sigma, kappa } = this.#server.law ?? LAW;
    const n = plan.connections;
    const throughput = (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));
    return resultOf(plan, { throughput, mean: (1e6 * n) / throughput });
  }

  #open(plan: Plan, rate: number): LoadResult {
    const { capacity, loss = 0 } = this.#server;
    const seconds = plan.duration ?? 0;
    // What comes varies, by chance, within one standard deviation of a Poisson process.
    const chance = ((this.#random.below(2001) - 1000) / 1000) * Math.sqrt(rate / seconds);
    const lost = rate > capacity / 2 ? loss : 0;
    const throughput = Math.min(capacity, (rate + chance) * (1 - lost));
    // In overload the queue grows as long as the run lasts.
    const mean = rate < capacity ? 1e6 / (capacity - rate) : 5000 + (1e6 * seconds * (1 - capacity / rate)) / 2;
    return resultOf(plan, { throughput, mean, lost });
  }
}

function resultOf(plan: Plan, server: { throughput: number; mean: number; lost?: number }): LoadResult {
  const { throughput, mean, lost = 0 } = server;
  const seconds = plan.duration ?? 0;
  const succeeded = Math.round(throughput * seconds);
  const sent = Math.round(succeeded / (1 - lost));
  const failed = sent - succeeded;
  const p99 = mean * P99;
  const latency = {
    ...{ count: succeeded, mean, min: 1, max: 2 * p99, stddev: mean, p50: mean * Math.log(2) },
    ...{ p90: p99 / 2, p95: p99 / 1.5, p99, p999: 1.5 * p99, p9999: 2 * p99, histogram: '' },
  };
  return {
    format: 'ringshard-load',
    version: 1,
    startedAt: '2026-11-21T12:00:00.000Z',
    end: 'complete',
    settings: settingsOf(plan),
    machine: { cpu: 'fake', cores: 2, memoryBytes: 1, platform: 'fake', node: 'v20', host: 'fake' },
    seconds,
    totals: {
      ...{ name: 'all', sent, succeeded, failed, misses: 0, hits: 0, throughput },
      ...{ bytesSent: 0, bytesReceived: 0, latency },
    },
    operations: [],
    series: [],
    errors: failed === 0 ? [] : [{ kind: 'timeout', count: failed, example: 'no reply in 1 s', firstAt: 0 }],
    generator: { cpuPerRequest: 1, utilization: 0.5, stalls: 0, longestStall: 0, warnings: [], valid: true },
    ...(plan.target.protocol === 'memcached-udp'
      ? { datagrams: { sent, lost: failed, duplicates: 0, late: 0, strange: 0 } }
      : {}),
    objectives: plan.objectives.map(({ text, metric, limit }) => {
      const measured = metric === 'errors' ? failed / sent : p99;
      return { text, measured, met: measured < limit };
    }),
  };
}

function settingsOf(plan: Plan): LoadResult['settings'] {
  const { connections, pipeline, threads, warmup, timeout, seed } = plan;
  return {
    ...{ target: plan.target.url, protocol: plan.target.protocol, connections, pipeline, threads },
    ...{ load: plan.load.kind === 'closed' ? 'closed loop' : 'open loop', operations: 'get', keys: 1 },
    ...{ distribution: 'uniform', values: '1 B', warmup, timeout, seed, verify: false },
  };
}

export function planOf(changes: Partial<Plan> = {}): Plan {
  return {
    target: {
      ...{ protocol: 'redis', host: '127.0.0.1', port: 1, url: 'redis://127.0.0.1:1' },
      ...{ database: 0, cluster: false, resp: 2, path: '' },
    },
    workload: {
      operations: [{ name: 'get', kind: 'read', weight: 1 }],
      ...{ keys: 1, keyPrefix: 'key:', keyDigits: 1, distribution: { kind: 'uniform' } },
      ...{ values: { kind: 'fixed', bytes: 1 }, verify: false, allowMisses: false },
    },
    load: { kind: 'closed' },
    ...{ connections: 50, pipeline: 4, threads: 2, requests: 1000, warmup: 2, preload: true, timeout: 1, seed: 7 },
    pacing: 'sleep',
    objectives: [],
    ...changes,
  };
}
