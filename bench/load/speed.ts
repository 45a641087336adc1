/**
 * `ringshard load` and redis-benchmark as users start them, in turns on one server: closed loop, one thread.
 *
 * Requests a second: each program's own figure. Ours is of the time after its warm-up, which a program that is compiled
 * while it runs needs and redis-benchmark, compiled before, does not.
 * CPU time: redis-benchmark's is that of its whole process (its start takes some milliseconds) over its requests; ours
 * that of its whole process, all threads, over the same time as the requests. What our whole process takes, with start
 * and warm-up, is shown beside it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from '../server/context.js';
import type { Figures } from '../server/figures.js';
import { runRedisBenchmark } from '../server/redis-benchmark.js';
import { adopt } from '../support/children.js';
import type { Unit } from '../support/format.js';
import { type LoadResult, runLoad } from '../support/load.js';
import { cpuSeconds, endedChildrenCpuSeconds } from '../support/process-figures.js';
import { withClient } from '../support/resp-client.js';
import type { RunningServer } from '../support/servers.js';
import type { Options } from './options.js';

export const OURS = 'ringshard load';
export const THEIRS = 'redis-benchmark';
export const CONNECTIONS = 50;
export const VALUE_BYTES = 64;
const PIPELINES = [1, 16, 64];
const SMOKE_PIPELINES = [16];
/** Requests of redis-benchmark's first run, a pipeline; later ones go by the speed of the run before. */
const FIRST_REQUESTS = 20_000;
const SMOKE_REQUESTS = 200;
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

interface Case {
  readonly name: string;
  readonly command: 'GET' | 'SET';
  readonly pipeline: number;
}

interface Taken {
  readonly perSecond: number;
  /** CPU time of the generator in microseconds a request: at full speed, and with all that its process ever did. */
  readonly cpu: number | undefined;
  readonly wholeCpuMs: number | undefined;
  /** Of the server. */
  readonly serverCpu: number | undefined;
}

export function casesOf({ smoke, only }: Options): Case[] {
  const all = (smoke ? SMOKE_PIPELINES : PIPELINES).flatMap((pipeline) =>
    (['GET', 'SET'] as const).map((command) => ({
      name: `speed/${command.toLowerCase()}-p${pipeline}`,
      command,
      pipeline,
    })),
  );
  return all.filter(({ name }) => only.length === 0 || only.some((text) => name.includes(text)));
}

export async function measureSpeed(
  options: Options,
  server: RunningServer,
  hasRedisBenchmark: boolean,
  figures: Figures,
): Promise<void> {
  const { keys, rounds } = options;
  const url = `redis://127.0.0.1:${server.port}`;
  await runLoad([url, '-r', `${keys}`, '-d', `${VALUE_BYTES}`, '--preload', '-n', '1', '-t', 'get'], server.pid);
  const speeds = new Map<string, number>();
  say('speed\n  rounds ');
  for (let round = 0; round < rounds; round++) {
    for (const one of casesOf(options)) {
      const ours = () => takeOurs(options, server, one);
      const theirs = () => takeTheirs(options, server, one, speeds);
      const runs = [{ by: OURS, take: ours }, ...(hasRedisBenchmark ? [{ by: THEIRS, take: theirs }] : [])];
      for (const { by, take } of round % 2 === 0 ? runs : runs.reverse()) {
        await figures.attempt(`${one.name}, ${by}`, async () => note(figures, one, by, round, await take()));
      }
    }
    say('.');
  }
  say('\n');
}

async function takeOurs(options: Options, server: RunningServer, { command, pipeline }: Case): Promise<Taken> {
  const { keys, seconds, warmup } = options;
  const around = await aroundServer(server, () =>
    runCommandLine([
      `redis://127.0.0.1:${server.port}`,
      ...['-t', command.toLowerCase(), '-r', `${keys}`, '-d', `${VALUE_BYTES}`],
      ...['-c', `${CONNECTIONS}`, '-P', `${pipeline}`, '-T', '1'],
      ...['--warmup', `${warmup}s`, '--duration', `${seconds}s`],
    ]),
  );
  const { result, wholeCpuMs } = around.outcome;
  const { totals, generator } = result;
  if (totals.failed + totals.misses > 0) throw new Error(`${totals.failed} failed, ${totals.misses} were not found`);
  return { perSecond: totals.throughput, cpu: generator.cpuPerRequest, wholeCpuMs, serverCpu: around.cpuUs };
}

async function takeTheirs(
  { keys, seconds, smoke }: Options,
  server: RunningServer,
  { name, command, pipeline }: Case,
  speeds: Map<string, number>,
): Promise<Taken> {
  const known = speeds.get(name);
  const first = (smoke ? SMOKE_REQUESTS : FIRST_REQUESTS) * pipeline;
  const wanted = known === undefined ? first : known * seconds;
  const requests = Math.ceil(wanted / pipeline) * pipeline;
  const shape = { command, keys, valueBytes: VALUE_BYTES, connections: CONNECTIONS, pipeline, requests };
  const { outcome, cpuUs } = await aroundServer(server, () =>
    runRedisBenchmark({ port: server.port, pid: server.pid, ...shape }),
  );
  speeds.set(name, outcome.requestsPerSecond);
  const own = outcome.ownCpuSeconds;
  return {
    perSecond: outcome.requestsPerSecond,
    cpu: own === undefined ? undefined : (own * 1e6) / requests,
    wholeCpuMs: undefined,
    serverCpu: cpuUs,
  };
}

/** The server's CPU time over all requests that it has served meanwhile, in microseconds a request. */
async function aroundServer<T>(
  { port, pid }: RunningServer,
  action: () => Promise<T>,
): Promise<{ outcome: T; cpuUs: number | undefined }> {
  const served = async () => {
    const stats = await withClient(port, (client) => client.info('stats'));
    return Number(stats.get('total_commands_processed'));
  };
  const [cpuBefore, before] = [cpuSeconds(pid), await served()];
  const outcome = await action();
  const [cpuAfter, after] = [cpuSeconds(pid), await served()];
  const known = cpuBefore !== undefined && cpuAfter !== undefined && after > before;
  return { outcome, cpuUs: known ? ((cpuAfter - cpuBefore) * 1e6) / (after - before) : undefined };
}

async function runCommandLine(
  args: readonly string[],
): Promise<{ result: LoadResult; wholeCpuMs: number | undefined }> {
  const directory = mkdtempSync(join(tmpdir(), 'ringshard-bench-'));
  try {
    const file = join(directory, 'result.json');
    const before = endedChildrenCpuSeconds();
    await ended([MAIN, 'load', ...args, '--quiet', '--json', file]);
    const after = endedChildrenCpuSeconds();
    const result = JSON.parse(readFileSync(file, 'utf8')) as LoadResult;
    return { result, wholeCpuMs: before === undefined || after === undefined ? undefined : (after - before) * 1e3 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function ended(args: readonly string[]): Promise<void> {
  const child = adopt(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  return new Promise((resolve, reject) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`ringshard load has ended (${code ?? signal}): ${text.slice(-300)}`));
    });
  });
}

function note(figures: Figures, { name, command, pipeline }: Case, by: string, round: number, taken: Taken): void {
  const add = (quantity: string, group: string, unit: Unit, value: number | undefined) => {
    if (value === undefined) return;
    const label = `${command}, pipeline ${pipeline}`;
    figures.add({ id: `${name}/${quantity}`, group, label, unit }, by, round, value);
  };
  add('per-second', 'Requests a second', 'per second', taken.perSecond);
  add('cpu', 'CPU time of the generator per request', 'us', taken.cpu);
  add('server-cpu', 'CPU time of the server per request', 'us', taken.serverCpu);
  add('whole', 'CPU time of our whole process, with start and warm-up', 'ms', taken.wholeCpuMs);
}
