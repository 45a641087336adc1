/** Starts servers as processes of their own, on the loopback address, and waits until they accept connections. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adopt, endChild, onEnd } from './children.js';
import { freePort } from './ports.js';

const READY = 'Ready to accept connections';
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
  /** `{port}` and `{dir}` stand for a free port and for a directory of the server's own. */
  readonly args: readonly string[];
}

/** redis-server, with nothing that writes to disk. */
export function redisCommand(options: readonly string[] = []): ServerCommand {
  const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1', '--dir', '{dir}'];
  return { name: 'redis', file: 'redis-server', args: ['--port', '{port}', ...quiet, ...options] };
}

/** ringshard as it was built, with Node options before it. */
export function ringshardCommand(name: string, options: readonly string[], nodeOptions: readonly string[] = []) {
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const args = [...nodeOptions, main, '--port', '{port}', '--bind', '127.0.0.1', ...options];
  return { name, file: process.execPath, args } satisfies ServerCommand;
}

export async function startServer(command: ServerCommand): Promise<RunningServer> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'ringshard-bench-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  onEnd(remove);
  const args = command.args.map((arg) => arg.replace('{port}', String(port)).replace('{dir}', directory));
  const started = performance.now();
  const child = adopt(
    spawn(command.file, args, { cwd: directory, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  const tail = { text: '' };
  await waitUntilReady(child, command.name, tail);
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

function waitUntilReady(child: ChildProcess, name: string, tail: { text: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${name} ${why}\n${tail.text}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), START_LIMIT_MS);
    const onText = (text: string) => {
      tail.text = (tail.text + text).slice(-TAIL_LENGTH);
      if (!tail.text.includes(READY)) return;
      clearTimeout(timer);
      resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onText);
    child.once('error', (error) => fail(`can't be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`${name} has ended (${code ?? signal})\n${tail.text}`));
    });
  });
}
