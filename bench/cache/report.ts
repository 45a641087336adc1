/** The table of hit ratios, a trace a row. */
import { markdownTable, type Row } from '../support/table.js';
import { type Comparison, EXACT_S3_FIFO, type Result } from './compare.js';

/** Percent points that count as equal. */
const EQUAL = 0.05;

function hitPercent({ hits, gets }: Result): number {
  return (hits * 100) / gets;
}

export function comparisonTable(comparisons: readonly Comparison[]): string {
  const [first] = comparisons;
  if (first === undefined) return '';
  const heading = [
    'hits of 100 GETs',
    ...first.sameMemory.map(({ policy }) => `a: ${policy}`),
    ...first.sameItems.map(({ policy }) => `b: ${policy}`),
    ...first.sameMemory.slice(0, 2).map(({ policy }) => `items, a: ${policy}`),
    'items, b',
  ];
  return markdownTable([heading, ...comparisons.map(rowOf)]);
}

function rowOf({ trace, sameMemory, sameItems }: Comparison): Row {
  const held = [...sameMemory.slice(0, 2), ...sameItems.slice(0, 1)];
  const items = held.map((result) => Math.round(result.items).toLocaleString('en-US'));
  return [trace, ...marked(sameMemory), ...marked(sameItems), ...items];
}

/** The best are in bold type; S3-FIFO without the engine takes no part. */
function marked(results: readonly Result[]): string[] {
  const rivals = results.filter(({ policy }) => policy !== EXACT_S3_FIFO);
  const best = Math.max(...rivals.map(hitPercent));
  return results.map((result) => {
    const percent = hitPercent(result);
    const text = percent.toFixed(1);
    return percent > best - EQUAL && rivals.includes(result) ? `**${text}**` : text;
  });
}
