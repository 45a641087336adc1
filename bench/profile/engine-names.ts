/**
 * The names of the engine's functions, which the shipped module does not hold: it is built once more with them. The code
 * must be the same byte for byte, or else the names would be of other functions.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf, functionNames } from './wasm-sections.js';

const ROOT = new URL('../../', import.meta.url);
const PREFIX = 'src/engine/';

/** By number; none if the module in dist is not what the sources make. `directory` is for the module with names. */
export function engineNames(directory: string): ReadonlyMap<number, string> {
  const file = join(directory, 'engine-names.wasm');
  const compiler = fileURLToPath(new URL('node_modules/assemblyscript/bin/asc.js', ROOT));
  const args = [compiler, '--config', 'asconfig.json', '--target', 'release', '--debug', '--outFile', file];
  execFileSync(process.execPath, args, { cwd: fileURLToPath(ROOT), stdio: 'pipe' });
  const named = readFileSync(file);
  const shipped = readFileSync(new URL('dist/engine.wasm', ROOT));
  if (!Buffer.from(codeOf(named)).equals(codeOf(shipped))) return new Map();
  return new Map([...functionNames(named)].map(([index, name]) => [index, name.replace(PREFIX, '')]));
}
