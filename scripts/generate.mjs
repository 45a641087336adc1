/**
 * Writes the constants that the engine's source shares with the command table: src/engine/generated/commands.ts (ids)
 * and texts.ts (numbers of constant replies). Runs after tsc, on its output, and before asc. A file that would not
 * change is not touched, so that builds which look at times stay quick.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { COMMANDS } from '../dist/commands/table.js';
import { TEXTS } from '../dist/commands/texts.js';

const FOLDER = new URL('../src/engine/generated/', import.meta.url);

function constants(source, entries) {
  const lines = entries.map(([name, value]) => `export const ${name}: u32 = ${value};`);
  return `/** Generated from src/commands/${source} by scripts/generate.mjs: edit that. */\n${lines.join('\n')}\n`;
}

async function write(name, content) {
  const file = new URL(name, FOLDER);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === content) return;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file, content);
  console.log(`wrote src/engine/generated/${name}`);
}

const ids = COMMANDS.filter((command) => command.constant !== undefined).map(({ constant, id }) => [constant, id]);
const numbers = Object.keys(TEXTS).map((name, index) => [name, index]);
await write('commands.ts', constants('', ids));
await write('texts.ts', constants('texts.ts', numbers));
