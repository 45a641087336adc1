/** redis-benchmark as a load generator: starts it, reads its report, and takes CPU times around it. */
import { spawn } from 'node:child_process';
import { adopt } from '../support/children.js';
import { cpuSeconds, endedChildrenCpuSeconds } from '../support/process-figures.js';
import type { Latency } from './generator/messages.js';

const PROGRAM = 'redis-benchmark';
const LIMIT_MS = 60_000;

export interface RedisBenchmarkRun {
  readonly port: number;
  /** Of the server. */
  readonly pid: number;
  readonly command: 'GET' | 'SET';
  readonly keys: number;
  readonly valueBytes: number;
  readonly connections: number;
  readonly pipeline: number;
  readonly requests: number;
}

interface RedisBenchmarkReport {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly latency: Latency;
}

export interface RedisBenchmarkOutcome extends RedisBenchmarkReport {
  readonly serverCpuSeconds: number | undefined;
  /** Of redis-benchmark itself, where that is known. */
  readonly ownCpuSeconds: number | undefined;
}

export async function runRedisBenchmark(run: RedisBenchmarkRun): Promise<RedisBenchmarkOutcome> {
  const { port, pid, command, keys, valueBytes, connections, pipeline, requests } = run;
  const options = {
    p: port,
    t: command.toLowerCase(),
    r: keys,
    d: valueBytes,
    c: connections,
    P: pipeline,
    n: requests,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`-${name}`, String(value)]);
  const serverCpu = cpuSeconds(pid);
  const ownCpu = endedChildrenCpuSeconds();
  const report = parseReport(await outputOf(args));
  if (report.requests !== requests) throw new Error(`redis-benchmark did ${report.requests} of ${requests} requests`);
  return {
    ...report,
    serverCpuSeconds: since(serverCpu, cpuSeconds(pid)),
    ownCpuSeconds: since(ownCpu, endedChildrenCpuSeconds()),
  };
}

function since(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

function outputOf(args: readonly string[]): Promise<string> {
  const child = adopt(spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(text);
      else reject(new Error(`redis-benchmark has ended (${code ?? signal}): ${text.slice(-300)}`));
    });
  });
}

/** Reads the full text report. The distribution gives percentiles; for each the first line that reaches it. */
export function parseReport(text: string): RedisBenchmarkReport {
  const number = (pattern: RegExp, what: string) => {
    const found = Number(pattern.exec(text)?.[1]);
    if (!Number.isFinite(found)) throw new Error(`redis-benchmark's report has no ${what}: ${text.slice(-300)}`);
    return found;
  };
  const [, part = ''] = /Latency by percentile distribution:\n([\s\S]*?)\n\n/.exec(text) ?? [];
  const lines = Array.from(part.matchAll(/^([\d.]+)% <= ([\d.]+) milliseconds/gm), ([, percentile, ms]) => ({
    percentile: Number(percentile),
    us: Number(ms) * 1000,
  }));
  if (lines.length === 0) throw new Error(`redis-benchmark's report has no distribution: ${text.slice(-300)}`);
  const at = (percentile: number) =>
    (lines.find((line) => line.percentile >= percentile) ?? lines.at(-1))?.us as number;
  return {
    requests: number(/(\d+) requests completed in/, 'number of requests'),
    requestsPerSecond: number(/throughput summary: ([\d.]+) requests per second/, 'throughput'),
    latency: { p50: at(50), p99: at(99), p999: at(99.9), max: at(100) },
  };
}
