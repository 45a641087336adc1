/**
 * Builds what is needed: TypeScript, the constants that the engine shares with it, the engine (as it is shipped, and
 * with assertions for the tests), the load generator's engine. Does nothing when nothing has changed; `--force` builds all the same.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);
const STAMP = new URL('dist/.built', ROOT);
const INPUTS = [
  'src',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'asconfig.json',
  'asconfig.load.json',
];

function* filesIn(path) {
  const url = new URL(path, ROOT);
  const entries = path.includes('.') ? undefined : readdirSync(url, { withFileTypes: true });
  if (entries === undefined) {
    yield path;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = `${path}/${entry.name}`;
    if (!entry.isDirectory()) yield inner;
    else if (inner !== 'src/engine/generated') yield* filesIn(inner);
  }
}

function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const input of INPUTS)
    for (const file of filesIn(input)) hash.update(file).update(readFileSync(new URL(file, ROOT)));
  return hash.digest('hex');
}

function run(module, ...args) {
  execFileSync(process.execPath, [fileURLToPath(new URL(module, ROOT)), ...args], { cwd: ROOT, stdio: 'inherit' });
}

const wanted = fingerprint();
if (process.argv.includes('--force') || !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
  run('node_modules/typescript/bin/tsc');
  run('scripts/generate.mjs');
  for (const [config, target] of [
    ['asconfig.json', 'release'],
    ['asconfig.json', 'checked'],
    ['asconfig.load.json', 'release'],
  ]) {
    run('node_modules/assemblyscript/bin/asc.js', '--config', config, '--target', target);
  }
  writeFileSync(STAMP, wanted);
}
