/** bench:pubsub in its tiny form. */
import { expect, it } from 'vitest';
import { LIMIT_MS, runBench } from './run-bench.js';

interface Written {
  readonly results: readonly {
    readonly load: { readonly subscribers: number };
    readonly samples: readonly { readonly published: readonly number[]; readonly delivered: readonly number[] }[];
  }[];
}

it('bench:pubsub delivers every message to every subscriber', { timeout: LIMIT_MS }, async () => {
  const { stdout, json } = await runBench<Written>('pubsub', ['--smoke']);
  for (const { load, samples } of json.results) {
    for (const { published, delivered } of samples) {
      expect(published[0]).toBeGreaterThan(0);
      expect((delivered[0] as number) / (published[0] as number)).toBeCloseTo(load.subscribers, 6);
    }
  }
  expect(stdout).toContain('delivered messages');
});
