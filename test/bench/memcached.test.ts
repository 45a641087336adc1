/** bench:memcached in its tiny form, where there is a memcached. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Figures } from '../../bench/memcached/main.js';
import { LIMIT_MS, runBench } from './run-bench.js';

const isThere = spawnSync('memcached', ['--version']).status === 0;

it.runIf(isThere)('bench:memcached measures both servers over TCP and UDP', { timeout: LIMIT_MS }, async () => {
  const { stdout, json } = await runBench<{ readonly figures: readonly Figures[] }>('memcached', ['--smoke']);
  expect(json.figures).toHaveLength(3);
  for (const { ours, theirs } of json.figures) {
    for (const { rate } of [...ours, ...theirs]) expect(rate).toBeGreaterThan(0);
  }
  expect(stdout).toContain('memcached/s');
});
