/** Tables of bench:load. */
import type { Latency } from '../../dist/load/result/result.js';
import type { Figure } from '../server/figures.js';
import { formatNumber, formatRatios, formatWithUnit } from '../support/format.js';
import { ratios, type Spread, spreadOf } from '../support/statistics.js';
import type { Row } from '../support/table.js';
import { OURS, THEIRS } from './speed.js';
import { calculatedMs, type StallOutcome } from './stall.js';

export interface Table {
  readonly heading: string;
  readonly rows: readonly Row[];
}

/** A table for each quantity; with redis-benchmark, its figures and the ratio to them. */
export function speedTables(figures: readonly Figure[]): Table[] {
  return [...new Set(figures.map(({ group }) => group))].map((heading) => {
    const some = figures.filter(({ group }) => group === heading);
    const compared = some.some(({ samples }) => samples[THEIRS] !== undefined);
    const names = compared ? ['', OURS, THEIRS, 'ratio'] : ['', OURS];
    return { heading, rows: [names, ...some.map((figure) => speedRow(figure, compared))] };
  });
}

function speedRow({ label, unit, samples }: Figure, compared: boolean): Row {
  const { [OURS]: ours = [], [THEIRS]: theirs = [] } = samples;
  const text = (spread: Spread | undefined) => {
    if (spread === undefined) return '-';
    const [median, min, max] = [spread.median, spread.min, spread.max].map((n) => formatWithUnit(n, unit));
    return `${median} (${min}..${max})`.replaceAll(/ (k\/s|M\/s|us|ms)(?=\.\.)/g, '');
  };
  if (!compared) return [label, text(spreadOf(ours))];
  const ratio = spreadOf(ratios(ours, theirs));
  return [label, text(spreadOf(ours)), text(spreadOf(theirs)), ratio === undefined ? '-' : formatRatios(ratio)];
}

const PERCENTILES: readonly (readonly [number, keyof Latency & `p${string}`])[] = [
  [50, 'p50'],
  [90, 'p90'],
  [95, 'p95'],
  [99, 'p99'],
  [99.9, 'p999'],
];

export function stallTable(outcome: StallOutcome): Table {
  const { everyMs, forMs, rate, connections, open, sending, closed } = outcome;
  const ms = (micros: number) => `${formatNumber(micros / 1000)} ms`;
  const heading = `A server that stands still for ${forMs} ms every ${everyMs} ms`;
  const names = [
    '',
    'by calculation',
    `open loop, ${rate.toLocaleString('en-US')}/s`,
    'the same, from sending',
    `closed loop, ${connections} connections`,
  ];
  const rows = PERCENTILES.map(([percentile, name]) => {
    const calculated = `${formatNumber(calculatedMs(outcome, percentile))} ms`;
    return [`p${percentile}`, calculated, ms(open[name]), ms(sending[name]), ms(closed[name])];
  });
  return {
    heading,
    rows: [
      names,
      ...rows,
      ['slowest', `${forMs} ms`, ms(open.max), ms(sending.max), ms(closed.max)],
      ['requests', '', ...[open, sending, closed].map(({ count }) => count.toLocaleString('en-US'))],
    ],
  };
}
