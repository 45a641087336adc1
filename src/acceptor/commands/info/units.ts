/** Numbers as INFO writes them. */

/** A share of a whole: `12.34%`; of nothing, none. */
export function percentage(part: number, whole: number): string {
  return `${whole === 0 ? '0.00' : ((part / whole) * 100).toFixed(2)}%`;
}

/** A quotient with two digits; 0.00 when there is nothing to divide by. */
export function ratio(a: number, b: number): string {
  return (b === 0 ? 0 : a / b).toFixed(2);
}

/** Microseconds as seconds with six digits, without rounding: `12.000034`. */
export function secondsOf(micros: number): string {
  return `${Math.floor(micros / 1e6)}.${String(Math.floor(micros % 1e6)).padStart(6, '0')}`;
}
