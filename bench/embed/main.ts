/**
 * `npm run bench:embed`: how fast a server inside a program is there. Each round is a process of its own: loads the
 * package, starts a server, asks it something, starts more beside it, calls the client, and ends them all.
 * Options: --rounds <n>, --servers <n>, --smoke, --json <file>.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatWithUnit, type Unit } from '../support/format.js';
import { describeMachine, machineLine } from '../support/machine.js';
import { spreadOf } from '../support/statistics.js';
import { alignedTable } from '../support/table.js';

/** What a round measures (round.mjs). */
const FIGURES = {
  importMs: ['loading the package', 'ms'],
  firstReadyMs: ['createServer(), the first of the process', 'ms'],
  firstReplyMs: ['its first reply to the client within', 'ms'],
  nextReadyMs: ['createServer(), any further one (median)', 'ms'],
  closeMs: ['close(), one server', 'ms'],
  serialUs: ['one GET after the other', 'us'],
  batchedPerSecond: ['GETs, 1000 at once', 'per second'],
} as const satisfies Record<string, readonly [string, Unit]>;
type Round = Readonly<Record<keyof typeof FIGURES, number>>;

const ROUND = fileURLToPath(new URL('./round.mjs', import.meta.url));

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    servers: { type: 'string', default: '20' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const rounds = values.smoke ? 1 : Number(values.rounds);
const servers = values.smoke ? 2 : Number(values.servers);
const calls = values.smoke ? 1000 : 100_000;

const taken: Round[] = [];
for (let i = 0; i < rounds; i++) {
  taken.push(JSON.parse(execFileSync(process.execPath, [ROUND, String(servers), String(calls)], { encoding: 'utf8' })));
}
const rows = Object.entries(FIGURES).map(([name, [label, unit]]) => {
  const spread = spreadOf(taken.map((round) => round[name as keyof Round]));
  if (spread === undefined) return [label, '-', '-', '-'];
  return [label, ...[spread.median, spread.min, spread.max].map((figure) => formatWithUnit(figure, unit))];
});
const machine = describeMachine();
console.log(machineLine(machine));
console.log(`${rounds} rounds, ${servers} servers side by side\n`);
console.log(alignedTable([['embedding', 'median', 'min', 'max'], ...rows]));
if (values.json !== undefined) {
  writeFileSync(values.json, JSON.stringify({ machine, servers, rounds: taken }, undefined, 2));
}
