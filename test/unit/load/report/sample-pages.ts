/** Every kind of page, of sample results: for scripts/look-report.mjs. */
import { comparePage, runPage, sweepPage } from '../../../../src/load/report/index.js';
import { deadResult, sampleResult } from './sample.js';
import { sampleSweep } from './sample-sweep.js';

export function samplePages(): Map<string, string> {
  const before = sampleResult({ seed: 3, open: false });
  const after = sampleResult({ seed: 4, open: false, median: 200, rate: 80_000, stallAt: 30 });
  return new Map([
    ['run', runPage(sampleResult({ errors: true, stallAt: 20 }))],
    ['short-run', runPage(sampleResult({ open: false, seconds: 2 }))],
    ['failed-run', runPage(deadResult())],
    ['compare', comparePage(before, after)],
    ['sweep', sweepPage(sampleSweep())],
    ['sweep-with-loss', sweepPage(sampleSweep({ seed: 9, loss: true }))],
  ]);
}
