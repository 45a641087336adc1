import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error scripts are plain JavaScript
import { commandsPage } from '../../scripts/docs/commands.mjs';
// @ts-expect-error scripts are plain JavaScript
import { optionsPage } from '../../scripts/docs/options.mjs';

it.each([
  ['docs/commands.md', commandsPage],
  ['docs/options.md', optionsPage],
])('%s is what `npm run docs` writes', (path, page) => {
  expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(page());
});
