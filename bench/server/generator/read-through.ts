/** A cache as it is used: GETs of keys that differ in popularity, and a SET of each that was missed. */
import { LookAside } from '../../support/look-aside.js';
import { Chance } from '../../support/requests.js';
import { Zipf } from '../../support/zipf.js';
import type { Outcome, ReadThrough } from './messages.js';
import { RunMeter } from './meter.js';
import { pending, type Run, unused } from './run.js';

/** The same keys in every run. */
const SEED = 11;

export function runReadThrough(job: ReadThrough): Run {
  const { promise, resolve, reject } = pending<Outcome>();
  const zipf = new Zipf(new Chance(SEED), job.keys.count, job.skew);
  const meter = new RunMeter(job.pid);
  let left = job.warmupRequests;
  let isWarm = left <= 0;
  let hits = 0;
  const close = () => {
    for (const reader of readers) reader.close();
  };
  const onBatch = (gets: number, found: number) => {
    left -= gets;
    if (isWarm) {
      meter.count(gets);
      hits += found;
    }
    if (left > 0) return true;
    if (isWarm) {
      close();
      resolve({ ...meter.end(), hits });
      return false;
    }
    isWarm = true;
    left = job.requests;
    meter.begin();
    return true;
  };
  const onError = (error: Error) => {
    close();
    reject(error);
  };
  const { port, keys, valueBytes, pipeline: depth } = job;
  const next = () => zipf.next();
  const readers = Array.from(
    { length: job.connections },
    () => new LookAside({ port, keys, valueBytes, depth, next, onBatch, onError }),
  );
  return { outcome: promise, reset: unused, stop: unused };
}
