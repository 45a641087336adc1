/** `bench/RESULTS.md`: the last full run of each benchmark, a section each. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = new URL('../RESULTS.md', import.meta.url);
const HEAD = `# Results

The last full run of the benchmarks that compare. Each section is written by its benchmark, with \`--results\`; the figures
hold for the machine, the commit and the parameters that stand above them. What counts is how they relate: all programs
of a table have run side by side, in turns.
`;

/** Writes a section: in place of the one of this name, or behind the others. */
export function writeResults(name: string, body: string): string {
  let text = HEAD;
  try {
    text = readFileSync(FILE, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  writeFileSync(FILE, withSection(text, name, body));
  return fileURLToPath(FILE);
}

/** A section goes from its heading to the next one of its level. */
export function withSection(text: string, name: string, body: string): string {
  const parts = text.split(/^(?=## )/m);
  const section = `## ${name}\n\n${body.trim()}\n`;
  const at = parts.findIndex((part) => part.startsWith(`## ${name}\n`));
  if (at >= 0) parts[at] = section;
  else parts.push(section);
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

/** The commit that is measured; undefined outside of a repository. */
export function commitText(): string | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: new URL('.', FILE),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const commit = git('rev-parse', '--short=10', 'HEAD');
    return git('status', '--porcelain') === '' ? commit : `${commit} with changes`;
  } catch {
    return undefined;
  }
}
