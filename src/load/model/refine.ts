/** Levenberg-Marquardt: least squares of a curve that is not linear in its parameters, none of which may be negative. */
import { dot, leastSquares } from './linear.js';

export interface Curve {
  /** By how much the model is off at each point. */
  residuals(parameters: readonly number[]): number[];
  /** For each parameter, how the residuals change with it. */
  slopes(parameters: readonly number[]): number[][];
}

const ROUNDS_MAX = 200;
const DAMPING_START = 1e-3;
const DAMPING_MAX = 1e12;
/** A step that makes the error smaller by less than this share of it was the last one. */
const GAIN_MIN = 1e-12;

/** Parameters with an error no larger than that of `start`: the next minimum downhill. */
export function refine(curve: Curve, start: readonly number[]): readonly number[] {
  let at = start;
  let residuals = curve.residuals(at);
  let error = dot(residuals, residuals);
  let damping = DAMPING_START;
  for (let round = 0; round < ROUNDS_MAX && damping < DAMPING_MAX && error > 0; round++) {
    const next = step(curve, at, residuals, damping);
    if (next === undefined) break;
    const nextResiduals = curve.residuals(next);
    const nextError = dot(nextResiduals, nextResiduals);
    // Also false when it is not a number.
    if (!(nextError < error)) {
      damping *= 4;
      continue;
    }
    const gain = (error - nextError) / error;
    at = next;
    residuals = nextResiduals;
    error = nextError;
    damping /= 4;
    if (gain < GAIN_MIN) break;
  }
  return at;
}

/** A parameter at zero that the error pushes below it stays there; the others move, to zero at the furthest. */
function step(
  curve: Curve,
  at: readonly number[],
  residuals: readonly number[],
  damping: number,
): readonly number[] | undefined {
  const slopes = curve.slopes(at);
  const free = at.map((_, i) => i).filter((i) => (at[i] ?? 0) > 0 || dot(slopes[i] ?? [], residuals) < 0);
  const moves = leastSquares(
    free.map((i) => slopes[i] ?? []),
    residuals.map((residual) => -residual),
    damping,
  );
  if (moves === undefined) return undefined;
  return at.map((value, i) => (free.includes(i) ? Math.max(0, value + (moves[free.indexOf(i)] ?? 0)) : value));
}
