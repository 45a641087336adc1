/** Starts servers as processes of their own, on the loopback address, and waits until they accept connections. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adopt, endChild, onEnd } from './children.js';
import { canConnect, freePort } from './ports.js';

const READY = 'Ready to accept connections';
const POLL_MS = 20;
const START_LIMIT_MS = 20_000;
/** Lines of a server's output that are kept for error messages. */
const TAIL_LENGTH = 2000;

export interface RunningServer {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  /** From the start of the process until it said that it accepts connections. */
  readonly readyMs: number;
  /** The end of what it has printed. */
  output(): string;
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly name: string;
  readonly file: string;
  /** `{port}` and `{dir}` stand for a free port and for a directory of the server's own; `{port2}` for another port. */
  readonly args: readonly string[];
  /** How it shows that it is ready: by what it prints, if not by Redis's own words, or only by accepting a connection. */
  readonly ready?: { readonly text: string } | 'connect';
}

/** redis-server, with nothing that writes to disk. */
export function redisCommand(options: readonly string[] = []): ServerCommand {
  const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1', '--dir', '{dir}'];
  return { name: 'redis', file: 'redis-server', args: ['--port', '{port}', ...quiet, ...options] };
}

/** ringshard as it was built, with Node options before it. */
export function ringshardCommand(name: string, options: readonly string[], nodeOptions: readonly string[] = []) {
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const args = [...nodeOptions, main, '--port', '{port}', '--bind', '127.0.0.1', '--memcached-port', '0', ...options];
  return { name, file: process.execPath, args } satisfies ServerCommand;
}

/** memcached, with room for `mebibytes` and for values of up to 2 MiB. */
export function memcachedCommand(mebibytes: number): ServerCommand {
  // It refuses to run as root without being told whom to run as.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const args = ['-p', '{port}', '-U', '0', '-l', '127.0.0.1', '-m', String(mebibytes), '-I', '2m', ...user];
  return { name: 'memcached', file: 'memcached', args, ready: 'connect' };
}

/** A single etcd, which syncs every write to disk. */
export function etcdCommand(): ServerCommand {
  const client = 'http://127.0.0.1:{port}';
  const peer = 'http://127.0.0.1:{port2}';
  const options = {
    name: 'bench',
    'data-dir': '{dir}/data',
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `bench=${peer}`,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  return { name: 'etcd', file: 'etcd', args, ready: { text: 'ready to serve client requests' } };
}

export async function startServer(command: ServerCommand): Promise<RunningServer> {
  const port = await freePort();
  const port2 = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'ringshard-bench-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  onEnd(remove);
  const args = command.args.map((arg) =>
    arg.replace('{port}', String(port)).replace('{port2}', String(port2)).replace('{dir}', directory),
  );
  const started = performance.now();
  const child = adopt(
    spawn(command.file, args, { cwd: directory, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  const tail = { text: '' };
  await waitUntilReady(child, command, port, tail);
  return {
    name: command.name,
    pid: child.pid as number,
    port,
    readyMs: performance.now() - started,
    output: () => tail.text,
    stop: async () => {
      await endChild(child, 15_000);
      remove();
    },
  };
}

/** Without settings of the user's own server. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('RINGSHARD_') && name !== 'NODE_OPTIONS'),
  );
}

function waitUntilReady(
  child: ChildProcess,
  { name, ready = { text: READY } }: ServerCommand,
  port: number,
  tail: { text: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const poll = ready === 'connect' ? setInterval(() => void tryConnect(), POLL_MS) : undefined;
    const settle = (done: () => void) => {
      clearTimeout(timer);
      clearInterval(poll);
      done();
    };
    const fail = (why: string) => {
      child.kill('SIGKILL');
      settle(() => reject(new Error(`${name} ${why}\n${tail.text}`)));
    };
    const timer = setTimeout(() => fail('did not start in time'), START_LIMIT_MS);
    const tryConnect = async () => {
      if (await canConnect(port)) settle(resolve);
    };
    const onText = (text: string) => {
      tail.text = (tail.text + text).slice(-TAIL_LENGTH);
      if (ready !== 'connect' && tail.text.includes(ready.text)) settle(resolve);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onText);
    child.once('error', (error) => fail(`can't be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      settle(() => reject(new Error(`${name} has ended (${code ?? signal})\n${tail.text}`)));
    });
  });
}
