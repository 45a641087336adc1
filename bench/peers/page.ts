/** The page: plots first, then every table. Built of the same parts as the pages of `ringshard load`. */
import type { Chart } from '../../dist/load/report/page/chart.js';
import { html } from '../../dist/load/report/page/html.js';
import { figures, pageText } from '../../dist/load/report/page/shell.js';
import { notices, table } from '../../dist/load/report/tables.js';
import type { Table } from './report.js';

export interface PeersPage {
  readonly head: readonly string[];
  readonly notes: readonly string[];
  readonly failures: readonly string[];
  readonly charts: readonly Chart[];
  readonly tables: readonly Table[];
}

export function peersPage({ head, notes, failures, charts, tables }: PeersPage): string {
  const title = 'ringshard and its peers';
  const bad =
    failures.length === 0 ? [] : [{ mood: 'bad' as const, title: 'Not everything could be measured', lines: failures }];
  const parts = tables.map(({ heading, rows: [names = [], ...rows] }) => {
    const columns = names.map((name) => ({ name }));
    return html`<h2>${heading}</h2>${table(
      heading,
      columns,
      rows.map((cells) => ({ cells: [...cells] })),
    )}`;
  });
  return pageText({
    title,
    charts,
    header: html`<h1>${title}</h1>${head.map((line) => html`<p class="lead">${line}</p>`)}${notices(bad)}`,
    body: html`<h2>Charts</h2>${figures(charts)}${parts}<h2>Notes</h2>${notes.map((note) => html`<p>${note}</p>`)}`,
    footer: html`<p>Made by npm run bench:peers. The page is complete in itself and asks no network.</p>`,
  });
}
