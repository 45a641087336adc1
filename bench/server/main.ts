/** `npm run bench:server`: ringshard beside Redis on one machine, in one run. See options.ts for its command line. */
import { writeFileSync } from 'node:fs';
import { describeMachine, machineLine, versionOf } from '../support/machine.js';
import { alignedTable, markdownTable } from '../support/table.js';
import { type Context, newGenerators, PEER, say, serverNames } from './context.js';
import { measureEviction } from './eviction.js';
import { measureExpiry } from './expiry.js';
import { Figures } from './figures.js';
import { measureHitRate } from './hit-rate.js';
import { measureMemory } from './memory.js';
import { HELP, type Options, readOptions } from './options.js';
import { figureTables, judge, type Table, targetTable } from './report.js';
import { measureSlowCommand } from './slow-command.js';
import { measureStartup } from './startup.js';
import { measureThroughput } from './throughput.js';

const SECTIONS = [
  measureStartup,
  measureThroughput,
  measureSlowCommand,
  measureExpiry,
  measureMemory,
  measureEviction,
  measureHitRate,
];

function findPeers({ peers }: Options): { server: string | undefined; benchmark: string | undefined } {
  const version = (program: string) => (peers.includes(program) ? versionOf(program) : undefined);
  return { server: version('redis-server'), benchmark: version('redis-benchmark') };
}

async function measure(options: Options): Promise<void> {
  const began = Date.now();
  const { server, benchmark } = findPeers(options);
  const figures = new Figures();
  const context: Context = {
    options,
    figures,
    servers: serverNames(options, server !== undefined),
    hasRedisBenchmark: benchmark !== undefined,
    ...newGenerators(),
  };
  const machine = describeMachine({
    ...(server !== undefined && { 'redis-server': server }),
    ...(benchmark !== undefined && { 'redis-benchmark': benchmark }),
  });
  const notes: string[] = [];
  if (server === undefined)
    notes.push(
      'redis-server is not installed, or not to be used: values stand without a ratio and hold for this machine only.',
    );
  if (benchmark === undefined)
    notes.push('redis-benchmark is not installed, or not to be used: the own generator alone makes the load.');
  if (options.smoke) notes.push('A smoke run: the figures mean nothing.');
  for (const line of [machineLine(machine), ...notes]) say(`${line}\n`);

  for (const section of SECTIONS) await figures.attempt(section.name, () => section(context));
  await Promise.all([context.generator.close(), context.background.close()]);

  if (figures.all().length === 0 && figures.failures.length === 0)
    throw new Error('--only names nothing that there is');
  const { rounds, seconds, requests, keys } = options;
  const wallSeconds = Math.round((Date.now() - began) / 1000);
  const parameters = { rounds, seconds, requests, keys, connections: 50, wallSeconds };
  const length = requests === undefined ? `${seconds} s each` : `${requests} requests each`;
  const verdicts = judge(figures);
  const tables = [targetTable(verdicts), ...figureTables(figures, context.servers)];
  const head = [
    machineLine(machine),
    `${rounds} rounds; ${keys.toLocaleString('en-US')} keys of 16 bytes; 50 connections; throughput ${length}; ${wallSeconds} s in all`,
    'Each cell: ratio to Redis in the same round, median (least..most), then the median value of this run.',
    '* the load generator used a whole core: the server might do more',
    ...notes,
    ...figures.failures.map((failure) => `FAILED: ${failure}`),
  ];
  process.stdout.write(`\n${head.join('\n')}\n${tables.map(asText).join('')}`);
  if (options.json !== undefined) {
    const all = {
      version: 1,
      machine,
      parameters,
      peer: PEER,
      servers: context.servers,
      notes,
      failures: figures.failures,
    };
    writeFileSync(
      options.json,
      `${JSON.stringify({ ...all, targets: verdicts, figures: figures.all() }, undefined, 1)}\n`,
    );
  }
  if (options.markdown !== undefined) {
    writeFileSync(options.markdown, `${head.join('\n\n')}\n${tables.map(asMarkdown).join('')}`);
  }
  if (figures.failures.length !== 0) process.exitCode = 1;
}

function asText({ heading, rows }: Table): string {
  return `\n${heading}\n${alignedTable(rows)}\n`;
}

function asMarkdown({ heading, rows }: Table): string {
  return `\n### ${heading}\n\n${markdownTable(rows)}\n`;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(HELP);
  else await measure(options);
} catch (error) {
  process.stderr.write(`bench:server: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
