/** The dashboard at `/`: one page that needs nothing but the server it comes from. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DASHBOARD_SCRIPT } from './dashboard-script.js';
import { DASHBOARD_STYLE } from './dashboard-style.js';

const require = createRequire(import.meta.url);

const TILES = [
  ['commands', 'Commands'],
  ['keys', 'Keys'],
  ['memory', 'Memory'],
  ['hits', 'Hit ratio'],
  ['clients', 'Clients'],
  ['traffic', 'Traffic'],
];

const CHARTS = [
  ['throughput', 'Commands a second', 'the five most called'],
  ['latency', 'Time in the engine', 'percentiles of a sample, up to the next power of two'],
  ['memory', 'Memory', 'data, and its limit'],
  ['hits', 'Hit ratio', 'look-ups that found their key'],
  ['gone', 'Keys gone', 'evicted and expired, a second'],
  ['clients', 'Clients', 'connections, and those that wait'],
  ['lanes', 'Ways to the shards', 'groups of requests a second: run at once, or handed over'],
  ['queues', 'Request rings', 'bytes that wait for the shards'],
];

let page: string | undefined;

export function dashboardPage(): string {
  page ??= build();
  return page;
}

function build(): string {
  const file = (name: string) => readFileSync(require.resolve(`uplot/dist/${name}`), 'utf8');
  const tiles = TILES.map(([id, title]) => `<div><dt>${title}</dt><dd id="tile-${id}">&ndash;</dd></div>`);
  const charts = CHARTS.map(
    ([id, title, note]) =>
      `<section class="card"><h3>${title}</h3><span class="muted">${note}</span><div class="plot" id="${id}" role="img" aria-label="${title}: ${note}"></div></section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ringshard</title>
<link rel="icon" href="data:,">
<style>${file('uPlot.min.css')}${DASHBOARD_STYLE}</style>
</head>
<body>
<div id="trouble" role="alert"></div>
<header><h1>ringshard</h1><span class="muted"><span id="version"></span>, <span id="uptime"></span></span>
<nav><a href="docs">API</a><a href="metrics">Metrics</a></nav></header>
<main>
<dl class="tiles">${tiles.join('')}</dl>
<div class="charts">${charts.join('')}</div>
<div class="two">
<div><h2>Keys</h2><section class="card">
<form id="browse"><input id="pattern" aria-label="Pattern" placeholder="pattern, such as user:*" autocomplete="off" spellcheck="false">
<input id="db" aria-label="Database" type="number" min="0" value="0" style="flex: 0 1 70px"><button>Search</button></form>
<div class="scroll"><ul class="keys" id="keys"></ul></div><p><button id="more" type="button" disabled>More</button></p>
</section></div>
<div><h2>Value</h2><section class="card" aria-live="polite"><p class="muted" id="facts">Choose a key.</p><pre id="value"></pre></section></div>
</div>
<h2>Command</h2>
<section class="card"><form id="command"><input id="line" aria-label="Command" placeholder='GET key, INFO memory, SLOWLOG GET' autocomplete="off" autocapitalize="off" spellcheck="false">
<input id="command-db" aria-label="Database of the command" type="number" min="0" value="0" style="flex: 0 1 70px"><button>Run</button></form>
<p class="muted" id="writes"></p><pre id="output" aria-live="polite"></pre></section>
<div class="two">
<div><h2>Shards</h2><section class="card scroll"><table><thead><tr><th>Shard</th><th>Keys</th><th>Data</th><th>Queued</th><th>In slices</th><th>Commands</th></tr></thead><tbody id="shards"></tbody></table></section></div>
<div><h2>Slow log</h2><section class="card scroll"><table><thead><tr><th>At</th><th>Took</th><th class="text">Command</th></tr></thead><tbody id="slow"></tbody></table></section></div>
</div>
</main>
<footer></footer>
<script>${file('uPlot.iife.min.js')}</script>
<script>${DASHBOARD_SCRIPT}</script>
</body>
</html>
`;
}
