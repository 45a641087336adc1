/** How well a model describes what was measured. */

/**
 * Coefficient of determination: the share of the measured values' variance that the model accounts for. 1 is perfect;
 * below 0 the mean of the values would be the better model. Values that do not vary at all: 1 if the model says so
 * too, else 0.
 */
export function rSquared(measured: readonly number[], modelled: readonly number[]): number {
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  let residual = 0;
  let total = 0;
  measured.forEach((value, i) => {
    residual += (value - (modelled[i] ?? 0)) ** 2;
    total += (value - mean) ** 2;
  });
  // Rounding leaves traces of this size where the values are equal.
  const nothing = measured.length * (mean * 1e-9) ** 2;
  if (total <= nothing) return residual <= nothing ? 1 : 0;
  return 1 - residual / total;
}

/** Typical deviation of the model, as a share of what was measured: the root of the mean square. */
export function relativeDeviation(measured: readonly number[], modelled: readonly number[]): number {
  let sum = 0;
  measured.forEach((value, i) => {
    sum += ((modelled[i] ?? 0) / value - 1) ** 2;
  });
  return Math.sqrt(sum / measured.length);
}
