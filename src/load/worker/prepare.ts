/** Lays the engine's memory out for a plan: programs, keys, values, schedule. */
import {
  HISTOGRAMS,
  KEYS_HOTSPOT,
  KEYS_LATEST,
  KEYS_SEQUENTIAL,
  KEYS_UNIFORM,
  KEYS_ZIPF,
  KIND_COMMAND,
  KIND_INSERT,
  KIND_MODIFY,
  KIND_READ,
  KIND_SCAN,
  KIND_WRITE,
  OPERATION_BELOW,
  OPERATION_BODILESS,
  OPERATION_KIND,
  OPERATION_LENGTH,
  OPERATION_LENGTH_2,
  OPERATION_PROGRAM,
  OPERATION_PROGRAM_2,
  OPERATION_ROOM,
  OPERATION_SCAN,
  OPERATION_SIZE,
  OPERATIONS_MAX,
  PHASE_BEFORE,
  PHASE_FROM,
  PHASE_LENGTH,
  PHASE_SIZE,
  PHASE_START,
  PHASE_TO,
  PROTOCOL_DATAGRAM,
  PROTOCOL_HTTP,
  PROTOCOL_MEMCACHED,
  PROTOCOL_RESP,
} from '../engine/layout.js';
import type { Phase, Plan } from '../plan/plan.js';
import type { Target } from '../plan/target.js';
import { sizeRange } from '../plan/value-sizes.js';
import type { KeyDistribution, Operation, OperationKind, ValueSizes, Workload } from '../plan/workload.js';
import type { LoadEngine } from './load-engine.js';
import { type KeyForm, type Program, ProgramWriter } from './program-writer.js';
import type { Wire } from './wire.js';
import { httpWire } from './wire-http.js';
import { memcachedWire } from './wire-memcached.js';
import { redisWire } from './wire-redis.js';

const PROTOCOLS = {
  redis: PROTOCOL_RESP,
  memcached: PROTOCOL_MEMCACHED,
  http: PROTOCOL_HTTP,
  'memcached-udp': PROTOCOL_DATAGRAM,
} as const;

const KINDS: Readonly<Record<OperationKind, number>> = {
  read: KIND_READ,
  write: KIND_WRITE,
  insert: KIND_INSERT,
  scan: KIND_SCAN,
  modify: KIND_MODIFY,
  command: KIND_COMMAND,
};

const WORD = 2 ** 32;
/** Room in the table of versions for keys that a verified run inserts. */
const INSERTS_MOST = 1_000_000;

/** How many requests a connection has under way while keys are stored before the run. */
const PRELOAD_PIPELINE: Readonly<Record<Target['protocol'], number>> = {
  redis: 64,
  memcached: 64,
  http: 1,
  'memcached-udp': 16,
};

export interface Prepared {
  /** Bytes that the largest request takes. */
  readonly room: number;
  /** Operations, the one that stores keys before the run included. */
  readonly operations: number;
}

/** `nowSeconds`: since 1970, for expiry times that are dates. */
export function prepare(
  engine: LoadEngine,
  plan: Plan,
  thread: number,
  connections: number,
  nowSeconds: number,
): Prepared {
  const { exports } = engine;
  const { workload, threads, seed } = plan;
  const { keys, keyPrefix, keyDigits, verify } = workload;
  if (verify && keys < threads)
    throw new Error(`${threads} threads can't verify ${keys} keys: each needs one of its own`);
  exports.seedRandom(BigInt(seed) * 1_000_003n + BigInt(thread));
  beginRun(engine, plan, false);
  exports.initConnectionsFor(connections, Math.max(plan.pipeline, PRELOAD_PIPELINE[plan.target.protocol]));
  const { kind, a, b } = codesOf(workload.distribution);
  exports.initKeys(kind, keys, a, b, thread, threads, Number(verify));
  setValues(engine, workload.values, seed);
  const prefix = Buffer.from(keyPrefix);
  const at = exports.initProgram(prefix.length, keyDigits, Number(verify), largestOf(workload), thread, threads) >>> 0;
  engine.bytes.set(prefix, at);
  if (verify) exports.initVerify(Math.ceil(keys / threads) + (hasInserts(workload) ? INSERTS_MOST : 0));
  const room = setOperations(engine, plan, { prefix, digits: keyDigits }, nowSeconds);
  const operations = workload.operations.length + 1;
  exports.initRecorder(Math.max(operations, HISTOGRAMS));
  return { room, operations };
}

/** Says how requests are begun: as the plan wants it, or to store keys before the run. */
export function beginRun(engine: LoadEngine, plan: Plan, preload: boolean): void {
  const { target, workload, load, pipeline, timeout } = plan;
  engine.exports.initRun(
    PROTOCOLS[target.protocol],
    preload ? PRELOAD_PIPELINE[target.protocol] : pipeline,
    Number(!preload && load.kind === 'open'),
    Number(target.cluster),
    Number(workload.verify),
    Number(workload.allowMisses),
    timeout * 1e6,
    workload.operations.length,
  );
}

function hasInserts(workload: Workload): boolean {
  return workload.operations.some(({ kind }) => kind === 'insert');
}

function codesOf(distribution: KeyDistribution): { kind: number; a: number; b: number } {
  switch (distribution.kind) {
    case 'uniform':
      return { kind: KEYS_UNIFORM, a: 0, b: 0 };
    case 'zipf':
      return { kind: KEYS_ZIPF, a: distribution.exponent, b: 0 };
    case 'latest':
      return { kind: KEYS_LATEST, a: distribution.exponent, b: 0 };
    case 'hotspot':
      return { kind: KEYS_HOTSPOT, a: distribution.keys, b: distribution.operations };
    case 'sequential':
      return { kind: KEYS_SEQUENTIAL, a: 0, b: 0 };
  }
}

function setValues({ exports, words }: LoadEngine, values: ValueSizes, seed: number): void {
  exports.initValues(BigInt(seed));
  if (values.kind === 'fixed') {
    exports.setValueRange(values.bytes, values.bytes);
    return;
  }
  if (values.kind === 'range') {
    exports.setValueRange(values.least, values.most);
    return;
  }
  const at = (exports.setValueList(values.entries.length) >>> 0) >>> 2;
  for (const [i, below] of limitsOf(values.entries).entries()) {
    words[at + 2 * i] = below;
    words[at + 2 * i + 1] = (values.entries[i] as { bytes: number }).bytes;
  }
}

/** For each weight the number below which a random word draws it. */
function limitsOf(weighted: readonly { readonly weight: number }[]): number[] {
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  return weighted.map(({ weight }) => {
    sum += weight;
    return Math.min(WORD - 1, Math.round((sum / total) * WORD));
  });
}

/** Bytes of the largest value that is not written in place. */
function largestOf({ values, operations }: Workload): number {
  const given = operations
    .flatMap(({ words = [] }) => words.flat())
    .map((s) => (s.kind === 'value' ? (s.bytes ?? 0) : 0));
  return Math.max(sizeRange(values).most, ...given);
}

function wireOf({ target, workload }: Plan, nowSeconds: number): Wire {
  if (target.protocol === 'redis') return redisWire(workload.ttl);
  if (target.protocol === 'http') return httpWire(target, workload.ttl);
  return memcachedWire(workload.ttl, nowSeconds);
}

/** Writes the table of operations; returns the room of the largest request. */
function setOperations(engine: LoadEngine, plan: Plan, key: KeyForm, nowSeconds: number): number {
  const { operations } = plan.workload;
  const values = sizeRange(plan.workload.values);
  if (operations.length >= OPERATIONS_MAX) throw new Error(`more than ${OPERATIONS_MAX - 1} operations`);
  const wire = wireOf(plan, nowSeconds);
  const limits = limitsOf(operations);
  const table = engine.exports.initOperations(operations.length) >>> 0;
  const write = (writes: (writer: ProgramWriter) => void): Program => {
    const writer = new ProgramWriter(engine, key, values);
    writes(writer);
    return writer.end();
  };
  const preload: Operation = { name: 'preload', kind: 'write', weight: 0 };
  let most = 0;
  for (const [i, operation] of [...operations, preload].entries()) {
    const { kind, words = [], scanLength = 0 } = operation;
    const first = write((writer) => {
      if (kind === 'command') wire.command(writer, words);
      else if (kind === 'scan') wire.scan?.(writer, scanLength);
      else if (kind === 'read' || kind === 'modify') wire.read(writer);
      else wire.write(writer);
    });
    const second = kind === 'modify' ? write((writer) => wire.write(writer)) : undefined;
    const room = Math.max(first.room, second?.room ?? 0);
    most = Math.max(most, room);
    const fields: [number, number][] = [
      [OPERATION_KIND, KINDS[kind]],
      [OPERATION_BELOW, limits[i] ?? 0],
      [OPERATION_PROGRAM, first.address],
      [OPERATION_LENGTH, first.length],
      [OPERATION_PROGRAM_2, second?.address ?? 0],
      [OPERATION_LENGTH_2, second?.length ?? 0],
      [OPERATION_ROOM, room],
      [OPERATION_SCAN, scanLength],
      [OPERATION_BODILESS, Number(wire.isBodiless(words))],
    ];
    for (const [field, value] of fields) engine.words[(table + i * OPERATION_SIZE + field) >>> 2] = value;
  }
  return most;
}

/** An open loop's schedule for one of `threads` threads; the first phase's rate holds during the warm-up too. */
export function setSchedule(engine: LoadEngine, plan: Plan, thread: number): void {
  if (plan.load.kind !== 'open') return;
  const { exports, doubles } = engine;
  const { threads, warmup, load } = plan;
  const firstRate = load.phases[0]?.from ?? 0;
  const warm: Phase[] = warmup > 0 ? [{ from: firstRate, to: firstRate, seconds: warmup }] : [];
  const phases = [...warm, ...load.phases];
  // Threads take turns: the first arrivals of a constant rate lie evenly between 0 and 1. None lies on the end of a
  // phase, where rounding would tell whether it is still in time.
  const first = (thread + 0.5) / threads;
  const at = exports.initSchedule(phases.length, Number(load.arrivals === 'poisson'), first) >>> 0;
  let start = 0;
  let before = 0;
  for (const [i, { from, to, seconds }] of phases.entries()) {
    const phase = (at + i * PHASE_SIZE) >>> 3;
    const perMicro = 1 / 1e6 / threads;
    doubles[phase + (PHASE_START >>> 3)] = start * 1e6;
    doubles[phase + (PHASE_LENGTH >>> 3)] = seconds * 1e6;
    doubles[phase + (PHASE_FROM >>> 3)] = from * perMicro;
    doubles[phase + (PHASE_TO >>> 3)] = to * perMicro;
    doubles[phase + (PHASE_BEFORE >>> 3)] = before;
    start += seconds;
    before += ((from + to) / 2 / threads) * seconds;
  }
  exports.startSchedule();
}
