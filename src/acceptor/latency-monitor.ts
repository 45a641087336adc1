/**
 * The latency monitor: what took longer than `latency-monitor-threshold`, as a series of samples for each kind of event.
 *
 *   command, fast-command   a request (fast: one that never takes long by its nature)
 *
 * Redis knows more kinds. Expiry and eviction are none here: a shard does them in slices of a quarter of a millisecond,
 * and nobody waits for the end of it.
 */
import type { Command } from '../commands/table.js';

/** As many as Redis keeps. */
const SAMPLES_MAX = 160;

interface LatencySample {
  /** Seconds since 1970. */
  readonly at: number;
  readonly ms: number;
}

export interface LatencySeries {
  /** Oldest first; the worst of each second. */
  readonly samples: readonly LatencySample[];
  /** The worst since the last reset. */
  readonly worst: number;
}

interface Series extends LatencySeries {
  readonly samples: LatencySample[];
  worst: number;
}

export class LatencyMonitor {
  readonly #threshold: () => number;
  readonly #events = new Map<string, Series>();

  /** `threshold` is in milliseconds; 0: nothing is noted. */
  constructor(threshold: () => number) {
    this.#threshold = threshold;
  }

  /** Notes a command that took `micros` microseconds, if that is too long. `at` is in milliseconds since 1970. */
  noteCommand(command: Command, at: number, micros: number): void {
    this.note(command.flags.has('fast') ? 'fast-command' : 'command', at, micros / 1000);
  }

  note(event: string, at: number, ms: number): void {
    const threshold = this.#threshold();
    if (threshold > 0 && ms >= threshold) this.#add(event, Math.floor(at / 1000), Math.floor(ms));
  }

  #add(event: string, at: number, ms: number): void {
    const series = this.#events.get(event) ?? { samples: [], worst: 0 };
    this.#events.set(event, series);
    series.worst = Math.max(series.worst, ms);
    const last = series.samples.at(-1);
    if (last?.at === at) {
      series.samples[series.samples.length - 1] = { at, ms: Math.max(last.ms, ms) };
      return;
    }
    series.samples.push({ at, ms });
    if (series.samples.length > SAMPLES_MAX) series.samples.shift();
  }

  get events(): ReadonlyMap<string, LatencySeries> {
    return this.#events;
  }

  /** Forgets an event, or all of them; how many there were. */
  reset(event?: string): number {
    if (event !== undefined) return this.#events.delete(event.toLowerCase()) ? 1 : 0;
    const count = this.#events.size;
    this.#events.clear();
    return count;
  }
}
