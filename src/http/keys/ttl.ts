/** For how long a key is to live, as requests say it. */
import { DURATION_EXPECTED, parseDuration } from '../../base/duration.js';
import { Problem } from '../problem.js';

const SECOND = 1000;

/** In milliseconds; a plain number counts seconds. Throws for what is none. */
export function ttlMs(ttl: string | number): number {
  const ms = typeof ttl === 'number' ? Math.round(ttl * SECOND) : parseDuration(ttl, SECOND);
  if (ms === undefined || !Number.isSafeInteger(ms) || ms <= 0) {
    throw new Problem(400, `'${ttl}' is no time to live: expected seconds, or ${DURATION_EXPECTED}`);
  }
  return ms;
}

/** The words of SET for `?ttl=`; `keep` leaves the time at which the key expires as it is. */
export function ttlWords(ttl: string | null | undefined): (string | number)[] {
  if (ttl === null || ttl === undefined) return [];
  return ttl === 'keep' ? ['KEEPTTL'] : ['PX', ttlMs(ttl)];
}
