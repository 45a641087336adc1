/** What the generator's own figures say of a run: is it the server that was measured? */
import { latencyOf } from '../result/histogram.js';
import type { Generator, OperationResult } from '../result/result.js';
import type { Collector } from './collector.js';

/** A thread that is at work for more than this share of the time sets the pace itself. */
const BUSY_SHARE = 0.95;
/** Lateness that counts: more than this, in microseconds, and more than this share of the latency. */
const LATE_US = 1000;
const LATE_SHARE = 0.1;
const STALL_SHARE = 0.5;

export interface Circumstances {
  readonly collector: Collector;
  readonly totals: OperationResult;
  readonly seconds: number;
  readonly isOpenLoop: boolean;
  readonly cpuMicros: number;
}

export function generatorOf({ collector, totals, seconds, isOpenLoop, cpuMicros }: Circumstances): Generator {
  const requests = totals.succeeded + totals.failed;
  const utilization = seconds > 0 ? Math.min(1, Math.max(...collector.busy) / (seconds * 1e6)) : 0;
  const lateness = latencyOf(collector.lateness);
  const warnings: string[] = [];
  if (utilization > BUSY_SHARE) {
    warnings.push(
      `a thread of the generator was at work ${Math.round(utilization * 100)} % of the time: the server may be faster than this; try more --threads`,
    );
  }
  const late = isOpenLoop && lateness.p99 > LATE_US && lateness.p99 > LATE_SHARE * totals.latency.p99;
  if (late) {
    const p99 = (lateness.p99 / 1000).toFixed(1);
    warnings.push(`the generator fell behind its schedule: 1 % of the requests were sent ${p99} ms late or more`);
  }
  const { longestStall } = collector;
  if (totals.latency.count > 0 && longestStall > STALL_SHARE * totals.latency.max) {
    const stall = (longestStall / 1000).toFixed(1);
    warnings.push(`the longest latencies may be the generator's own: it stood still for up to ${stall} ms`);
  }
  return {
    cpuPerRequest: requests === 0 ? 0 : cpuMicros / requests,
    utilization,
    stalls: collector.stalls,
    longestStall,
    ...(isOpenLoop ? { lateness } : {}),
    warnings,
    valid: !late,
  };
}
