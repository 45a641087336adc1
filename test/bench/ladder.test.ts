/** bench:ladder in its tiny form. */
import { expect, it } from 'vitest';
import { LIMIT_MS, runBench } from './run-bench.js';

interface Written {
  readonly steps: readonly {
    readonly command: string;
    readonly depth: number;
    readonly samples: Readonly<Record<string, readonly number[]>>;
  }[];
}

it('bench:ladder measures every rung', { timeout: LIMIT_MS }, async () => {
  const { stdout, json } = await runBench<Written>('ladder', ['--smoke']);
  expect(json.steps.map(({ command, depth }) => `${command} ${depth}`)).toEqual([
    'GET 1',
    'SET 1',
    'GET 16',
    'SET 16',
    'GET 64',
    'SET 64',
  ]);
  for (const { samples } of json.steps) {
    expect(Object.keys(samples)).toEqual(['engine', 'ring', 'sockets, ring', 'sockets, auto']);
    for (const [perSecond] of Object.values(samples)) expect(perSecond).toBeGreaterThan(0);
  }
  expect(stdout).toContain('GET, one by one');
});
