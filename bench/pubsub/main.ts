/**
 * `npm run bench:pubsub`: messages that reach subscribers, ringshard and redis-server in turn, round by round. What is
 * compared is the rate, and the server's CPU time for each PUBLISH.
 * Options: --rounds <n>, --seconds <n>, --payload <bytes>, --smoke, --json <file>, --results.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatNumber, formatRatios, formatWithUnit } from '../support/format.js';
import { describeMachine, machineLine, versionOf } from '../support/machine.js';
import { cpuSeconds } from '../support/process-figures.js';
import { commitText, writeResults } from '../support/results-file.js';
import { type RunningServer, redisCommand, ringshardCommand, startServer } from '../support/servers.js';
import { ratios, type Sample, spreadOf } from '../support/statistics.js';
import { alignedTable, markdownTable } from '../support/table.js';
import { broadcast } from './broadcast.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    payload: { type: 'string', default: '64' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'string' },
    results: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds ?? (values.smoke ? 1 : 5));
const seconds = Number(values.seconds ?? (values.smoke ? 0.2 : 2));

interface Load {
  readonly subscribers: number;
  readonly publishers: number;
  readonly pipeline: number;
}

const LOADS: readonly Load[] = [
  { subscribers: 1, publishers: 50, pipeline: 1 },
  { subscribers: 1, publishers: 50, pipeline: 16 },
  { subscribers: 100, publishers: 50, pipeline: 1 },
  { subscribers: 100, publishers: 50, pipeline: 16 },
  { subscribers: 100, publishers: 1, pipeline: 1 },
];

/** Samples of one server under one load, a round each. */
interface Samples {
  readonly published: Sample[];
  readonly delivered: Sample[];
  readonly cpuUs: Sample[];
}

const none = (): Samples => ({ published: [], delivered: [], cpuUs: [] });

async function measure(server: RunningServer, load: Load, into: Samples): Promise<void> {
  const before = cpuSeconds(server.pid);
  const outcome = await broadcast({ port: server.port, ...load, payloadBytes: Number(values.payload), seconds });
  const after = cpuSeconds(server.pid);
  into.published.push(outcome.published / outcome.seconds);
  into.delivered.push(outcome.delivered / outcome.seconds);
  const cpu = before === undefined || after === undefined ? undefined : after - before;
  into.cpuUs.push(cpu === undefined ? undefined : (cpu * 1e6) / outcome.published);
}

const redis = versionOf('redis-server');
const commands = [ringshardCommand('ringshard', ['--shards', '1']), ...(redis === undefined ? [] : [redisCommand()])];
const servers = await Promise.all(commands.map(startServer));
const results = LOADS.map((load) => ({ load, samples: servers.map(none) }));
for (let round = 0; round < rounds; round++) {
  for (const { load, samples } of results) {
    for (const [i, server] of servers.entries()) await measure(server, load, samples[i] as Samples);
  }
}
await Promise.all(servers.map((server) => server.stop()));

function rowOf({ load, samples }: (typeof results)[number]): string[] {
  const [own, peer] = samples as [Samples, Samples | undefined];
  const rate = (all: Sample[]) => formatWithUnit(spreadOf(all)?.median ?? 0, 'per second');
  const cpu = (all: Sample[]) => `${formatNumber(spreadOf(all)?.median ?? 0)} us`;
  const times = (a: Sample[], b: Sample[]) => {
    const spread = spreadOf(ratios(a, b));
    return spread === undefined ? '' : formatRatios(spread);
  };
  return [
    `${load.subscribers} subscribers, ${load.publishers} publishers, ${load.pipeline} in flight`,
    rate(own.delivered),
    peer === undefined ? '' : rate(peer.delivered),
    peer === undefined ? '' : times(own.delivered, peer.delivered),
    cpu(own.cpuUs),
    peer === undefined ? '' : cpu(peer.cpuUs),
    peer === undefined ? '' : times(own.cpuUs, peer.cpuUs),
  ];
}

const machine = describeMachine(redis === undefined ? {} : { redis });
const head = ['delivered messages', 'ringshard', 'redis', 'ratio', 'CPU per PUBLISH', 'redis', 'ratio'];
const table = [head, ...results.map(rowOf)];
const about = `${machineLine(machine)}\n${rounds} rounds of ${seconds} s, payload ${values.payload} B`;
process.stdout.write(`${about}\n${alignedTable(table)}\n`);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ version: 1, machine, rounds, seconds, results }, undefined, 1)}\n`);
}
if (values.results) {
  writeResults('bench:pubsub', `${about}; commit ${commitText() ?? 'unknown'}\n\n${markdownTable(table)}`);
}
