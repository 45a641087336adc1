/** Sizes of values as the command line writes them: `64`, `1kb`, `64-1024`, `64:90,1kb:9,16kb:1`. */
import { readBytes, readWeight } from './quantity.js';
import { MOST_VALUE_BYTES } from './template.js';
import { UsageError } from './usage-error.js';
import type { ValueSizes } from './workload.js';

export function readValueSizes(text: string): ValueSizes {
  if (text.includes(':') || text.includes(',')) return listOf(text.split(','));
  const [first = '', last, more] = text.split('-');
  if (more !== undefined)
    throw new UsageError('expected bytes (64), a range (64-1024) or sizes with weights (64:9,1kb:1)');
  const least = bytesOf(first);
  if (last === undefined) return { kind: 'fixed', bytes: least };
  const most = bytesOf(last);
  if (most < least) throw new UsageError(`${first} is more than ${last}`);
  return { kind: 'range', least, most };
}

/** The least and the most bytes that a value may have. */
export function sizeRange(sizes: ValueSizes): { readonly least: number; readonly most: number } {
  if (sizes.kind === 'fixed') return { least: sizes.bytes, most: sizes.bytes };
  if (sizes.kind === 'range') return sizes;
  const all = sizes.entries.map(({ bytes }) => bytes);
  return { least: Math.min(...all), most: Math.max(...all) };
}

function listOf(parts: readonly string[]): ValueSizes {
  const entries = parts.map((part) => {
    const [size = '', weight = '1', more] = part.split(':');
    if (more !== undefined) throw new UsageError(`'${part}' is no size with a weight, such as 1kb:9`);
    return { bytes: bytesOf(size), weight: readWeight(weight) };
  });
  const possible = entries.filter(({ weight }) => weight > 0);
  if (possible.length === 0) throw new UsageError('one of the weights must be above 0');
  return { kind: 'list', entries: possible };
}

function bytesOf(text: string): number {
  return readBytes(text, 0, MOST_VALUE_BYTES);
}
