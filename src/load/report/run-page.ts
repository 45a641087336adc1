/** The page of one run. */
import { errorShare } from '../result/objectives.js';
import type { ErrorCount, Latency, LoadResult, OperationResult } from '../result/result.js';
import { bytesText, countText, durationText, latencyText, NONE, plural, rateText, shareText } from '../show/numbers.js';
import { measuredText } from '../show/objective.js';
import { generatorPairs, latencyMeaning, machinePairs, settingsPairs } from '../show/settings.js';
import { type Html, html } from './page/html.js';
import { figures, pageText } from './page/shell.js';
import { runCharts } from './run-charts.js';
import { runNotices } from './run-notices.js';
import { type Column, dateText, notices, pairsTable, type Row, type Tile, table, tiles } from './tables.js';

export function runPage(result: LoadResult): string {
  const charts = runCharts(result);
  const { settings, startedAt, seconds, generator, machine } = result;
  return pageText({
    title: `Load test of ${settings.target}`,
    charts,
    header: html`<h1>Load test of ${settings.target}</h1>
<p class="lead">${badge(result)} ${dateText(startedAt)}, ${durationText(seconds)} measured. ${capital(latencyMeaning(settings))}.</p>
${notices(runNotices(result))}${tiles(summaryTiles(result))}`,
    body: html`<h2>Charts</h2>${figures(charts)}
<h2>Latency</h2>${latencyTable(result)}
<h2>Operations</h2>${countsTable(result)}
${objectivesSection(result)}${errorsSection(result)}${datagramsSection(result)}${verificationSection(result)}
<div class="columns"><section><h2>Settings</h2>${pairsTable('Settings', settingsPairs(settings))}</section>
<section><h2>Machine of the generator</h2>${pairsTable('Machine', machinePairs(machine))}
<h2>Generator</h2>${pairsTable('Generator', [...generatorPairs(result), ['trusted', generator.valid ? 'yes' : 'no']])}</section></div>`,
    footer: html`<p>Made by ringshard load. The page is complete in itself and asks no network.</p>`,
  });
}

/** How the run came to its end. */
export function badge({ end, totals, generator, verification, objectives }: LoadResult): Html {
  if (end === 'failed') return html`<span class="badge bad">failed</span>`;
  if (totals.succeeded === 0) return html`<span class="badge bad">no successful reply</span>`;
  if (!generator.valid) return html`<span class="badge bad">invalid</span>`;
  if (verification?.passed === false) return html`<span class="badge bad">wrong replies</span>`;
  if (objectives.some(({ met }) => !met)) return html`<span class="badge bad">objective missed</span>`;
  if (end === 'interrupted') return html`<span class="badge warn">interrupted</span>`;
  return html`<span class="badge good">complete</span>`;
}

function summaryTiles(result: LoadResult): Tile[] {
  const { totals, settings } = result;
  const known = totals.succeeded > 0 && totals.latency.count > 0;
  const latency = (name: string, micros: number): Tile => ({ name, figure: known ? latencyText(micros) : NONE });
  const ended = totals.succeeded + totals.failed > 0;
  return [
    {
      name: 'Throughput',
      figure: totals.succeeded > 0 ? rateText(totals.throughput) : NONE,
      note:
        settings.offered === undefined
          ? `${countText(totals.succeeded)} replies`
          : `${rateText(settings.offered)} offered`,
    },
    latency('Latency p50', totals.latency.p50),
    latency('p99', totals.latency.p99),
    latency('p99.9', totals.latency.p999),
    latency('max', totals.latency.max),
    {
      name: 'Errors',
      figure: countText(totals.failed),
      note: ended ? `${shareText(errorShare(totals))} of requests` : 'no request came to an end',
      ...(totals.failed > 0 && { mood: 'bad' }),
    },
  ];
}

function countsTable({ totals, operations }: LoadResult): Html {
  const names = ['', 'sent', 'succeeded', 'errors', 'rate', 'hits', 'misses', 'bytes out', 'bytes in'];
  const cells = (operation: OperationResult) => [
    operation.name,
    countText(operation.sent),
    countText(operation.succeeded),
    operation.failed > 0 ? html`<span class="bad">${countText(operation.failed)}</span>` : '0',
    rateText(operation.throughput),
    countText(operation.hits),
    countText(operation.misses),
    bytesText(operation.bytesSent),
    bytesText(operation.bytesReceived),
  ];
  const rows = [...operations.map((operation) => ({ cells: cells(operation) })), { cells: cells(totals), total: true }];
  return table('Operations', names.map(named), rows);
}

function latencyTable({ totals, operations }: LoadResult): Html {
  const names = ['', 'mean', 'std. dev.', 'min', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'p99.99', 'max'];
  const cells = (name: string, latency: Latency, { succeeded }: OperationResult) => {
    const { mean, stddev, min, p50, p90, p95, p99, p999, p9999, max, count } = latency;
    const known = succeeded > 0 && count > 0;
    const figuresOf = [mean, stddev, min, p50, p90, p95, p99, p999, p9999, max];
    return [name, ...figuresOf.map((micros) => (known ? latencyText(micros) : NONE))];
  };
  const rows: Row[] = operations.map((operation) => ({ cells: cells(operation.name, operation.latency, operation) }));
  rows.push({ cells: cells(totals.name, totals.latency, totals), total: true });
  if (totals.service !== undefined) rows.push({ cells: cells('from sending', totals.service, totals) });
  return table('Latency', names.map(named), rows);
}

function named(name: string): Column {
  return { name };
}

function objectivesSection({ objectives, totals }: LoadResult): Html | undefined {
  if (objectives.length === 0) return undefined;
  const rows = objectives.map((objective) => {
    const verdict = objective.met ? html`<span class="good">met</span>` : html`<span class="bad">missed</span>`;
    return { cells: [html`<code>${objective.text}</code>`, measuredText(objective, totals), verdict] };
  });
  return html`<h2>Objectives</h2>${table('Objectives', [{ name: '' }, { name: 'measured' }, { name: '' }], rows)}`;
}

function errorsSection({ errors }: LoadResult): Html | undefined {
  if (errors.length === 0) return undefined;
  const columns = [
    { name: 'kind' },
    { name: 'code', words: 'short' as const },
    { name: 'count' },
    { name: 'first at' },
    { name: 'example', words: 'long' as const },
  ];
  const row = ({ kind, code, count, firstAt, example }: ErrorCount) => ({
    cells: [kind, code ?? '', countText(count), `${firstAt.toFixed(1)} s`, html`<code>${example}</code>`],
  });
  return html`<h2>Errors</h2>${table('Errors', columns, errors.map(row))}`;
}

function datagramsSection({ datagrams }: LoadResult): Html | undefined {
  if (datagrams === undefined) return undefined;
  const { sent, lost, duplicates, late, strange } = datagrams;
  return html`<h2>Datagrams</h2>${tiles([
    { name: 'Sent', figure: countText(sent) },
    {
      name: 'Lost',
      figure: sent === 0 ? NONE : shareText(lost / sent),
      note: plural(lost, 'request'),
      ...(lost > 0 && { mood: 'warn' }),
    },
    { name: 'Duplicates', figure: countText(duplicates) },
    { name: 'Late', figure: countText(late), note: 'after the request was given up' },
    { name: 'Strange', figure: countText(strange), note: 'no reply to anything' },
  ])}`;
}

function verificationSection({ verification }: LoadResult): Html | undefined {
  if (verification === undefined) return undefined;
  const { checked, wrong, stale, missing, lost } = verification;
  const count = (name: string, value: number): Tile => ({
    name,
    figure: countText(value),
    ...(value > 0 && { mood: 'bad' }),
  });
  return html`<h2>Verification</h2>${tiles([
    { name: 'Values checked', figure: countText(checked) },
    count('Wrong', wrong),
    count('Stale', stale),
    count('Missing', missing),
    count('Never answered', lost),
  ])}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
