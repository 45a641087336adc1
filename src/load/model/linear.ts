/** Linear least squares for a handful of unknowns. Columns and targets are plain arrays of one length. */

/** A pivot of the scaled normal equations below this means that the columns say the same thing. */
const PIVOT_MIN = 1e-13;

export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * The coefficients for which the sum of the columns is nearest to the target; undefined when the columns are not
 * independent. Columns are scaled to length 1 first, so their units don't matter; `damping` is added to the diagonal
 * after that (Marquardt).
 */
export function leastSquares(
  columns: readonly (readonly number[])[],
  target: readonly number[],
  damping = 0,
): number[] | undefined {
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)));
  if (!lengths.every((length) => length > 0 && Number.isFinite(length))) return undefined;
  const matrix = columns.map((a, i) =>
    columns.map((b, j) => dot(a, b) / ((lengths[i] ?? 1) * (lengths[j] ?? 1)) + (i === j ? damping : 0)),
  );
  const right = columns.map((column, i) => dot(column, target) / (lengths[i] ?? 1));
  return solve(matrix, right)?.map((value, i) => value / (lengths[i] ?? 1));
}

/** Gaussian elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  for (let i = 0; i < size; i++) {
    const lower = rows.splice(i).sort((a, b) => Math.abs(b[i] ?? 0) - Math.abs(a[i] ?? 0));
    rows.push(...lower);
    const pivot = rows[i] ?? [];
    if (Math.abs(pivot[i] ?? 0) < PIVOT_MIN) return undefined;
    for (const row of rows.slice(i + 1)) subtract(row, pivot, (row[i] ?? 0) / (pivot[i] ?? 1));
  }
  const result = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    const known = dot(row.slice(i + 1, size), result.slice(i + 1));
    result[i] = ((row[size] ?? 0) - known) / (row[i] ?? 1);
  }
  return result;
}

function subtract(row: number[], pivot: readonly number[], factor: number): void {
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
}
