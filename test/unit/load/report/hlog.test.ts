import { type Histogram, HistogramLogReader, listTags } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { histogramLog } from '../../../../src/load/report/index.js';
import { latencyOf, merged } from '../../../../src/load/result/histogram.js';
import { sampleOutcome } from './sample.js';

function read(log: string): Histogram[] {
  const reader = new HistogramLogReader(log, 64);
  const found: Histogram[] = [];
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram())
    found.push(next);
  return found;
}

describe('the histogram log', () => {
  const { result, intervals } = sampleOutcome({ seconds: 4 });
  const log = histogramLog(intervals, result.startedAt);

  it('begins as format 1.3 says, and has no empty line', () => {
    const start = '1795271400.000';
    expect(log.split('\n').slice(0, 5)).toEqual([
      '#[Histogram log format version 1.3]',
      '#[Latencies of ringshard load in nanoseconds]',
      `#[StartTime: ${start} (seconds since epoch), 2026-11-21T14:30:00.000Z]`,
      `#[BaseTime: ${start} (seconds since epoch)]`,
      '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ]);
    expect(
      log
        .trimEnd()
        .split('\n')
        .every((line) => line !== ''),
    ).toBe(true);
    expect(log.endsWith('\n')).toBe(true);
  });

  it('has a line for each second and operation, with the maximum in milliseconds', () => {
    const lines = log.split('\n').filter((line) => line.startsWith('Tag='));
    expect(lines).toHaveLength(8);
    expect(lines[2]).toMatch(/^Tag=get,1\.000,1\.000,\d+\.\d{3},HIST[\w+/]+=*$/);
    const found = read(log);
    const max = Number(lines[2]?.split(',')[3]);
    expect(Math.abs(max - (found[2]?.maxValue ?? 0) / 1e6)).toBeLessThanOrEqual(max / 1000);
  });

  it('is read by the public reader: the same times, tags and latencies', () => {
    const found = read(log);
    expect(listTags(log)).toEqual(['get', 'set']);
    found.forEach((histogram, at) => {
      expect(histogram.tag).toBe(intervals[at]?.operation);
      expect(histogram.startTimeStampMsec).toBeCloseTo(intervals[at]?.startMs ?? 0, 0);
      expect(histogram.endTimeStampMsec).toBeCloseTo(intervals[at]?.endMs ?? 0, 0);
    });
    const all = latencyOf(merged(found));
    expect(all.count).toBe(result.totals.latency.count);
    expect(all.p99).toBe(result.totals.latency.p99);
    expect(all.p9999).toBe(result.totals.latency.p9999);
  });

  it('keeps tags in one piece, and can be empty', () => {
    const [first] = intervals;
    if (first === undefined) throw new Error('no interval');
    const odd = histogramLog([{ ...first, operation: 'ZADD board, 1\n2' }], result.startedAt);
    expect(listTags(odd)).toEqual(['ZADD_board_1_2']);
    expect(read(histogramLog([], result.startedAt))).toEqual([]);
  });
});
