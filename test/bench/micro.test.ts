/** bench:micro in its tiny form. */
import { expect, it } from 'vitest';
import type { Result } from '../../bench/micro/suite.js';
import { LIMIT_MS, runBench } from './run-bench.js';

interface Written {
  readonly suites: readonly { readonly group: string; readonly name: string; readonly results: readonly Result[] }[];
}

it('bench:micro measures every group with its rivals', { timeout: LIMIT_MS }, async () => {
  const { stdout, json } = await runBench<Written>('micro', ['--smoke']);
  expect(new Set(json.suites.map(({ group }) => group))).toEqual(
    new Set(['rings', 'framing', 'keyspace', 'allocator', 'hashing', 'histogram']),
  );
  for (const { name, results } of json.suites) {
    expect(stdout).toContain(name);
    expect(results.length, name).toBeGreaterThan(1);
    for (const result of results) {
      expect(result.ns, `${name}: ${result.name}`).toBeGreaterThan(0);
      expect(result.plusMinus, `${name}: ${result.name}`).toBeGreaterThanOrEqual(0);
    }
  }
  for (const rival of [
    'ringbuf.js',
    'MessagePort',
    'redis-parser',
    'Map, ',
    'allocUnsafe',
    'hdr-histogram-js',
    'perf_hooks',
  ])
    expect(stdout).toContain(rival);
});
