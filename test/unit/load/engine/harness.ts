/** The load engine in a plan's clothes, without sockets: what it would write, and what it makes of bytes that it reads. */
import { readFileSync } from 'node:fs';
import {
  COUNT_BYTES_RECEIVED,
  COUNT_BYTES_SENT,
  COUNT_FAILED,
  COUNT_HITS,
  COUNT_MISSES,
  COUNT_SENT,
  COUNT_SUCCEEDED,
} from '../../../../src/load/engine/layout.js';
import type { Plan } from '../../../../src/load/plan/plan.js';
import type { Protocol, Target } from '../../../../src/load/plan/target.js';
import { parseWord } from '../../../../src/load/plan/template.js';
import type { Operation, Workload } from '../../../../src/load/plan/workload.js';
import { LoadEngine } from '../../../../src/load/worker/load-engine.js';
import { beginRun, prepare, setSchedule } from '../../../../src/load/worker/prepare.js';

const module = new WebAssembly.Module(readFileSync(new URL('../../../../dist/load-engine.wasm', import.meta.url)));
const READ_BYTES = 1 << 20;

export interface Failure {
  readonly kind: number;
  readonly text: string;
}

export interface Counts {
  readonly sent: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly hits: number;
  readonly misses: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

export const GET: Operation = { name: 'get', kind: 'read', weight: 1 };
export const SET: Operation = { name: 'set', kind: 'write', weight: 1 };
export const MODIFY: Operation = { name: 'modify', kind: 'modify', weight: 1 };
export const INSERT: Operation = { name: 'insert', kind: 'insert', weight: 1 };

/** A command of words as a template has them. */
export function command(...words: string[]): Operation {
  return { name: words[0] ?? '', kind: 'command', weight: 1, words: words.map(parseWord) };
}

export type Changes = Partial<Omit<Plan, 'target' | 'workload'>> & {
  readonly protocol?: Protocol;
  readonly target?: Partial<Target>;
  readonly workload?: Partial<Workload> | undefined;
};

export function planOf({ protocol = 'redis', target, workload, ...rest }: Changes): Plan {
  return {
    target: {
      protocol,
      host: 'h',
      port: 1,
      url: `${protocol}://h:1`,
      database: 0,
      cluster: false,
      resp: 2,
      path: '/v1/keys/{key}',
      ...target,
    },
    workload: {
      operations: [GET],
      keys: 100,
      keyPrefix: 'key:',
      keyDigits: 6,
      distribution: { kind: 'uniform' },
      values: { kind: 'fixed', bytes: 32 },
      verify: false,
      allowMisses: false,
      ...workload,
    },
    load: { kind: 'closed' },
    connections: 1,
    pipeline: 1,
    threads: 1,
    warmup: 0,
    preload: false,
    timeout: 1,
    seed: 1,
    pacing: 'sleep',
    objectives: [],
    ...rest,
  };
}

export class Harness {
  readonly engine: LoadEngine;
  readonly plan: Plan;
  readonly room: number;
  readonly failures: Failure[] = [];
  readonly #readAt: number;
  readonly #outAt: number;
  readonly #outBytes: number;

  /** Prepared for the plan; measuring from time 0 on, with all connections open unless `closed`. */
  constructor(changes: Changes, thread = 0, { closed = false } = {}) {
    this.plan = planOf(changes);
    this.engine = newEngine((failure) => this.failures.push(failure));
    const { connections, requests = Number.POSITIVE_INFINITY } = this.plan;
    this.room = prepare(this.engine, this.plan, thread, connections, 0).room;
    this.#readAt = this.exports.allocate(READ_BYTES) >>> 0;
    this.#outBytes = Math.max(1 << 18, this.room);
    this.#outAt = this.exports.allocate(this.#outBytes) >>> 0;
    beginRun(this.engine, this.plan, false);
    setSchedule(this.engine, this.plan, thread);
    this.exports.measure(0, Number.POSITIVE_INFINITY, requests);
    if (!closed) for (let i = 0; i < connections; i++) this.exports.opened(i, 0, 0, 0);
  }

  get exports() {
    return this.engine.exports;
  }

  /** Begins requests of a closed loop's connection and returns their bytes. */
  fill(time = 0, connection = 0): Buffer {
    return this.exports.fill(connection, time) === 0 ? Buffer.alloc(0) : this.build(connection);
  }

  /** At most `most` bytes of what there is to write; without it, all, however often it takes. */
  build(connection = 0, most?: number): Buffer {
    const parts: Buffer[] = [];
    do {
      const length = this.exports.build(connection, this.#outAt, most ?? this.#outBytes);
      if (length === 0) break;
      parts.push(Buffer.from(this.engine.bytes.slice(this.#outAt, this.#outAt + length)));
    } while (most === undefined && this.exports.hasUnbuilt(connection) !== 0);
    return Buffer.concat(parts);
  }

  /** Open loop: begins what is due; what is written then, by connection. */
  begin(time: number): Map<number, Buffer> {
    const dirty = Array.from({ length: this.exports.begin(time) }, (_, i) => this.exports.dirty(i));
    this.exports.forgetDirty();
    return new Map(dirty.map((connection) => [connection, this.build(connection)]));
  }

  /** Open loop: begins what is due, and writes nothing of it. */
  beginOnly(time: number): void {
    const count = this.exports.begin(time);
    for (let i = 0; i < count; i++) this.exports.dirty(i);
    this.exports.forgetDirty();
  }

  /** Returns events. `behind`: what lies in memory behind what is read. */
  receive(bytes: Buffer | string, time = 0, connection = 0, behind = 0x0a): number {
    const data = Buffer.from(bytes as string);
    let events = 0;
    for (let at = 0; at < data.length && events === 0; at += READ_BYTES) {
      const piece = data.subarray(at, at + READ_BYTES);
      this.engine.bytes.fill(behind, this.#readAt, this.#readAt + Math.min(READ_BYTES, piece.length + 64));
      this.engine.bytes.set(piece, this.#readAt);
      events = this.exports.received(connection, this.#readAt, piece.length, time);
    }
    return events;
  }

  datagram(id: number, body: Buffer | string, time = 0, connection = 0): void {
    const data = Buffer.from(body as string);
    this.engine.bytes.set(data, this.#readAt);
    this.exports.receivedDatagram(connection, id, this.#readAt, data.length, time);
  }

  counts(operation = 0): Counts {
    const at = (this.exports.countersOf(operation) >>> 0) / 8;
    const count = (which: number) => this.engine.doubles[at + which] ?? Number.NaN;
    return {
      sent: count(COUNT_SENT),
      succeeded: count(COUNT_SUCCEEDED),
      failed: count(COUNT_FAILED),
      hits: count(COUNT_HITS),
      misses: count(COUNT_MISSES),
      bytesSent: count(COUNT_BYTES_SENT),
      bytesReceived: count(COUNT_BYTES_RECEIVED),
    };
  }

  /** Pairs of cell and count, which are cleared. */
  drain(operation: number, which: number): [number, number][] {
    const scratch = this.exports.allocate(this.exports.cellCount() * 8) >>> 0;
    const pairs = this.exports.drainHistogram(operation, which, scratch);
    return Array.from({ length: pairs }, (_, i) => [
      this.engine.words[scratch / 4 + 2 * i] ?? Number.NaN,
      this.engine.words[scratch / 4 + 2 * i + 1] ?? Number.NaN,
    ]);
  }
}

/** An engine that nothing has been laid out in yet. */
export function newEngine(onFailed: (failure: Failure) => void = () => {}): LoadEngine {
  return new LoadEngine(module, (_connection, kind, _operation, text) => onFailed({ kind, text }));
}

/** The requests that a closed loop begins with. */
export function textOf(changes: Changes, thread = 0): string {
  return new Harness(changes, thread).fill().toString('latin1');
}

/** A workload of one operation and one key. */
export function only(operation: Operation, rest: Changes['workload'] = {}): Changes['workload'] {
  return { operations: [operation], keys: 1, ...rest };
}

/** Arrivals at so many a second, evenly. */
export function openLoop(rate: number, rest: Changes = {}): Changes {
  return { load: { kind: 'open', arrivals: 'constant', phases: [{ from: rate, to: rate, seconds: 1000 }] }, ...rest };
}
