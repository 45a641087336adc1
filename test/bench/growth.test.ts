/** bench:growth in its tiny form. */
import { expect, it } from 'vitest';
import { LIMIT_MS, runBench } from './run-bench.js';

interface Written {
  readonly count: number;
  readonly growths: readonly { readonly name: string; readonly slowestUs: number }[];
}

it('bench:growth times every SET', { timeout: LIMIT_MS }, async () => {
  const { stdout, json } = await runBench<Written>('growth', ['--smoke']);
  expect(json.count).toBe(10_000);
  expect(json.growths).toHaveLength(3);
  for (const { slowestUs } of json.growths) expect(slowestUs).toBeGreaterThan(0);
  expect(stdout).toContain('over 1 ms');
});
