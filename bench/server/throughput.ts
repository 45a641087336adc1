/** GET and SET as fast as the servers take them: throughput, latency, and the server's CPU time for each request. */
import type { Unit } from '../support/format.js';
import type { RunningServer } from '../support/servers.js';
import { type Context, commandOf, inTurn, isWanted, say, withServers } from './context.js';
import { checkFilled, empty, fill, KEY_PREFIX } from './fill.js';
import type { Latency } from './generator/messages.js';
import { keysThatFit } from './options.js';
import { runRedisBenchmark } from './redis-benchmark.js';

const SECTION = 'throughput';
const CONNECTIONS = 50;
const SIZES = [64, 1024];
const PIPELINES = [1, 16, 64];
const SMOKE_PIPELINES = [16];
const WARMUP_SECONDS = 0.1;
const SMOKE_WARMUP_SECONDS = 0.02;
/** Share of a core from which the generator counts as the limit. */
const BUSY = 0.93;
/** Requests of redis-benchmark in a server's first round; later ones go by the speed of the round before. */
const FIRST_REQUESTS = 30_000;
const LEAST_REQUESTS = 5000;
const MOST_REQUESTS = 10_000_000;

interface Case {
  readonly name: string;
  readonly command: 'GET' | 'SET';
  readonly valueBytes: number;
  readonly pipeline: number;
}

/** What one generator saw in one round. */
interface Taken {
  readonly perSecond: number;
  readonly latency: Latency | undefined;
  readonly serverCpuSeconds: number | undefined;
  readonly requests: number;
  /** Cores that the generator used. */
  readonly busy: number | undefined;
  readonly stallMs: number | undefined;
}

export async function measureThroughput(context: Context): Promise<void> {
  const cases = casesOf(context);
  if (cases.length === 0) return;
  const commands = context.servers.map((server) => commandOf(server, '3gb'));
  await withServers(commands, async (servers) => {
    for (const valueBytes of SIZES) {
      const some = cases.filter((one) => one.valueBytes === valueBytes);
      if (some.length !== 0) await measureSize(context, servers, some, valueBytes);
    }
  });
}

function casesOf(context: Context): Case[] {
  const cases: Case[] = [];
  for (const valueBytes of SIZES) {
    for (const pipeline of context.options.smoke ? SMOKE_PIPELINES : PIPELINES) {
      for (const command of ['GET', 'SET'] as const) {
        const name = `${command.toLowerCase()}-${valueBytes}-p${pipeline}`;
        if (isWanted(context, `${SECTION}/${name}`)) cases.push({ name, command, valueBytes, pipeline });
      }
    }
  }
  return cases;
}

async function measureSize(
  context: Context,
  servers: readonly RunningServer[],
  cases: readonly Case[],
  valueBytes: number,
): Promise<void> {
  const count = keysThatFit(context.options.keys, valueBytes, servers.length);
  const keys = { prefix: KEY_PREFIX, count };
  say(`throughput, ${valueBytes} bytes: filling ${servers.length} servers with ${count} keys\n`);
  if (count < context.options.keys) say('  (fewer than asked for: there is too little memory)\n');
  for (const server of servers) {
    await empty(server);
    await fill(context, server, keys, valueBytes);
    await checkFilled(server, keys, valueBytes);
  }
  const speeds = new Map<string, number>();
  for (let round = 0; round < context.options.rounds; round++) {
    say(`  round ${round + 1}`);
    for (const one of cases) {
      for (const server of inTurn(servers, round)) await measureCase(context, server, one, count, round, speeds);
      say('.');
    }
    say('\n');
  }
  for (const server of servers) {
    // redis-benchmark writes values of its own.
    await context.figures.attempt(`${SECTION}, ${server.name}`, () => checkFilled(server, keys, valueBytes, 'length'));
  }
}

async function measureCase(
  context: Context,
  server: RunningServer,
  one: Case,
  keys: number,
  round: number,
  speeds: Map<string, number>,
): Promise<void> {
  const { generators } = context.options;
  const where = `${SECTION}/${one.name}, ${server.name}`;
  if (generators !== 'redis-benchmark' || !context.hasRedisBenchmark) {
    await context.figures.attempt(`${where}, own`, async () =>
      note(context, server, one, round, 'own', await byOwn(context, server, one, keys)),
    );
  }
  if (generators !== 'own' && context.hasRedisBenchmark) {
    await context.figures.attempt(`${where}, redis-benchmark`, async () => {
      const known = `${one.name} ${server.name}`;
      const taken = await byRedisBenchmark(context, server, one, keys, speeds.get(known));
      speeds.set(known, taken.perSecond);
      note(context, server, one, round, 'redis-benchmark', taken);
    });
  }
}

async function byOwn(context: Context, server: RunningServer, one: Case, keys: number): Promise<Taken> {
  const { requests, seconds, latency, serverCpuSeconds, own } = await context.generator.run({
    kind: 'closed-loop',
    port: server.port,
    pid: server.pid,
    command: one.command,
    keys: { prefix: KEY_PREFIX, count: keys },
    valueBytes: one.valueBytes,
    connections: CONNECTIONS,
    pipeline: one.pipeline,
    seconds: context.options.seconds,
    requests: context.options.requests,
    warmupSeconds: context.options.smoke ? SMOKE_WARMUP_SECONDS : WARMUP_SECONDS,
  });
  return {
    perSecond: requests / seconds,
    latency,
    serverCpuSeconds,
    requests,
    busy: own.cpuSeconds / seconds,
    stallMs: own.stallP99Ms,
  };
}

async function byRedisBenchmark(
  context: Context,
  server: RunningServer,
  one: Case,
  keys: number,
  speed: number | undefined,
): Promise<Taken> {
  const { smoke, seconds } = context.options;
  const first = smoke ? LEAST_REQUESTS : FIRST_REQUESTS * Math.min(one.pipeline, 16);
  const fitting = speed === undefined ? first : speed * seconds;
  const wanted = context.options.requests ?? Math.min(MOST_REQUESTS, Math.max(fitting, LEAST_REQUESTS));
  const requests = Math.ceil(wanted / one.pipeline) * one.pipeline;
  const outcome = await runRedisBenchmark({
    port: server.port,
    pid: server.pid,
    command: one.command,
    keys,
    valueBytes: one.valueBytes,
    connections: CONNECTIONS,
    pipeline: one.pipeline,
    requests,
  });
  const { requestsPerSecond, latency, serverCpuSeconds, ownCpuSeconds } = outcome;
  const busy = ownCpuSeconds === undefined ? undefined : ownCpuSeconds / (requests / requestsPerSecond);
  return { perSecond: requestsPerSecond, latency, serverCpuSeconds, requests, busy, stallMs: undefined };
}

function note(context: Context, server: RunningServer, one: Case, round: number, by: string, taken: Taken): void {
  const { figures } = context;
  const kind = `${one.command} ${one.valueBytes === 1024 ? '1 KiB' : `${one.valueBytes} B`}, pipeline ${one.pipeline}`;
  const add = (quantity: string, group: string, unit: Unit, value: number | undefined) => {
    const id = `${SECTION}/${one.name}/${quantity}/${by}`;
    figures.add({ id, group, label: `${kind} (${by})`, unit }, server.name, round, value);
    if ((taken.busy ?? 0) > BUSY) figures.markBounded(id, server.name);
  };
  const { latency, serverCpuSeconds, requests } = taken;
  add('per-second', 'Throughput', 'per second', taken.perSecond);
  const cpu = serverCpuSeconds === undefined ? undefined : (serverCpuSeconds * 1e6) / requests;
  add('cpu', 'Server CPU time per request', 'us', cpu);
  add('p50', 'Latency p50', 'us', latency?.p50);
  add('p99', 'Latency p99', 'us', latency?.p99);
  add('p999', 'Latency p99.9', 'us', latency?.p999);
  add('generator-cores', "The generators' own load: cores used", 'count', taken.busy);
  if (taken.stallMs !== undefined) add('generator-stall', "The own generator's stalls, p99", 'ms', taken.stallMs);
}
