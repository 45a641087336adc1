import { DURATION_EXPECTED, parseDuration } from '../base/duration.js';

/** A span of time: milliseconds, or a text such as `10s` or `1h`. */
export type Span = number | string;

/** In milliseconds. Throws a RangeError for what is no span. */
export function msOf(span: Span): number {
  const ms = typeof span === 'number' ? Math.round(span) : parseDuration(span);
  if (ms === undefined || !Number.isSafeInteger(ms) || ms < 0) {
    throw new RangeError(`'${span}' is no span of time: expected milliseconds or ${DURATION_EXPECTED}`);
  }
  return ms;
}
