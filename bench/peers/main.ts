/** `npm run bench:peers`: ringshard beside Redis, memcached and etcd on one machine, in one run. See `--help`. */
import { writeFileSync } from 'node:fs';
import { say } from '../server/context.js';
import { Figures } from '../server/figures.js';
import { describeMachine, type Machine, machineLine } from '../support/machine.js';
import { commitText, writeResults } from '../support/results-file.js';
import { alignedTable, markdownTable } from '../support/table.js';
import { peerCharts } from './charts.js';
import { ETCD, findContestants, isOurs, MEMCACHED } from './contestants.js';
import { type Context, Curves } from './context.js';
import { ETCD_NOTE, measureEtcd } from './etcd.js';
import { measureMemory } from './memory.js';
import { CONNECTIONS, measureMixes } from './mix.js';
import { measureOpenLoop } from './open-loop.js';
import { type Options, readOptions, USAGE } from './options.js';
import { peersPage } from './page.js';
import { figureTables, type Table } from './report.js';
import { measureSlowCommand } from './slow-command.js';

const SECTIONS = [measureMixes, measureOpenLoop, measureSlowCommand, measureMemory, measureEtcd];

/** What is written with `--json`. */
export interface Written {
  readonly version: 1;
  readonly machine: Machine;
  readonly commit: string | undefined;
  readonly startedAt: string;
  readonly wallSeconds: number;
  readonly parameters: Options;
  readonly servers: readonly string[];
  readonly notes: readonly string[];
  readonly failures: readonly string[];
  readonly figures: ReturnType<Figures['all']>;
}

async function main(options: Options): Promise<void> {
  const began = new Date();
  const { contestants, versions, absent } = findContestants(options.servers);
  if (contestants.length === 0) throw new Error(absent.join('\n'));
  const machine = describeMachine(versions);
  const context: Context = { options, figures: new Figures(), contestants, curves: new Curves() };
  for (const line of [machineLine(machine), ...absent]) say(`${line}\n`);
  for (const section of SECTIONS) await context.figures.attempt(section.name, () => section(context));
  const { failures } = context.figures;
  if (context.figures.all().length === 0 && failures.length === 0)
    throw new Error('--only names nothing that there is');

  const written: Written = {
    version: 1,
    machine,
    commit: commitText(),
    startedAt: began.toISOString(),
    wallSeconds: Math.round((Date.now() - began.getTime()) / 1000),
    parameters: options,
    servers: contestants.map(({ name }) => name),
    notes: notesOf(context, absent),
    failures,
    figures: context.figures.all(),
  };
  const tables = figureTables(written.figures, contestants);
  report(context, written, tables);
  if (failures.length > 0) process.exitCode = 1;
}

function notesOf({ options, contestants }: Context, absent: readonly string[]): string[] {
  const has = (name: string) => contestants.some((one) => one.name === name);
  const peers = contestants.some((one) => !isOurs(one));
  return [
    ...absent,
    ...(peers ? ['Ratios: ringshard over the peer in the same round, median (least..most).'] : []),
    '* the load generator was the limit in some round: the server might do more.',
    'Each server as it is after its installation: Redis with one thread and without snapshots, memcached with its usual four threads.',
    ...(has(MEMCACHED)
      ? [
          'memcached has no command such as KEYS, so it takes no part in the slow command; it answers each pipelined get with a system call of its own.',
        ]
      : []),
    ...(has(ETCD) ? [ETCD_NOTE] : []),
    'Not measured yet: durable replicated writes against three etcd nodes (ringshard has no replication yet).',
    ...(options.note === undefined ? [] : [options.note]),
    ...(options.smoke ? ['A smoke run: the figures mean nothing.'] : []),
  ];
}

function headOf({ machine, commit, startedAt, wallSeconds, parameters }: Written): string[] {
  const { rounds, seconds, keys, threads } = parameters;
  const when = `${startedAt.slice(0, 10)}${commit === undefined ? '' : `, commit ${commit}`}`;
  const generator = `${threads} thread${threads === 1 ? '' : 's'} of ringshard load`;
  return [
    `${when}; ${machineLine(machine)}`,
    `${rounds} round${rounds === 1 ? '' : 's'} of ${seconds} s each; ${keys.toLocaleString('en-US')} keys of 16 B, uniform; ${CONNECTIONS} connections, ${generator}; loopback; ${wallSeconds} s in all`,
  ];
}

function report(context: Context, written: Written, tables: readonly Table[]): void {
  const { json, markdown, html, results } = context.options;
  const { notes, failures } = written;
  const head = headOf(written);
  const lines = [...notes, ...failures.map((failure) => `FAILED: ${failure}`)];
  const text = tables.map(({ heading, rows }) => `\n${heading}\n${alignedTable(rows)}\n`).join('');
  process.stdout.write(`\n${[...head, ...lines].join('\n')}\n${text}`);
  const body = [
    ...head,
    ...tables.map(({ heading, rows }) => `### ${heading}\n\n${markdownTable(rows)}`),
    lines.map((line) => `- ${line.replace(/^\*/, '\\*')}`).join('\n'),
  ].join('\n\n');
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(written, undefined, 1)}\n`);
  if (markdown !== undefined) writeFileSync(markdown, `${body}\n`);
  if (html !== undefined)
    writeFileSync(html, peersPage({ head, notes, failures, charts: peerCharts(context), tables }));
  if (results && failures.length === 0) say(`written: ${writeResults('bench:peers', body)}\n`);
  else if (results) say('not written to bench/RESULTS.md: not everything could be measured\n');
}

/** Undefined: there is nothing to do. */
function optionsOf(args: readonly string[]): Options | undefined {
  try {
    const options = readOptions(args);
    if (options === undefined) process.stdout.write(USAGE);
    return options;
  } catch (error) {
    say(`bench:peers: ${(error as Error).message}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

const options = optionsOf(process.argv.slice(2));
if (options !== undefined) {
  await main(options).catch((error: Error) => {
    say(`bench:peers: ${error.message}\n`);
    process.exitCode = 1;
  });
}
