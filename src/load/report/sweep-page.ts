/** The page of a sweep: scaling, latency over load, and where the limit is. */
import { countText, latencyText, NONE, rateText, shareText } from '../show/numbers.js';
import { machinePairs, type Pair, settingsPairs } from '../show/settings.js';
import type { RateStep, ScalingPoint, SweepResult } from '../sweep/result.js';
import { type Html, html } from './page/html.js';
import { figures, pageText } from './page/shell.js';
import { sweepCharts } from './sweep-charts.js';
import { dateText, type Notice, notices, pairsTable, type Tile, table, tiles } from './tables.js';

export function sweepPage(sweep: SweepResult): string {
  const charts = sweepCharts(sweep);
  const { settings, startedAt, objectives, machine } = sweep;
  const goal = objectives.length === 0 ? 'no objective' : html`the objective <code>${objectives.join(', ')}</code>`;
  return pageText({
    title: `Limits of ${settings.target}`,
    charts,
    header: html`<h1>Limits of ${settings.target}</h1>
<p class="lead">${endBadge(sweep)} ${dateText(startedAt)}, with ${goal}. Times of the steps count from the intended send time.</p>
${notices(sweepNotices(sweep))}${tiles(sweepTiles(sweep))}`,
    body: html`<h2>Charts</h2>${figures(charts)}
${modelSection(sweep)}${stepsSection(sweep)}${scalingSection(sweep)}
<div class="columns"><section><h2>Settings</h2>${pairsTable('Settings', sweepSettings(sweep))}</section>
<section><h2>Machine of the generator</h2>${pairsTable('Machine', machinePairs(machine))}</section></div>`,
    footer: html`<p>Made by ringshard load sweep. The page is complete in itself and asks no network.</p>`,
  });
}

/** Without the load, which is what the steps change. */
function sweepSettings({ settings }: SweepResult): Pair[] {
  return settingsPairs(settings).filter(([name]) => name !== 'load');
}

function endBadge({ end }: SweepResult): Html {
  if (end === 'failed') return html`<span class="badge bad">failed</span>`;
  return end === 'interrupted'
    ? html`<span class="badge warn">interrupted</span>`
    : html`<span class="badge good">complete</span>`;
}

function sweepNotices({ end, failure, steps, knee }: SweepResult): Notice[] {
  const list: Notice[] = [];
  if (end === 'failed')
    list.push({ mood: 'bad', title: 'The sweep failed', lines: [failure ?? 'It could not go on.'] });
  if (end === 'interrupted')
    list.push({ mood: 'warn', title: 'The sweep was interrupted: later steps are missing', lines: [] });
  if (steps.length > 0 && knee === undefined) {
    list.push({
      mood: 'bad',
      title: 'No offered rate was sustained',
      lines: [steps[0]?.reason ?? 'The first step failed.'],
    });
  }
  const invalid = steps.filter(({ generatorValid, sustained }) => !generatorValid && !sustained);
  if (invalid.length > 0) {
    const rates = invalid.map(({ offered }) => rateText(offered)).join(', ');
    list.push({
      mood: 'warn',
      title: 'The generator fell behind',
      lines: [`At ${rates} the figures tell of it, not of the server.`],
    });
  }
  return list;
}

function sweepTiles({ knee, steps, scalability, queueing }: SweepResult): Tile[] {
  const list: Tile[] = [
    {
      name: 'Knee',
      figure: rateText(knee?.offered),
      note: kneeNote(knee, steps),
      mood: knee === undefined ? 'bad' : 'good',
    },
  ];
  if (knee !== undefined)
    list.push({
      name: 'p99 at the knee',
      figure: latencyText(knee.latency.p99),
      note: `mean ${latencyText(knee.latency.mean)}`,
    });
  if (queueing !== undefined) {
    list.push({
      name: 'Capacity of the queue',
      figure: rateText(queueing.capacity),
      note: `by the model, R² ${queueing.rSquared.toFixed(3)}`,
    });
  }
  if (scalability !== undefined) {
    const { peakConnections, peakThroughput, rSquared } = scalability;
    const where = peakConnections === null ? 'ceiling' : `at ${countText(peakConnections)} connections`;
    list.push({
      name: 'Peak by scaling',
      figure: rateText(peakThroughput),
      note: `${where}, R² ${rSquared.toFixed(3)}`,
    });
  }
  return list;
}

function kneeNote(knee: RateStep | undefined, steps: readonly RateStep[]): string {
  if (knee === undefined) return steps.length === 0 ? 'no rate was tried' : 'no rate was sustained';
  return steps.every(({ sustained }) => sustained)
    ? 'highest rate tried: the limit is above'
    : 'highest sustained rate';
}

function modelSection({ scalability, queueing }: SweepResult): Html | undefined {
  if (scalability === undefined && queueing === undefined) return undefined;
  const parts: Html[] = [];
  if (scalability !== undefined) {
    const { lambda, sigma, kappa, peakConnections, peakThroughput, rSquared } = scalability;
    const formula = 'X(N) = λN / (1 + σ(N − 1) + κN(N − 1))';
    const peak =
      peakConnections === null
        ? `no peak; it approaches ${rateText(peakThroughput)}`
        : `${rateText(peakThroughput)} at ${countText(peakConnections)} connections`;
    parts.push(
      html`<section><h2>Scalability</h2>${pairsTable('Scalability', [
        ['model', formula],
        ['λ, one connection', rateText(lambda)],
        ['σ, contention', shareText(sigma)],
        ['κ, coherency', kappa.toPrecision(3)],
        ['ceiling', peak],
        ['R²', rSquared.toFixed(4)],
      ])}</section>`,
    );
  }
  if (queueing !== undefined) {
    const { base, wait, capacity, rSquared } = queueing;
    parts.push(
      html`<section><h2>Queueing</h2>${pairsTable('Queueing', [
        ['model', 'R(x) = base + wait · u / (1 − u), u = x / capacity'],
        ['base', latencyText(base)],
        ['wait', latencyText(wait)],
        ['capacity', rateText(capacity)],
        ['R²', rSquared.toFixed(4)],
      ])}</section>`,
    );
  }
  return html`<div class="columns">${parts}</div>`;
}

function stepsSection({ steps }: SweepResult): Html | undefined {
  if (steps.length === 0) return undefined;
  const figuresOf = ['offered', 'achieved', 'mean', 'p50', 'p99', 'p99.9', 'max', 'errors', 'lost', 'generator'];
  const columns = [...figuresOf.map((name) => ({ name })), { name: 'sustained', words: 'long' as const }];
  const rows = steps.map((step) => ({
    cells: [
      rateText(step.offered),
      rateText(step.achieved),
      ...latencyCells(step),
      countText(step.errors),
      shareText(step.loss),
      step.generatorValid ? 'kept up' : html`<span class="warn">fell behind</span>`,
      step.sustained ? html`<span class="good">yes</span>` : html`<span class="bad">no</span> ${step.reason}`,
    ],
  }));
  return html`<h2>Offered rates</h2>${table('Offered rates', columns, rows)}`;
}

function scalingSection({ scaling }: SweepResult): Html | undefined {
  if (scaling.length === 0) return undefined;
  const names = ['connections', 'throughput', 'mean', 'p50', 'p99', 'p99.9', 'max', 'errors', 'generator busy'];
  const rows = scaling.map((point) => ({
    cells: [
      countText(point.connections),
      rateText(point.throughput),
      ...latencyCells(point),
      countText(point.errors),
      shareText(point.generatorUtilization),
    ],
  }));
  return html`<h2>Connections</h2>${table(
    'Connections',
    names.map((name) => ({ name })),
    rows,
  )}`;
}

/** A step without a reply has no latency. */
function latencyCells({ latency }: Pick<RateStep | ScalingPoint, 'latency'>): string[] {
  const { mean, p50, p99, p999, max } = latency;
  return [mean, p50, p99, p999, max].map((micros) => (max > 0 ? latencyText(micros) : NONE));
}
