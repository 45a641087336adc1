/**
 * What is known of each command: calls, failures, time. The engine counts its own commands, shard by shard, and the
 * time of a sample of them; the acceptor counts what it answers itself. CONFIG RESETSTAT puts everything back to
 * nothing, by remembering what it was.
 */
import { COMMANDS, type Command, commandId } from '../commands/table.js';
import { TEXTS } from '../commands/texts.js';
import { STATS } from '../engine/layout/memory.js';
import {
  STAT_CALLS,
  STAT_CALLS_ENTRY,
  STAT_ERRORS_BY_TEXT,
  STAT_SAMPLE_BUCKETS,
  STAT_SAMPLE_ENTRY,
  STAT_SAMPLES,
} from '../engine/layout/stats.js';
import type { Engine } from '../wasm/engine.js';
import type { ShardPort } from './shard-port.js';

export interface CommandFigures {
  calls: number;
  /** Microseconds in all; estimated from a sample for commands of the engine. */
  micros: number;
  failed: number;
  rejected: number;
  /** How many took up to 1, 1, 2, 4, 8... microseconds, of those that were timed. */
  readonly histogram: number[];
}

type Figures = Map<string, CommandFigures>;

function none(): CommandFigures {
  return { calls: 0, micros: 0, failed: 0, rejected: 0, histogram: new Array<number>(STAT_SAMPLE_BUCKETS).fill(0) };
}

export class CommandStats {
  readonly #ports: readonly ShardPort[];
  readonly #acceptor: Engine;
  readonly #internalCalls: (command: number) => number;
  readonly #own = new Map<string, CommandFigures>();
  readonly #errors = new Map<string, number>();
  #figuresBefore: Figures = new Map();
  #errorsBefore = new Map<string, number>();
  /** What the figures were when histograms ceased to be kept (`latency-tracking no`). */
  #untrackedSince: Figures | undefined;
  /** Commands that the acceptor has answered since the start. */
  ownCalls = 0;

  /** `internalCalls` tells how often the server itself has run a command on the shards: those don't count. */
  constructor(ports: readonly ShardPort[], acceptor: Engine, internalCalls: (command: number) => number) {
    this.#ports = ports;
    this.#acceptor = acceptor;
    this.#internalCalls = internalCalls;
  }

  /** Counts a command that the acceptor has answered. */
  note(command: Command, micros: number, failed: boolean): void {
    const figures = this.#ofOwn(command);
    this.ownCalls++;
    figures.calls++;
    figures.micros += micros;
    if (failed) figures.failed++;
    const bucket = micros < 1 ? 0 : Math.min(Math.ceil(Math.log2(micros)) + 1, STAT_SAMPLE_BUCKETS - 1);
    figures.histogram[bucket] = (figures.histogram[bucket] as number) + 1;
  }

  /** Counts a command that was refused before it began. */
  noteRejected(command: Command): void {
    this.#ofOwn(command).rejected++;
  }

  /** Counts an error reply of the acceptor. */
  noteError(text: string): void {
    count(this.#errors, errorCode(text), 1);
  }

  #ofOwn({ name }: Command): CommandFigures {
    let figures = this.#own.get(name);
    if (figures === undefined) {
      figures = none();
      this.#own.set(name, figures);
    }
    return figures;
  }

  /** Figures since the last reset of all commands that were called, by full name (`config|get`). */
  figures(): ReadonlyMap<string, CommandFigures> {
    const figures = this.#sum();
    for (const [name, before] of this.#figuresBefore) subtract(figures.get(name), before);
    for (const [name, { histogram }] of this.#untracked()) addHistogram(figures.get(name), histogram, -1);
    for (const [name, { calls, rejected }] of figures) if (calls === 0 && rejected === 0) figures.delete(name);
    return figures;
  }

  /** Error replies since the last reset, by their first word. */
  errors(): ReadonlyMap<string, number> {
    const errors = this.#sumErrors();
    for (const [code, before] of this.#errorsBefore) count(errors, code, -before);
    for (const [code, n] of errors) if (n <= 0) errors.delete(code);
    return errors;
  }

  reset(): void {
    this.#figuresBefore = this.#sum();
    this.#errorsBefore = this.#sumErrors();
    if (this.#untrackedSince !== undefined) this.#untrackedSince = this.#sum();
  }

  /** Whether histograms grow. Commands are timed all the same. */
  track(on: boolean): void {
    if (on === (this.#untrackedSince === undefined)) return;
    if (!on) {
      this.#untrackedSince = this.#sum();
      return;
    }
    for (const [name, { histogram }] of this.#untracked()) {
      const before = this.#figuresBefore.get(name) ?? none();
      this.#figuresBefore.set(name, before);
      addHistogram(before, histogram, 1);
    }
    this.#untrackedSince = undefined;
  }

  /** What has been added while histograms were not kept. */
  #untracked(): Figures {
    if (this.#untrackedSince === undefined) return new Map();
    const figures = this.#sum();
    for (const [name, before] of this.#untrackedSince) subtract(figures.get(name), before);
    return figures;
  }

  #sum(): Figures {
    const sum: Figures = new Map();
    for (const [name, own] of this.#own) sum.set(name, { ...own, histogram: [...own.histogram] });
    for (const command of COMMANDS) {
      if (command.place === 'acceptor' || command.internal) continue;
      const before = { ...(sum.get(command.name) ?? none()) };
      for (const { engine } of this.#ports) {
        addEngine(sum, command.name, command.id, engine);
        const { part = command.name } = command.spec;
        if (part !== command.name) addEngine(sum, command.name, commandId(part), engine);
      }
      this.#correctSplit(sum.get(command.name), command);
      this.#takeInternal(sum.get(command.name), before, command);
    }
    return sum;
  }

  /** A request that was taken apart is one, although the shards have counted its parts. */
  #correctSplit(figures: CommandFigures | undefined, { id }: Command): void {
    const { buffer } = this.#acceptor.memory;
    const [correction = 0n] = new BigInt64Array(buffer, STATS + STAT_CALLS + id * STAT_CALLS_ENTRY, 1);
    if (figures !== undefined) figures.calls += Number(correction);
  }

  /** Takes away what the server itself has asked of shards. */
  #takeInternal(figures: CommandFigures | undefined, before: CommandFigures, { id }: Command): void {
    const internal = this.#internalCalls(id);
    if (figures === undefined || internal === 0) return;
    const calls = figures.calls - before.calls;
    const left = Math.max(0, calls - internal);
    figures.calls = before.calls + left;
    figures.micros = before.micros + ((figures.micros - before.micros) * left) / calls;
  }

  #sumErrors(): Map<string, number> {
    const sum = new Map(this.#errors);
    for (const { engine } of this.#ports) {
      const counts = new BigUint64Array(engine.memory.buffer, STATS + STAT_ERRORS_BY_TEXT, Object.keys(TEXTS).length);
      for (const [i, text] of Object.values(TEXTS).entries()) {
        const n = Number(counts[i]);
        if (n !== 0) count(sum, errorCode(text.slice(1)), n);
      }
    }
    return sum;
  }
}

function addEngine(sum: Figures, name: string, id: number, { memory: { buffer } }: Engine): void {
  const counts = new BigUint64Array(buffer, STATS + STAT_CALLS + id * STAT_CALLS_ENTRY, 2);
  const calls = Number(counts[0]);
  if (calls === 0) return;
  const at = STATS + STAT_SAMPLES + id * STAT_SAMPLE_ENTRY;
  const [samples = 0, micros = 0] = new Float64Array(buffer, at, 2);
  const buckets = new Uint32Array(buffer, at + 16, STAT_SAMPLE_BUCKETS);
  const figures = sum.get(name) ?? none();
  sum.set(name, figures);
  figures.calls += calls;
  figures.failed += Number(counts[1]);
  if (samples > 0) figures.micros += (micros / samples) * calls;
  for (const [i, n] of buckets.entries()) figures.histogram[i] = (figures.histogram[i] as number) + n;
}

function subtract(figures: CommandFigures | undefined, before: CommandFigures): void {
  if (figures === undefined) return;
  figures.calls -= before.calls;
  figures.micros = Math.max(0, figures.micros - before.micros);
  figures.failed -= before.failed;
  figures.rejected -= before.rejected;
  addHistogram(figures, before.histogram, -1);
}

function addHistogram(figures: CommandFigures | undefined, histogram: readonly number[], times: number): void {
  if (figures === undefined) return;
  for (const [i, n] of histogram.entries()) figures.histogram[i] = (figures.histogram[i] as number) + n * times;
}

function count(map: Map<string, number>, key: string, n: number): void {
  map.set(key, (map.get(key) ?? 0) + n);
}

/** `WRONGTYPE` of `WRONGTYPE Operation against...`. */
function errorCode(text: string): string {
  return /^\S*/.exec(text)?.[0] ?? 'ERR';
}
