/**
 * The Universal Scalability Law (N. J. Gunther, "Guerrilla Capacity Planning"): throughput over concurrency,
 *
 *   X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))
 *
 * sigma is what waits in line (contention), kappa what each has to agree on with every other (coherency).
 */
import type { ScalabilityFit } from '../sweep/result.js';
import { rSquared } from './goodness.js';
import { nonNegativeLeastSquares } from './non-negative.js';
import { type Curve, refine } from './refine.js';

interface ThroughputPoint {
  readonly connections: number;
  readonly throughput: number;
}

/** Three parameters: fewer different numbers of connections say nothing. */
export const SCALING_POINTS_MIN = 3;
/** A term that changes the throughput at the most connections by a smaller share than this is rounding: zero. */
const TERM_MIN = 1e-6;

/** Undefined without replies at three different numbers of connections. */
export function fitScalability(measured: readonly ThroughputPoint[]): ScalabilityFit | undefined {
  const points = measured.filter((p) => p.connections >= 1 && p.throughput > 0 && Number.isFinite(p.throughput));
  if (new Set(points.map((p) => p.connections)).size < SCALING_POINTS_MIN) return undefined;
  const most = Math.max(...points.map((p) => p.connections));
  const start = linearised(points);
  const [lambda = 0, sigma, kappa] = refine(curveThrough(points), start);
  const terms = withoutTraces(sigma ?? 0, kappa ?? 0, most);
  const throughputs = points.map((p) => p.throughput);
  const modelled = points.map((p) => throughputAt({ lambda, ...terms }, p.connections));
  return { lambda, ...terms, ...peakOf(lambda, terms, most), rSquared: rSquared(throughputs, modelled) };
}

export function throughputAt(fit: Pick<ScalabilityFit, 'lambda' | 'sigma' | 'kappa'>, connections: number): number {
  return (fit.lambda * connections) / slowdown(fit, connections);
}

interface Terms {
  readonly sigma: number;
  readonly kappa: number;
}

function slowdown({ sigma, kappa }: Terms, connections: number): number {
  return 1 + sigma * (connections - 1) + kappa * connections * (connections - 1);
}

/**
 * lambda, sigma, kappa from N / X, which is a + b (N - 1) + c N (N - 1): a = 1 / lambda, b = sigma / lambda,
 * c = kappa / lambda. Weighted by X / N, so that each point counts by its relative error.
 */
function linearised(points: readonly ThroughputPoint[]): readonly number[] {
  const columns = [
    points.map((p) => p.throughput / p.connections),
    points.map((p) => (p.throughput / p.connections) * (p.connections - 1)),
    points.map((p) => p.throughput * (p.connections - 1)),
  ];
  const target = points.map(() => 1);
  const [a = 0, b = 0, c = 0] = nonNegativeLeastSquares(columns, target).coefficients;
  if (a > 0) return [1 / a, b / a, c / a];
  // Without a small number of connections the data may want no constant term at all, which lambda can't express.
  return [Math.max(...points.map((p) => p.throughput / p.connections)), 0, 0];
}

/** Residuals are relative, X(N) / X - 1: a busy point must not drown the others. */
function curveThrough(points: readonly ThroughputPoint[]): Curve {
  return {
    residuals: ([lambda = 0, sigma = 0, kappa = 0]) =>
      points.map((p) => throughputAt({ lambda, sigma, kappa }, p.connections) / p.throughput - 1),
    slopes: ([lambda = 0, sigma = 0, kappa = 0]) => {
      const shares = points.map((p) => throughputAt({ lambda, sigma, kappa }, p.connections) / p.throughput);
      const slower = points.map((p, i) => -(shares[i] ?? 0) / slowdown({ sigma, kappa }, p.connections));
      return [
        shares.map((share) => share / lambda),
        points.map((p, i) => (slower[i] ?? 0) * (p.connections - 1)),
        points.map((p, i) => (slower[i] ?? 0) * p.connections * (p.connections - 1)),
      ];
    },
  };
}

function withoutTraces(sigma: number, kappa: number, most: number): Terms {
  const whole = slowdown({ sigma, kappa }, most);
  return {
    sigma: sigma * (most - 1) < TERM_MIN * whole ? 0 : sigma,
    kappa: kappa * most * (most - 1) < TERM_MIN * whole ? 0 : kappa,
  };
}

/**
 * Where the curve is highest, one connection at the least. Without coherency cost it only rises, towards
 * lambda / sigma; without contention either, there is no ceiling, and the throughput is the model's at the most
 * connections that were measured.
 */
function peakOf(
  lambda: number,
  { sigma, kappa }: Terms,
  most: number,
): Pick<ScalabilityFit, 'peakConnections' | 'peakThroughput'> {
  if (sigma >= 1) return { peakConnections: 1, peakThroughput: lambda };
  if (kappa > 0) {
    const peakConnections = Math.max(1, Math.sqrt((1 - sigma) / kappa));
    return { peakConnections, peakThroughput: throughputAt({ lambda, sigma, kappa }, peakConnections) };
  }
  return { peakConnections: null, peakThroughput: sigma > 0 ? lambda / sigma : lambda * most };
}
