/**
 * Opens the dashboard and the docs page of a server under some load in headless Chromium, uses them as a person would,
 * and takes pictures: light, dark and narrow. Fails when a page logs an error, asks for anything from elsewhere, is wider
 * than the window, or does not show what it should.
 *
 *   node scripts/look-dashboard.mjs FOLDER
 *
 * CHROMIUM names the browser, /usr/bin/chromium by default.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createServer } from '../dist/index.js';

const FORMS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1400, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1400, height: 900 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 380, height: 800 } },
];
const ARGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
/** Time for some points on the charts. */
const WATCH_MS = 8000;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/look-dashboard.mjs FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const problems = [];
const server = await createServer({ httpPort: 'any', shards: 2, maxmemory: '64mb', maxmemoryPolicy: 'allkeys-lru' });
const load = startLoad(server);
const profile = mkdtempSync(join(tmpdir(), 'look-dashboard-'));
try {
  for (const form of FORMS) await look(form);
} finally {
  clearInterval(load);
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Requests of several kinds, more at some times than at others. */
function startLoad({ client }) {
  const own = client.call(server, { name: 'load' });
  let turn = 0;
  void own.set('user:1', JSON.stringify({ name: 'Ada', tags: ['a', 'b'] }), { ttl: '1h' });
  return setInterval(() => {
    turn++;
    const calls = 20 + Math.round(15 * Math.sin(turn / 60));
    for (let i = 0; i < calls; i++) {
      const key = `key:${Math.floor(Math.random() * 3000)}`;
      const chance = Math.random();
      if (chance < 0.65) void own.get(key);
      else if (chance < 0.9) void own.set(key, 'x'.repeat(200), { ttl: 500 + 4000 * Math.random() });
      else void own.incr('counter');
    }
    if (turn % 200 === 0) void own.keys();
  }, 5);
}

function check(form, what, holds) {
  if (!holds) problems.push(`${form.name}: ${what}`);
}

async function look(form) {
  const browser = await chromium.launchPersistentContext(join(profile, form.name), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
    viewport: form.viewport,
    colorScheme: form.colorScheme,
  });
  try {
    const page = await open(browser, form, '/');
    await page.waitForTimeout(WATCH_MS);
    await useDashboard(page, form);
    await picture(page, form, 'dashboard');
    const docs = await open(browser, form, '/docs');
    await docs.waitForSelector('details');
    await docs.locator('summary').first().click();
    await picture(docs, form, 'docs');
  } finally {
    await browser.close();
  }
}

async function open(browser, form, path) {
  const page = await browser.newPage();
  page.on('console', (message) => check(form, `${path} logs: ${message.text()}`, message.type() !== 'error'));
  page.on('pageerror', (error) => check(form, `${path} fails: ${error.message}`, false));
  page.on('request', (request) =>
    check(
      form,
      `${path} asks for ${request.url()}`,
      /^data:/.test(request.url()) || request.url().startsWith(server.httpUrl),
    ),
  );
  await page.goto(server.httpUrl + path);
  return page;
}

async function useDashboard(page, form) {
  const commands = () => page.locator('#tile-commands small').textContent();
  const before = await commands();
  await page.waitForTimeout(1500);
  check(form, 'the numbers do not move', before !== (await commands()));
  check(form, 'a chart is empty', (await page.locator('.plot canvas').count()) === 8);
  await page.fill('#pattern', 'user:*');
  await page.press('#pattern', 'Enter');
  await page.locator('.keys button', { hasText: 'user:1' }).click();
  await page.waitForFunction(() => document.querySelector('#value').textContent.includes('Ada'));
  await page.fill('#line', 'SET a b');
  await page.press('#line', 'Enter');
  await page.waitForFunction(() => document.querySelector('#output').textContent.includes('only reading'));
  await page.press('#line', 'ArrowUp');
  check(form, 'the last command does not come back', (await page.inputValue('#line')) === 'SET a b');
  await page.fill('#line', 'GET "user:1"');
  await page.press('#line', 'Enter');
  await page.waitForFunction(() => document.querySelector('#output').textContent.includes('Ada'));
}

async function picture(page, form, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(form, `${name} is ${wide} pixels wider than the window`, wide <= 0);
  const path = join(folder, `${name}-${form.name}.png`);
  await page.screenshot({ path, fullPage: true });
  console.log(path);
}
