/**
 * `npm run bench:http`: GET of a key over HTTP beside a bare `node:http` server that answers a constant, in turns: keep-alive,
 * 50 connections, 64 bytes. Options: --rounds <n>, --seconds <n>, --smoke, --json <file>.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { adopt, endChild } from '../support/children.js';
import { formatRatios, formatWithUnit, type Unit } from '../support/format.js';
import { runLoad } from '../support/load.js';
import { describeMachine, machineLine } from '../support/machine.js';
import { canConnect, freePort } from '../support/ports.js';
import { ratios, type Sample, spreadOf } from '../support/statistics.js';
import { alignedTable } from '../support/table.js';

interface Contestant {
  readonly name: string;
  /** Arguments of node; `port` is where to serve HTTP. */
  readonly args: (port: number) => readonly string[];
  /** The keys are there before it is measured. */
  readonly preload: boolean;
  readonly perSecond: Sample[];
  readonly cpuUs: Sample[];
}

const BARE = fileURLToPath(new URL('./bare.mjs', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const [BYTES, KEYS, CONNECTIONS] = [64, 1000, 50];
const READY_MS = 20_000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const rounds = values.smoke ? 1 : Number(values.rounds);
const duration = values.smoke ? '200ms' : `${values.seconds}s`;
const warmup = values.smoke ? '100ms' : '2s';

const contestants: readonly Contestant[] = [
  {
    name: 'bare node:http, a constant',
    args: (port) => [BARE, String(port), String(BYTES)],
    preload: false,
    perSecond: [],
    cpuUs: [],
  },
  {
    name: 'ringshard, GET /v1/keys/{key}',
    args: (port) => [
      MAIN,
      '--port',
      '0',
      '--bind',
      '127.0.0.1',
      '--http-port',
      String(port),
      '--http-bind',
      '127.0.0.1',
    ],
    preload: true,
    perSecond: [],
    cpuUs: [],
  },
];

/** A fresh server each time: none has the other's luck with its compiler. */
async function measure({ name, args, preload, perSecond, cpuUs }: Contestant): Promise<void> {
  const port = await freePort();
  const child = adopt(spawn(process.execPath, args(port), { stdio: 'ignore' }));
  try {
    for (const until = Date.now() + READY_MS; !(await canConnect(port)); await sleep(20)) {
      if (Date.now() > until || child.exitCode !== null) throw new Error(`${name} does not start`);
    }
    const load = [`http://127.0.0.1:${port}/v1/keys/{key}`, '--workload', 'get', '--keys', String(KEYS)];
    const sizes = ['--data-size', String(BYTES), '--connections', String(CONNECTIONS)];
    const times = ['--duration', duration, '--warmup', warmup, ...(preload ? ['--preload'] : [])];
    const { result, serverCpuUs } = await runLoad([...load, ...sizes, ...times], child.pid as number);
    perSecond.push(result.totals.succeeded / (Number.parseFloat(duration) * (duration.endsWith('ms') ? 1e-3 : 1)));
    cpuUs.push(serverCpuUs);
  } finally {
    await endChild(child);
  }
}

for (let round = 0; round < rounds; round++) for (const contestant of contestants) await measure(contestant);

function cells(samples: readonly Sample[], unit: Unit): string {
  const spread = spreadOf(samples);
  return spread === undefined ? '-' : formatWithUnit(spread.median, unit);
}

function ratioCell(of: 'perSecond' | 'cpuUs'): string {
  const spread = spreadOf(ratios((contestants[1] as Contestant)[of], (contestants[0] as Contestant)[of]));
  return spread === undefined ? '-' : formatRatios(spread);
}

const machine = describeMachine();
console.log(machineLine(machine));
console.log(`${rounds} rounds of ${duration}, ${CONNECTIONS} connections, keep-alive, ${BYTES} bytes\n`);
console.log(
  alignedTable([
    ['HTTP', 'requests', 'CPU a request'],
    ...contestants.map(({ name, perSecond, cpuUs }) => [name, cells(perSecond, 'per second'), cells(cpuUs, 'us')]),
    ['ringshard to bare', ratioCell('perSecond'), ratioCell('cpuUs')],
  ]),
);
if (values.json !== undefined) {
  const figures = contestants.map(({ name, perSecond, cpuUs }) => ({ name, perSecond, cpuUs }));
  writeFileSync(values.json, JSON.stringify({ machine, rounds, contestants: figures }, undefined, 2));
}
