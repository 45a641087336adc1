/** LATENCY GRAPH: a series of samples drawn with letters, and below each one how long ago it was. */
import type { LatencySeries } from '../latency-monitor.js';

const COLUMNS = 80;
const ROWS = 4;
/** From low to high: the top of a column within a row; what is below it is a bar. */
const TOPS = '_o#';
const BAR = '|';

/** `now` is in milliseconds since 1970. */
export function latencyGraph(event: string, { samples, worst }: LatencySeries, now: number): string {
  const values = samples.map(({ ms }) => ms);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const head = `${event} - high ${high} ms, low ${low} ms (all time high ${worst} ms)\n${'-'.repeat(COLUMNS)}\n`;
  const labels = samples.map(({ at }) => age(Math.max(0, Math.floor(now / 1000) - at)));
  const parts: string[] = [];
  for (let from = 0; from < values.length; from += COLUMNS) {
    const levels = values.slice(from, from + COLUMNS).map((value) => levelOf(value, low, high));
    parts.push(
      [...bars(levels), '', ...letters(labels.slice(from, from + COLUMNS))].map((line) => `${line}\n`).join(''),
    );
  }
  return head + parts.join('\n');
}

function levelOf(value: number, low: number, high: number): number {
  const levels = ROWS * TOPS.length;
  return Math.min(levels - 1, Math.floor(((value - low) * levels) / Math.max(1, high - low)));
}

/** The rows of the drawing, the highest first. */
function bars(levels: readonly number[]): string[] {
  return Array.from({ length: ROWS }, (_, row) => {
    const floor = (ROWS - 1 - row) * TOPS.length;
    return levels.map((level) => (level < floor ? ' ' : (TOPS[level - floor] ?? BAR))).join('');
  });
}

/** Labels written downwards. */
function letters(labels: readonly string[]): string[] {
  const longest = Math.max(0, ...labels.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => labels.map((label) => label[i] ?? ' ').join(''));
}

function age(seconds: number): string {
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86400)}d`;
}
