/** Linear least squares with coefficients that may not be negative. */
import { leastSquares } from './linear.js';

export interface NonNegativeFit {
  readonly coefficients: readonly number[];
  /** Sum of the squared residuals. */
  readonly error: number;
}

/**
 * The exact answer, by trying which columns take part: with two or three columns that is fewer than eight small systems.
 * Without columns that help, all coefficients are zero.
 */
export function nonNegativeLeastSquares(
  columns: readonly (readonly number[])[],
  target: readonly number[],
): NonNegativeFit {
  const none = columns.map(() => 0);
  let best: NonNegativeFit = { coefficients: none, error: errorOf(columns, none, target) };
  for (let members = 1; members < 1 << columns.length; members++) {
    const taken = columns.map((_, i) => i).filter((i) => (members >> i) & 1);
    const solution = leastSquares(
      taken.map((i) => columns[i] ?? []),
      target,
    );
    if (solution === undefined || solution.some((value) => value < 0)) continue;
    const coefficients = columns.map((_, i) => (taken.includes(i) ? (solution[taken.indexOf(i)] ?? 0) : 0));
    const error = errorOf(columns, coefficients, target);
    if (error < best.error) best = { coefficients, error };
  }
  return best;
}

function errorOf(
  columns: readonly (readonly number[])[],
  coefficients: readonly number[],
  target: readonly number[],
): number {
  let error = 0;
  target.forEach((wanted, row) => {
    let sum = 0;
    columns.forEach((column, i) => {
      sum += (column[row] ?? 0) * (coefficients[i] ?? 0);
    });
    error += (sum - wanted) ** 2;
  });
  return error;
}
