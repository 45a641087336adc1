/**
 * The dashboard's script: asks for figures once a second, makes rates of counters and draws them. Plain JavaScript in a
 * string, because it runs in a browser; all that comes from the server goes into the page as text.
 */
export const DASHBOARD_SCRIPT = `
'use strict';
const EVERY_MS = 1000, KEPT = 300, TOP = 5;
const COLOURS = ['blue', 'amber', 'green', 'violet', 'red', 'grey'];
const $ = (selector) => document.querySelector(selector);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const digits = (value) => value === 0 ? '0' : Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
const scaled = (value) => value >= 1e9 ? digits(value / 1e9) + ' G' : value >= 1e6 ? digits(value / 1e6) + ' M' : value >= 1e4 ? digits(value / 1e3) + ' k' : digits(value);
const WRITE = {
  rate: (value) => scaled(value) + '/s',
  count: scaled,
  share: (value) => digits(value * 100) + ' %',
  micros: (value) => value >= 1e6 ? digits(value / 1e6) + ' s' : value >= 1e3 ? digits(value / 1e3) + ' ms' : digits(value) + ' \\u00b5s',
  bytes: (value) => value >= 2 ** 30 ? digits(value / 2 ** 30) + ' GiB' : value >= 2 ** 20 ? digits(value / 2 ** 20) + ' MiB' : value >= 1024 ? digits(value / 1024) + ' KiB' : digits(value) + ' B',
};
const shown = (write) => (value) => value == null ? '\\u2013' : WRITE[write](value);

function make(name, text, ...children) {
  const element = document.createElement(name);
  if (text !== undefined && text !== '') element.textContent = text;
  element.append(...children);
  return element;
}

/* Charts: their lines are made when they are first needed, since commands come and go. */
const CHARTS = [
  { id: 'throughput', write: 'rate' }, { id: 'latency', write: 'micros' }, { id: 'memory', write: 'bytes' },
  { id: 'hits', write: 'share', max: 1 }, { id: 'gone', write: 'rate' }, { id: 'clients', write: 'count' },
  { id: 'lanes', write: 'rate' }, { id: 'queues', write: 'bytes' },
];
for (const chart of CHARTS) chart.points = [];

function addPoint(id, time, values) {
  const chart = CHARTS.find((one) => one.id === id);
  chart.points.push({ time, values });
  if (chart.points.length > KEPT) chart.points.shift();
}

function draw(chart) {
  const names = [...new Set(chart.points.flatMap(({ values }) => Object.keys(values)))];
  const data = [chart.points.map(({ time }) => time / 1000), ...names.map((name) => chart.points.map(({ values }) => values[name] ?? null))];
  const box = document.getElementById(chart.id), theme = colour('ink') + box.clientWidth, key = theme + names.join();
  if (chart.plot && chart.key === key) { chart.plot.setData(data); tellLast(chart.plot); return; }
  chart.plot?.destroy();
  chart.key = key;
  const axis = { stroke: colour('muted'), grid: { stroke: colour('grid'), width: 1 }, ticks: { stroke: colour('grid'), width: 1 }, font: '12px system-ui' };
  chart.plot = new uPlot({
    width: box.clientWidth, height: 200, pxAlign: 1,
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    scales: { y: { range: (plot, low, high) => [0, chart.max ?? Math.max(high * 1.08, 1)] } },
    axes: [{ ...axis }, { ...axis, size: 74, values: (plot, splits) => splits.map((value) => WRITE[chart.write](value)) }],
    series: [{ value: (plot, time) => time == null ? '\\u2013' : new Date(time * 1000).toLocaleTimeString() },
      ...names.map((name, i) => ({ label: name, stroke: colour(COLOURS[i % COLOURS.length]), width: 1.6, points: { show: false }, value: (plot, value) => shown(chart.write)(value) }))],
  }, data, box);
  tellLast(chart.plot);
}
/* Without a pointer on it a chart tells its newest figures. */
function tellLast(plot) {
  if (plot.cursor.idx == null) plot.setLegend({ idx: plot.data[0].length - 1 });
}
const drawAll = () => { for (const chart of CHARTS) draw(chart); };

/* Buckets of a histogram go to 1, 1, 2, 4, 8 ... microseconds. */
function percentile(buckets, share) {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (let i = 0; i < buckets.length; i++) {
    seen += buckets[i];
    if (seen >= total * share) return i === 0 ? 1 : 2 ** (i - 1);
  }
  return null;
}

let last;
function take(now) {
  $('#version').textContent = now.version;
  $('#uptime').textContent = 'up ' + duration(now.uptimeMs);
  const before = last;
  last = now;
  fillTiles(now, before);
  fillSlow(now.slow);
  fillShards(now.shards);
  $('#writes').textContent = now.mayWrite ? 'May write (http-writes).' : 'Reading commands only; option http-writes lets it write.';
  if (before === undefined) return;
  const seconds = (now.time - before.time) / 1000;
  if (seconds <= 0 || now.totals.commands < before.totals.commands) return;
  const rate = (of) => Math.max(0, (of(now) - of(before)) / seconds);
  const calls = Object.entries(now.commands).map(([name, { calls }]) => [name, (calls - (before.commands[name]?.calls ?? 0)) / seconds]).filter(([, value]) => value > 0).sort((a, b) => b[1] - a[1]);
  const lines = Object.fromEntries(calls.slice(0, TOP));
  const rest = calls.slice(TOP).reduce((sum, [, value]) => sum + value, 0);
  if (rest > 0) lines.others = rest;
  addPoint('throughput', now.time, lines);
  const buckets = [];
  for (const [name, { histogram }] of Object.entries(now.commands)) histogram.forEach((count, i) => { buckets[i] = (buckets[i] ?? 0) + count - (before.commands[name]?.histogram[i] ?? 0); });
  addPoint('latency', now.time, { p50: percentile(buckets, 0.5), p99: percentile(buckets, 0.99), 'p99.9': percentile(buckets, 0.999) });
  addPoint('memory', now.time, { data: now.memory.used, limit: now.memory.max });
  const hits = rate(({ totals }) => totals.hits), misses = rate(({ totals }) => totals.misses);
  addPoint('hits', now.time, { 'hit ratio': hits + misses > 0 ? hits / (hits + misses) : null });
  addPoint('gone', now.time, { evicted: rate(({ totals }) => totals.evicted), expired: rate(({ totals }) => totals.expired) });
  addPoint('clients', now.time, { connected: now.clients.connected, blocked: now.clients.blocked });
  addPoint('lanes', now.time, { direct: rate(({ lanes }) => lanes.direct), ring: rate(({ lanes }) => lanes.ring) });
  addPoint('queues', now.time, Object.fromEntries(now.shards.slice(0, COLOURS.length).map(({ shard, queuedBytes }) => ['shard ' + shard, queuedBytes])));
  drawAll();
}

function duration(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 1) return Math.floor(ms / 1000) + ' s';
  return minutes < 60 ? minutes + ' min' : minutes < 2880 ? Math.floor(minutes / 60) + ' h ' + minutes % 60 + ' min' : Math.floor(minutes / 1440) + ' days';
}

function fillTiles(now, before) {
  const seconds = before === undefined ? 0 : (now.time - before.time) / 1000;
  const rate = (of) => seconds > 0 ? WRITE.rate(Math.max(0, (of(now) - of(before)) / seconds)) : '\\u2013';
  const seen = now.totals.hits + now.totals.misses;
  const tiles = {
    commands: [rate(({ totals }) => totals.commands), scaled(now.totals.commands) + ' in all'],
    keys: [scaled(now.keys), now.shards.length + (now.shards.length === 1 ? ' shard' : ' shards')],
    memory: [WRITE.bytes(now.memory.used), WRITE.share(now.memory.used / now.memory.max) + ' of ' + WRITE.bytes(now.memory.max) + ', ' + now.memory.policy],
    hits: [seen === 0 ? '\\u2013' : WRITE.share(now.totals.hits / seen), scaled(now.totals.misses) + ' misses'],
    clients: [String(now.clients.connected), now.totals.rejected + ' turned away'],
    traffic: [rate(({ totals }) => totals.bytesOut).replace('/s', ' B/s'), 'out; in ' + rate(({ totals }) => totals.bytesIn).replace('/s', ' B/s')],
  };
  for (const [id, [value, note]] of Object.entries(tiles)) $('#tile-' + id).replaceChildren(value, make('small', note));
}

function fillSlow(slow) {
  const rows = slow.map(({ at, micros, words }) => {
    const text = make('td', words);
    text.className = 'text';
    return make('tr', '', make('td', new Date(at * 1000).toLocaleTimeString()), make('td', WRITE.micros(micros)), text);
  });
  $('#slow').replaceChildren(...(rows.length > 0 ? rows : [make('tr', '', make('td', 'none'))]));
}

function fillShards(shards) {
  $('#shards').replaceChildren(...shards.map(({ shard, keys, usedBytes, queuedBytes, suspended, commands }) =>
    make('tr', '', ...[shard, scaled(keys), WRITE.bytes(usedBytes), WRITE.bytes(queuedBytes), suspended, scaled(commands)].map((cell) => make('td', String(cell))))));
}

/* Keys and commands. */
async function run(commands, db) {
  const answer = await fetch('dashboard/commands?db=' + encodeURIComponent(db), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(commands) });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body;
}
const resultOf = (one) => { if (one.error) throw new Error(one.error.message); return one.result; };

let cursor = '0';
async function browse(again) {
  const list = $('#keys'), more = $('#more');
  if (!again) { cursor = '0'; list.replaceChildren(); }
  try {
    for (let pages = 0, found = 0; pages < 20 && found < 50; pages++) {
      const [next, keys] = resultOf(await run(['SCAN', cursor, 'MATCH', $('#pattern').value || '*', 'COUNT', 200], $('#db').value));
      for (const key of keys) {
        const button = make('button', key);
        button.className = 'key';
        button.addEventListener('click', () => view(key, button));
        list.append(make('li', '', button));
      }
      found += keys.length;
      cursor = next;
      if (next === '0') break;
    }
    if (list.children.length === 0) list.append(make('li', 'no keys'));
    more.disabled = cursor === '0';
  } catch (error) { list.replaceChildren(make('li', error.message)); more.disabled = true; }
}

const SHOWN_BYTES = 4096;
async function view(key, button) {
  document.querySelector('.keys [aria-current]')?.removeAttribute('aria-current');
  button.setAttribute('aria-current', 'true');
  const target = $('#value'), facts = $('#facts');
  try {
    const db = $('#db').value;
    const { results } = await run([['TYPE', key], ['PTTL', key], ['MEMORY', 'USAGE', key], ['OBJECT', 'ENCODING', key]], db);
    const [type, ttl, bytes, encoding] = results.map((one) => one.result);
    if (type === 'none') { facts.textContent = key; target.textContent = 'is gone'; return; }
    facts.textContent = [key, type, encoding, bytes == null ? '' : WRITE.bytes(bytes), ttl < 0 ? 'does not expire' : 'expires in ' + duration(ttl)].filter(Boolean).join(' \\u00b7 ');
    target.textContent = await valueText(key, type, db);
  } catch (error) { facts.textContent = key; target.textContent = error.message; }
}

/* Each type by the command that shows some of it. */
const VIEWS = { hash: (key) => ['HSCAN', key, 0, 'COUNT', 100], list: (key) => ['LRANGE', key, 0, 99], set: (key) => ['SSCAN', key, 0, 'COUNT', 100], zset: (key) => ['ZRANGE', key, 0, 99, 'WITHSCORES'], stream: (key) => ['XRANGE', key, '-', '+', 'COUNT', 50] };
async function valueText(key, type, db) {
  if (type !== 'string') return VIEWS[type] ? JSON.stringify(resultOf(await run(VIEWS[type](key), db)), null, 2) : 'a ' + type;
  const [length, text] = (await run([['STRLEN', key], ['GETRANGE', key, 0, SHOWN_BYTES - 1]], db)).results.map(resultOf);
  let shownText = text;
  try { if (length <= SHOWN_BYTES && /^[\\[{]/.test(text)) shownText = JSON.stringify(JSON.parse(text), null, 2); } catch { /* no JSON after all */ }
  return length > SHOWN_BYTES ? shownText + '\\n\\u2026 ' + WRITE.bytes(length) + ' in all' : shownText;
}

/* Words as redis-cli has them: quotes hold spaces together. */
function wordsOf(line) {
  return (line.match(/"(?:\\\\.|[^"\\\\])*"|'[^']*'|\\S+/g) ?? []).map((word) => /^(".*"|'.*')$/s.test(word) ? word.slice(1, -1).replace(/\\\\(.)/g, '$1') : word);
}
const entered = [];
let recalled = 0;
async function command(line) {
  const output = $('#output');
  output.classList.remove('bad');
  try {
    const result = resultOf(await run(wordsOf(line), $('#command-db').value));
    output.textContent = typeof result === 'string' ? result : JSON.stringify(result, null, 2);
  } catch (error) { output.classList.add('bad'); output.textContent = error.message; }
}

$('#browse').addEventListener('submit', (event) => { event.preventDefault(); browse(false); });
$('#more').addEventListener('click', () => browse(true));
$('#command').addEventListener('submit', (event) => {
  event.preventDefault();
  const line = $('#line').value.trim();
  if (line === '') return;
  entered.push(line);
  recalled = entered.length;
  $('#line').value = '';
  command(line);
});
$('#line').addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  recalled = Math.min(entered.length, Math.max(0, recalled + (event.key === 'ArrowUp' ? -1 : 1)));
  $('#line').value = entered[recalled] ?? '';
});
addEventListener('resize', drawAll);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

async function poll() {
  try {
    const answer = await fetch('dashboard/figures');
    if (!answer.ok) throw new Error('the server answers with ' + answer.status);
    take(await answer.json());
    $('#trouble').textContent = '';
  } catch (error) { $('#trouble').textContent = 'No figures: ' + error.message; }
  setTimeout(poll, document.hidden ? 5 * EVERY_MS : EVERY_MS);
}
poll();
browse(false);
`;
