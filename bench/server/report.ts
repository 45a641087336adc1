/** Tables of what was measured: against the targets, and all of it. */
import { formatNumber, formatRatios, formatWithUnit } from '../support/format.js';
import { ratios, type Spread, spreadOf } from '../support/statistics.js';
import type { Row } from '../support/table.js';
import { PEER, variantName } from './context.js';
import type { Figure, Figures } from './figures.js';
import { TARGETS, type Target } from './targets.js';

export interface Table {
  readonly heading: string;
  readonly rows: readonly Row[];
}

export interface Verdict extends Target {
  /** The median and its spread; undefined if it was not measured. */
  readonly measured: Spread | undefined;
  readonly verdict: 'aim reached' | 'reached' | 'missed' | 'not measured';
}

export function judge(figures: Figures): Verdict[] {
  return TARGETS.map((target) => {
    const figure =
      figures.get(target.figure.replace('{generator}', 'redis-benchmark')) ??
      figures.get(target.figure.replace('{generator}', 'own'));
    const samples = figure?.samples[target.server] ?? [];
    const taken = target.of === 'value' ? samples : ratios(samples, figure?.samples[PEER] ?? []);
    const measured = spreadOf(taken);
    return {
      ...target,
      measured,
      verdict: measured === undefined ? 'not measured' : verdictOn(target, measured.median),
    };
  });
}

function verdictOn({ better, atLeast, aim }: Target, median: number): Verdict['verdict'] {
  const reaches = (limit: number) => (better === 'higher' ? median >= limit : median <= limit);
  if (reaches(aim)) return 'aim reached';
  return reaches(atLeast) ? 'reached' : 'missed';
}

export function targetTable(verdicts: readonly Verdict[]): Table {
  const limit = ({ of, better }: Target, n: number) => {
    const text = of === 'ratio' && n < 0.1 ? `1/${formatNumber(1 / n)}` : formatNumber(n);
    return `${better === 'higher' ? '>=' : '<='} ${text}${of === 'ratio' ? 'x' : ''}`;
  };
  const rows = verdicts.map((verdict) => {
    const { text, of, measured } = verdict;
    const shown = of === 'ratio' ? measured && formatRatios(measured) : measured && spreadText(measured);
    return [text, limit(verdict, verdict.atLeast), limit(verdict, verdict.aim), shown ?? '-', verdict.verdict];
  });
  return {
    heading: 'Against the targets: ratio to Redis (or value), median of the rounds (least..most)',
    rows: [['', 'at least', 'aim', 'measured', ''], ...rows],
  };
}

function spreadText({ median, min, max }: Spread): string {
  return `${formatNumber(median)} (${formatNumber(min)}..${formatNumber(max)})`;
}

/** A table for each group of figures. */
export function figureTables(figures: Figures, servers: readonly string[]): Table[] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures.all()) groups.set(figure.group, [...(groups.get(figure.group) ?? []), figure]);
  return [...groups].map(([heading, some]) => {
    const used = servers.filter((server) => some.some(({ samples }) => samples[server] !== undefined));
    const names = used.map((server) => (server === PEER ? 'Redis' : variantName(server)));
    return { heading, rows: [['', ...names], ...some.map((figure) => figureRow(figure, used))] };
  });
}

function figureRow(figure: Figure, servers: readonly string[]): Row {
  const peer = figure.samples[PEER];
  return [figure.label, ...servers.map((server) => cellOf(figure, server, peer))];
}

/** The ratio to the peer, with the value behind it, which holds for this machine and run only. */
function cellOf(figure: Figure, server: string, peer: Figure['samples'][string] | undefined): string {
  const samples = figure.samples[server];
  const value = samples && spreadOf(samples);
  if (value === undefined) return '-';
  const mark = figure.bounded.includes(server) ? ' *' : '';
  const text = formatWithUnit(value.median, figure.unit);
  if (server === PEER || peer === undefined) return `${text}${mark}`;
  const ratio = spreadOf(ratios(samples ?? [], peer));
  return ratio === undefined ? text : `${formatRatios(ratio)} ${text}${mark}`;
}
