/** libmemcached's test of servers, where it is installed. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startMemcached } from '../../support/memcached-server.js';

const isThere = spawnSync('memccapable', ['-V']).error === undefined;
const run = promisify(execFile);

it.runIf(isThere).each([
  { shards: 1, dispatch: 'auto' },
  { shards: 3, dispatch: 'ring' },
])('passes memccapable with %j', { timeout: 60_000 }, async (options) => {
  const server = await startMemcached(options);
  for (const protocol of ['-a', '-b']) {
    const { stdout } = await run('memccapable', ['-h', '127.0.0.1', '-p', String(server.port), protocol]);
    expect(stdout).toContain('All tests passed');
    expect(stdout).not.toContain('FAIL');
  }
  await server.process.kill();
});
