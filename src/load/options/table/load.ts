/** Options of how much is sent, and when. */
import { readCount, readDuration, readRate } from '../../plan/quantity.js';
import { LEAST_SECONDS, MOST_SECONDS, readRamp, readSteps } from '../../plan/schedule.js';
import { UsageError } from '../../plan/usage-error.js';
import { oneOf, single } from '../option.js';

const MOST_CONNECTIONS = 60_000;
/** A UDP request's number has 16 bits. */
const MOST_PIPELINE = 65_535;

/** Of every command that sends. */
export const COMMON_LOAD = {
  pipeline: single(
    {
      names: ['pipeline'],
      short: 'P',
      argument: '<n>',
      summary: 'requests under way on a connection, at most; few HTTP servers take more than 1',
      default: '1; open loop: redis, memcached 1024, UDP 64, http 1',
    },
    (text) => readCount(text, 1, MOST_PIPELINE),
  ),
  threads: single(
    { names: ['threads'], short: 'T', argument: '<n>', summary: 'threads that share the connections', default: '1' },
    (text) => readCount(text, 1, 64),
  ),
  warmup: single(
    {
      names: ['warmup', 'warm-up'],
      argument: '<time>',
      summary: 'not measured, at the beginning: connections, caches and compilers get ready',
      default: '1s; 0s with --requests',
    },
    (text) => readDuration(text, 0, 3600),
  ),
  arrivals: oneOf(
    {
      names: ['arrivals'],
      argument: '<poisson|constant>',
      summary: 'open loop: at random as independent users, or evenly spaced',
      default: 'poisson',
    },
    'poisson',
    'constant',
  ),
  pacing: oneOf(
    {
      names: ['pacing'],
      argument: '<spin|sleep>',
      summary: 'open loop: wait for the next request awake (exact, takes a core a thread) or asleep (good to 1 ms)',
      default: 'spin if there are more cores than threads',
    },
    'spin',
    'sleep',
  ),
  seed: single(
    {
      names: ['seed'],
      argument: '<n>',
      summary: 'of all that is drawn, for runs that can be repeated',
      default: 'random; reports say it',
    },
    (text) => readCount(text, 0, 2 ** 32 - 1),
  ),
};

/** Of a single run. */
export const RUN_LOAD = {
  connections: single(
    {
      names: ['connections', 'clients'],
      short: 'c',
      argument: '<n>',
      summary: 'connections of all threads',
      default: '50',
    },
    (text) => readCount(text, 1, MOST_CONNECTIONS),
  ),
  duration: single(
    {
      names: ['duration', 'test-time'],
      argument: '<time>',
      summary: 'measured time, after the warm-up',
      default: '10s',
    },
    (text) => readDuration(text, LEAST_SECONDS, MOST_SECONDS),
  ),
  requests: single(
    {
      names: ['requests'],
      short: 'n',
      argument: '<n>',
      summary: 'measured requests of all connections, in place of a duration',
    },
    (text) => readCount(text, 1, 1e12),
  ),
  rate: single(
    { names: ['rate', 'rate-limiting'], argument: '<n>', summary: 'open loop: requests a second of all connections' },
    (text) => readRate(text),
  ),
  ramp: single(
    {
      names: ['ramp'],
      argument: '<from:to:time>',
      summary: 'open loop: a rate that changes in a straight line, such as 1k:50k:30s',
    },
    readRamp,
  ),
  steps: single(
    {
      names: ['steps'],
      argument: '<r,r,...:time>',
      summary: 'open loop: rates one after the other, such as 10k,20k,40k:10s (each 10 s)',
    },
    readSteps,
  ),
};

/** Of a sweep. */
export const SWEEP_LOAD = {
  connections: single(
    {
      names: ['connections', 'clients'],
      short: 'c',
      argument: '<n,n,...>',
      summary: 'closed loop: numbers of connections; steps of --rates use the most of them',
      default: '1,2,4,8,16,32,64',
    },
    readConnections,
  ),
  rates: single(
    {
      names: ['rates'],
      argument: '<r,r,...|from:to:steps>',
      summary: 'open loop: rates to offer, such as 10k,20k,40k or 10k:100k:10',
      default: 'chosen from what the closed loop reached',
    },
    readRates,
  ),
  step: single(
    { names: ['step', 'step-time'], argument: '<time>', summary: 'measured time of each step', default: '5s' },
    (text) => readDuration(text, LEAST_SECONDS, 3600),
  ),
};

const MOST_STEPS = 200;

function readConnections(text: string): readonly number[] {
  return ascending(text.split(',').map((one) => readCount(one, 1, MOST_CONNECTIONS)));
}

function readRates(text: string): readonly number[] {
  const [from = '', to, count, more] = text.split(':');
  if (to === undefined) return ascending(text.split(',').map((one) => readRate(one)));
  if (count === undefined || more !== undefined)
    throw new UsageError('expected rates (10k,20k) or from:to:steps (10k:100k:10)');
  const [first, last, steps] = [readRate(from), readRate(to), readCount(count, 2, MOST_STEPS)];
  if (first >= last) throw new UsageError(`${from} is not less than ${to}`);
  return Array.from({ length: steps }, (_, i) => first + ((last - first) * i) / (steps - 1));
}

function ascending(numbers: readonly number[]): readonly number[] {
  if (numbers.length > MOST_STEPS) throw new UsageError(`expected at most ${MOST_STEPS} steps`);
  return [...new Set(numbers)].sort((a, b) => a - b);
}
