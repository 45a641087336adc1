/** A server in a process of its own, from dist/, on a free port of the loopback interface. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { waitFor } from './wait.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const READY = /Ready to accept connections.* on 127\.0\.0\.1:(\d+)/;
const START_MS = 30_000;

/** Options as on the command line, without the dashes. */
export type Options = Readonly<Record<string, string | number>>;

export interface Launch {
  /** Arguments before the options, such as a config file. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export class ServerProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  /** What it has written so far. */
  output = '';
  errors = '';
  port = 0;

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [MAIN, ...args], { env: { ...cleanEnvironment(), ...env }, stdio: 'pipe' });
    running.add(this.child);
    this.child.stdin?.end();
    this.child.stdout?.on('data', (text: Buffer) => {
      this.output += text.toString();
    });
    this.child.stderr?.on('data', (text: Buffer) => {
      this.errors += text.toString();
    });
    this.exited = once(this.child, 'close').then(([code]) => {
      running.delete(this.child);
      return code as number | null;
    });
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get hasExited(): boolean {
    return !running.has(this.child);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async ready(): Promise<void> {
    await waitFor(() => this.hasExited || READY.test(this.output), START_MS);
    const port = READY.exec(this.output)?.[1];
    if (port === undefined) throw new Error(`the server did not start: ${this.output}${this.errors}`);
    this.port = Number(port);
  }

  async kill(): Promise<void> {
    if (!this.hasExited) this.child.kill('SIGKILL');
    await this.exited;
  }
}

/** Runs the program until it ends by itself. */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const server = new ServerProcess(args, env);
  const code = await server.exited;
  return { code, output: server.output, errors: server.errors };
}

/** Starts a server and waits until it can be reached. Whoever starts it kills it. */
export async function startServer(options: Options = {}, { args = [], env = {} }: Launch = {}): Promise<ServerProcess> {
  const off = { 'memcached-port': 0, 'http-port': 0 };
  const given = Object.entries({ port: 0, bind: '127.0.0.1', ...off, shards: 1, ...options });
  const server = new ServerProcess([...args, ...given.flatMap(([name, value]) => [`--${name}`, String(value)])], env);
  try {
    await server.ready();
  } catch (error) {
    await server.kill();
    throw error;
  }
  return server;
}

/** Without variables that the program would take for options. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('RINGSHARD_')));
}
