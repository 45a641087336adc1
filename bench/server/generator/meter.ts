/** Takes the measurements of a run: requests, latency, CPU time of the server and of the generator, and its stalls. */
import { createHistogram, type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { cpuSeconds } from '../../support/process-figures.js';
import type { Outcome } from './messages.js';

const STALL_RESOLUTION_MS = 2;

export class RunMeter {
  readonly #pid: number | undefined;
  readonly #latency = createHistogram();
  readonly #stalls: IntervalHistogram;
  #requests = 0;
  #began = 0;
  #serverCpu: number | undefined;
  #ownCpu = process.cpuUsage();

  constructor(pid?: number) {
    this.#pid = pid;
    this.#stalls = monitorEventLoopDelay({ resolution: STALL_RESOLUTION_MS });
    this.#stalls.enable();
    this.begin();
  }

  /** Forgets what was measured, and begins. */
  begin(): void {
    this.#latency.reset();
    this.#stalls.reset();
    this.#requests = 0;
    this.#serverCpu = this.#pid === undefined ? undefined : cpuSeconds(this.#pid);
    this.#ownCpu = process.cpuUsage();
    this.#began = performance.now();
  }

  /** `requests` were answered together, after `ms`. */
  note(requests: number, ms: number): void {
    this.#requests += requests;
    this.#latency.record(Math.max(1, Math.round(ms * 1e6)));
  }

  get requests(): number {
    return this.#requests;
  }

  count(requests: number): void {
    this.#requests += requests;
  }

  end(): Outcome {
    const seconds = (performance.now() - this.#began) / 1000;
    const own = process.cpuUsage(this.#ownCpu);
    const serverCpu = this.#pid === undefined ? undefined : cpuSeconds(this.#pid);
    this.#stalls.disable();
    const at = (percentile: number) => this.#latency.percentile(percentile) / 1000;
    const stall = (ns: number) => Math.max(0, ns / 1e6 - STALL_RESOLUTION_MS);
    return {
      requests: this.#requests,
      seconds,
      ...(this.#latency.count > 0 && {
        latency: { p50: at(50), p99: at(99), p999: at(99.9), max: this.#latency.max / 1000 },
      }),
      serverCpuSeconds:
        serverCpu === undefined || this.#serverCpu === undefined ? undefined : serverCpu - this.#serverCpu,
      own: {
        cpuSeconds: (own.user + own.system) / 1e6,
        stallP99Ms: stall(this.#stalls.percentile(99)),
        stallMaxMs: stall(this.#stalls.max),
      },
    };
  }
}
