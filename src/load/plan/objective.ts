/** Objectives as `--slo` writes them: `p99<2ms`, `errors<0.1%`, `throughput>50k`; several with commas. */
import type { Metric, Objective } from './plan.js';
import { microseconds, readDecimal, scaled } from './quantity.js';
import { UsageError } from './usage-error.js';

const EXPECTED = "expected such as 'p99<2ms', 'errors<0.1%' or 'throughput>50k', in quotes because of the shell";

export function readObjectives(text: string): Objective[] {
  return text.split(',').map((part) => readObjective(part.replace(/\s+/g, '')));
}

function readObjective(text: string): Objective {
  const [, name = '', comparison, limit = ''] = /^([a-z0-9.]+)(<=|>=|<|>)(.+)$/i.exec(text) ?? [];
  if (comparison === undefined) throw new UsageError(EXPECTED);
  const metric = metricOf(name.toLowerCase());
  const wantsMore = metric === 'throughput';
  if (comparison.startsWith('>') !== wantsMore) {
    throw new UsageError(`${name}: an objective is to stay ${wantsMore ? "above a rate: '>'" : "below a limit: '<'"}`);
  }
  return { text, metric, comparison: comparison as Objective['comparison'], limit: limitOf(metric, limit) };
}

function metricOf(name: string): Metric {
  if (name === 'throughput' || name === 'rate') return 'throughput';
  if (name === 'errors' || name === 'mean' || name === 'max') return name;
  const percentile = /^p\d+(\.\d+)?$/.test(name) ? Number(name.slice(1)) : Number.NaN;
  if (percentile > 0 && percentile < 100) return `p${percentile}`;
  // As wrk and many dashboards write it.
  const meant = /^p99(9+)$/.exec(name)?.[1];
  if (meant !== undefined) throw new UsageError(`unknown '${name}' (did you mean p99.${meant}?)`);
  throw new UsageError(`unknown '${name}': there are p50 to p99.99, mean, max, errors and throughput`);
}

function limitOf(metric: Metric, text: string): number {
  if (metric === 'throughput') return found(scaled(text.replace(/\/s$/, '')), text, 'requests a second, such as 50k');
  if (metric !== 'errors') return found(microseconds(text), text, 'a time with its unit, such as 500us or 2ms');
  const percent = readDecimal(text.replace(/%$/, ''));
  const shown = text.endsWith('%') || percent === 0;
  const share = shown && percent !== undefined && percent <= 100 ? percent / 100 : undefined;
  return found(share, text, 'a share in percent, such as 0.1%');
}

function found(limit: number | undefined, text: string, expected: string): number {
  if (limit === undefined) throw new UsageError(`'${text}': expected ${expected}`);
  return limit;
}
