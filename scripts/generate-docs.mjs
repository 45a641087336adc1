/** Writes what docs/ shows of the tables of commands and of options. Runs after tsc, on its output. */
import { writeFile } from 'node:fs/promises';
import { commandsPage } from './docs/commands.mjs';
import { optionsPage } from './docs/options.mjs';

const PAGES = { 'docs/commands.md': commandsPage(), 'docs/options.md': optionsPage() };

for (const [path, text] of Object.entries(PAGES)) {
  await writeFile(new URL(`../${path}`, import.meta.url), text);
  console.log(`wrote ${path}`);
}
