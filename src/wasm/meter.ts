/**
 * Runs batches and takes the time. A call of the clock costs as much as a short command, so commands are not timed one
 * by one but for a sample of the calls, and when the slow log wants to know it. Whoever owns the shard meters it.
 */
import { performance } from 'node:perf_hooks';
import { BATCH_CONNECTION, BATCH_FRAMES, BATCH_HEADER, FRAME_COMMAND } from '../engine/layout/batch.js';
import { COMMAND_MAX } from '../engine/layout/command.js';
import { STATS } from '../engine/layout/memory.js';
import { STAT_BUSY, STAT_SAMPLE_BUCKETS, STAT_SAMPLE_ENTRY, STAT_SAMPLES } from '../engine/layout/stats.js';
import type { Engine } from './engine.js';

/** One call of this many has its commands timed. */
const SAMPLE_EVERY = 128;
/** Commands that are timed in such a call. */
const SAMPLE_FRAMES = 8;
/** The first command of a call is timed when that was last done so many milliseconds ago. */
const TIME_AGAIN_MS = 0.1;
/** Below this, in microseconds, a command can only be found to be slow by timing each. */
const TIME_EACH_BELOW = 1000;

/** A command that took longer than the slow log's threshold: its frame lies in the shard's memory. */
export type OnSlow = (frame: number, connection: number, micros: number) => void;

export class Meter {
  readonly #engine: Engine;
  readonly #threshold: () => number;
  readonly #onSlow: OnSlow;
  readonly #samples: Float64Array;
  readonly #busy: Float64Array;
  /** When each command was timed last. */
  readonly #timedAt = new Float64Array(COMMAND_MAX).fill(Number.NEGATIVE_INFINITY);
  #calls = 0;

  /** `threshold` is in microseconds; less than 0: nothing is slow. */
  constructor(engine: Engine, threshold: () => number, onSlow: OnSlow) {
    this.#engine = engine;
    this.#threshold = threshold;
    this.#onSlow = onSlow;
    this.#samples = new Float64Array(engine.memory.buffer, STATS + STAT_SAMPLES);
    this.#busy = new Float64Array(engine.memory.buffer, STATS + STAT_BUSY, 1);
  }

  /** The engine's `execute`; see there. */
  execute(batches: number, end: number, area: number, areaEnd: number, nowMs: number): number {
    const threshold = this.#threshold();
    let frames = threshold >= 0 && threshold < TIME_EACH_BELOW ? Number.POSITIVE_INFINITY : 0;
    if (++this.#calls % SAMPLE_EVERY === 0) frames = Math.max(frames, SAMPLE_FRAMES);
    else if (frames === 0 && this.#isDue(batches)) frames = 1;
    return frames === 0
      ? this.#executeAll(batches, end, area, areaEnd, nowMs, threshold)
      : this.#executeEach(batches, end, area, areaEnd, nowMs, threshold, frames);
  }

  /** Whether the first command has not been timed for a while: what is seldom used shall be known too. */
  #isDue(batches: number): boolean {
    const timedAt = this.#timedAt[this.#engine.halves[(batches + BATCH_HEADER + FRAME_COMMAND) >> 1] as number];
    return timedAt !== undefined && performance.now() - timedAt >= TIME_AGAIN_MS;
  }

  #executeAll(batches: number, end: number, area: number, areaEnd: number, nowMs: number, threshold: number): number {
    const { exports, halves, unsigned } = this.#engine;
    const start = performance.now();
    const written = exports.execute(batches, end, area, areaEnd, nowMs);
    const micros = (performance.now() - start) * 1000;
    this.#busy[0] = (this.#busy[0] as number) + micros;
    // A long call is put down to its command only where it had but one.
    if (threshold >= 0 && micros >= threshold && halves[(batches + BATCH_FRAMES) >> 1] === 1) {
      const connection = unsigned[(batches + BATCH_CONNECTION) >> 2] as number;
      this.#onSlow(exports.currentFrame() >>> 0, connection, micros);
    }
    return written;
  }

  /** Up to `frames` frame by frame, then the rest. Returns when all is done or the area is full, as the engine does. */
  #executeEach(
    batches: number,
    end: number,
    area: number,
    areaEnd: number,
    nowMs: number,
    threshold: number,
    frames: number,
  ): number {
    const { exports, unsigned } = this.#engine;
    exports.setSingle(1);
    let written = 0;
    let at = batches;
    do {
      const batch = at;
      const start = performance.now();
      const more = exports.execute(at, end, area + written, areaEnd, nowMs);
      const micros = (performance.now() - start) * 1000;
      at = exports.consumed() >>> 0;
      if (more === 0 && at === batch) break;
      written += more;
      const frame = exports.currentFrame() >>> 0;
      this.#note(frame, micros);
      if (threshold >= 0 && micros >= threshold) {
        this.#onSlow(frame, unsigned[(batch + BATCH_CONNECTION) >> 2] as number, micros);
      }
    } while (at < end && --frames > 0);
    exports.setSingle(0);
    if (at >= end || frames > 0) return written;
    return written + this.#executeAll(at, end, area + written, areaEnd, nowMs, threshold);
  }

  #note(frame: number, micros: number): void {
    this.#busy[0] = (this.#busy[0] as number) + micros;
    const command = this.#engine.halves[(frame + FRAME_COMMAND) >> 1] as number;
    this.#timedAt[command] = performance.now();
    const entry = (command * STAT_SAMPLE_ENTRY) >> 3;
    this.#samples[entry] = (this.#samples[entry] as number) + 1;
    this.#samples[entry + 1] = (this.#samples[entry + 1] as number) + micros;
    const bucket = micros < 1 ? 0 : Math.min(Math.ceil(Math.log2(micros)) + 1, STAT_SAMPLE_BUCKETS - 1);
    const at = ((STATS + STAT_SAMPLES + command * STAT_SAMPLE_ENTRY + 16) >> 2) + bucket;
    this.#engine.unsigned[at] = (this.#engine.unsigned[at] as number) + 1;
  }
}
