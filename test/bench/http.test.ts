/** bench:http in its tiny form. */
import { expect, it } from 'vitest';
import { LIMIT_MS, runBench } from './run-bench.js';

interface Written {
  readonly contestants: readonly { readonly name: string; readonly perSecond: readonly number[] }[];
}

it('bench:http measures both servers', { timeout: LIMIT_MS }, async () => {
  const { stdout, json } = await runBench<Written>('http', ['--smoke']);
  expect(json.contestants).toHaveLength(2);
  for (const { perSecond } of json.contestants) expect(perSecond[0]).toBeGreaterThan(0);
  expect(stdout).toContain('ringshard to bare');
});
