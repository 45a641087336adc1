/** Numbers as people read them. */
import type { Spread } from './statistics.js';

export type Unit = 'per second' | 'us' | 'ms' | 's' | 'bytes' | 'ns' | 'count';

/** Three significant digits, whole numbers from 100 on. */
export function formatNumber(n: number): string {
  if (n === 0) return '0';
  const size = Math.abs(n);
  if (size >= 100) return Math.round(n).toLocaleString('en-US');
  return n
    .toPrecision(3)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

export function formatWithUnit(n: number, unit: Unit): string {
  if (unit === 'per second') {
    if (n >= 1e6) return `${(n / 1e6).toFixed(2)} M/s`;
    return n >= 1e4 ? `${Math.round(n / 1e3)} k/s` : `${formatNumber(n)}/s`;
  }
  if (unit === 'bytes') return `${formatNumber(n)} B`;
  return unit === 'count' ? formatNumber(n) : `${formatNumber(n)} ${unit}`;
}

function formatRatio(n: number): string {
  if (n >= 10) return n.toFixed(1);
  return n >= 0.1 ? n.toFixed(2) : n.toPrecision(2);
}

/** `1.62x (1.55..1.70)` */
export function formatRatios({ median, min, max }: Spread): string {
  return `${formatRatio(median)}x (${formatRatio(min)}..${formatRatio(max)})`;
}
