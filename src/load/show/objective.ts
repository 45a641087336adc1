/** What an objective has measured, in the unit of its metric. */
import type { ObjectiveResult, OperationResult } from '../result/result.js';
import { latencyText, NONE, rateText, shareText } from './numbers.js';

export function measuredText({ text, measured }: ObjectiveResult, { succeeded }: OperationResult): string {
  const metric = text.trim().toLowerCase();
  if (metric.startsWith('throughput')) return rateText(measured);
  if (metric.startsWith('errors')) return shareText(measured);
  return succeeded > 0 ? latencyText(measured) : NONE;
}
