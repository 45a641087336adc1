/**
 * Brings requests in that are too large for the ring (engine/job/load.ts): copies their frames and long arguments from
 * the memory they lie in, some at a time, so that other requests of the shard go on meanwhile.
 *
 *   batch   header | u32 memory | u32 address of the frame | u32 bytes of the frame | spare, so that a frame fits
 */
import { commandId } from '../commands/table.js';
import { BATCH_FLAGS, BATCH_HEADER, BATCH_REMOTE, FRAME_HEADER } from '../engine/layout/batch.js';
import { CHUNK_ELSEWHERE, CHUNK_HEADER, CHUNK_NEXT, CHUNK_USED } from '../engine/layout/chunk.js';
import type { Engine } from '../wasm/engine.js';

/** Bytes that are copied at a time. */
const SLICE = 512 * 1024;

/** A region of some memory that is being copied into a place in this shard's memory. */
interface Copy {
  from: Uint8Array;
  at: number;
  left: number;
  to: number;
}

/** The words of a frame without arguments. */
function frameHeader(command: number): number[] {
  return [FRAME_HEADER, command, 0, 0, 0, 0];
}

interface Load {
  entry: number;
  memory: number;
  copy: Copy | undefined;
  /** Chunk of the argument that comes after the current copy, 0 if none. */
  chunk: number;
}

export class Loader {
  readonly #engine: Engine;
  readonly #memories: readonly Uint8Array[];
  readonly #loads: Load[] = [];

  constructor(engine: Engine, memories: readonly WebAssembly.Memory[]) {
    this.#engine = engine;
    this.#memories = memories.map((memory) => new Uint8Array(memory.buffer));
  }

  /**
   * Puts the batch at `batch` aside and begins to bring its frame in. Without memory for it the batch becomes one that
   * the engine answers with an error, and false is returned.
   */
  begin(batch: number): boolean {
    const { unsigned, exports } = this.#engine;
    const at = (batch + BATCH_HEADER) >> 2;
    const memory = unsigned[at] as number;
    const address = unsigned[at + 1] as number;
    const bytes = unsigned[at + 2] as number;
    const entry = exports.loadBegin(batch, bytes) >>> 0;
    if (entry === 0) {
      this.#refuse(batch);
      return false;
    }
    const copy = { from: this.#memory(memory), at: address, left: bytes, to: exports.loadFrame(entry) >>> 0 };
    this.#loads.push({ entry, memory, copy, chunk: 0 });
    return true;
  }

  #refuse(batch: number): void {
    const { bytes, unsigned } = this.#engine;
    bytes[batch + BATCH_FLAGS] = (bytes[batch + BATCH_FLAGS] as number) & ~BATCH_REMOTE;
    unsigned.set(frameHeader(commandId('_fail')), (batch + BATCH_HEADER) >> 2);
  }

  #memory(number: number): Uint8Array {
    return this.#memories[number] as Uint8Array;
  }

  /** Copies a slice; false when there is nothing to load. */
  step(): boolean {
    const load = this.#loads[0];
    if (load === undefined) return false;
    const { copy } = load;
    if (copy !== undefined) {
      this.#copySlice(copy);
      if (copy.left !== 0) return true;
      load.copy = undefined;
    }
    if (load.chunk !== 0) {
      this.#nextChunk(load, copy?.to ?? 0);
    } else if (!this.#nextArgument(load)) {
      this.#loads.shift();
    }
    return true;
  }

  #copySlice(copy: Copy): void {
    const bytes = Math.min(copy.left, SLICE);
    this.#engine.bytes.set(copy.from.subarray(copy.at, copy.at + bytes), copy.to);
    copy.at += bytes;
    copy.to += bytes;
    copy.left -= bytes;
  }

  /** Begins the next argument; false when the request is complete. */
  #nextArgument(load: Load): boolean {
    const { exports } = this.#engine;
    const to = exports.loadNext(load.entry) >>> 0;
    if (to === 0) return false;
    load.chunk = exports.loadSource(load.entry) >>> 0;
    this.#nextChunk(load, to);
    return true;
  }

  #nextChunk(load: Load, to: number): void {
    const memory = this.#memory(load.memory);
    const view = new DataView(memory.buffer, load.chunk, CHUNK_HEADER + 4);
    const left = view.getUint32(CHUNK_USED, true);
    const elsewhere = view.getUint32(CHUNK_ELSEWHERE, true);
    load.copy =
      elsewhere === 0
        ? { from: memory, at: load.chunk + CHUNK_HEADER, left, to }
        : { from: this.#memory(elsewhere), at: view.getUint32(CHUNK_HEADER, true), left, to };
    load.chunk = view.getUint32(CHUNK_NEXT, true);
  }
}
