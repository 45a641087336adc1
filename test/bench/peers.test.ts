/** bench:peers in its tiny form: it runs to its end, and what it writes is complete. Not how fast anything is. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Written } from '../../bench/peers/main.js';
import { MIXES, mixName } from '../../bench/peers/mix.js';
import { readOptions } from '../../bench/peers/options.js';
import { withSection } from '../../bench/support/results-file.js';
import { LIMIT_MS, runBench } from './run-bench.js';

const OURS = 'shards-1';
const PROGRAMS: Readonly<Record<string, string>> = { redis: 'redis-server', memcached: 'memcached', etcd: 'etcd' };

/** The tiny form, of what is installed; what is not is named. */
async function runSmoke(names: readonly string[], args: readonly string[]): Promise<Written> {
  const { stdout, json } = await runBench<Written>('peers', [
    '--smoke',
    '--servers',
    [...names, OURS].join(','),
    ...args,
  ]);
  expect(json.failures).toEqual([]);
  for (const name of names) {
    const program = PROGRAMS[name] as string;
    if (json.servers.includes(name)) expect(json.machine.peers[program]).toMatch(/\d/);
    else expect(stdout).toContain(`${program} is not installed (apt-get install `);
  }
  expect(stdout).toContain('A smoke run');
  return json;
}

describe('bench:peers', () => {
  it('measures mixes, an open loop and memory, and draws a page', { retry: 2, timeout: LIMIT_MS }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ringshard-bench-test-'));
    try {
      const html = join(directory, 'page.html');
      const json = await runSmoke(['redis', 'memcached'], ['--only', 'mix,open,memory', '--html', html]);
      checkFigures(json, ['mix/get-90/1024/p16/per-second', 'mix/get-90/1024/p16/p999', 'open/p999'], json.servers);
      // A small server may have room for so few items already.
      const memory = json.figures.find(({ id }) => id === 'memory/64')?.samples ?? {};
      for (const name of json.servers) expect(memory[name]?.[0], name).toBeTypeOf('number');
      const page = readFileSync(html, 'utf8');
      expect(page).toContain('Resident bytes per item');
      expect(page).toContain('id="open"');
      expect(page).not.toContain('NaN');
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('measures the slow command, and etcd', { timeout: LIMIT_MS }, async () => {
    const json = await runSmoke(['redis', 'etcd'], ['--only', 'slow,etcd']);
    const isEtcd = (name: string) => name === 'etcd';
    checkFigures(
      json,
      ['slow/p999', 'slow/keys'],
      json.servers.filter((name) => !isEtcd(name)),
    );
    checkFigures(json, ['etcd/put/per-second', 'etcd/range/p99'], json.servers.filter(isEtcd));
  });

  it('has every mix once, and each part of the question', () => {
    const names = MIXES.map(mixName);
    expect(new Set(names).size).toBe(names.length);
    const values = (name: 'gets' | 'valueBytes' | 'pipeline') => [...new Set(MIXES.map((mix) => mix[name]))].sort();
    expect(values('gets')).toEqual([0, 100, 50, 90]);
    expect(values('pipeline')).toEqual([1, 16, 64]);
    expect(values('valueBytes')).toEqual([1024, 16384, 64]);
  });
});

function checkFigures({ figures }: Written, ids: readonly string[], servers: readonly string[]): void {
  for (const id of ids) {
    const { samples = {} } = figures.find((figure) => figure.id === id) ?? {};
    expect(Object.keys(samples).sort(), id).toEqual([...servers].sort());
    for (const [value] of Object.values(samples)) expect(value, id).toBeGreaterThan(0);
  }
}

describe('options of bench:peers', () => {
  it('are checked', () => {
    expect(readOptions([])).toMatchObject({ rounds: 5, threads: 1, smoke: false, results: false });
    expect(readOptions(['-h'])).toBeUndefined();
    expect(() => readOptions(['--rounds', '1.5'])).toThrow(/--rounds must be a whole number/);
    expect(() => readOptions(['--seconds', '0'])).toThrow(/--seconds must be a number above 0/);
    expect(() => readOptions(['--servers', 'redis,mongodb'])).toThrow(/there is no mongodb; choose from redis, /);
    expect(() => readOptions(['--smoke', '--results'])).toThrow(/full runs/);
  });
});

describe('the file of results', () => {
  it('has a section of each benchmark, whose place is taken by the next run', () => {
    const first = withSection('# Results\n\nWords.\n', 'bench:a', 'one\n\n### table');
    expect(first).toBe('# Results\n\nWords.\n\n## bench:a\n\none\n\n### table\n');
    const both = withSection(first, 'bench:b', 'two');
    expect(withSection(both, 'bench:a', 'three')).toBe(
      '# Results\n\nWords.\n\n## bench:a\n\nthree\n\n## bench:b\n\ntwo\n',
    );
  });
});
