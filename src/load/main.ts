/** `ringshard load ...`. Exit codes: 0, 1 the run failed, 2 wrong usage, 99 an objective was missed, 130 Ctrl-C. */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { execute } from './execute.js';
import type { LoadEnvironment } from './options/environment.js';
import { parseLoad } from './options/parse.js';

const EXIT_USAGE = 2;

/** `args` are those behind `load`. */
export async function runLoad(args: readonly string[]): Promise<number> {
  const request = parseLoad(args, thisEnvironment());
  if (request.kind === 'help') {
    process.stdout.write(request.text);
    return 0;
  }
  if (request.kind === 'error') {
    process.stderr.write(`${request.message}\n`);
    return EXIT_USAGE;
  }
  return await execute(request);
}

function thisEnvironment(): LoadEnvironment {
  return {
    variables: process.env,
    readFile: (path) => readFileSync(path, 'utf8'),
    cores: availableParallelism(),
    randomSeed: () => randomInt(2 ** 32),
  };
}
