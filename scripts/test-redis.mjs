/**
 * Runs Redis's own test suite against ringshard (npm run test:redis): a fresh server for each unit, and a table of what
 * passed, failed and was skipped. The suite is the folder that REDIS_SUITE names, or `redis-7*` in the working
 * directory (apt-get source redis); it needs tclsh, and redis-cli and redis-benchmark for some units.
 *
 *   npm run test:redis -- [--shards N] [--dispatch auto|direct|ring] [--verbose] [unit ...]
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, stripVTControlCharacters } from 'node:util';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const UNITS = JSON.parse(readFileSync(new URL('./redis-units.json', import.meta.url), 'utf8'));
const UNIT_SECONDS = 240;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shards: { type: 'string', default: '1' },
    dispatch: { type: 'string', default: 'auto' },
    verbose: { type: 'boolean', default: false },
  },
});

function findSuite() {
  const named = process.env.REDIS_SUITE;
  if (named !== undefined) return named;
  const here = readdirSync('.').find((name) => /^redis-\d/.test(name) && existsSync(join(name, 'runtest')));
  return here;
}

/** The suite writes into its folder, so it gets a copy. */
function copySuite(from) {
  const to = mkdtempSync(join(tmpdir(), 'redis-suite-'));
  for (const part of ['runtest', 'tests', 'src/commands', 'redis.conf', 'utils']) {
    if (existsSync(join(from, part))) cpSync(join(from, part), join(to, part), { recursive: true });
  }
  for (const tool of ['redis-server', 'redis-cli', 'redis-benchmark']) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`])
      .stdout.toString()
      .trim();
    if (found !== '') symlinkSync(found, join(to, 'src', tool));
  }
  return to;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function startServer(port) {
  const args = ['dist/main.js', '--port', String(port), '--shards', values.shards, '--dispatch', values.dispatch];
  const server = spawn(process.execPath, [...args, '--enable-debug-command', 'yes', '--loglevel', 'warning'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server.stdout.on('data', (text) => values.verbose && process.stdout.write(text));
  for (let i = 0; i < 100; i++) {
    const probe = spawnSync('redis-cli', ['-p', String(port), 'ping']);
    if (probe.stdout?.toString().trim() === 'PONG') return server;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.kill('SIGKILL');
  throw new Error('the server did not start');
}

function stop(server) {
  return new Promise((resolve) => {
    server.once('exit', resolve);
    server.kill('SIGTERM');
    setTimeout(() => server.kill('SIGKILL'), 12_000).unref();
  });
}

/** Counts the suite's own lines; those after its last line repeat the errors. */
function readOutcome(output) {
  const text = output.split(/^\s*The End/m)[0];
  const count = (mark) => text.match(new RegExp(`^\\[${mark}\\]:`, 'gm'))?.length ?? 0;
  const failed = [...output.matchAll(/^\[(?:err|exception|TIMEOUT)\]: ?(.*)$/gm)].map(
    (match) => match[1].split(' in tests/')[0],
  );
  return {
    passed: count('ok'),
    failed: count('err') + count('exception') + count('TIMEOUT'),
    skipped: count('skip') + count('ignore'),
    names: [...new Set(failed)],
  };
}

/** Lets a unit run on a server that the suite has not started, although it says that it can't. */
function makeExternal(suite, unit) {
  const file = join(suite, 'tests', `${unit}.tcl`);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('external:skip', ''));
}

async function runUnit(suite, unit) {
  const port = await freePort();
  const server = await startServer(port);
  const settings = UNITS[unit] ?? {};
  if (settings.external === true) makeExternal(suite, unit);
  const args = [
    './runtest',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    // Ports of the suite's own: others than those of a run beside this one.
    '--baseport',
    String(20_100 + (process.pid % 20) * 100),
    '--portcount',
    '100',
    '--timeout',
    '60',
    '--durable',
  ];
  args.push(
    '--ignore-encoding',
    '--ignore-digest',
    '--tags',
    '-needs:repl -needs:save -needs:reset -needs:pfdebug',
    '--single',
    unit,
  );
  for (const name of settings.skip ?? []) args.push('--skiptest', name);
  for (const name of settings.only ?? []) args.push('--only', name);
  const run = spawnSync('tclsh', ['tests/test_helper.tcl', ...args.slice(1)], {
    cwd: suite,
    timeout: UNIT_SECONDS * 1000,
    maxBuffer: 1 << 28,
  });
  const output = stripVTControlCharacters(run.stdout.toString());
  if (values.verbose) process.stdout.write(output);
  await stop(server);
  const outcome = readOutcome(output);
  if (run.error !== undefined || !/The End/.test(output))
    outcome.names.push(`(the unit did not end: ${run.error?.code ?? 'stopped'})`);
  return outcome;
}

const source = findSuite();
if (source === undefined || spawnSync('tclsh', [], { input: '' }).error !== undefined) {
  console.log('Redis’s test suite or tclsh is not here: nothing was run (REDIS_SUITE names the folder of the suite).');
  process.exit(0);
}
const suite = copySuite(source);
const wanted = positionals.length > 0 ? positionals : Object.keys(UNITS);
let failures = 0;
console.log('| unit | passed | failed | skipped | why |\n| --- | --- | --- | --- | --- |');
for (const unit of wanted) {
  const { passed, failed, skipped, names } = await runUnit(suite, unit);
  failures += failed;
  const why = [UNITS[unit]?.why, ...names.map((name) => `failed: ${name}`)].filter(Boolean).join('; ');
  console.log(`| ${unit} | ${passed} | ${failed} | ${skipped} | ${why} |`);
}
rmSync(suite, { recursive: true, force: true });
process.exitCode = failures === 0 ? 0 : 1;
