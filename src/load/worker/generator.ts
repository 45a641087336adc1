/**
 * One thread of the load generator: its connections, and the order of events. A plain object that is told what to do;
 * worker.ts connects it with the thread that started it.
 */
import { performance } from 'node:perf_hooks';
import { FAIL_MOVED, FAIL_TIMEOUT } from '../engine/layout.js';
import type { Plan } from '../plan/plan.js';
import { Failures } from './failures.js';
import { connectionsOf, Fleet, type FleetOwner } from './fleet.js';
import type { Link } from './link.js';
import { LoadEngine } from './load-engine.js';
import { Measurements } from './measurements.js';
import type { Report, Topology, WorkerTask } from './messages.js';
import { Pacer } from './pacing.js';
import { beginRun, prepare, setSchedule } from './prepare.js';
import { StallMeter } from './stalls.js';

const SECOND = 1e6;
/** How often requests without a reply are looked for, and whether the run is over. */
const LOOK_MS = 10;
/** A run that was stopped waits so long for replies that are on their way. */
const STOP_US = 0.5 * SECOND;
/** A server that is away for this long, or two timeouts if that is longer, can't keep a run of n requests for ever. */
const PATIENCE_US = 5 * SECOND;

type Phase = 'connect' | 'preload' | 'idle' | 'run' | 'drain' | 'ended';

export class Generator implements FleetOwner {
  readonly #task: WorkerTask;
  readonly #report: (report: Report) => void;
  readonly #engine: LoadEngine;
  readonly #fleet: Fleet;
  readonly #failures = new Failures();
  readonly #stalls: StallMeter;
  readonly #pacer: Pacer;
  readonly #measurements: Measurements;
  #phase: Phase = 'connect';
  /** Zero of the engine's clock, in milliseconds since 1970. */
  #zeroMs = performance.timeOrigin + performance.now();
  /** In the engine's time: the measured part, and its end as planned. */
  #measureFrom = 0;
  #measureTo = Number.POSITIVE_INFINITY;
  #boundary = 0;
  #intervalFrom = 0;
  #drainUntil = 0;
  #lastReply = 0;
  #isOpenLoop = false;
  #wasIdle = true;
  #lastTurn = 0;
  #preloadReported = 0;
  #unsent = 0;
  /** The server has answered, or has been asked nothing. */
  #aliveAt = 0;
  #gaveUp = false;
  #look: NodeJS.Timeout | undefined;
  #begin: NodeJS.Timeout | undefined;

  constructor(task: WorkerTask, report: (report: Report) => void) {
    this.#task = task;
    this.#report = report;
    const { plan, thread, module } = task;
    this.#engine = new LoadEngine(module, (_connection, kind, _operation, text) => this.#onFailed(kind, text));
    const engine = this.#engine;
    const { room } = prepare(engine, plan, thread, connectionsOf(plan, thread), Date.now() / 1000);
    this.#fleet = new Fleet({ engine, task, failures: this.#failures, owner: this, room });
    this.#measurements = new Measurements(engine, plan.workload.operations.length);
    const spins = plan.load.kind === 'open' && plan.pacing === 'spin';
    this.#stalls = new StallMeter(spins);
    this.#pacer = new Pacer(spins, () => this.#turn());
  }

  /** Opens all connections; reports when each has been tried once. */
  connect(): void {
    this.#look = setInterval(() => this.#lookAfter(), LOOK_MS);
    this.#fleet.open();
  }

  setTopology(topology: Topology): void {
    this.#fleet.setTopology(topology);
  }

  /** Stores every key once. */
  preload(): void {
    this.#phase = 'preload';
    beginRun(this.#engine, this.#task.plan, true);
    this.#engine.exports.measure(Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY);
    this.#engine.exports.startPreload();
    this.#fillAll();
  }

  /** Begins at a time in milliseconds since 1970, with the warm-up. */
  run(at: number): void {
    const { plan, thread } = this.#task;
    const { exports } = this.#engine;
    this.#phase = 'idle';
    this.#begin = setTimeout(
      () => {
        this.#zeroMs = performance.timeOrigin + performance.now();
        this.#measureFrom = plan.warmup * SECOND;
        this.#measureTo =
          plan.duration === undefined ? Number.POSITIVE_INFINITY : this.#measureFrom + plan.duration * SECOND;
        this.#boundary = Math.min(SECOND, plan.warmup > 0 ? this.#measureFrom : this.#measureTo);
        this.#intervalFrom = 0;
        exports.endPreload();
        beginRun(this.#engine, plan, false);
        setSchedule(this.#engine, plan, thread);
        exports.measure(this.#measureFrom, this.#measureTo, requestsOf(plan, thread));
        this.#isOpenLoop = plan.load.kind === 'open';
        this.#phase = 'run';
        this.#measurements.begin();
        this.#aliveAt = 0;
        this.#failures.take();
        this.#stalls.start();
        this.#lastTurn = this.time();
        if (this.#isOpenLoop) this.#turn();
        else this.#fillAll();
      },
      Math.max(0, at - Date.now()),
    );
  }

  /** Ends the run early. */
  stop(): void {
    const now = this.time();
    if (this.#phase === 'run') this.#beginDrain(now);
    if (this.#phase === 'drain') this.#drainUntil = Math.min(this.#drainUntil, now + STOP_US);
    else this.#end();
  }

  time(): number {
    return (performance.timeOrigin + performance.now() - this.#zeroMs) * 1000;
  }

  sinceMeasured(): number {
    return this.time() - this.#measureFrom;
  }

  #fillAll(): void {
    for (const link of this.#fleet.links) this.#fill(link);
  }

  #fill(link: Link): void {
    const { exports } = this.#engine;
    const now = this.time();
    // What a closed loop began after the end would not be measured.
    const hasMore = now < this.#measureTo ? exports.fill(link.number, now) : exports.hasUnbuilt(link.number);
    if (hasMore !== 0) link.flush();
  }

  onReceived(link: Link): void {
    this.#lastReply = this.time();
    this.#aliveAt = this.#lastReply;
    this.#wasIdle = false;
    if (this.#phase === 'run' && !this.#isOpenLoop && this.#lastReply >= this.#measureTo) {
      this.#beginDrain(this.#lastReply);
    }
    if (this.#phase === 'preload' || (this.#phase === 'run' && !this.#isOpenLoop)) this.#fill(link);
    // The second half of a read-modify-write.
    else if (this.#engine.exports.hasUnbuilt(link.number) !== 0) link.flush();
  }

  onOpen(link: Link): void {
    if (this.#phase === 'preload' || (this.#phase === 'run' && !this.#isOpenLoop)) this.#fill(link);
  }

  onTried(): void {
    if (this.#phase !== 'connect') return;
    this.#phase = 'idle';
    this.#report({ type: 'connected', open: this.#fleet.openCount, failures: this.#failures.take() });
  }

  onMoved(): void {
    this.#report({ type: 'moved' });
  }

  /** The engine has found a reply that is no good. */
  #onFailed(kind: number, text: string): void {
    this.#failures.addCode(kind, text, this.sinceMeasured());
    if (kind === FAIL_MOVED) this.#fleet.follow(text);
  }

  /** Open loop: begins what is due. */
  #turn(): void {
    if (this.#phase !== 'run') return;
    const { exports } = this.#engine;
    const now = this.time();
    const count = exports.begin(now);
    this.#fleet.flushDirty(count);
    if (count > 0 || !this.#wasIdle) this.#stalls.addBusy(now - this.#lastTurn);
    this.#wasIdle = true;
    this.#lastTurn = now;
    if (now >= this.#boundary) this.#onBoundary(now);
    // When all connections are full, what comes next is due already.
    const wait = Math.min(exports.nextDue(), this.#boundary) - now;
    this.#pacer.after(Math.max(0, wait));
  }

  /** Every few milliseconds. */
  #lookAfter(): void {
    const now = this.time();
    this.#giveUpLate(now);
    if (this.#phase === 'preload') this.#lookAtPreload();
    else if (this.#phase === 'run') this.#lookAtRun(now);
    else if (this.#phase === 'drain') this.#lookAtDrain(now);
  }

  /** Requests that have had no reply for too long; after them, their connection is of no use. */
  #giveUpLate(now: number): void {
    const { exports } = this.#engine;
    for (let i = exports.findTimedOut(0, now); i >= 0; i = exports.findTimedOut(i + 1, now)) {
      this.#fleet.links[i]?.abandon(FAIL_TIMEOUT);
    }
    if (this.#task.plan.target.protocol !== 'memcached-udp') return;
    if (this.#phase === 'preload' || (this.#phase === 'run' && !this.#isOpenLoop)) this.#fillAll();
  }

  #lookAtPreload(): void {
    const { exports } = this.#engine;
    const keys = exports.preloadedKeys();
    if (keys === this.#placeCount()) {
      this.#phase = 'idle';
      this.#report({ type: 'preloaded', failures: this.#failures.take() });
    } else if (keys !== this.#preloadReported) {
      this.#preloadReported = keys;
      this.#report({ type: 'preloading', keys });
    } else {
      // What was given up waits for a connection that asks for work.
      this.#fillAll();
    }
  }

  /** Keys that this thread stores before the run. */
  #placeCount(): number {
    const { plan, thread } = this.#task;
    const { keys } = plan.workload;
    return Math.floor(keys / plan.threads) + Number(keys % plan.threads > thread);
  }

  #lookAtRun(now: number): void {
    const { exports } = this.#engine;
    if (!this.#isOpenLoop) {
      // What waits for a connection of its node.
      this.#fleet.flushDirty(exports.begin(now));
      if (now >= this.#boundary) this.#onBoundary(now);
    }
    if (this.#phase !== 'run') return;
    const isSent = exports.leftRequests() <= 0;
    const isOver = this.#isOpenLoop && this.#measureTo === Number.POSITIVE_INFINITY && exports.nextDue() > 1e300;
    if ((isSent || isOver) && exports.outstanding() === 0) {
      this.#snapshot(Math.max(this.#intervalFrom, this.#lastReply), false);
      this.#end();
    } else if (this.#isAwayForGood(now)) {
      this.#gaveUp = true;
      this.#beginDrain(now);
    }
  }

  /** A run of so many requests would never end when nobody answers them. */
  #isAwayForGood(now: number): boolean {
    const { requests, timeout } = this.#task.plan;
    if (requests === undefined) return false;
    if (this.#fleet.openCount > 0 && this.#engine.exports.outstanding() === 0) this.#aliveAt = now;
    return now - this.#aliveAt > Math.max(PATIENCE_US, 2 * timeout * SECOND);
  }

  #onBoundary(now: number): void {
    if (now >= this.#measureTo) {
      this.#beginDrain(now);
      return;
    }
    this.#snapshot(now, false);
    // Intervals begin with the warm-up, and anew with the measured time.
    this.#boundary += SECOND;
    if (this.#intervalFrom < this.#measureFrom) this.#boundary = Math.min(this.#boundary, this.#measureFrom);
    while (this.#boundary <= now) this.#boundary += SECOND;
    this.#boundary = Math.min(this.#boundary, this.#measureTo);
  }

  /** Nothing new is sent; what is under way may still be answered. */
  #beginDrain(now: number): void {
    this.#pacer.stop();
    this.#unsent = this.#countUnsent(now);
    this.#engine.exports.endRun();
    this.#snapshot(now, false);
    this.#phase = 'drain';
    this.#drainUntil = now + this.#task.plan.timeout * SECOND + 2 * LOOK_MS * 1000;
    this.#lookAtDrain(now);
  }

  /** Measured requests that were due until now and have not begun. */
  #countUnsent(now: number): number {
    if (!this.#isOpenLoop) return 0;
    const { exports } = this.#engine;
    const end = Math.min(now, this.#measureTo);
    if (exports.nextDue() >= end) return 0;
    return Math.round(exports.dueUntil(end) - exports.dueUntil(Math.max(exports.nextDue(), this.#measureFrom)));
  }

  #lookAtDrain(now: number): void {
    const { exports } = this.#engine;
    this.#fleet.flushDirty(exports.drain(now));
    if (exports.outstanding() !== 0 && now < this.#drainUntil) return;
    this.#snapshot(now, true);
    this.#end();
  }

  #snapshot(now: number, isDrain: boolean): void {
    const { longest, count, busy } = this.#stalls.take();
    this.#report({
      type: 'interval',
      from: this.#intervalFrom - this.#measureFrom,
      to: now - this.#measureFrom,
      isDrain,
      operations: this.#measurements.takeOperations(),
      lateness: this.#measurements.takeLateness(),
      failures: this.#failures.take(),
      stall: longest,
      stalls: count,
      busy,
    });
    this.#intervalFrom = now;
  }

  #end(): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    clearInterval(this.#look);
    clearTimeout(this.#begin);
    this.#stalls.stop();
    this.#pacer.stop();
    this.#fleet.close();
    const { exports } = this.#engine;
    this.#report({
      type: 'ended',
      summary: {
        ...this.#measurements.datagrams(),
        unsent: this.#unsent + exports.unsentRequests(),
        checked: exports.checkedValues(),
        gaveUp: this.#gaveUp,
      },
    });
  }
}

function requestsOf({ requests, threads }: Plan, thread: number): number {
  if (requests === undefined) return Number.POSITIVE_INFINITY;
  return Math.floor(requests / threads) + Number(requests % threads > thread);
}
