/** The door to the load engine: the only code that knows how the Wasm module is called. One instance a thread. */
import { readFileSync } from 'node:fs';

/** What the module exports (engine/index.ts). Times are microseconds since the run began. */
export interface LoadEngineExports {
  allocate(bytes: number): number;
  seedRandom(seed: bigint): void;
  initRun(
    protocol: number,
    pipeline: number,
    openLoop: number,
    clustered: number,
    verified: number,
    misses: number,
    timeoutMicros: number,
    preloadOperation: number,
  ): void;
  initConnectionsFor(connections: number, pipelineMost: number): void;
  initKeys(kind: number, keys: number, a: number, b: number, thread: number, threads: number, own: number): void;
  initProgram(
    prefixBytes: number,
    digits: number,
    verify: number,
    largest: number,
    thread: number,
    threads: number,
  ): number;
  initOperations(count: number): number;
  initRecorder(operations: number): void;
  initValues(tag: bigint): void;
  setValueRange(least: number, most: number): void;
  setValueList(entries: number): number;
  initVerify(places: number): void;
  initSchedule(phases: number, poisson: number, first: number): number;
  startSchedule(): void;
  advanceSchedule(): void;
  dueUntil(time: number): number;
  slotTable(): number;
  measure(from: number, to: number, requests: number): void;
  startPreload(): void;
  endPreload(): void;
  endRun(): void;

  opened(connection: number, node: number, setup: number, time: number): void;
  isReady(connection: number): number;
  setNode(connection: number, node: number): void;
  setBlocked(connection: number, blocked: number): void;
  dropped(connection: number, why: number, time: number): number;
  closed(connection: number, time: number): void;
  received(connection: number, at: number, length: number, time: number): number;
  receivedEnd(connection: number, time: number): number;
  receivedDatagram(connection: number, id: number, at: number, length: number, time: number): void;
  awaits(connection: number, id: number): number;
  fill(connection: number, time: number): number;
  begin(time: number): number;
  drain(time: number): number;
  dirty(i: number): number;
  forgetDirty(): void;
  build(connection: number, out: number, room: number): number;
  hasUnbuilt(connection: number): number;
  findTimedOut(from: number, time: number): number;

  outstanding(): number;
  preloadedKeys(): number;
  nextDue(): number;
  leftRequests(): number;
  checkedValues(): number;
  unsentRequests(): number;
  datagramCount(which: number): number;
  countersOf(operation: number): number;
  drainHistogram(operation: number, which: number, to: number): number;
  cellCount(): number;

  // For tests of the parts one by one.
  drawKey(): bigint;
  drawOperation(): number;
  drawValueSize(): number;
  initZipf(exponent: number): void;
  zipfRank(n: bigint): bigint;
  scramble(rank: bigint, n: bigint): bigint;
  slotOf(key: number, length: number): number;
  record(operation: number, which: number, micros: number): void;
}

/** Told of a request that has failed: FAIL_..., and what the server said. */
export type OnFailed = (connection: number, kind: number, operation: number, text: string) => void;

/** 4 GiB of addresses; memory is taken only where something is written. */
const PAGES = 65536;
/** Of an error's text. */
const TEXT_MOST = 200;

/** Compiles the module, which the build puts beside the program. */
export function compileLoadEngine(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(new URL('../../load-engine.wasm', import.meta.url)));
}

export class LoadEngine {
  readonly exports: LoadEngineExports;
  /** A Buffer, because a socket makes one of anything else. */
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  readonly doubles: Float64Array;

  constructor(module: WebAssembly.Module, onFailed: OnFailed) {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
    this.bytes = Buffer.from(memory.buffer);
    this.words = new Uint32Array(memory.buffer);
    this.doubles = new Float64Array(memory.buffer);
    const failed = (connection: number, kind: number, operation: number, text: number, length: number) =>
      onFailed(connection, kind, operation, this.#text(text >>> 0, length));
    const abort = () => {
      throw new Error('the load engine has failed');
    };
    const instance = new WebAssembly.Instance(module, { env: { memory, abort, failed } });
    this.exports = instance.exports as unknown as LoadEngineExports;
  }

  #text(at: number, length: number): string {
    // A copy: text can't be decoded from shared memory.
    return Buffer.from(this.bytes.subarray(at, at + Math.min(length, TEXT_MOST))).toString('latin1');
  }

  /** Puts bytes where they stay; returns their address. */
  keep(bytes: Uint8Array): number {
    const at = this.exports.allocate(bytes.byteLength) >>> 0;
    this.bytes.set(bytes, at);
    return at;
  }
}
