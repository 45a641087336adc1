/** Reads a run's JSON document back in (`ringshard load compare`): what it says is checked, because pages are made of it. */
import { z } from 'zod';
import { decodeHistogram } from './histogram.js';
import type { LoadResult } from './result.js';

const VERSION = 1;

/** The message is one line that names the document. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

const amount = z.number().nonnegative();
const count = z.int().nonnegative();

const histogram = z.string().refine((text) => {
  try {
    decodeHistogram(text);
    return true;
  } catch {
    return false;
  }
}, 'is no HdrHistogram');

const latency = z.object({
  count,
  mean: amount,
  min: amount,
  max: amount,
  stddev: amount,
  p50: amount,
  p90: amount,
  p95: amount,
  p99: amount,
  p999: amount,
  p9999: amount,
  histogram,
});

const operation = z.object({
  name: z.string(),
  sent: count,
  succeeded: count,
  failed: count,
  misses: count,
  hits: count,
  throughput: amount,
  bytesSent: amount,
  bytesReceived: amount,
  latency,
  service: latency.exactOptional(),
});

const settings = z.object({
  target: z.string(),
  protocol: z.string(),
  load: z.enum(['closed loop', 'open loop']),
  arrivals: z.string().exactOptional(),
  schedule: z.string().exactOptional(),
  offered: amount.exactOptional(),
  connections: amount,
  pipeline: amount,
  threads: amount,
  operations: z.string(),
  keys: amount,
  distribution: z.string(),
  values: z.string(),
  ttl: amount.exactOptional(),
  warmup: amount,
  timeout: amount,
  seed: z.number(),
  verify: z.boolean(),
});

const document = z.object({
  format: z.literal('ringshard-load'),
  version: z.literal(VERSION),
  startedAt: z.iso.datetime(),
  end: z.enum(['complete', 'interrupted', 'failed']),
  failure: z.string().exactOptional(),
  settings,
  machine: z.object({
    cpu: z.string(),
    cores: amount,
    memoryBytes: amount,
    platform: z.string(),
    node: z.string(),
    host: z.string(),
  }),
  seconds: amount,
  totals: operation,
  operations: z.array(operation),
  series: z.array(
    z.object({
      at: z.number(),
      seconds: amount,
      succeeded: count,
      failed: count,
      offered: amount.exactOptional(),
      p50: amount,
      p99: amount,
      p999: amount,
      max: amount,
      stall: amount,
    }),
  ),
  errors: z.array(
    z.object({
      kind: z.enum([
        'refused',
        'reset',
        'timeout',
        'reply',
        'protocol',
        'moved',
        'unsent',
        'wrong value',
        'stale value',
        'missing value',
      ]),
      code: z.string().exactOptional(),
      count,
      example: z.string(),
      firstAt: z.number(),
    }),
  ),
  generator: z.object({
    cpuPerRequest: amount,
    utilization: amount,
    stalls: count,
    longestStall: amount,
    lateness: latency.exactOptional(),
    warnings: z.array(z.string()),
    valid: z.boolean(),
  }),
  verification: z
    .object({ checked: count, wrong: count, stale: count, missing: count, lost: count, passed: z.boolean() })
    .exactOptional(),
  datagrams: z.object({ sent: count, lost: count, duplicates: count, late: count, strange: count }).exactOptional(),
  objectives: z.array(z.object({ text: z.string(), measured: z.number(), met: z.boolean() })),
});

/** `name` is the file's, for the message. */
export function parseDocument(text: string, name: string): LoadResult {
  const data = parseJson(text, name);
  const head = z.object({ format: z.literal('ringshard-load'), version: z.number() }).safeParse(data);
  if (!head.success) throw new DocumentError(`${name} is not a document of ringshard load`);
  if (head.data.version > VERSION) {
    throw new DocumentError(`${name} has version ${head.data.version}, this ringshard reads up to ${VERSION}`);
  }
  const parsed = document.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new DocumentError(`${name} is damaged: ${where}${issue?.message ?? ''}`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DocumentError(`${name} is not JSON`);
  }
}
