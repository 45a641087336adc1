/** Runs a benchmark as `npm run bench:<name>` does, and gives back what it wrote. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The machine may be busy with other tests. */
export const LIMIT_MS = 60_000;

export interface Ran<T> {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it wrote with `--json`. */
  readonly json: T;
}

export async function runBench<T>(name: string, args: readonly string[]): Promise<Ran<T>> {
  const directory = mkdtempSync(join(tmpdir(), 'ringshard-bench-test-'));
  try {
    const file = join(directory, 'out.json');
    const all = ['--import', 'tsx', `bench/${name}/main.ts`, ...args, '--json', file];
    const ran = await new Promise<Omit<Ran<T>, 'json'>>((resolve) => {
      const options = { cwd: ROOT, timeout: LIMIT_MS, maxBuffer: 1 << 24 };
      const child = execFile(process.execPath, all, options, (_error, stdout, stderr) => {
        resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
      });
    });
    if (ran.exitCode !== 0)
      throw new Error(`bench:${name} has ended with ${ran.exitCode}\n${ran.stdout}\n${ran.stderr}`);
    return { ...ran, json: JSON.parse(readFileSync(file, 'utf8')) as T };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
