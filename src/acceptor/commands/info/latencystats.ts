/** INFO latencystats: within how many microseconds which part of each command's calls was done. */
import type { CommandFigures } from '../../command-stats.js';
import type { ServerParts } from '../context.js';
import type { Fields, Section } from './section.js';

/** `percentiles` are numbers from 0 to 100. Commands that were never timed are left out. */
export function latencyFields(figures: ReadonlyMap<string, CommandFigures>, percentiles: readonly number[]): Fields {
  const fields: Record<string, string> = {};
  for (const [name, { histogram }] of figures) {
    if (!histogram.some((count) => count > 0)) continue;
    const values = percentiles.map((p) => `p${p}=${percentile(histogram, p).toFixed(3)}`);
    fields[`latency_percentiles_usec_${name}`] = values.join(',');
  }
  return fields;
}

/** The upper end, in microseconds, of the bucket that the percentile falls into: 1, 1, 2, 4, 8... */
function percentile(histogram: readonly number[], p: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let left = Math.max(1, Math.ceil((total * p) / 100));
  for (const [i, count] of histogram.entries()) {
    left -= count;
    if (left <= 0) return 2 ** Math.max(0, i - 1);
  }
  return 0;
}

function fields({ config, stats }: ServerParts): Fields {
  const { latencyTracking, latencyTrackingInfoPercentiles } = config.current;
  return latencyTracking ? latencyFields(stats.figures(), latencyTrackingInfoPercentiles) : {};
}

export const LATENCYSTATS: Section = { names: ['latencystats'], title: 'Latencystats', isDefault: false, fields };
