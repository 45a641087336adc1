import { describe, expect, it } from 'vitest';
import type { CommandFigures } from '../../../../src/acceptor/command-stats.js';
import { commandFields } from '../../../../src/acceptor/commands/info/commandstats.js';
import { errorFields } from '../../../../src/acceptor/commands/info/errorstats.js';
import { latencyFields } from '../../../../src/acceptor/commands/info/latencystats.js';

/** Figures with the first buckets of the histogram: up to 1, 1, 2, 4, 8... microseconds. */
function figures(of: Partial<CommandFigures>): CommandFigures {
  return { calls: 0, micros: 0, failed: 0, rejected: 0, histogram: [], ...of };
}

describe('INFO commandstats', () => {
  it('has a line for each command, in the format of Redis', () => {
    const of = new Map([
      ['get', figures({ calls: 3, micros: 10.4, failed: 1 })],
      ['config|set', figures({ rejected: 2 })],
    ]);
    expect(commandFields(of)).toEqual({
      cmdstat_get: 'calls=3,usec=10,usec_per_call=3.47,rejected_calls=0,failed_calls=1',
      'cmdstat_config|set': 'calls=0,usec=0,usec_per_call=0.00,rejected_calls=2,failed_calls=0',
    });
  });
});

describe('INFO errorstats', () => {
  it('has a line for each kind of error, in alphabetical order', () => {
    const fields = errorFields(
      new Map([
        ['WRONGTYPE', 2],
        ['ERR', 7],
      ]),
    );
    expect(Object.entries(fields)).toEqual([
      ['errorstat_ERR', 'count=7'],
      ['errorstat_WRONGTYPE', 'count=2'],
    ]);
  });
});

describe('INFO latencystats', () => {
  function percentiles(histogram: number[], ...wanted: number[]): string | number | undefined {
    return latencyFields(new Map([['get', figures({ histogram })]]), wanted).latency_percentiles_usec_get;
  }

  it('tells the upper end of the bucket in which a percentile lies', () => {
    expect(percentiles([50, 0, 0, 49, 0, 1], 50, 99, 99.9)).toBe('p50=1.000,p99=4.000,p99.9=16.000');
    expect(percentiles([50, 0, 0, 49, 0, 1], 51, 0, 100)).toBe('p51=4.000,p0=1.000,p100=16.000');
    expect(percentiles([0, 0, 0, 1], 50, 99.9)).toBe('p50=4.000,p99.9=4.000');
  });

  it('leaves out what was never timed', () => {
    expect(percentiles([0, 0, 0], 50)).toBeUndefined();
  });
});
