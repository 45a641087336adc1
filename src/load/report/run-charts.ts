/** The charts of a run: over time, and by percentile. */
import { decodeHistogram, type Histogram, microsAt } from '../result/histogram.js';
import type { LoadResult, OperationResult, SeriesPoint } from '../result/result.js';
import type { Chart, Colour, Line } from './page/chart.js';

/** Steps in which a percentile curve goes from 90 to 99 %, from 99 to 99.9 % and so on. */
const STEPS_PER_NINE = 20;

/** Colours of lines that are all of a kind: operations. */
const PALETTE: readonly Colour[] = ['blue', 'amber', 'violet', 'green', 'red'];

export function runCharts(result: LoadResult): Chart[] {
  return [throughputChart(result), latencyChart(result), percentileChart(result), errorChart(result)];
}

export function seconds(series: readonly SeriesPoint[]): number[] {
  return series.map(({ at }) => at);
}

export function achieved(series: readonly SeriesPoint[]): number[] {
  return series.map(({ succeeded, seconds: length }) => (length > 0 ? succeeded / length : 0));
}

/** A second's latency, which it has only with a successful reply. */
export function latencies(series: readonly SeriesPoint[], of: (point: SeriesPoint) => number): (number | undefined)[] {
  return series.map((point) => (point.succeeded > 0 ? of(point) : undefined));
}

/** The curve's x is the number of nines: 0 for 0 %, 1 for 90 %, 2 for 99 %; it ends where one reply is left. */
export function percentileCurve(histogram: Histogram): { x: number[]; y: number[] } {
  const nines = Math.log10(Math.max(histogram.totalCount, 1));
  const steps = histogram.totalCount === 0 ? 0 : Math.ceil(nines * STEPS_PER_NINE) + 1;
  const x = Array.from({ length: steps }, (_, step) => step / STEPS_PER_NINE);
  return { x, y: x.map((at) => microsAt(histogram, 100 - 100 / 10 ** at)) };
}

function throughputChart({ series, settings }: LoadResult): Chart {
  const offered = series.map((point) => (point.offered === undefined ? undefined : point.offered / point.seconds));
  const lines: Line[] = [
    { label: 'achieved', colour: 'blue', form: 'line', fill: true, x: seconds(series), y: achieved(series) },
  ];
  if (settings.load === 'open loop') {
    lines.push({ label: 'offered', colour: 'grey', form: 'dashes', x: seconds(series), y: offered });
  }
  return {
    id: 'throughput',
    title: 'Throughput',
    note:
      settings.load === 'open loop'
        ? 'Successful replies a second, and what the schedule asked for.'
        : 'Successful replies a second.',
    x: { label: 'time', unit: 'seconds' },
    y: { label: 'requests a second', unit: 'rate', log: false },
    lines,
    group: 'time',
    reach: [0],
  };
}

function latencyChart({ series }: LoadResult): Chart {
  const line = (label: string, colour: Colour, of: (point: SeriesPoint) => number): Line => {
    return { label, colour, form: 'line', x: seconds(series), y: latencies(series, of) };
  };
  return {
    id: 'latency',
    title: 'Latency over time',
    note: 'Percentiles of each second; the scale is logarithmic.',
    x: { label: 'time', unit: 'seconds' },
    y: { label: 'latency', unit: 'latency', log: true },
    lines: [
      line('max', 'grey', (point) => point.max),
      line('p99.9', 'red', (point) => point.p999),
      line('p99', 'amber', (point) => point.p99),
      line('p50', 'blue', (point) => point.p50),
    ],
    group: 'time',
    reach: [0],
  };
}

function percentileChart({ operations, totals }: LoadResult): Chart {
  const shown = operations.length > PALETTE.length || operations.length === 0 ? [totals] : operations;
  const lines = shown.filter(answered).map((operation, at): Line => {
    const curve = percentileCurve(decodeHistogram(operation.latency.histogram));
    return { label: operation.name, colour: PALETTE[at] ?? 'grey', form: 'line', ...curve };
  });
  if (totals.service !== undefined && answered(totals)) {
    const curve = percentileCurve(decodeHistogram(totals.service.histogram));
    lines.push({ label: 'from sending, all', colour: 'grey', form: 'dashes', ...curve });
  }
  return {
    id: 'percentiles',
    title: 'Latency by percentile',
    note: 'The share of replies that came within a time; every step to the right is a tenth of the slower rest.',
    x: { label: 'percentile (%)', unit: 'percentile' },
    y: { label: 'latency', unit: 'latency', log: true },
    lines,
  };
}

function errorChart({ series, totals }: LoadResult): Chart {
  const y = series.map(({ failed, seconds: length }) => (length > 0 ? failed / length : 0));
  return {
    id: 'errors',
    title: 'Errors over time',
    note: 'Error replies, timeouts and broken connections a second.',
    x: { label: 'time', unit: 'seconds' },
    y: { label: 'errors a second', unit: 'rate', log: false },
    lines:
      totals.failed === 0 ? [] : [{ label: 'errors', colour: 'red', form: 'line', fill: true, x: seconds(series), y }],
    empty: totals.failed === 0 ? 'No errors' : 'None in the measured time',
    group: 'time',
    reach: [0],
  };
}

function answered({ succeeded, latency }: OperationResult): boolean {
  return succeeded > 0 && latency.count > 0;
}
