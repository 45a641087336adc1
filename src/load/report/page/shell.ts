/** A whole page, in one file that needs no network: head, style, charts' data and scripts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Chart, drawingOf } from './chart.js';
import { type Html, html, json, raw } from './html.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

const require = createRequire(import.meta.url);

/** Everything is in the page, so the browser may refuse all else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

export interface Page {
  readonly title: string;
  readonly header: Html;
  readonly body: Html;
  readonly footer: Html;
  /** Those whose figures the body has. */
  readonly charts: readonly Chart[];
}

export function pageText({ title, header, body, footer, charts }: Page): string {
  const plotStyle = raw(readFileSync(require.resolve('uplot/dist/uPlot.min.css'), 'utf8'));
  const plotScript = raw(readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8'));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${plotStyle}${raw(STYLE)}</style>
</head>
<body>
<header>${header}</header>
<main>${body}</main>
<footer>${footer}</footer>
<script type="application/json" id="charts">${json(charts.filter(hasPoints).map(drawingOf))}</script>
<script>${plotScript}</script>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** A chart's place in the body. */
function figure(chart: Chart): Html {
  const { id, title, note, wide } = chart;
  const plot = hasPoints(chart)
    ? html`<div class="plot" id="${id}" role="group" aria-label="${title}. ${note}"></div>`
    : html`<div class="plot empty">${chart.empty ?? 'Nothing was measured'}</div>`;
  return html`<figure class="${wide === true ? 'wide' : ''}"><figcaption><h3>${title}</h3><p class="note">${note}</p></figcaption>${plot}</figure>`;
}

export function figures(charts: readonly Chart[]): Html {
  if (!charts.some(hasPoints)) return html`<p class="lead">Nothing was measured.</p>`;
  return html`<div class="charts">${charts.map(figure)}</div>`;
}

function hasPoints({ lines }: Chart): boolean {
  return lines.some(({ y }) => y.some((value) => value !== undefined));
}
