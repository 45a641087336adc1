/** Command lines of `ringshard load` in a machine that is always the same. */
import { parseLoad } from '../../../../src/load/options/parse.js';
import type { LoadRequest } from '../../../../src/load/options/request.js';
import type { Plan } from '../../../../src/load/plan/plan.js';

export const URL = 'redis://h';
export const SEED = 4711;

const FILES: Readonly<Record<string, string>> = {
  secret: 'hunter2\n',
  empty: '\n',
  mix: '70 GET {key}\n30 SET {key} {value}\n',
};

export function parse(args: readonly string[], variables: Record<string, string> = {}, cores = 4): LoadRequest {
  const readFile = (path: string) => {
    const text = FILES[path];
    if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    return text;
  };
  return parseLoad(args, { variables, readFile, cores, randomSeed: () => SEED });
}

/** Of a run or a sweep. */
export function planOf(...args: readonly string[]): Plan {
  const request = parse(args);
  if (request.kind !== 'run' && request.kind !== 'sweep') throw new Error(JSON.stringify(request));
  return request.plan;
}

export function errorOf(...args: readonly string[]): string {
  const request = parse(args);
  return request.kind === 'error' ? request.message : `no complaint, but ${request.kind}`;
}
