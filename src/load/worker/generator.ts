/**
 * One thread of the load generator: its connections, and the order of events. A plain object that is told what to do;
 * worker.ts connects it with the thread that started it.
 */
import { performance } from 'node:perf_hooks';
import { COUNTS, FAIL_TIMEOUT, HISTOGRAM_LATENCY, HISTOGRAM_LATENESS, HISTOGRAM_SERVICE } from '../engine/layout.js';
import type { Plan } from '../plan/plan.js';
import { Failures } from './failures.js';
import { handshakeOf } from './handshake.js';
import type { Link, LinkOwner } from './link.js';
import { LoadEngine } from './load-engine.js';
import type { Address, Report, Topology, WorkerTask } from './messages.js';
import { OutPool } from './out-pool.js';
import { Pacer } from './pacing.js';
import { beginRun, type Prepared, prepare, setSchedule } from './prepare.js';
import { StallMeter } from './stalls.js';
import { TcpLink } from './tcp-link.js';
import { UdpLink } from './udp-link.js';

const READ_BYTES = 256 * 1024;
const SECOND = 1e6;
/** How often requests without a reply are looked for, and whether the run is over. */
const LOOK_MS = 10;
/** A connection that can't be had within this time, or the plan's timeout if that is shorter, is a refused one. */
const CONNECT_MS = 5000;

type Phase = 'connect' | 'preload' | 'idle' | 'run' | 'drain' | 'ended';

export class Generator implements LinkOwner {
  readonly #task: WorkerTask;
  readonly #report: (report: Report) => void;
  readonly #engine: LoadEngine;
  readonly #prepared: Prepared;
  readonly #failures = new Failures();
  readonly #stalls: StallMeter;
  readonly #pacer: Pacer;
  readonly #links: Link[] = [];
  readonly #scratch: number;
  readonly #open = new Set<number>();
  readonly #tried = new Set<number>();
  #phase: Phase = 'connect';
  #topology: Topology;
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
  /** What was counted before the run, while keys were stored. */
  #datagramsBefore: number[] = [];
  #unsent = 0;
  #movedAt = 0;
  #look: NodeJS.Timeout | undefined;

  constructor(task: WorkerTask, report: (report: Report) => void) {
    this.#task = task;
    this.#report = report;
    this.#topology = task.topology;
    const { plan, thread, module } = task;
    this.#engine = new LoadEngine(module, (_connection, kind, _operation, text) =>
      this.#failures.addCode(kind, text, this.#sinceMeasured()),
    );
    this.#prepared = prepare(this.#engine, plan, thread, connectionsOf(plan, thread), Date.now() / 1000);
    this.#scratch = this.#engine.exports.allocate(this.#engine.exports.cellCount() * 8) >>> 0;
    const spins = plan.load.kind === 'open' && plan.pacing === 'spin';
    this.#stalls = new StallMeter(spins);
    this.#pacer = new Pacer(spins, () => this.#turn());
    if (task.topology.slots.length > 0) this.#setSlots(task.topology.slots);
  }

  /** Opens all connections; reports when each has been tried once. */
  connect(): void {
    const { plan, thread } = this.#task;
    const count = connectionsOf(plan, thread);
    const engine = this.#engine;
    const pool = new OutPool(engine, this.#prepared.room);
    const readAt = engine.exports.allocate(READ_BYTES) >>> 0;
    const shared = { engine, pool, owner: this, readAt, readBytes: READ_BYTES };
    const connectMs = Math.min(CONNECT_MS, plan.timeout * 1000);
    const tcp = { ...shared, handshake: handshakeOf(plan.target), connectMs };
    for (let i = 0; i < count; i++) {
      const node = this.#nodeOf(i);
      const address = this.#topology.nodes[node] as Address;
      const link =
        plan.target.protocol === 'memcached-udp' ? new UdpLink(i, address, shared) : new TcpLink(i, node, address, tcp);
      this.#links.push(link);
      link.open();
    }
    this.#look = setInterval(() => this.#lookAfter(), LOOK_MS);
  }

  #nodeOf(number: number): number {
    return (number * this.#task.plan.threads + this.#task.thread) % this.#topology.nodes.length;
  }

  #setSlots(slots: Uint16Array): void {
    const at = this.#engine.exports.slotTable() >>> 0;
    this.#engine.bytes.set(new Uint8Array(slots.buffer, slots.byteOffset, slots.byteLength), at);
  }

  /** The cluster's nodes or slots have changed. */
  setTopology(topology: Topology): void {
    this.#topology = topology;
    this.#setSlots(topology.slots);
    for (const link of this.#links) {
      const node = this.#nodeOf(link.number);
      if (link instanceof TcpLink) link.moveTo(node, topology.nodes[node] as Address);
    }
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
    setTimeout(
      () => {
        this.#zeroMs = performance.timeOrigin + performance.now();
        this.#measureFrom = plan.warmup * SECOND;
        this.#measureTo =
          plan.duration === undefined ? Number.POSITIVE_INFINITY : this.#measureFrom + plan.duration * SECOND;
        this.#boundary = plan.warmup > 0 ? Math.min(SECOND, this.#measureFrom) : SECOND;
        this.#intervalFrom = 0;
        exports.endPreload();
        beginRun(this.#engine, plan, false);
        setSchedule(this.#engine, plan, thread);
        exports.measure(this.#measureFrom, this.#measureTo, requestsOf(plan, thread));
        this.#isOpenLoop = plan.load.kind === 'open';
        this.#phase = 'run';
        this.#datagramsBefore = this.#datagrams();
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
    if (this.#phase === 'run') this.#beginDrain(this.time());
    else if (this.#phase !== 'drain') this.#end();
  }

  time(): number {
    return (performance.timeOrigin + performance.now() - this.#zeroMs) * 1000;
  }

  #sinceMeasured(): number {
    return this.time() - this.#measureFrom;
  }

  #fillAll(): void {
    for (const link of this.#links) this.#fill(link);
  }

  #fill(link: Link): void {
    if (this.#engine.exports.fill(link.number, this.time()) !== 0) link.flush();
  }

  onReceived(link: Link): void {
    this.#lastReply = this.time();
    if (link instanceof TcpLink) link.noteAlive();
    this.#wasIdle = false;
    if (!this.#open.has(link.number)) this.#noteTried(link, true);
    if (this.#phase === 'preload' || (this.#phase === 'run' && !this.#isOpenLoop)) this.#fill(link);
    // The second half of a read-modify-write.
    else if (this.#engine.exports.hasUnbuilt(link.number) !== 0) link.flush();
  }

  onOpen(link: Link): void {
    this.#noteTried(link, true);
    if (this.#phase === 'preload' || (this.#phase === 'run' && !this.#isOpenLoop)) this.#fill(link);
  }

  onRefused(link: Link, error: NodeJS.ErrnoException): void {
    this.#failures.add('refused', error.message || String(error.code), this.#sinceMeasured());
    this.#noteMoved();
    this.#noteTried(link, false);
  }

  onLost(link: Link, text: string): void {
    this.#open.delete(link.number);
    this.#failures.add('reset', text, this.#sinceMeasured());
    this.#noteMoved();
    this.#noteTried(link, false);
  }

  #noteTried(link: Link, isOpen: boolean): void {
    if (isOpen) this.#open.add(link.number);
    if (this.#phase !== 'connect') return;
    this.#tried.add(link.number);
    if (this.#tried.size !== this.#links.length) return;
    this.#phase = 'idle';
    this.#report({ type: 'connected', open: this.#open.size, failures: this.#failures.take() });
  }

  #noteMoved(): void {
    if (!this.#task.plan.target.cluster || performance.now() - this.#movedAt < 200) return;
    this.#movedAt = performance.now();
    this.#report({ type: 'moved' });
  }

  /** Open loop: begins what is due. */
  #turn(): void {
    if (this.#phase !== 'run') return;
    const { exports } = this.#engine;
    const now = this.time();
    const count = exports.begin(now);
    for (let i = 0; i < count; i++) this.#links[exports.dirty(i)]?.flush();
    exports.forgetDirty();
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
      this.#links[i]?.abandon(FAIL_TIMEOUT);
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
    if (!this.#isOpenLoop && now >= this.#boundary) this.#onBoundary(now);
    if (this.#phase !== 'run') return;
    const isSent = exports.leftRequests() <= 0;
    const isOver = this.#isOpenLoop && this.#measureTo === Number.POSITIVE_INFINITY && exports.nextDue() > 1e300;
    if ((isSent || isOver) && exports.outstanding() === 0) {
      this.#snapshot(Math.max(this.#intervalFrom, this.#lastReply), false);
      this.#end();
    }
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
    if (this.#engine.exports.outstanding() !== 0 && now < this.#drainUntil) return;
    this.#snapshot(now, true);
    this.#end();
  }

  #snapshot(now: number, isDrain: boolean): void {
    const { longest, count, busy } = this.#stalls.take();
    const operations = Array.from({ length: this.#prepared.operations - 1 }, (_, i) => ({
      counts: this.#takeCounts(i),
      latency: this.#takeCells(i, HISTOGRAM_LATENCY),
      service: this.#takeCells(i, HISTOGRAM_SERVICE),
    }));
    this.#report({
      type: 'interval',
      from: this.#intervalFrom - this.#measureFrom,
      to: now - this.#measureFrom,
      isDrain,
      operations,
      lateness: this.#takeCells(0, HISTOGRAM_LATENESS),
      failures: this.#failures.take(),
      stall: longest,
      stalls: count,
      busy,
    });
    this.#intervalFrom = now;
  }

  #takeCounts(operation: number): Float64Array {
    const { doubles, exports } = this.#engine;
    const at = (exports.countersOf(operation) >>> 0) >> 3;
    const counts = doubles.slice(at, at + COUNTS);
    doubles.fill(0, at, at + COUNTS);
    return counts;
  }

  #takeCells(operation: number, which: number): Uint32Array {
    const { words, exports } = this.#engine;
    const pairs = exports.drainHistogram(operation, which, this.#scratch);
    return words.slice(this.#scratch >> 2, (this.#scratch >> 2) + 2 * pairs);
  }

  #datagrams(): number[] {
    return [0, 1, 2, 3, 4].map(this.#engine.exports.datagramCount);
  }

  #end(): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    clearInterval(this.#look);
    this.#stalls.stop();
    this.#pacer.stop();
    for (const link of this.#links) link.close();
    const { exports } = this.#engine;
    const [sent = 0, lost = 0, duplicates = 0, late = 0, strange = 0] = this.#datagrams().map(
      (count, i) => count - (this.#datagramsBefore[i] ?? 0),
    );
    const checked = exports.checkedValues();
    const unsent = this.#unsent + exports.overflownRequests();
    const lastReplyAt = this.#lastReply - this.#measureFrom;
    this.#report({
      type: 'ended',
      summary: { unsent, checked, sent, lost, duplicates, late, strange, lastReplyAt },
    });
  }
}

/** A thread's share of the connections. */
export function connectionsOf({ connections, threads }: Plan, thread: number): number {
  return Math.floor(connections / threads) + Number(connections % threads > thread);
}

function requestsOf({ requests, threads }: Plan, thread: number): number {
  if (requests === undefined) return Number.POSITIVE_INFINITY;
  return Math.floor(requests / threads) + Number(requests % threads > thread);
}
