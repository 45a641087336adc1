/** The page that lays two runs over each other. */
import { type Comparison, compareResults, type Verdict } from '../result/differences.js';
import { decodeHistogram } from '../result/histogram.js';
import type { LoadResult, SeriesPoint } from '../result/result.js';
import { figureText, NOISE_NOTE, VERDICTS } from '../show/compare.js';
import { durationText, ratioText } from '../show/numbers.js';
import { latencyMeaning, machinePairs, type Pair, settingsPairs } from '../show/settings.js';
import type { Chart, Colour, Line } from './page/chart.js';
import { type Html, html } from './page/html.js';
import { figures, pageText } from './page/shell.js';
import { achieved, latencies, percentileCurve, seconds } from './run-charts.js';
import { badge } from './run-page.js';
import { dateText, notices, table } from './tables.js';

export function comparePage(before: LoadResult, after: LoadResult): string {
  const comparison = compareResults(before, after);
  const charts = compareCharts(before, after);
  const run = (name: string, { settings, startedAt, seconds: length }: LoadResult, mark: Html) =>
    html`<p class="lead"><strong>${name}</strong> ${mark} ${settings.target}, ${settings.load}, ${dateText(startedAt)}, ${durationText(length)} measured</p>`;
  const meanings = [...new Set([before, after].map(({ settings }) => latencyMeaning(settings)))];
  const remarks = comparison.remarks;
  return pageText({
    title: `Two load tests of ${after.settings.target}`,
    charts,
    header: html`<h1>Before and after: ${after.settings.target}</h1>${run('Before', before, badge(before))}${run('After', after, badge(after))}
${notices(remarks.length === 0 ? [] : [{ mood: 'warn', title: 'To be compared with care', lines: remarks }])}`,
    body: html`<h2>Differences</h2>${differencesTable(comparison)}<p class="note">${NOISE_NOTE} Latency: ${meanings.join('; ')}.</p>
<h2>Charts</h2>${figures(charts)}
<h2>Settings</h2>${sideBySide('Settings', settingsPairs(before.settings), settingsPairs(after.settings))}
<h2>Machines</h2>${sideBySide('Machines', machinePairs(before.machine), machinePairs(after.machine))}`,
    footer: html`<p>Made by ringshard load compare. The page is complete in itself and asks no network.</p>`,
  });
}

const MOODS: { readonly [verdict in Verdict]: string } = { better: 'good', worse: 'bad', noise: '', unknown: '' };

function differencesTable({ differences }: Comparison): Html {
  const columns = ['', 'before', 'after', 'ratio', 'verdict'].map((name) => ({ name }));
  const rows = differences.map(({ name, unit, before, after, ratio, verdict }) => ({
    cells: [
      name,
      figureText(unit, before),
      figureText(unit, after),
      ratioText(ratio),
      html`<span class="${MOODS[verdict]}">${VERDICTS[verdict]}</span>`,
    ],
  }));
  return table('Differences', columns, rows);
}

function sideBySide(caption: string, before: readonly Pair[], after: readonly Pair[]): Html {
  const columns = [{ name: '' }, { name: 'before', words: 'long' as const }, { name: 'after', words: 'long' as const }];
  const rows = before.map(([name, text], at) => {
    const other = after[at]?.[1] ?? '';
    return { cells: [name, text, other === text ? other : html`<strong class="warn">${other}</strong>`] };
  });
  return table(caption, columns, rows);
}

const RUNS: readonly { readonly name: string; readonly colour: Colour }[] = [
  { name: 'before', colour: 'grey' },
  { name: 'after', colour: 'blue' },
];

function compareCharts(before: LoadResult, after: LoadResult): Chart[] {
  const results = [before, after];
  const overlay = (of: (series: readonly SeriesPoint[]) => readonly (number | undefined)[], suffix = ''): Line[] =>
    results.map(({ series }, at) => ({
      label: `${RUNS[at]?.name ?? ''}${suffix}`,
      colour: RUNS[at]?.colour ?? 'grey',
      form: 'line',
      x: seconds(series),
      y: of(series),
    }));
  const time = { label: 'time', unit: 'seconds' } as const;
  const latency = { label: 'latency', unit: 'latency', log: true } as const;
  const overTime = (id: string, title: string, of: (point: SeriesPoint) => number): Chart => ({
    id,
    title: `${title} over time`,
    note: `${title} of each second; the scale is logarithmic.`,
    x: time,
    y: latency,
    lines: overlay((series) => latencies(series, of)),
    group: 'time',
    reach: [0],
  });
  return [
    {
      id: 'percentiles',
      title: 'Latency by percentile',
      note: 'All operations together; every step to the right is a tenth of the slower rest.',
      x: { label: 'percentile (%)', unit: 'percentile' },
      y: latency,
      lines: percentileLines(results),
    },
    {
      id: 'throughput',
      title: 'Throughput',
      note: 'Successful replies a second.',
      x: time,
      y: { label: 'requests a second', unit: 'rate', log: false },
      lines: overlay(achieved),
      group: 'time',
      reach: [0],
    },
    overTime('median', 'p50', (point) => point.p50),
    overTime('tail', 'p99', (point) => point.p99),
  ];
}

function percentileLines(results: readonly LoadResult[]): Line[] {
  return results.flatMap(({ totals }, at): Line[] => {
    if (totals.succeeded === 0) return [];
    const curve = percentileCurve(decodeHistogram(totals.latency.histogram));
    return [{ label: RUNS[at]?.name ?? '', colour: RUNS[at]?.colour ?? 'grey', form: 'line', ...curve }];
  });
}
