/**
 * Opens reports in headless Chromium and takes pictures of them: light, dark and narrow. Fails when a page logs an error,
 * asks for anything over the network, or is wider than the window.
 *
 *   node scripts/look-report.mjs FOLDER REPORT.html...
 *   node --import tsx scripts/look-report.mjs FOLDER      pages of sample results, which are left in the folder too
 *
 * CHROMIUM names the browser, /usr/bin/chromium by default.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const FORMS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1400, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1400, height: 900 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 400, height: 800 } },
];

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const [folder, ...given] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/look-report.mjs FOLDER REPORT.html...');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const files = given.length > 0 ? given : await writeSamples();

const problems = [];
const profile = mkdtempSync(join(tmpdir(), 'look-report-'));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
try {
  for (const form of FORMS) {
    const browser = await chromium.launchPersistentContext(join(profile, form.name), {
      executablePath,
      args: ARGS,
      viewport: form.viewport,
      colorScheme: form.colorScheme,
    });
    try {
      for (const file of files) await look(browser, file, form.name);
    } finally {
      await browser.close();
    }
  }
} finally {
  rmSync(profile, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

async function writeSamples() {
  const { samplePages } = await import('../test/unit/load/report/sample-pages.ts');
  return [...samplePages()].map(([name, text]) => {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, text);
    return file;
  });
}

async function look(browser, file, form) {
  const url = pathToFileURL(resolve(file)).href;
  const where = `${basename(file)} (${form})`;
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${where}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${where}: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:'))
      problems.push(`${where}: asks for ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForTimeout(300);
  const seen = await page.evaluate(measure);
  if (seen.wider > 0) problems.push(`${where}: is ${seen.wider} pixels wider than the window`);
  for (const id of seen.blank) problems.push(`${where}: the chart ${id} is blank`);
  const picture = join(folder, `${basename(file, '.html')}-${form}.png`);
  await page.screenshot({ path: picture, fullPage: true });
  console.log(`${picture}: ${seen.charts} charts`);
  await page.close();
}

/** Runs in the page. A chart is blank when nothing was drawn on its canvas. */
function measure() {
  const plots = [...document.querySelectorAll('.plot[id]')];
  const drawn = (canvas) =>
    canvas
      .getContext('2d')
      .getImageData(0, 0, canvas.width, canvas.height)
      .data.some((byte) => byte !== 0);
  const blank = plots.filter((plot) => !plot.querySelector('canvas') || !drawn(plot.querySelector('canvas')));
  return {
    charts: plots.length,
    blank: blank.map((plot) => plot.id),
    wider: document.documentElement.scrollWidth - innerWidth,
  };
}
