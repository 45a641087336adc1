/**
 * `npm run bench:memcached`: memcached's protocols against memcached itself with one thread, over TCP and UDP. Rounds take
 * turns, so that what else the machine does meets both alike.
 * Options: --rounds <n>, --seconds <n> for each load, --only <text>, --smoke, --json <file>.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatNumber, formatRatios } from '../support/format.js';
import { runLoad } from '../support/load.js';
import { describeMachine, machineLine } from '../support/machine.js';
import {
  memcachedCommand,
  type RunningServer,
  ringshardCommand,
  type ServerCommand,
  startServer,
} from '../support/servers.js';
import { ratios, type Sample, spreadOf } from '../support/statistics.js';
import { alignedTable, type Row } from '../support/table.js';

const MEBIBYTES = 1024;

interface Case {
  readonly name: string;
  readonly scheme: 'memcached' | 'memcached+udp';
  readonly args: readonly string[];
}

const COMMON = ['--connections', '50', '--keys', '100000', '--value-size', '64', '--timeout', '5s'];

const CASES: readonly Case[] = [
  { name: 'TCP, get and set, pipeline 1', scheme: 'memcached', args: ['--pipeline', '1'] },
  { name: 'TCP, get and set, pipeline 16', scheme: 'memcached', args: ['--pipeline', '16'] },
  { name: 'UDP, get, one at a time', scheme: 'memcached+udp', args: ['--workload', 'get', '--pipeline', '1'] },
];

/** What one round has measured: requests a second, and the server's CPU time a request in microseconds. */
interface Measured {
  readonly rate: number;
  readonly cpuUs: Sample;
}

export interface Figures {
  readonly name: string;
  readonly ours: readonly Measured[];
  readonly theirs: readonly Measured[];
}

function commands(): readonly [ours: ServerCommand, theirs: ServerCommand] {
  const ours = ringshardCommand('ringshard', [
    '--memcached-port',
    '{port}',
    '--maxmemory',
    `${MEBIBYTES}mb`,
    '--shards',
    '1',
  ]);
  const theirs = memcachedCommand(MEBIBYTES);
  // The port that is waited for is the one that the load goes to.
  const args = ours.args.map((arg, i) => (ours.args[i - 1] === '--port' ? '{port2}' : arg));
  const udp = theirs.args.map((arg, i) => (theirs.args[i - 1] === '-U' ? '{port}' : arg));
  return [
    { ...ours, args: args.filter((_, i) => !isOff(args, i)) },
    { ...theirs, args: [...udp, '-t', '1'] },
  ];
}

/** `--memcached-port 0`, which is there for the other benchmarks. */
function isOff(args: readonly string[], i: number): boolean {
  return (
    (args[i] === '--memcached-port' && args[i + 1] === '0') || (args[i] === '0' && args[i - 1] === '--memcached-port')
  );
}

async function measure(server: RunningServer, { scheme, args }: Case, seconds: number): Promise<Measured> {
  const url = `${scheme}://127.0.0.1:${server.port}`;
  const times = ['--duration', `${seconds}s`, '--warmup', seconds < 1 ? '0.2s' : '1s'];
  const { result, serverCpuUs } = await runLoad([url, ...COMMON, ...times, ...args], server.pid);
  return { rate: result.totals.succeeded / result.seconds, cpuUs: serverCpuUs };
}

function rowOf({ name, ours, theirs }: Figures): Row {
  const rate = (measured: readonly Measured[]) => spreadOf(measured.map((each) => each.rate))?.median ?? 0;
  const cpu = (measured: readonly Measured[]) => spreadOf(measured.map(({ cpuUs }) => cpuUs))?.median;
  const rateRatios = spreadOf(
    ratios(
      ours.map((each) => each.rate),
      theirs.map((each) => each.rate),
    ),
  );
  const cpuRatios = spreadOf(
    ratios(
      ours.map((each) => each.cpuUs),
      theirs.map((each) => each.cpuUs),
    ),
  );
  return [
    name,
    formatNumber(rate(ours)),
    formatNumber(rate(theirs)),
    rateRatios === undefined ? '' : formatRatios(rateRatios),
    (cpu(ours) ?? 0).toFixed(2),
    (cpu(theirs) ?? 0).toFixed(2),
    cpuRatios === undefined ? '' : formatRatios(cpuRatios),
  ];
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    only: { type: 'string', default: '' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const rounds = Number(values.rounds ?? (values.smoke ? 1 : 5));
const seconds = Number(values.seconds ?? (values.smoke ? 0.3 : 5));
const machine = describeMachine();
process.stdout.write(`${machineLine(machine)}\n50 connections, 64-byte values, ${rounds} rounds of ${seconds} s\n`);

const [ours, theirs] = (await Promise.all(commands().map(startServer))) as [RunningServer, RunningServer];
const figures: Figures[] = [];
try {
  for (const each of CASES.filter(({ name }) => name.includes(values.only))) {
    const found: { name: string; ours: Measured[]; theirs: Measured[] } = { name: each.name, ours: [], theirs: [] };
    for (let round = 0; round < rounds; round++) {
      found.theirs.push(await measure(theirs, each, seconds));
      found.ours.push(await measure(ours, each, seconds));
    }
    figures.push(found);
  }
} finally {
  await Promise.all([ours.stop(), theirs.stop()]);
}
const heading = ['', 'ringshard/s', 'memcached/s', 'ratio', 'CPU us', 'CPU us of memcached', 'ratio'];
process.stdout.write(`${alignedTable([heading, ...figures.map(rowOf)])}\n`);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ version: 1, machine, rounds, seconds, figures }, undefined, 1)}\n`);
}
