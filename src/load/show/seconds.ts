/** The row of one second, in columns for a terminal and as a line for a log. */
import type { SeriesPoint } from '../result/result.js';
import type { Progress } from '../run/watch.js';
import { countText, durationText, latencyText, NONE, plural, rateText } from './numbers.js';
import type { Colors } from './table.js';

/** The generator's own pauses are worth a word from this on, in microseconds. */
const STALL_MIN = 1000;

const WIDTHS = { time: 8, rate: 10, errors: 8, latency: 9 };

export function headRow(colors: Colors, offered: boolean): string {
  return colors.bold(
    [
      'time'.padStart(WIDTHS.time),
      ...(offered ? ['offered'.padStart(WIDTHS.rate)] : []),
      'rate'.padStart(WIDTHS.rate),
      'errors'.padStart(WIDTHS.errors),
      ...['p50', 'p99', 'p99.9', 'max'].map((name) => name.padStart(WIDTHS.latency)),
    ].join(''),
  );
}

export function secondRow(point: SeriesPoint, phase: Progress['phase'], colors: Colors): string {
  const errors = countText(point.failed).padStart(WIDTHS.errors);
  const row = [
    `${Math.round(point.at)} s`.padStart(WIDTHS.time),
    ...(point.offered === undefined ? [] : [rateText(perSecond(point, point.offered)).padStart(WIDTHS.rate)]),
    rateText(perSecond(point, point.succeeded)).padStart(WIDTHS.rate),
    point.failed > 0 ? colors.red(errors) : errors,
    ...latencies(point).map(([, text]) => text.padStart(WIDTHS.latency)),
    ...(phase === 'warm-up' ? ['  warm-up'] : []),
  ].join('');
  const stall = stallText(point);
  return `${phase === 'warm-up' ? colors.dim(row) : row}${stall === '' ? '' : `  ${colors.yellow(stall)}`}`;
}

export function secondLine(point: SeriesPoint, { phase, done, total, unit }: Progress): string {
  const progress = amount(done, total, unit);
  return [
    `${phase} ${progress}:`,
    rateText(perSecond(point, point.succeeded)),
    ...(point.offered === undefined ? [] : [`offered ${rateText(perSecond(point, point.offered))}`]),
    plural(point.failed, 'error'),
    ...latencies(point).map(([name, text]) => `${name} ${text}`),
    stallText(point),
  ]
    .filter((part) => part !== '')
    .join('  ');
}

/** `12 of 50 connections` */
export function amount(done: number, total: number, unit: Progress['unit']): string {
  return unit === 'seconds'
    ? `${durationText(done)} of ${durationText(total)}`
    : `${countText(done)} of ${countText(total)} ${unit}`;
}

function latencies(point: SeriesPoint): [string, string][] {
  const text = (micros: number) => (point.succeeded > 0 ? latencyText(micros) : NONE);
  return [
    ['p50', text(point.p50)],
    ['p99', text(point.p99)],
    ['p99.9', text(point.p999)],
    ['max', text(point.max)],
  ];
}

function stallText({ stall }: SeriesPoint): string {
  return stall > STALL_MIN ? `generator stalled ${latencyText(stall)}` : '';
}

function perSecond({ seconds }: SeriesPoint, count: number): number {
  return seconds > 0 ? count / seconds : 0;
}
