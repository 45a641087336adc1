/** memcached's times to expire: seconds from now up to 30 days, else since 1970; 0 for never, negative for at once. */
import { now } from "../../command/context";
import { NO_EXPIRY } from "../string/value";

const RELATIVE_MAX: i64 = 30 * 24 * 3600;

/** Milliseconds since 1970, NO_EXPIRY for never. */
export function expiryOfTime(time: i32): i64 {
  if (time == 0) return NO_EXPIRY;
  if (time < 0) return 1;
  const ms = <i64>time * 1000;
  return time > RELATIVE_MAX ? ms : now + ms;
}

/** Seconds that are left, a part of one counting as one. */
export function secondsLeft(expiry: i64): i64 {
  return (expiry - now + 999) / 1000;
}
