/**
 * The door to the engine: the only code that knows how the Wasm module is called. `Engine` is an instance of the module
 * over one memory; several threads may each have an instance over the same memory, but only the one that owns the
 * memory (ring/ownership.ts) may call what changes it.
 */
import { type EncodedCommand, encodeTable } from '../commands/encode.js';
import { encodeTexts } from '../commands/texts.js';
import { MEMORY_PAGES, TEXTS } from '../engine/layout/memory.js';

/** What the module exports (engine/index.ts). Addresses and sizes are unsigned; times are milliseconds since 1970. */
export interface EngineExports {
  commandEntry(id: number): number;
  defineCommand(id: number): void;
  hashOf(key: number, length: number): bigint;

  initShard(
    shard: number,
    shards: number,
    databases: number,
    limitPages: number,
    reservePages: number,
    nowMs: number,
    key0: bigint,
    key1: bigint,
  ): void;
  execute(batches: number, end: number, area: number, areaEnd: number, nowMs: number): number;
  runJobs(area: number, areaEnd: number, nowMs: number): number;
  expireDue(nowMs: number, budget: number): number;
  housekeep(): number;
  loadBegin(batch: number, bytes: number): number;
  loadFrame(entry: number): number;
  loadNext(entry: number): number;
  loadSource(entry: number): number;
  loadLength(entry: number): number;
  firstLoad(): number;
  abandonLoad(batch: number): void;

  initAcceptor(
    shards: number,
    connections: number,
    readBytes: number,
    limitPages: number,
    key0: bigint,
    key1: bigint,
  ): number;
  frameResp(connection: number, id: number, start: number, end: number): number;
  frameMemcached(connection: number, id: number, start: number, end: number): number;
  areaStart(shard: number): number;
  areaNext(shard: number): number;
  emptyArea(shard: number): void;
  openConnection(id: number, flags: number): void;
  closeConnection(id: number): void;
  recordOf(id: number): number;
  releaseRequest(frame: number): void;
  gather(list: number, shards: number, to: number): number;

  takeRoom(bytes: number): number;
  giveRoom(room: number): void;

  configure(
    pages: number,
    reserve: number,
    policy: number,
    byFrequency: number,
    protoMaxBulk: number,
    notify: number,
  ): void;
  setActiveExpire(on: number): void;
  setSingle(on: number): void;
  setPaused(flags: number): void;
  setFramerLimits(protoMaxBulk: number, maxArguments: number, maxHeld: number): void;

  setMemcachedItemMax(bytes: number): void;

  consumed(): number;
  hasMore(): number;
  wantsRescan(): number;
  suspendedBatches(): number;
  isChanging(): number;
  currentBatch(): number;
  recordsEnd(): number;
  abandonBatch(): void;
  stoppedAt(): number;
  stoppedFrame(): number;
  stoppedReason(): number;
  stoppedInHeap(): number;
  brokenReason(): number;
  brokenByte(): number;
  exchangeOpened(): number;
  replyCount(): number;
  hasArrays(): number;
  touchedCount(): number;
  touchedLow(): number;
  touchedHigh(): number;
  readBuffer(): number;

  endedJobs(): number;
  endedConnection(): number;
  endedMs(): number;
  currentFrame(): number;

  usedBytes(): number;
  usedPages(): number;
  touchedPages(): number;
  keysIn(database: number): number;
  volatileKeysIn(database: number): number;
  garbageKeys(): number;
  trap(): never;
}

/** Two 64-bit halves of the key that keys are hashed with. */
export type HashKey = readonly [bigint, bigint];

/**
 * Told what becomes of a key (NOTE_...), when that is wanted: its logical database, where its bytes are until this
 * returns, and whose command it was (0: nobody's).
 */
export type OnNote = (event: number, database: number, key: number, keyBytes: number, connection: number) => void;
/** The same in every memory of the process. */
let tables: { readonly commands: readonly EncodedCommand[]; readonly texts: Uint8Array } | undefined;

export class Engine {
  readonly memory: WebAssembly.Memory;
  readonly exports: EngineExports;
  onNote: OnNote | undefined;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly unsigned: Uint32Array;
  readonly halves: Uint16Array;

  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory) {
    this.memory = memory;
    const note: OnNote = (event, database, key, keyBytes, connection) =>
      this.onNote?.(event, database, key >>> 0, keyBytes >>> 0, connection >>> 0);
    const instance = new WebAssembly.Instance(module, { env: { memory, abort: failAssertion, note } });
    this.exports = instance.exports as unknown as EngineExports;
    // A memory has its full size from the beginning, so these never go stale.
    this.bytes = new Uint8Array(memory.buffer);
    this.words = new Int32Array(memory.buffer);
    this.unsigned = new Uint32Array(memory.buffer);
    this.halves = new Uint16Array(memory.buffer);
  }

  /** Writes the command table and the constant replies: once a memory, before anything else but the initialisation. */
  writeTables(): void {
    tables ??= { commands: encodeTable(), texts: encodeTexts() };
    for (const { id, bytes } of tables.commands) {
      this.bytes.set(bytes, this.exports.commandEntry(id) >>> 0);
      this.exports.defineCommand(id);
    }
    this.bytes.set(tables.texts, TEXTS);
  }
}

/** Reserves a memory of 4 GiB; what is not touched costs nothing. Throws a RangeError when there is no room for it. */
export function reserveMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES, shared: true });
}

/** Only the checked build of the engine has assertions. */
function failAssertion(_message: number, _file: number, line: number, column: number): never {
  throw new Error(`engine assertion failed at ${line}:${column}`);
}
