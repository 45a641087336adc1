/** redis-server and memcached, where they are installed, on free ports of the loopback interface. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RawClient } from '../raw-client.js';
import { waitFor } from '../wait.js';

const SLOTS = 16384;

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

export class RealServer {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #folder: string;

  constructor(program: string, port: number, args: readonly string[], folder: string) {
    this.port = port;
    this.#folder = folder;
    this.#child = spawn(program, args, { stdio: 'ignore', cwd: folder });
  }

  async start(): Promise<this> {
    await waitFor(() => canConnect(this.port));
    return this;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export async function redisServer(...options: readonly string[]): Promise<RealServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'load-redis-'));
  const usual = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  return new RealServer('redis-server', port, [...usual, ...options], folder);
}

/** TCP and UDP on one port. */
export async function memcached(): Promise<RealServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'load-memcached-'));
  const args = ['-p', port, '-U', port, '-l', '127.0.0.1', '-u', 'nobody', '-m', 64].map(String);
  return new RealServer('memcached', port, args, folder);
}

/** Makes a cluster of nodes that have started with --cluster-enabled: each gets an equal part of the slots. */
export async function joinCluster(nodes: readonly RealServer[]): Promise<void> {
  const clients = await Promise.all(nodes.map(({ port }) => RawClient.open(port)));
  try {
    const share = Math.ceil(SLOTS / nodes.length);
    for (const [i, client] of clients.entries()) {
      await client.call('CLUSTER', 'ADDSLOTSRANGE', i * share, Math.min(SLOTS, (i + 1) * share) - 1);
      if (i > 0) await clients[0]?.call('CLUSTER', 'MEET', '127.0.0.1', (nodes[i] as RealServer).port);
    }
    await waitFor(async () => {
      const infos = await Promise.all(clients.map((client) => client.call('CLUSTER', 'INFO')));
      return infos.every((info) => String(info).includes('cluster_state:ok'));
    });
  } finally {
    for (const client of clients) client.close();
  }
}

/** One whose bus port, 10000 above it, is a port too. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
