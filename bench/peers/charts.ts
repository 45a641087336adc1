/** The plots of the page. */
import type { Chart, Colour, Line } from '../../dist/load/report/page/chart.js';
import { percentileCurve } from '../../dist/load/report/run-charts.js';
import { spreadOf } from '../support/statistics.js';
import type { Contestant } from './contestants.js';
import type { Context } from './context.js';
import { MIXES, type Mix, mixName, sizeText } from './mix.js';
import { OPEN_LOOP, openLoopText } from './open-loop.js';
import { SLOW_COMMAND, slowCommandText } from './slow-command.js';

const COLOURS: Readonly<Record<string, Colour>> = {
  redis: 'red',
  memcached: 'green',
  'shards-1': 'blue',
  'shards-4': 'violet',
};

export function peerCharts(context: Context): Chart[] {
  const { options } = context;
  const along = (
    id: string,
    title: string,
    quantity: 'per-second' | 'p999',
    axis: Axis,
    fixed: Partial<Mix>,
  ): Chart => ({
    id,
    title,
    note: quantity === 'per-second' ? 'Replies a second, median of the rounds.' : 'Closed loop, median of the rounds.',
    x: { label: axis.label, unit: axis.unit },
    y:
      quantity === 'per-second'
        ? { label: 'requests a second', unit: 'rate', log: false }
        : { label: 'latency', unit: 'latency', log: true },
    lines: linesAlong(context, quantity, axis, fixed),
    reach: [0],
  });
  return [
    along('get-pipelines', 'GET, 64 B, by pipeline', 'per-second', PIPELINE, { gets: 100, valueBytes: 64 }),
    along('set-pipelines', 'SET, 64 B, by pipeline', 'per-second', PIPELINE, { gets: 0, valueBytes: 64 }),
    along('mixes', '64 B, pipeline 16, by mix', 'per-second', GETS, { valueBytes: 64, pipeline: 16 }),
    along('tails', 'GET, 64 B: p99.9 by pipeline', 'p999', PIPELINE, { gets: 100, valueBytes: 64 }),
    along('get-sizes', 'GET, pipeline 16, by size', 'per-second', KIBIBYTES, { gets: 100, pipeline: 16 }),
    along('set-sizes', 'SET, pipeline 16, by size', 'per-second', KIBIBYTES, { gets: 0, pipeline: 16 }),
    percentiles(context, OPEN_LOOP, 'Latency at the same rate', openLoopText(options.rate)),
    percentiles(context, SLOW_COMMAND, 'Latency beside a slow command', slowCommandText(options)),
  ];
}

interface Axis {
  readonly label: string;
  readonly unit: Chart['x']['unit'];
  readonly of: (mix: Mix) => number;
}

const PIPELINE: Axis = { label: 'requests under way on a connection', unit: 'count', of: (mix) => mix.pipeline };
const GETS: Axis = { label: 'GETs among the requests', unit: 'share', of: (mix) => mix.gets / 100 };
const KIBIBYTES: Axis = {
  label: `KiB a value (${[...new Set(MIXES.map(({ valueBytes }) => sizeText(valueBytes)))].join(', ')})`,
  unit: 'count',
  of: (mix) => mix.valueBytes / 1024,
};

/** The mixes that agree with what is fixed, from left to right. */
function linesAlong({ figures, contestants }: Context, quantity: string, axis: Axis, fixed: Partial<Mix>): Line[] {
  const mixes = MIXES.filter((mix) =>
    Object.entries(fixed).every(([name, value]) => mix[name as keyof Mix] === value),
  ).sort((a, b) => axis.of(a) - axis.of(b));
  return contestants.flatMap((contestant) => {
    const y = mixes.map((mix) => {
      const samples = figures.get(`${mixName(mix)}/${quantity}`)?.samples[contestant.name];
      return samples && spreadOf(samples)?.median;
    });
    if (y.every((value) => value === undefined)) return [];
    return [{ ...lineOf(contestant), x: mixes.map(axis.of), y }];
  });
}

function percentiles({ contestants, curves }: Context, id: string, title: string, note: string): Chart {
  const histograms = curves.of(id);
  return {
    id,
    title,
    note: `${note}. All rounds; every step to the right is a tenth of the slower rest.`,
    x: { label: 'percentile (%)', unit: 'percentile' },
    y: { label: 'latency from the intended time', unit: 'latency', log: true },
    lines: contestants.flatMap((contestant) => {
      const histogram = histograms.get(contestant.name);
      return histogram === undefined ? [] : [{ ...lineOf(contestant), ...percentileCurve(histogram) }];
    }),
    wide: true,
  };
}

function lineOf({ name, title }: Contestant): Pick<Line, 'label' | 'colour' | 'form'> {
  return { label: title, colour: COLOURS[name] ?? 'grey', form: 'line' };
}
