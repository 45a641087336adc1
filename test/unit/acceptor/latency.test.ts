import { describe, expect, it } from 'vitest';
import type { CommandFigures } from '../../../src/acceptor/command-stats.js';
import { latencyReport } from '../../../src/acceptor/commands/latency-doctor.js';
import { latencyGraph } from '../../../src/acceptor/commands/latency-graph.js';
import { histograms } from '../../../src/acceptor/commands/latency-histogram.js';
import { LatencyMonitor } from '../../../src/acceptor/latency-monitor.js';

function figures(calls: number, histogram: number[]): CommandFigures {
  return { calls, micros: 0, failed: 0, rejected: 0, histogram };
}

describe('LATENCY HISTOGRAM', () => {
  const all = new Map([
    ['get', figures(4, [1, 1, 0, 2])],
    ['set', figures(100, [0, 0, 1, 0, 1])],
    ['client|id', figures(1, [1])],
    ['mget', figures(0, [0])],
  ]);
  const usecOf = (name: string) => [
    ...((of([name]).get(name)?.get('histogram_usec') ?? []) as ReadonlyMap<number, number>),
  ];
  const of = (names: string[]) => histograms(all, names) as ReadonlyMap<string, ReadonlyMap<string, unknown>>;

  it('adds up calls by their upper bounds in microseconds', () => {
    expect(of(['get']).get('get')?.get('calls')).toBe(4);
    expect(usecOf('get')).toEqual([
      [1, 2],
      [4, 4],
    ]);
  });

  it('lets the calls that were timed stand for all', () => {
    expect(usecOf('set')).toEqual([
      [2, 50],
      [8, 100],
    ]);
  });

  it('knows containers, and passes over what was not called or is no command', () => {
    expect([...of(['client', 'nosuch', 'mget', 'CLIENT|ID']).keys()]).toEqual(['client|id']);
    expect([...of([]).keys()]).toEqual(['get', 'set', 'client|id']);
  });
});

describe('LATENCY GRAPH', () => {
  it('draws low and high samples, with their ages written downwards', () => {
    const samples = [
      { at: 1000, ms: 10 },
      { at: 1300, ms: 40 },
      { at: 1355, ms: 20 },
    ];
    const lines = latencyGraph('command', { samples, worst: 99 }, 1_360_000).split('\n');
    expect(lines[0]).toBe('command - high 40 ms, low 10 ms (all time high 99 ms)');
    expect(lines[1]).toBe('-'.repeat(80));
    expect(lines.slice(2)).toEqual([' # ', ' | ', ' |o', '_||', '', '615', 'mms', '']);
  });

  it('draws equal samples on the ground', () => {
    expect(latencyGraph('e', { samples: [{ at: 5, ms: 7 }], worst: 7 }, 5000)).toContain('\n_\n');
  });
});

describe('LATENCY DOCTOR', () => {
  it('says when nothing is watched, and when nothing was seen', () => {
    expect(latencyReport(new Map(), 0, 10000)).toContain('disabled');
    expect(latencyReport(new Map(), 100, 10000)).toContain('No latency spike');
  });

  it('tells of spikes and advises on a slow log that would not have them', () => {
    const monitor = new LatencyMonitor(() => 10);
    monitor.note('command', 1_000_000, 20);
    monitor.note('command', 1_010_000, 40);
    const report = latencyReport(monitor.events, 10, 50_000);
    expect(report).toContain('1. command: 2 latency spikes (average 30ms, mean deviation 10ms, period 5.00 sec)');
    expect(report).toContain('slowlog-log-slower-than 10000');
  });
});
