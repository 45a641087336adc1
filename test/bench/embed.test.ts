/** bench:embed in its tiny form. */
import { expect, it } from 'vitest';
import { LIMIT_MS, runBench } from './run-bench.js';

interface Written {
  readonly servers: number;
  readonly rounds: readonly Readonly<Record<string, number>>[];
}

it('bench:embed starts servers and calls them', { timeout: LIMIT_MS }, async () => {
  const { stdout, json } = await runBench<Written>('embed', ['--smoke']);
  expect([json.servers, json.rounds.length]).toEqual([2, 1]);
  for (const figure of Object.values(json.rounds[0] ?? {})) expect(figure).toBeGreaterThan(0);
  expect(stdout).toContain('createServer()');
});
