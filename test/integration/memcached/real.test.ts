/** The same conversations with a real memcached, where there is one, and with ours. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.js';
import { BINARY_CONVERSATIONS, binaryReplies } from '../../support/memcached-binary.js';
import { CONVERSATIONS } from '../../support/memcached-cases.js';
import { startMemcached } from '../../support/memcached-server.js';
import type { ServerProcess } from '../../support/server-process.js';
import { waitFor } from '../../support/wait.js';

const isThere = spawnSync('memcached', ['--version']).status === 0;
const asRoot = process.getuid?.() === 0 ? ['-u', 'root'] : [];

/** All that a server answers until it has closed the connection, which has been closed on this side. */
async function converse(port: number, said: string | Buffer): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  socket.on('error', () => {});
  socket.end(Buffer.isBuffer(said) ? said : Buffer.from(said, 'latin1'));
  await once(socket, 'close');
  return Buffer.concat(pieces).toString('latin1');
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe.runIf(isThere).each([
  { shards: 1, dispatch: 'auto' },
  { shards: 3, dispatch: 'ring' },
])('beside memcached ($shards shards, dispatch $dispatch)', (options) => {
  let real: ChildProcess;
  let server: ServerProcess | undefined;
  let realPort = 0;
  let port = 0;

  beforeAll(async () => {
    realPort = await freePort();
    real = spawn('memcached', ['-p', String(realPort), '-U', '0', '-l', '127.0.0.1', '-t', '1', ...asRoot]);
    ({ process: server, port } = await startMemcached(options));
    await waitFor(() => listens(realPort));
  });

  afterAll(async () => {
    real.kill();
    await server?.kill();
  });

  it.each(Object.entries(CONVERSATIONS))('%s', async (_, said) => {
    await Promise.all([realPort, port].map((each) => converse(each, 'flush_all\r\n')));
    expect(await converse(port, said)).toBe(await converse(realPort, said));
  });

  it.each(Object.entries(BINARY_CONVERSATIONS))('binary: %s', async (_, said) => {
    await Promise.all([realPort, port].map((each) => converse(each, 'flush_all\r\n')));
    const [ours, theirs] = [await converse(port, Buffer.concat(said)), await converse(realPort, Buffer.concat(said))];
    expect(binaryReplies(Buffer.from(ours, 'latin1'))).toEqual(binaryReplies(Buffer.from(theirs, 'latin1')));
  });
});
