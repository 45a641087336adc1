/** Spans of time as people write them: `250ms`, `1.5s`, `90m`, `1h`, `7d`. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const DURATION_EXPECTED = 'a span of time such as 250ms, 10s, 5m, 1h or 7d';

/** In milliseconds; undefined for what is none. A number without a unit counts `plain` milliseconds each. */
export function parseDuration(text: string, plain?: number): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, digits, unit] = match;
  const factor = unit === undefined ? plain : UNITS[unit];
  if (factor === undefined) return undefined;
  const ms = Math.round(Number(digits) * factor);
  return Number.isSafeInteger(ms) ? ms : undefined;
}
