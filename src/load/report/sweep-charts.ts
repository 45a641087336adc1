/** The charts of a sweep: what was measured against what the models say. */

import { countText, latencyText, rateText } from '../show/numbers.js';
import type { QueueingFit, RateStep, ScalabilityFit, ScalingPoint, SweepResult } from '../sweep/result.js';
import type { Chart, Line, Mark } from './page/chart.js';

/** Points of a model's curve. */
const CURVE_POINTS = 160;

/** A model's curve goes this much beyond what was measured, or to the model's peak when that is not far off. */
const BEYOND = 1.15;
const PEAK_BEYOND_MAX = 2.5;

/** The queue's curve ends before its capacity, where it grows without end. */
const LOAD_MAX = 0.985;

export function sweepCharts(sweep: SweepResult): Chart[] {
  const charts: Chart[] = [];
  if (sweep.scaling.length > 0) charts.push(scalingChart(sweep), connectionsChart(sweep.scaling));
  if (sweep.steps.length > 0) charts.push(queueingChart(sweep), achievedChart(sweep));
  if (sweep.steps.some(({ loss }) => loss > 0)) charts.push(lossChart(sweep.steps));
  return charts;
}

/** Requests a second by the Universal Scalability Law. */
export function scalabilityAt({ lambda, sigma, kappa }: ScalabilityFit, connections: number): number {
  return (lambda * connections) / (1 + sigma * (connections - 1) + kappa * connections * (connections - 1));
}

/** Mean latency in microseconds by the queueing model. */
export function queueingAt({ base, wait, capacity }: QueueingFit, rate: number): number {
  const load = rate / capacity;
  return base + (wait * load) / (1 - load);
}

function scalingChart({ scaling, scalability: fit }: SweepResult): Chart {
  const lines: Line[] = [
    {
      label: 'measured',
      colour: 'blue',
      form: 'points',
      x: scaling.map(({ connections }) => connections),
      y: scaling.map(({ throughput }) => throughput),
    },
  ];
  const marks: Mark[] = [];
  if (fit !== undefined) {
    const end = scalingEnd(scaling, fit);
    const x = curve(0, end);
    lines.push({ label: 'model', colour: 'amber', form: 'dashes', x, y: x.map((at) => scalabilityAt(fit, at)) });
    if (fit.peakConnections !== null && fit.peakConnections <= end) {
      const label = `peak ${rateText(fit.peakThroughput)} at ${countText(fit.peakConnections)}`;
      marks.push({ x: fit.peakConnections, label, colour: 'amber', low: true });
    }
  }
  return {
    id: 'scaling',
    title: 'Throughput over connections',
    note: 'Closed loop, against the Universal Scalability Law.',
    x: { label: 'connections', unit: 'count' },
    y: { label: 'requests a second', unit: 'rate', log: false },
    lines,
    marks,
    reach: [0],
  };
}

function scalingEnd(scaling: readonly ScalingPoint[], { peakConnections }: ScalabilityFit): number {
  const measured = Math.max(...scaling.map(({ connections }) => connections));
  const near = peakConnections !== null && peakConnections < measured * PEAK_BEYOND_MAX;
  return Math.max(measured, near ? peakConnections : 0) * BEYOND;
}

function connectionsChart(scaling: readonly ScalingPoint[]): Chart {
  const x = scaling.map(({ connections }) => connections);
  return {
    id: 'connections',
    title: 'Latency over connections',
    note: 'Closed loop: more connections wait for the same server. The scale is logarithmic.',
    x: { label: 'connections', unit: 'count' },
    y: { label: 'latency', unit: 'latency', log: true },
    lines: [
      { label: 'p99', colour: 'amber', form: 'line', x, y: scaling.map(({ latency }) => latency.p99) },
      { label: 'mean', colour: 'blue', form: 'line', x, y: scaling.map(({ latency }) => latency.mean) },
    ],
    reach: [0],
  };
}

function queueingChart({ steps, queueing: fit, knee }: SweepResult): Chart {
  const x = steps.map(({ offered }) => offered);
  const lines: Line[] = [
    { label: 'p99', colour: 'amber', form: 'points', x, y: steps.map(({ latency }) => latency.p99) },
    {
      label: 'mean response',
      colour: 'blue',
      form: 'points',
      x,
      y: steps.map(({ latency, response }) => response ?? latency.mean),
    },
  ];
  const marks: Mark[] = [];
  if (knee !== undefined) marks.push({ x: knee.offered, label: `knee ${rateText(knee.offered)}`, colour: 'green' });
  if (fit !== undefined) {
    const at = curve(0, fit.capacity * LOAD_MAX);
    lines.push({
      label: 'model of the mean',
      colour: 'blue',
      form: 'dashes',
      x: at,
      y: at.map((rate) => queueingAt(fit, rate)),
    });
    marks.push({ x: fit.capacity, label: `capacity ${rateText(fit.capacity)}`, colour: 'red' });
  }
  return {
    id: 'queueing',
    title: 'Latency over offered rate',
    note:
      fit === undefined
        ? 'Open loop: latency from the intended send time. The scale is logarithmic.'
        : `Open loop, against ${latencyText(fit.base)} and a queue that grows with load. The scale is logarithmic.`,
    x: { label: 'offered requests a second', unit: 'rate' },
    y: { label: 'latency', unit: 'latency', log: true },
    lines,
    marks,
    // The axis has to reach to where the marks are.
    reach: [0, ...(fit === undefined ? [] : [fit.capacity * 1.02])],
  };
}

function achievedChart({ steps, knee }: SweepResult): Chart {
  const x = steps.map(({ offered }) => offered);
  return {
    id: 'achieved',
    title: 'Achieved over offered rate',
    note: 'Below the dashed line the server, or the generator, did not keep up.',
    x: { label: 'offered requests a second', unit: 'rate' },
    y: { label: 'achieved', unit: 'rate', log: false },
    lines: [
      { label: 'achieved', colour: 'blue', form: 'points', x, y: steps.map(({ achieved }) => achieved) },
      { label: 'as offered', colour: 'grey', form: 'dashes', x, y: x },
    ],
    reach: [0],
    ...(knee !== undefined && {
      marks: [{ x: knee.offered, label: `knee ${rateText(knee.offered)}`, colour: 'green', low: true }],
    }),
  };
}

function lossChart(steps: readonly RateStep[]): Chart {
  return {
    id: 'loss',
    title: 'Loss over offered rate',
    note: 'Share of requests without a reply in time.',
    x: { label: 'offered requests a second', unit: 'rate' },
    y: { label: 'lost', unit: 'share', log: false },
    lines: [
      {
        label: 'lost',
        colour: 'red',
        form: 'line',
        x: steps.map(({ offered }) => offered),
        y: steps.map(({ loss }) => loss),
      },
    ],
    wide: true,
    reach: [0],
  };
}

function curve(from: number, to: number): number[] {
  return Array.from({ length: CURVE_POINTS + 1 }, (_, at) => from + ((to - from) * at) / CURVE_POINTS);
}
