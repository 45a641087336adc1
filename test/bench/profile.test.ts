/** bench:profile in its tiny form. */
import { describe, expect, it } from 'vitest';
import type { ThreadProfile } from '../../bench/profile/cpu-profile.js';
import { LIMIT_MS, runBench } from './run-bench.js';

interface Written {
  readonly perSecond: number;
  readonly threads: readonly ThreadProfile[];
}

describe('bench:profile', () => {
  it.each(['get', 'keys'])('says where the threads spend their time: %s', { timeout: LIMIT_MS }, async (workload) => {
    const { stdout, json } = await runBench<Written>('profile', [
      '--smoke',
      '--workload',
      workload,
      '--connections',
      '4',
    ]);
    expect(json.perSecond).toBeGreaterThan(0);
    expect(json.threads.map(({ thread }) => thread)).toContain(0);
    const [main] = json.threads;
    expect(main?.busyMs).toBeGreaterThan(0);
    expect(main?.functions.length).toBeGreaterThan(0);
    expect(stdout).toContain('main thread (acceptor): busy');
  });
});
