/** A run from its beginning to its end: find the server, start the threads, store keys, warm up, measure, report. */
import { settingsOf } from '../plan/describe.js';
import type { Plan } from '../plan/plan.js';
import { describeMachine } from '../result/machine.js';
import { evaluate } from '../result/objectives.js';
import type { LoadResult } from '../result/result.js';
import type { FailureCount, Report, Summary, Topology } from '../worker/messages.js';
import { Collector } from './collector.js';
import { Crew } from './crew.js';
import { Findings } from './findings.js';
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

const INTERRUPTED = 'interrupted before the measured time began';

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
    // Until there is something under way that ends by being stopped, this ends what is waited for.
    let giveUp: (error: Error) => void = () => {};
    const interrupted = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    interrupted.catch(() => {});
    const stop = () => {
      this.#isInterrupted = true;
      this.#crew?.order({ type: 'stop' });
      if (this.#isMeasuring) return;
      giveUp(new CannotRun(INTERRUPTED));
      this.#onStep?.(new CannotRun(INTERRUPTED));
    };
    this.#watch.signal.addEventListener('abort', stop, { once: true });
    let failure: string | undefined;
    try {
      if (this.#watch.signal.aborted) throw new CannotRun(INTERRUPTED);
      await Promise.race([this.#getReady(), interrupted]);
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
  /** The cluster's nodes are being asked where they are. */
  #isAsking = false;

  async #getReady(): Promise<void> {
    await this.#connect();
    if (this.#plan.preload) await this.#preload();
  }

  #progress(progress: Omit<Progress, 'errors'>): void {
    this.#watch.onProgress?.({ ...progress, errors: this.#collector.failureCount });
  }

  async #connect(): Promise<void> {
    const { target, connections, timeout } = this.#plan;
    const timeoutMs = Math.min(CONNECT_MS, timeout * 1000);
    this.#progress({ phase: 'connect', done: 0, total: connections, unit: 'connections' });
    const patience = { timeoutMs, signal: this.#watch.signal };
    const address = await findServer(target, patience);
    const topology = target.cluster ? await findTopology(target, [address], patience) : singleNode(address);
    if (this.#isInterrupted) throw new CannotRun(INTERRUPTED);
    checkConnections(this.#plan, topology);
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
    if (known === undefined || this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.#topology = await findTopology(this.#plan.target, known.nodes, {
        timeoutMs: CONNECT_MS,
        signal: this.#watch.signal,
      });
    } catch {
      // They will ask again.
      return;
    } finally {
      this.#isAsking = false;
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
    const findings = new Findings(this.#plan, collector.failures, this.#summaries);
    const why = failure ?? findings.whyFailed(totals);
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
      errors: findings.errors(seconds),
      generator,
      ...(workload.verify ? { verification: findings.verification() } : {}),
      ...(target.protocol === 'memcached-udp' ? { datagrams: findings.datagrams() } : {}),
      objectives: evaluate(objectives, { totals }),
    };
    return { result, intervals: collector.intervals };
  }

  #seconds(): number {
    const { series } = this.#collector;
    return series.at(-1)?.at ?? 0;
  }
}

/** A thread reaches only the nodes that it has connections to. */
function checkConnections({ connections, threads }: Plan, { nodes }: Topology): void {
  if (Math.floor(connections / threads) >= nodes.length) return;
  const each = threads === 1 ? '' : ' for each thread';
  throw new CannotRun(`the cluster has ${nodes.length} nodes: give at least as many --connections${each}`);
}
