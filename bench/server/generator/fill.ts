/** Writes every key once. */

import { Pipeline, valueText } from '../../support/requests.js';
import { type Lane, openLanes } from './lane.js';
import type { Fill, Outcome } from './messages.js';
import { RunMeter } from './meter.js';
import { pending, type Run, unused } from './run.js';

const CONNECTIONS = 4;
const DEPTH = 50;
const OK_BYTES = '+OK\r\n'.length;

export function runFill(job: Fill): Run {
  const { promise, resolve, reject } = pending<Outcome>();
  fill(job, resolve, reject).catch(reject);
  return { outcome: promise, reset: unused, stop: unused };
}

async function fill(job: Fill, resolve: (outcome: Outcome) => void, reject: (error: Error) => void): Promise<void> {
  const { port, keys, valueBytes, options } = job;
  const pipelines = new Map<Lane, Pipeline>();
  const meter = new RunMeter();
  let next = 0;
  let answered = 0;
  const sent = new Map<Lane, number>();
  const close = () => {
    for (const lane of lanes) lane.close();
  };
  const send = (lane: Lane) => {
    const pipeline = pipelines.get(lane) as Pipeline;
    const depth = Math.min(DEPTH, keys.count - next);
    if (depth === 0) return;
    for (let i = 0; i < depth; i++) pipeline.setKey(i, next++);
    sent.set(lane, depth);
    lane.send(pipeline.first(depth), OK_BYTES * depth);
  };
  const lanes = await openLanes(CONNECTIONS, {
    port,
    mark: '+',
    onAnswered: (lane) => {
      answered += sent.get(lane) as number;
      meter.count(sent.get(lane) as number);
      send(lane);
      if (answered < keys.count) return;
      close();
      resolve(meter.end());
    },
    onError: (error) => {
      close();
      reject(error);
    },
  });
  meter.begin();
  for (const lane of lanes) {
    pipelines.set(lane, new Pipeline('SET', keys, [valueText(valueBytes), ...options], DEPTH));
    send(lane);
  }
}
