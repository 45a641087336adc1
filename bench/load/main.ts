/** `npm run bench:load`: the load generator itself, its speed and its honesty. See `--help`. */
import { writeFileSync } from 'node:fs';
import { say } from '../server/context.js';
import { Figures } from '../server/figures.js';
import { describeMachine, type Machine, machineLine, versionOf } from '../support/machine.js';
import { commitText, writeResults } from '../support/results-file.js';
import { redisCommand, ringshardCommand, startServer } from '../support/servers.js';
import { alignedTable, markdownTable } from '../support/table.js';
import { type Options, readOptions, USAGE } from './options.js';
import { speedTables, stallTable, type Table } from './report.js';
import { CONNECTIONS, casesOf, measureSpeed, VALUE_BYTES } from './speed.js';
import { measureStall, type StallOutcome } from './stall.js';

/** What is written with `--json`. */
export interface Written {
  readonly version: 1;
  readonly machine: Machine;
  readonly commit: string | undefined;
  readonly startedAt: string;
  readonly wallSeconds: number;
  readonly parameters: Options;
  readonly notes: readonly string[];
  readonly failures: readonly string[];
  readonly figures: ReturnType<Figures['all']>;
  readonly stall: StallOutcome | undefined;
}

async function main(options: Options): Promise<void> {
  const began = new Date();
  const server = versionOf('redis-server');
  const benchmark = versionOf('redis-benchmark');
  const machine = describeMachine({
    ...(server === undefined ? {} : { 'redis-server': server }),
    ...(benchmark === undefined ? {} : { 'redis-benchmark': benchmark }),
  });
  const install = 'is not installed (apt-get install redis-server)';
  const notes = [
    ...(server === undefined ? [`redis-server ${install}: the speed is measured on ringshard`] : []),
    ...(benchmark === undefined ? [`redis-benchmark ${install}: there is nothing to compare the speed with`] : []),
    'CPU time of redis-benchmark: its whole process; of ringshard load: all its threads over the measured time, after start and warm-up.',
    'CPU time of the server: over all requests it has served, with those of the warm-up.',
    'Calculation: requests that come at any time wait for the rest of the stall; an open loop counts from the time at which a request was due, a closed loop does not ask while it waits.',
    ...(options.note === undefined ? [] : [options.note]),
    ...(options.smoke ? ['A smoke run: the figures mean nothing.'] : []),
  ];
  say(`${machineLine(machine)}\n`);
  const figures = new Figures();
  let stall: StallOutcome | undefined;
  if (casesOf(options).length > 0) {
    const command = server === undefined ? ringshardCommand('ringshard', ['--shards', '1']) : redisCommand();
    const running = await startServer(command);
    await measureSpeed(options, running, benchmark !== undefined, figures).finally(() => running.stop());
  }
  if (options.only.length === 0 || options.only.includes('stall')) {
    await figures.attempt('stall', async () => {
      stall = await measureStall(options.stall);
    });
  }
  const { failures } = figures;
  if (figures.all().length === 0 && stall === undefined && failures.length === 0) {
    throw new Error('--only names nothing that there is');
  }
  report({
    version: 1,
    machine,
    commit: commitText(),
    startedAt: began.toISOString(),
    wallSeconds: Math.round((Date.now() - began.getTime()) / 1000),
    parameters: options,
    notes,
    failures,
    figures: figures.all(),
    stall,
  });
}

function report(written: Written): void {
  const { machine, commit, startedAt, wallSeconds, parameters, failures, notes, figures, stall } = written;
  const { rounds, seconds, warmup, keys, json, markdown, results } = parameters;
  const tables: Table[] = [...speedTables(figures), ...(stall === undefined ? [] : [stallTable(stall)])];
  const head = [
    `${startedAt.slice(0, 10)}${commit === undefined ? '' : `, commit ${commit}`}; ${machineLine(machine)}`,
    `${rounds} round${rounds === 1 ? '' : 's'} of ${seconds} s each (ringshard load after ${warmup} s to warm up); one thread, ${CONNECTIONS} connections, closed loop; ${keys.toLocaleString('en-US')} keys of 16 B, values of ${VALUE_BYTES} B; medians (least..most); ${wallSeconds} s in all`,
  ];
  const lines = [...notes, ...failures.map((failure) => `FAILED: ${failure}`)];
  const text = tables.map(({ heading, rows }) => `\n${heading}\n${alignedTable(rows)}\n`).join('');
  process.stdout.write(`\n${[...head, ...lines].join('\n')}\n${text}`);
  const body = [
    ...head,
    ...tables.map(({ heading, rows }) => `### ${heading}\n\n${markdownTable(rows)}`),
    lines.map((line) => `- ${line}`).join('\n'),
  ].join('\n\n');
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(written, undefined, 1)}\n`);
  if (markdown !== undefined) writeFileSync(markdown, `${body}\n`);
  if (failures.length > 0) process.exitCode = 1;
  if (results && failures.length === 0) say(`written: ${writeResults('bench:load', body)}\n`);
  else if (results) say('not written to bench/RESULTS.md: not everything could be measured\n');
}

/** Undefined: there is nothing to do. */
function optionsOf(args: readonly string[]): Options | undefined {
  try {
    const options = readOptions(args);
    if (options === undefined) process.stdout.write(USAGE);
    return options;
  } catch (error) {
    say(`bench:load: ${(error as Error).message}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

const options = optionsOf(process.argv.slice(2));
if (options !== undefined) {
  await main(options).catch((error: Error) => {
    say(`bench:load: ${error.message}\n`);
    process.exitCode = 1;
  });
}
