/** A sweep on the terminal: a line as each step ends, and the report with measured beside modelled. */
import { responseAt } from '../model/queueing.js';
import { throughputAt } from '../model/scalability.js';
import type { TextOptions } from '../show/final.js';
import { countText, latencyText, NONE, plural, rateText, shareText } from '../show/numbers.js';
import { type Colors, colorsOf, columns, printable } from '../show/table.js';
import type { QueueingFit, RateStep, SweepResult } from './result.js';
import { findings } from './sentences.js';
import { warningsOf } from './warnings.js';
import type { StepDone } from './watch.js';

export function sweepText(result: SweepResult, options: TextOptions): string {
  const colors = colorsOf(options.colors);
  return `${[
    ending(result, colors),
    scalingTable(result, colors),
    rateTable(result, colors),
    findings(result).map(printable).join('\n'),
    warningsOf(result)
      .map((warning) => colors.yellow(`warning: ${printable(warning)}`))
      .join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** `32 connections: 81.2 k/s, p99 1.3 ms` or `80.0 k/s offered: not sustained: ...` */
export function stepLine(done: StepDone): string {
  if (done.kind === 'scaling') {
    const { connections, throughput, latency, errors } = done.point;
    const failed = errors === 0 ? '' : `, ${plural(errors, 'error')}`;
    return `${plural(connections, 'connection')}: ${rateText(throughput)}, p99 ${latencyText(latency.p99)}${failed}`;
  }
  const { offered, achieved, latency, reason } = done.step;
  const verdict =
    reason === undefined
      ? `achieved ${rateText(achieved)}, p99 ${latencyText(latency.p99)}`
      : `not sustained: ${printable(reason)}`;
  return `${rateText(offered)} offered: ${verdict}`;
}

function ending({ end, failure }: SweepResult, colors: Colors): string {
  const reason = printable(failure ?? '');
  if (end === 'failed') return `${colors.bold(colors.red('FAILED:'))} ${reason}`;
  const lines = end === 'interrupted' ? [`${colors.yellow('INTERRUPTED:')} what was measured until then`] : [];
  if (reason !== '') lines.push(`${colors.yellow('no more connections:')} ${reason}`);
  return lines.join('\n');
}

function scalingTable({ scaling, scalability: fit }: SweepResult, colors: Colors): string {
  if (scaling.length === 0) return '';
  const head = ['connections', 'rate', 'model', 'mean', 'p50', 'p99', 'p99.9', 'max', 'errors', 'generator'];
  const rows = scaling.map(({ connections, throughput, latency, errors, generatorUtilization }) => [
    countText(connections),
    rateText(throughput),
    rateText(fit === undefined ? undefined : throughputAt(fit, connections)),
    ...[latency.mean, latency.p50, latency.p99, latency.p999, latency.max].map((x) => latencyOrNone(x, throughput)),
    errorCell(errors, colors),
    shareText(generatorUtilization),
  ]);
  return section('closed loop, more and more connections', [head.map((name) => colors.dim(name)), ...rows], [], colors);
}

function rateTable({ steps, queueing: fit, knee }: SweepResult, colors: Colors): string {
  if (steps.length === 0) return '';
  const lossy = steps.some(({ loss }) => loss > 0);
  const head = ['offered', 'achieved', 'mean', 'response', 'model', 'p50', 'p99', 'p99.9', 'max', 'errors'];
  if (lossy) head.push('loss');
  const rows = steps.map((step) => {
    const { offered, achieved, latency, response, errors, loss } = step;
    return [
      rateText(offered),
      rateText(achieved),
      latencyOrNone(latency.mean, achieved),
      latencyOrNone(response ?? latency.mean, achieved),
      modelledMean(fit, offered),
      ...[latency.p50, latency.p99, latency.p999, latency.max].map((x) => latencyOrNone(x, achieved)),
      errorCell(errors, colors),
      ...(lossy ? [shareText(loss)] : []),
      note(step, knee, colors),
    ];
  });
  const left = [head.length];
  return section(
    'open loop, higher and higher rates',
    [[...head, ''].map((name) => colors.dim(name)), ...rows],
    left,
    colors,
  );
}

function note({ offered, sustained, reason }: RateStep, knee: RateStep | undefined, colors: Colors): string {
  if (!sustained) return colors.red(printable(reason ?? 'not sustained'));
  return offered === knee?.offered ? colors.green('knee') : '';
}

function modelledMean(fit: QueueingFit | undefined, offered: number): string {
  if (fit === undefined) return NONE;
  return offered < fit.capacity ? latencyText(responseAt(fit, offered)) : '∞';
}

/** Where nothing was answered there is no latency. */
function latencyOrNone(micros: number, throughput: number): string {
  return throughput > 0 ? latencyText(micros) : NONE;
}

function errorCell(errors: number, colors: Colors): string {
  return errors === 0 ? '0' : colors.red(countText(errors));
}

function section(title: string, rows: readonly (readonly string[])[], left: readonly number[], colors: Colors): string {
  return `${colors.bold(title)}\n${columns(rows, left)}`;
}
