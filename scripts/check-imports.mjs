/**
 * Checks the import rules (.dependency-cruiser.cjs) on the compiled program, and two that imports don't show: only
 * ring/ uses Atomics, and what is compiled twice (engine/layout, load/engine/layout.ts) holds nothing but integer constants.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** Fewer modules than this mean that the checker has not looked where it should. */
const MODULES_MIN = 60;

const problems = [];

function cruise() {
  const args = ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs'];
  let output;
  try {
    output = execFileSync(process.execPath, [...args, '--output-type', 'json', 'dist'], {
      cwd: ROOT,
      maxBuffer: 1 << 28,
    });
  } catch (error) {
    output = error.stdout;
  }
  const { summary } = JSON.parse(output.toString());
  if (summary.totalCruised < MODULES_MIN) problems.push(`only ${summary.totalCruised} modules were looked at`);
  for (const { from, to, rule } of summary.violations) problems.push(`${rule.name}: ${from} -> ${to}`);
}

function* sources(folder) {
  for (const entry of readdirSync(new URL(`../${folder}`, import.meta.url), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sources(path);
    else if (path.endsWith('.ts')) yield path;
  }
}

function read(path) {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}

cruise();
for (const path of sources('src')) {
  const text = read(path);
  if (/\bAtomics\./.test(text) && !path.startsWith('src/ring/') && !path.startsWith('src/engine/')) {
    problems.push(`atomics-only-in-rings: ${path}`);
  }
  if (path.startsWith('src/engine/layout/') || path === 'src/load/engine/layout.ts') {
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').trim();
    const strange = code
      .split(';')
      .map((s) => s.trim())
      .find((s) => s !== '' && !/^export const [A-Z0-9_]+: u32 = [\w\s+*/()-]+$/.test(s));
    if (strange !== undefined) problems.push(`layout-holds-only-constants: ${path}: ${strange}`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
