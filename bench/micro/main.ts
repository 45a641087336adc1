/**
 * `npm run bench:micro`: the parts one by one, beside what one would take otherwise: rings, framing, index, allocator,
 * hashing, histograms.
 * Options: --only <group> (rings, framing, keyspace, allocator, hashing, histogram), --seconds <s> for each case,
 * --smoke, --json <file>.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine, machineLine } from '../support/machine.js';
import { alignedTable } from '../support/table.js';
import { type Result, rowsOf, runSuite, type Settings, type Suite } from './suite.js';
import { allocatorSuites } from './suites/allocator.js';
import { framingSuites } from './suites/framing.js';
import { hashingSuites } from './suites/hashing.js';
import { histogramSuites } from './suites/histogram.js';
import { keyspaceSuites } from './suites/keyspace.js';
import { latencySuite } from './suites/latency.js';
import { throughputSuites } from './suites/throughput.js';

const SECONDS = 1;
const SMOKE_SECONDS = 0.01;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seconds: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const { smoke } = values;
const settings: Settings = { smoke, seconds: Number(values.seconds ?? (smoke ? SMOKE_SECONDS : SECONDS)) };
const groups: Readonly<Record<string, readonly (() => Suite)[]>> = {
  rings: [...throughputSuites(settings), () => latencySuite(settings)],
  framing: framingSuites(settings),
  keyspace: keyspaceSuites(settings),
  allocator: allocatorSuites(settings),
  hashing: hashingSuites(settings),
  histogram: histogramSuites(settings),
};

const machine = describeMachine();
process.stdout.write(`${machineLine(machine)}
${settings.seconds} s for each case; +/- is the 95 % confidence interval of the mean${smoke ? '; a smoke run: the figures mean nothing' : ''}
`);
const measured: { group: string; name: string; item: string; results: Result[] }[] = [];
for (const [group, suites] of Object.entries(groups)) {
  if (!group.includes(values.only)) continue;
  for (const make of suites) {
    const suite = make();
    const { name, item } = suite;
    const results = await runSuite(suite, settings);
    measured.push({ group, name, item, results });
    process.stdout.write(`\n${name}\n${alignedTable(rowsOf(item, results))}\n`);
  }
}
if (measured.length === 0) {
  process.stderr.write(`bench:micro: --only: choose from ${Object.keys(groups).join(', ')}\n`);
  process.exitCode = 2;
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ version: 1, machine, settings, suites: measured }, undefined, 1)}\n`);
}
