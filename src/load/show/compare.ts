/** Two runs side by side on the terminal. */
import { compareResults, type Difference, type Verdict } from '../result/differences.js';
import type { LoadResult } from '../result/result.js';
import type { TextOptions } from './final.js';
import { latencyText, NONE, rateText, ratioText, shareText } from './numbers.js';
import { type Colors, colorsOf, columns, printable } from './table.js';

export const VERDICTS: { readonly [verdict in Verdict]: string } = {
  better: 'better',
  worse: 'worse',
  noise: 'within noise',
  unknown: NONE,
};

/** What the verdicts rest on; said wherever they are shown. */
export const NOISE_NOTE =
  'Noise is judged by the seconds inside each run (a rank test at 99 %, and at least 2 %). What changes from one run to the next it cannot ' +
  'see: repeat both runs before trusting a small difference.';

export function compareText(before: LoadResult, after: LoadResult, options: TextOptions): string {
  const colors = colorsOf(options.colors);
  const { differences, remarks } = compareResults(before, after);
  const head = ['', 'before', 'after', 'ratio', ''].map((name) => colors.bold(name));
  const rows = differences.map((difference) => [
    difference.name,
    figureText(difference.unit, difference.before),
    figureText(difference.unit, difference.after),
    ratioText(difference.ratio),
    verdictText(difference.verdict, colors),
  ]);
  const runs = [
    ['before', before.startedAt, printable(before.settings.target)],
    ['after', after.startedAt, printable(after.settings.target)],
  ];
  const parts = [
    columns(runs, [0, 1, 2]),
    columns([head, ...rows], [0, 4]),
    remarks.map((remark) => `${colors.yellow('!')} ${printable(remark)}`).join('\n'),
    colors.dim(NOISE_NOTE),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

export function figureText(unit: Difference['unit'], value: number | undefined): string {
  if (unit === 'latency') return latencyText(value);
  return unit === 'rate' ? rateText(value) : shareText(value);
}

function verdictText(verdict: Verdict, colors: Colors): string {
  const text = VERDICTS[verdict];
  if (verdict === 'better') return colors.green(text);
  if (verdict === 'worse') return colors.red(text);
  return colors.dim(text);
}
