/**
 * Mean response time over load, as a queue makes it grow: R(x) = base + wait u / (1 - u) with u = x / capacity. For a
 * single server with Poisson arrivals and exponential service (M/M/1) base and wait are both the service time.
 */
import type { QueueingFit } from '../sweep/result.js';
import { rSquared } from './goodness.js';
import { type NonNegativeFit, nonNegativeLeastSquares } from './non-negative.js';

export interface ResponsePoint {
  /** Requests a second, of a load that the server kept up with: in a longer and longer queue there is no mean. */
  readonly rate: number;
  /** Mean response time. */
  readonly response: number;
}

/** A curve of three parameters goes through any three points: it takes a fourth to tell something. */
export const RESPONSE_POINTS_MIN = 4;
/** Where the capacity is looked for: above the highest rate by these shares of it, on a logarithmic grid. */
const MARGIN_MIN = 1e-4;
const MARGIN_MAX = 20;
const GRID_STEPS = 120;
/** A response time that grows by less than this share from the lowest to the highest rate is flat. */
const GROWTH_MIN = 0.1;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const GOLDEN_STEPS = 60;

/**
 * Undefined with fewer than four different rates, and when the response time does not grow with the load in a way that
 * tells where its end is (flat, or a straight line up to the highest rate).
 */
export function fitQueueing(measured: readonly ResponsePoint[]): QueueingFit | undefined {
  const points = measured.filter((p) => p.rate > 0 && p.response > 0 && Number.isFinite(p.rate + p.response));
  if (new Set(points.map((p) => p.rate)).size < RESPONSE_POINTS_MIN) return undefined;
  const highest = Math.max(...points.map((p) => p.rate));
  const capacityOf = (logMargin: number) => highest * (1 + Math.exp(logMargin));
  const errorAt = (logMargin: number) => fitWith(points, capacityOf(logMargin)).error;
  const found = minimum(errorAt, Math.log(MARGIN_MIN), Math.log(MARGIN_MAX));
  if (found === undefined) return undefined;
  const capacity = capacityOf(found);
  const [base = 0, wait = 0] = fitWith(points, capacity).coefficients;
  const modelled = points.map((p) => responseAt({ base, wait, capacity }, p.rate));
  if (Math.max(...modelled) < Math.min(...modelled) * (1 + GROWTH_MIN)) return undefined;
  const responses = points.map((p) => p.response);
  return { base, wait, capacity, rSquared: rSquared(responses, modelled) };
}

/** Infinite from the capacity on. */
export function responseAt(fit: Pick<QueueingFit, 'base' | 'wait' | 'capacity'>, rate: number): number {
  return rate < fit.capacity ? fit.base + fit.wait * crowding(rate, fit.capacity) : Number.POSITIVE_INFINITY;
}

/** u / (1 - u): requests in an M/M/1 system. */
function crowding(rate: number, capacity: number): number {
  return rate / (capacity - rate);
}

/** With the capacity given, base and wait are a linear problem; residuals are relative, R(x) / R - 1. */
function fitWith(points: readonly ResponsePoint[], capacity: number): NonNegativeFit {
  const columns = [points.map((p) => 1 / p.response), points.map((p) => crowding(p.rate, capacity) / p.response)];
  const target = points.map(() => 1);
  return nonNegativeLeastSquares(columns, target);
}

/**
 * Where the function is least: the best of a grid, then golden sections between its neighbours. Undefined when it is
 * still falling at the upper end.
 */
function minimum(f: (x: number) => number, from: number, to: number): number | undefined {
  const width = (to - from) / GRID_STEPS;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= GRID_STEPS; i++) {
    const value = f(from + i * width);
    if (value < least) [best, least] = [i, value];
  }
  if (best === GRID_STEPS) return undefined;
  let low = from + Math.max(0, best - 1) * width;
  let high = from + (best + 1) * width;
  for (let i = 0; i < GOLDEN_STEPS; i++) {
    const span = GOLDEN * (high - low);
    if (f(high - span) <= f(low + span)) high = low + span;
    else low = high - span;
  }
  return (low + high) / 2;
}
