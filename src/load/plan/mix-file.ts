/**
 * A workload in a file: a weight and a command in each line. What begins with `#` is a comment.
 *
 *   # three reads for each write
 *   75 GET {key}
 *   25 SET {key} {value}
 */
import { systemErrorText } from '../../config/error.js';
import { readCommand, uniqueNames } from './command.js';
import { readWeight } from './quantity.js';
import type { Protocol } from './target.js';
import { UsageError } from './usage-error.js';
import type { Operation } from './workload.js';

export function readMixFile(
  path: string,
  protocol: Protocol,
  readFile: (path: string) => string,
): readonly Operation[] {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    throw new UsageError(`can't open '${path}': ${systemErrorText(error)}`, { cause: error });
  }
  const operations = text.split(/\r?\n/).flatMap((line, i) => operationOf(line.trim(), `${path}:${i + 1}`, protocol));
  const possible = operations.filter(({ weight }) => weight > 0);
  if (possible.length === 0) throw new UsageError(`${path}: no line has a weight and a command, such as: 70 GET {key}`);
  return uniqueNames(possible);
}

function operationOf(line: string, place: string, protocol: Protocol): readonly Operation[] {
  if (line === '' || line.startsWith('#')) return [];
  const [, weight, command] = /^(\S+)\s+(.+)$/s.exec(line) ?? [];
  if (weight === undefined || command === undefined) {
    throw new UsageError(`${place}: expected a weight and a command, such as: 70 GET {key}`);
  }
  try {
    return [readCommand(command, readWeight(weight), protocol)];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${place}: ${error.message}`, { cause: error });
  }
}
