/** Key distributions as the command line writes them: `zipf:0.99`, `hotspot:0.2:0.8`, or memtier's `Z:Z`. */
import { readDecimal, readShare } from './quantity.js';
import { UsageError } from './usage-error.js';
import type { KeyDistribution } from './workload.js';

/** YCSB's. */
const USUAL_EXPONENT = 0.99;
const MOST_EXPONENT = 5;

const EXPECTED = 'expected uniform, zipf[:0.99], latest[:0.99], hotspot[:0.2:0.8] or sequential';

export function readDistribution(text: string): KeyDistribution {
  const [name = '', ...details] = (MEMTIER.get(text.toUpperCase()) ?? text.toLowerCase()).split(':');
  if (/^[a-z]:[a-z]$/i.test(text) && !MEMTIER.has(text.toUpperCase())) {
    throw new UsageError("of memtier's key patterns there are R:R, S:S, P:P and Z:Z");
  }
  if (name === 'zipf' || name === 'latest') return { kind: name, exponent: exponentOf(details) };
  if (name === 'hotspot') return hotspotOf(details);
  if ((name === 'uniform' || name === 'sequential') && details.length === 0) return { kind: name };
  throw new UsageError(EXPECTED);
}

/** Its pattern of sets and of gets; here both have the same. */
const MEMTIER: ReadonlyMap<string, string> = new Map([
  ['R:R', 'uniform'],
  ['S:S', 'sequential'],
  ['P:P', 'sequential'],
  ['Z:Z', 'zipf'],
]);

function exponentOf(details: readonly string[]): number {
  const [text, more] = details;
  const exponent = text === undefined ? USUAL_EXPONENT : readDecimal(text);
  if (exponent === undefined || more !== undefined) throw new UsageError(EXPECTED);
  if (exponent === 0 || exponent > MOST_EXPONENT) {
    throw new UsageError(`expected an exponent above 0, at most ${MOST_EXPONENT}`);
  }
  return exponent;
}

function hotspotOf(details: readonly string[]): KeyDistribution {
  if (details.length === 0) return { kind: 'hotspot', keys: 0.2, operations: 0.8 };
  const [keys = '', operations = '', more] = details;
  if (more !== undefined) throw new UsageError(EXPECTED);
  return { kind: 'hotspot', keys: readShare(keys), operations: readShare(operations) };
}
