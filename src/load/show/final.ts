/** The report of a run on the terminal. */
import { errorShare } from '../result/objectives.js';
import type { ErrorCount, Latency, LoadResult, OperationResult } from '../result/result.js';
import { countText, durationText, latencyText, NONE, plural, rateText, shareText } from './numbers.js';
import { measuredText } from './objective.js';
import { generatorPairs, latencyMeaning, type Pair, settingsPairs } from './settings.js';
import { type Colors, colorsOf, columns, printable } from './table.js';

export interface TextOptions {
  readonly colors: boolean;
}

export function finalText(result: LoadResult, options: TextOptions): string {
  const colors = colorsOf(options.colors);
  return `${[
    headline(result, colors),
    settings(result, colors),
    counts(result, colors),
    latencies(result, colors),
    errors(result, colors),
    datagrams(result, colors),
    verification(result, colors),
    generator(result, colors),
    objectives(result, colors),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** The one line that `--quiet` leaves, and the first of every report. */
export function headline(result: LoadResult, colors: Colors = colorsOf(false)): string {
  const { totals, seconds, generator } = result;
  const bad = (text: string) => colors.bold(colors.red(text));
  const target = printable(result.settings.target);
  const reason = result.end === 'failed' ? printable(result.failure ?? 'the run could not go on') : '';
  if (result.end === 'failed') return `${bad('FAILED:')} ${reason}${measuredBefore(result)}`;
  if (totals.succeeded === 0) {
    return `${bad('NO SUCCESSFUL REPLY')} from ${target}: ${plural(totals.failed, 'request')} failed`;
  }
  const figures = [
    `${rateText(totals.throughput)}`,
    `p50 ${latencyText(totals.latency.p50)}`,
    `p99 ${latencyText(totals.latency.p99)}`,
    plural(totals.failed, 'error'),
  ].join(', ');
  const line = `${target}: ${figures} in ${durationText(seconds)}`;
  if (!generator.valid) return `${bad('INVALID:')} ${line}`;
  if (result.verification?.passed === false) return `${bad('WRONG REPLIES:')} ${line}`;
  return result.end === 'interrupted' ? `${colors.yellow('INTERRUPTED:')} ${line}` : line;
}

function measuredBefore({ totals, seconds }: LoadResult): string {
  if (totals.succeeded === 0) return ' (no successful reply)';
  return ` (the figures are of the ${durationText(seconds)} before; they are no result)`;
}

function settings({ settings: given }: LoadResult, colors: Colors): string {
  return section(colors, 'settings', pairs(settingsPairs(given)));
}

function counts({ totals, operations }: LoadResult, colors: Colors): string {
  const reads = totals.hits + totals.misses > 0;
  const row = (operation: OperationResult) => {
    const failed = countText(operation.failed);
    const ended = operation.succeeded + operation.failed > 0;
    return [
      printable(operation.name),
      countText(operation.sent),
      rateText(operation.throughput),
      ...(reads ? [countText(operation.hits), countText(operation.misses)] : []),
      operation.failed > 0 ? colors.red(failed) : failed,
      ended ? shareText(errorShare(operation)) : NONE,
    ];
  };
  const head = ['requests', 'sent', 'rate', ...(reads ? ['hits', 'misses'] : []), 'errors', ''];
  return columns([head.map((name) => colors.bold(name)), ...rowsOf(totals, operations).map(row)]);
}

function latencies({ totals, operations, settings: given }: LoadResult, colors: Colors): string {
  const row = (name: string, latency: Latency, succeeded: number) => {
    const { mean, p50, p90, p99, p999, p9999, max } = latency;
    const known = succeeded > 0 && latency.count > 0;
    return [printable(name), ...[mean, p50, p90, p99, p999, p9999, max].map((x) => (known ? latencyText(x) : NONE))];
  };
  const rows = rowsOf(totals, operations).map(({ name, latency, succeeded }) => row(name, latency, succeeded));
  if (totals.service !== undefined) rows.push(row('from sending', totals.service, totals.succeeded));
  const head = ['latency', 'mean', 'p50', 'p90', 'p99', 'p99.9', 'p99.99', 'max'].map((name) => colors.bold(name));
  return `${columns([head, ...rows])}\n${colors.dim(latencyMeaning(given))}`;
}

function errors({ errors: all }: LoadResult, colors: Colors): string {
  if (all.length === 0) return '';
  const head = ['errors', '', 'count', 'first at', 'example'].map((name) => colors.bold(name));
  const row = ({ kind, code, count, firstAt, example }: ErrorCount) => [
    colors.red(kind),
    printable(code ?? ''),
    countText(count),
    `${firstAt.toFixed(1)} s`,
    printable(example),
  ];
  return columns([head, ...all.map(row)], [0, 1, 4]);
}

function datagrams({ datagrams: counted }: LoadResult, colors: Colors): string {
  if (counted === undefined) return '';
  const { sent, lost, duplicates, late, strange } = counted;
  const share = sent === 0 ? '' : ` (${shareText(lost / sent)})`;
  const line = [
    `${countText(sent)} sent`,
    `${countText(lost)} lost${share}`,
    plural(duplicates, 'duplicate'),
    `${countText(late)} late`,
    `${countText(strange)} strange`,
  ].join(', ');
  return section(colors, 'datagrams', `  ${lost > 0 ? colors.yellow(line) : line}`);
}

function verification({ verification: found }: LoadResult, colors: Colors): string {
  if (found === undefined) return '';
  const { checked, wrong, stale, missing, lost, passed } = found;
  const bad = `${countText(wrong)} wrong, ${countText(stale)} stale, ${countText(missing)} missing, ${countText(lost)} lost`;
  const line = `${countText(checked)} values checked: ${bad}`;
  return section(colors, 'verification', `  ${passed ? colors.green('passed') : colors.red('FAILED')}, ${line}`);
}

function generator(result: LoadResult, colors: Colors): string {
  const { warnings, valid } = result.generator;
  const mark = (text: string) =>
    valid ? colors.yellow(`warning: ${text}`) : colors.bold(colors.red(`INVALID: ${text}`));
  const lines = warnings.map((text) => `  ${mark(printable(text))}`);
  if (!valid && warnings.length === 0)
    lines.push(`  ${mark('the figures tell more of the generator than of the server')}`);
  return section(colors, 'generator', [pairs(generatorPairs(result)), ...lines].join('\n'));
}

function objectives({ objectives: all, totals }: LoadResult, colors: Colors): string {
  if (all.length === 0) return '';
  const lines = all.map((objective) => {
    const mark = objective.met ? colors.green('met   ') : colors.red('MISSED');
    return `  ${mark}  ${printable(objective.text)}  (measured: ${measuredText(objective, totals)})`;
  });
  return section(colors, 'objectives', lines.join('\n'));
}

function rowsOf(totals: OperationResult, operations: readonly OperationResult[]): OperationResult[] {
  return operations.length === 1 ? [...operations] : [...operations, totals];
}

function pairs(list: readonly Pair[]): string {
  return columns(
    list.map(([name, text]) => [`  ${name}`, printable(text)]),
    [0, 1],
  );
}

function section(colors: Colors, title: string, text: string): string {
  return `${colors.bold(title)}\n${text}`;
}
