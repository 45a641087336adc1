/** The connections of a thread: where they lead, and which of them are there. */
import { performance } from 'node:perf_hooks';
import type { Plan } from '../plan/plan.js';
import type { Failures } from './failures.js';
import { handshakeOf } from './handshake.js';
import type { Link, LinkOwner } from './link.js';
import type { LoadEngine } from './load-engine.js';
import type { Address, Topology, WorkerTask } from './messages.js';
import { OutPool } from './out-pool.js';
import { SlotMap } from './slot-map.js';
import { TcpLink } from './tcp-link.js';
import { UdpLink } from './udp-link.js';

const READ_BYTES = 256 * 1024;
/** A connection that can't be had within this time, or the plan's timeout if that is shorter, is a refused one. */
const CONNECT_MS = 5000;
/** The cluster is not asked about its nodes more often. */
const ASK_MS = 200;

export interface FleetOwner {
  /** Microseconds since the run began, and since the measured time did. */
  time(): number;
  sinceMeasured(): number;
  onReceived(link: Link): void;
  onOpen(link: Link): void;
  /** Each connection has been there, or has failed. Told again with each one that changes. */
  onTried(): void;
  /** The cluster may not be what it was. */
  onMoved(): void;
}

export interface FleetOptions {
  readonly engine: LoadEngine;
  readonly task: WorkerTask;
  readonly failures: Failures;
  readonly owner: FleetOwner;
  /** Bytes of the largest request. */
  readonly room: number;
}

export class Fleet implements LinkOwner {
  readonly #options: FleetOptions;
  readonly #slots: SlotMap;
  readonly #links: Link[] = [];
  readonly #open = new Set<number>();
  readonly #tried = new Set<number>();
  #topology: Topology;
  #movedAt = Number.NEGATIVE_INFINITY;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#topology = options.task.topology;
    this.#slots = new SlotMap(options.engine);
    this.#slots.set(this.#topology.slots);
  }

  get openCount(): number {
    return this.#open.size;
  }

  get links(): readonly Link[] {
    return this.#links;
  }

  open(): void {
    const { engine, task, room } = this.#options;
    const { plan, thread } = task;
    const pool = new OutPool(engine, room);
    const readAt = engine.exports.allocate(READ_BYTES) >>> 0;
    const shared = { engine, pool, owner: this, readAt, readBytes: READ_BYTES };
    const udp = { ...shared, timeout: plan.timeout * 1e6 };
    const connectMs = Math.min(CONNECT_MS, plan.timeout * 1000);
    const tcp = { ...shared, handshake: handshakeOf(plan.target), connectMs };
    const count = connectionsOf(plan, thread);
    for (let i = 0; i < count; i++) {
      const node = this.#nodeOf(i);
      const address = this.#topology.nodes[node] as Address;
      const isUdp = plan.target.protocol === 'memcached-udp';
      this.#links.push(isUdp ? new UdpLink(i, address, udp) : new TcpLink(i, node, address, tcp));
    }
    for (const link of this.#links) link.open();
  }

  /** Each thread has connections to each node, and the threads do not all have one more to the same. */
  #nodeOf(number: number): number {
    return (number + this.#options.task.thread) % this.#topology.nodes.length;
  }

  /** The cluster's nodes or slots have changed. */
  setTopology(topology: Topology): void {
    this.#topology = topology;
    this.#slots.set(topology.slots);
    for (const link of this.#links) {
      const node = this.#nodeOf(link.number);
      if (link instanceof TcpLink) link.moveTo(node, topology.nodes[node] as Address);
    }
  }

  /** A node has said where a slot is now. */
  follow(text: string): void {
    this.#slots.follow(text, this.#topology.nodes);
    this.#noteMoved();
  }

  /** What the engine has begun on `count` connections goes out. */
  flushDirty(count: number): void {
    const { exports } = this.#options.engine;
    for (let i = 0; i < count; i++) this.#links[exports.dirty(i)]?.flush();
    exports.forgetDirty();
  }

  close(): void {
    for (const link of this.#links) link.close();
  }

  time(): number {
    return this.#options.owner.time();
  }

  onReceived(link: Link): void {
    const { engine, owner } = this.#options;
    if (!this.#open.has(link.number) && engine.exports.isReady(link.number) !== 0) this.#noteOpen(link);
    owner.onReceived(link);
  }

  onOpen(link: Link): void {
    this.#noteOpen(link);
    this.#options.owner.onOpen(link);
  }

  onRefused(link: Link, { message, code = '' }: NodeJS.ErrnoException): void {
    this.#options.failures.add('refused', message || code, this.#options.owner.sinceMeasured(), { word: code });
    this.#noteAway(link);
  }

  onLost(link: Link, { message, code = '' }: NodeJS.ErrnoException, requests: number): void {
    const count = Math.max(1, requests);
    this.#options.failures.add('reset', message, this.#options.owner.sinceMeasured(), { word: code, count });
    this.#noteAway(link);
  }

  onBroken(link: Link, requests: number): void {
    // The engine has reported one.
    const count = requests - 1;
    const text = 'requests behind a reply that could not be read';
    if (count > 0) this.#options.failures.add('protocol', text, this.#options.owner.sinceMeasured(), { count });
    this.#noteAway(link);
  }

  #noteOpen(link: Link): void {
    this.#open.add(link.number);
    this.#noteTried(link);
  }

  #noteAway(link: Link): void {
    this.#open.delete(link.number);
    this.#noteMoved();
    this.#noteTried(link);
  }

  #noteTried(link: Link): void {
    this.#tried.add(link.number);
    if (this.#tried.size === this.#links.length) this.#options.owner.onTried();
  }

  #noteMoved(): void {
    if (!this.#options.task.plan.target.cluster || performance.now() - this.#movedAt < ASK_MS) return;
    this.#movedAt = performance.now();
    this.#options.owner.onMoved();
  }
}

/** A thread's share of the connections. */
export function connectionsOf({ connections, threads }: Plan, thread: number): number {
  return Math.floor(connections / threads) + Number(connections % threads > thread);
}
