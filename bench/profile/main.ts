/** `npm run bench:profile`: where the server's threads spend their time. See options.ts for its command line. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onEnd } from '../support/children.js';
import { formatNumber } from '../support/format.js';
import { describeMachine, machineLine } from '../support/machine.js';
import { ringshardCommand, startServer } from '../support/servers.js';
import { alignedTable, type Row } from '../support/table.js';
import { readProfiles, type ThreadProfile } from './cpu-profile.js';
import { drive } from './drive.js';
import { engineNames } from './engine-names.js';
import { HELP, type Options, readOptions } from './options.js';

/** Where the profiles go: a directory that stays, or one that goes with this process. */
function directoryFor({ out }: Options): string {
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    return resolve(out);
  }
  const directory = mkdtempSync(join(tmpdir(), 'ringshard-profile-'));
  onEnd(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function profile(options: Options): Promise<void> {
  const directory = directoryFor(options);
  const { shards, dispatch, interval, workload } = options;
  const server = await startServer(
    ringshardCommand(
      'ringshard',
      ['--shards', shards, '--dispatch', dispatch],
      ['--cpu-prof', `--cpu-prof-dir=${directory}`, `--cpu-prof-interval=${interval}`],
    ),
  );
  let outcome: Awaited<ReturnType<typeof drive>>;
  try {
    outcome = await drive(server, options);
  } finally {
    // The profiles are written when the server ends by itself.
    await server.stop();
  }
  const threads = readProfiles(directory, options.names ? engineNames(directory) : new Map());
  if (threads.length === 0) throw new Error(`no profile was written\n${server.output()}`);
  const perSecond = outcome.requests / outcome.seconds;
  process.stdout.write(`${machineLine(describeMachine())}
${workload}, pipeline ${options.pipeline}, ${options.connections} connections, ${options.keys} keys, ${options.valueBytes}-byte values, ${shards} shards, dispatch ${dispatch}
${formatNumber(perSecond)} requests per second (profiled, and the filling is part of the profile)
`);
  for (const thread of threads) process.stdout.write(textOf(thread, options.top));
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ version: 1, options, perSecond, threads }, undefined, 1)}\n`);
  }
}

function textOf({ thread, busyMs, idleMs, functions }: ThreadProfile, top: number): string {
  const name = thread === 0 ? 'main thread (acceptor)' : `thread ${thread}`;
  const rows: Row[] = functions
    .slice(0, top)
    .map(({ name, place, ms }) => [name, formatNumber(ms), `${((ms / busyMs) * 100).toFixed(1)}%`, place]);
  const table = alignedTable([['function', 'self ms', 'of busy', 'where'], ...rows]);
  return `\n${name}: busy ${formatNumber(busyMs)} ms, idle or asleep ${formatNumber(idleMs)} ms\n${table}\n`;
}

try {
  const options = readOptions();
  if (options === undefined) process.stdout.write(HELP);
  else await profile(options);
} catch (error) {
  process.stderr.write(`bench:profile: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
