/**
 * The histogram log, HdrHistogram's format 1.3 as its public tools read it: a line for each second and operation, the
 * operation as tag, values in nanoseconds, Interval_Max in milliseconds.
 */
import { HistogramLogWriter } from 'hdr-histogram-js';
import { histogramOf } from '../result/histogram.js';
import type { IntervalCells } from '../result/interval.js';

const NANOS_PER_MILLI = 1_000_000;

/** `startedAt`: ISO 8601. */
export function histogramLog(intervals: readonly IntervalCells[], startedAt: string): string {
  const lines: string[] = [];
  const writer = new HistogramLogWriter((line) => lines.push(line));
  const startMs = Date.parse(startedAt);
  const start = (startMs / 1000).toFixed(3);
  writer.outputLogFormatVersion();
  writer.outputComment('[Latencies of ringshard load in nanoseconds]');
  // Not the writer's own: an empty line follows it, at which other readers stop.
  writer.outputComment(`[StartTime: ${start} (seconds since epoch), ${startedAt}]`);
  writer.outputComment(`[BaseTime: ${start} (seconds since epoch)]`);
  writer.outputLegend();
  for (const { operation, startMs: from, endMs: to, cells } of intervals) {
    const histogram = histogramOf(cells);
    histogram.tag = tagOf(operation);
    const at = (millis: number) => (millis - startMs) / 1000;
    writer.outputIntervalHistogram(histogram, at(from), at(to), NANOS_PER_MILLI);
  }
  return lines.join('');
}

/** A tag ends at a comma or a blank. */
function tagOf(operation: string): string {
  return operation.replace(/[,\s]+/g, '_');
}
