/** A run from its beginning to its end: find the server, start the threads, store keys, warm up, measure, report. */
import { settingsOf } from '../plan/describe.js';
import type { Plan } from '../plan/plan.js';
import { describeMachine } from '../result/machine.js';
import { evaluate } from '../result/objectives.js';
import type { Datagrams, ErrorCount, LoadResult, Verification } from '../result/result.js';
import type { FailureCount, Report, Summary, Topology } from '../worker/messages.js';
import { Collector } from './collector.js';
import { Crew } from './crew.js';
import { offeredBetween } from './offered.js';
import { CannotRun, findServer } from './probe.js';
import { findTopology, singleNode } from './topology.js';
import { generatorOf } from './verdict.js';
import type { Outcome, Progress, Watch } from './watch.js';

const CONNECT_MS = 5000;
/** From the order to the first request. */
const LEAD_MS = 20;
/** Without a key stored for this long, and for the timeout, storing them is given up. */
const PRELOAD_PATIENCE_MS = 5000;

export async function runPlan(plan: Plan, watch: Watch): Promise<Outcome> {
  const run = new Run(plan, watch);
  return run.go();
}

class Run {
  readonly #plan: Plan;
  readonly #watch: Watch;
  readonly #collector: Collector;
  readonly #summaries: Summary[] = [];
  readonly #startedAt = new Date();
  #topology: Topology | undefined;
  #crew: Crew | undefined;
  #cpu = { user: 0, system: 0 };
  #cpuMicros = 0;
  /** Of each thread, for the step that is under way. */
  readonly #reports = new Map<number, Report>();
  #onStep: ((error?: Error) => void) | undefined;
  readonly #preloaded = new Map<number, number>();
  #lastProgress = 0;
  #isInterrupted = false;

  constructor(plan: Plan, watch: Watch) {
    this.#plan = plan;
    this.#watch = watch;
    const { load } = plan;
    this.#collector = new Collector({
      operations: plan.workload.operations.map(({ name }) => name),
      threads: plan.threads,
      isOpenLoop: load.kind === 'open',
      offered: load.kind === 'open' ? (from, to) => offeredBetween(load.phases, from, to) : undefined,
      onPoint: (point, isWarmup) => this.#onPoint(point, isWarmup),
    });
  }

  async go(): Promise<Outcome> {
    const stop = () => {
      this.#isInterrupted = true;
      this.#crew?.order({ type: 'stop' });
      // Nothing is under way yet that would end by being stopped.
      if (!this.#isMeasuring) this.#onStep?.(new CannotRun('interrupted before the measured time began'));
    };
    this.#watch.signal.addEventListener('abort', stop, { once: true });
    let failure: string | undefined;
    try {
      if (this.#watch.signal.aborted) throw new CannotRun('interrupted before the measured time began');
      await this.#connect();
      if (this.#plan.preload) await this.#preload();
      await this.#measure();
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      if (!(error instanceof CannotRun)) failure = `the load generator has failed: ${failure}`;
    } finally {
      this.#watch.signal.removeEventListener('abort', stop);
      await this.#crew?.end();
    }
    return this.#outcome(failure);
  }

  #isMeasuring = false;

  #progress(progress: Omit<Progress, 'errors'>): void {
    this.#watch.onProgress?.({ ...progress, errors: this.#collector.failureCount });
  }

  async #connect(): Promise<void> {
    const { target, connections, timeout } = this.#plan;
    const timeoutMs = Math.min(CONNECT_MS, timeout * 1000);
    this.#progress({ phase: 'connect', done: 0, total: connections, unit: 'connections' });
    const address = await findServer(target, timeoutMs);
    const topology = target.cluster ? await findTopology(target, [address], timeoutMs) : singleNode(address);
    this.#topology = topology;
    const reports = await this.#step('connected', () => {
      this.#crew = new Crew({
        plan: this.#plan,
        topology,
        onReport: (thread, report) => this.#onReport(thread, report),
        onFailure: (error) => this.#onStep?.(error),
      });
    });
    let open = 0;
    const failures: FailureCount[] = [];
    for (const report of reports) {
      if (report.type !== 'connected') continue;
      open += report.open;
      failures.push(...report.failures);
    }
    const refused = failures.find(({ kind }) => kind === 'setup');
    if (refused !== undefined) throw new CannotRun(`the server does not let us in: ${refused.example}`);
    if (open === 0) throw new CannotRun(`no connection could be opened: ${failures[0]?.example ?? 'no reason given'}`);
    this.#collector.addFailures(failures);
    this.#progress({ phase: 'connect', done: open, total: connections, unit: 'connections' });
  }

  async #preload(): Promise<void> {
    const total = this.#plan.workload.keys;
    this.#progress({ phase: 'preload', done: 0, total, unit: 'requests' });
    this.#lastProgress = Date.now();
    const patience = Math.max(PRELOAD_PATIENCE_MS, 2 * this.#plan.timeout * 1000);
    const watchdog = setInterval(() => {
      if (Date.now() - this.#lastProgress > patience) {
        this.#onStep?.(new CannotRun(`storing the keys got stuck at ${this.#storedKeys()} of ${total}`));
      }
    }, 100);
    try {
      const reports = await this.#step('preloaded', () => this.#crew?.order({ type: 'preload' }));
      const failures = reports.flatMap((report) => (report.type === 'preloaded' ? report.failures : []));
      const refused = failures.filter(({ kind }) => kind === 'preload');
      const count = refused.reduce((sum, failure) => sum + failure.count, 0);
      if (count > 0) {
        throw new CannotRun(`${count} of ${total} keys could not be stored before the run: ${refused[0]?.example}`);
      }
      this.#progress({ phase: 'preload', done: total, total, unit: 'requests' });
    } finally {
      clearInterval(watchdog);
    }
  }

  #storedKeys(): number {
    return [...this.#preloaded.values()].reduce((sum, keys) => sum + keys, 0);
  }

  async #measure(): Promise<void> {
    const { warmup } = this.#plan;
    const at = Date.now() + LEAD_MS;
    this.#isMeasuring = true;
    this.#collector.startMs = at + warmup * 1000;
    if (warmup === 0) this.#cpu = process.cpuUsage();
    const timer =
      warmup === 0 ? undefined : setTimeout(() => (this.#cpu = process.cpuUsage()), LEAD_MS + warmup * 1000);
    this.#progress({ phase: warmup > 0 ? 'warm-up' : 'run', done: 0, ...this.#extent(warmup > 0) });
    try {
      await this.#step('ended', () => this.#crew?.order({ type: 'run', at }));
    } finally {
      clearTimeout(timer);
    }
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpuMicros = user + system;
  }

  #extent(isWarmup: boolean): Pick<Progress, 'total' | 'unit'> {
    const { warmup, duration, requests } = this.#plan;
    if (isWarmup) return { total: warmup, unit: 'seconds' };
    return duration === undefined ? { total: requests ?? 0, unit: 'requests' } : { total: duration, unit: 'seconds' };
  }

  #onPoint(point: LoadResult['series'][number], isWarmup: boolean): void {
    const { warmup } = this.#plan;
    const extent = this.#extent(isWarmup);
    const answered = this.#collector.series.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0);
    const done = isWarmup ? Math.min(warmup, point.at + warmup) : extent.unit === 'seconds' ? point.at : answered;
    const shown = isWarmup ? {} : { point };
    this.#progress({ phase: isWarmup ? 'warm-up' : 'run', done: Math.min(done, extent.total), ...extent, ...shown });
  }

  /** Starts a step and waits until every thread has reported its end. */
  #step(end: Report['type'], start: () => void): Promise<Report[]> {
    this.#reports.clear();
    return new Promise((resolve, reject) => {
      this.#onStep = (error) => {
        if (error !== undefined) {
          this.#onStep = undefined;
          reject(error);
          return;
        }
        const reports = [...this.#reports.values()].filter(({ type }) => type === end);
        if (reports.length !== this.#plan.threads) return;
        this.#onStep = undefined;
        resolve(reports);
      };
      start();
    });
  }

  #onReport(thread: number, report: Report): void {
    switch (report.type) {
      case 'interval':
        this.#collector.add(thread, report);
        return;
      case 'preloading':
        this.#preloaded.set(thread, report.keys);
        this.#lastProgress = Date.now();
        this.#progress({
          phase: 'preload',
          done: this.#storedKeys(),
          total: this.#plan.workload.keys,
          unit: 'requests',
        });
        return;
      case 'moved':
        void this.#findAgain();
        return;
      case 'ended':
        this.#collector.end(thread);
        this.#summaries.push(report.summary);
    }
    this.#reports.set(thread, report);
    this.#onStep?.();
  }

  /** The cluster has changed: finds out how, and tells the threads. */
  async #findAgain(): Promise<void> {
    const known = this.#topology;
    if (known === undefined) return;
    try {
      this.#topology = await findTopology(this.#plan.target, known.nodes, CONNECT_MS);
    } catch {
      // They will ask again.
      return;
    }
    this.#crew?.order({ type: 'topology', topology: this.#topology });
  }

  #outcome(failure: string | undefined): Outcome {
    const collector = this.#collector;
    const { workload, target, load, objectives } = this.#plan;
    const seconds = this.#seconds();
    const { totals, operations } = collector.results(seconds);
    const isOpenLoop = load.kind === 'open';
    const generator = generatorOf({ collector, totals, seconds, isOpenLoop, cpuMicros: this.#cpuMicros });
    const why = failure ?? this.#whyFailed(totals);
    const ended = why !== undefined && !(this.#isInterrupted && failure === undefined) ? 'failed' : 'complete';
    const result: LoadResult = {
      format: 'ringshard-load',
      version: 1,
      startedAt: this.#startedAt.toISOString(),
      end: this.#isInterrupted ? 'interrupted' : ended,
      ...(why === undefined ? {} : { failure: why }),
      settings: settingsOf(this.#plan),
      machine: describeMachine(),
      seconds,
      totals,
      operations,
      series: collector.series,
      errors: this.#errors(),
      generator,
      ...(workload.verify ? { verification: this.#verification() } : {}),
      ...(target.protocol === 'memcached-udp' ? { datagrams: this.#datagrams() } : {}),
      objectives: evaluate(objectives, { totals }),
    };
    return { result, intervals: collector.intervals };
  }

  #seconds(): number {
    const { series } = this.#collector;
    return series.at(-1)?.at ?? 0;
  }

  #whyFailed({ succeeded, failed }: LoadResult['totals']): string | undefined {
    if (succeeded > 0) return undefined;
    const [first] = this.#collector.failures;
    if (failed > 0 || first !== undefined) return `no request succeeded: ${first?.example || first?.kind}`;
    return 'no request was answered';
  }

  #errors(): ErrorCount[] {
    const unsent = this.#sum('unsent');
    const counts: ErrorCount[] = this.#collector.failures
      .filter(({ kind }) => kind !== 'setup' && kind !== 'preload')
      .map(({ kind, code, count, example, firstAt }) => ({
        kind: kind as ErrorCount['kind'],
        ...(code === '' ? {} : { code }),
        count,
        example,
        firstAt: firstAt / 1e6,
      }));
    if (unsent > 0) {
      const example = 'requests that were due and found no connection until the end';
      counts.push({ kind: 'unsent', count: unsent, example, firstAt: this.#seconds() });
    }
    return counts;
  }

  #sum(field: keyof Summary): number {
    return this.#summaries.reduce((sum, summary) => sum + summary[field], 0);
  }

  #countOf(kind: string): number {
    return this.#collector.failures.reduce((sum, failure) => sum + (failure.kind === kind ? failure.count : 0), 0);
  }

  #verification(): Verification {
    const wrong = this.#countOf('wrong value');
    const stale = this.#countOf('stale value');
    const missing = this.#countOf('missing value');
    const lost = this.#countOf('timeout') + this.#countOf('reset') + this.#countOf('protocol');
    const checked = this.#sum('checked');
    return { checked, wrong, stale, missing, lost, passed: checked > 0 && wrong + stale + missing + lost === 0 };
  }

  #datagrams(): Datagrams {
    return {
      sent: this.#sum('sent'),
      lost: this.#sum('lost'),
      duplicates: this.#sum('duplicates'),
      late: this.#sum('late'),
      strange: this.#sum('strange'),
    };
  }
}
