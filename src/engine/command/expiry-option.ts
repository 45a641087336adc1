/** Times to expire in options (EX, PX, EXAT, PXAT) and arguments, turned into milliseconds since 1970. */
import { EX, EXAT, PX, PXAT } from "../base/words";
import { NOT_AN_INTEGER } from "../generated/texts";
import { isInteger, integerValue } from "./arguments";
import { now } from "./context";
import { error } from "./errors";

/** What `readExpiry` read. */
export let expiryTime: i64 = 0;

export const SECONDS: u32 = 1;
export const ABSOLUTE: u32 = 2;

/** How the option word `word` counts time: a sum of SECONDS and ABSOLUTE, or -1 when it is no such option. */
export function expiryUnit(word: u64): i32 {
  if (word == EX) return SECONDS;
  if (word == PX) return 0;
  if (word == EXAT) return SECONDS | ABSOLUTE;
  if (word == PXAT) return ABSOLUTE;
  return -1;
}

/** Reads a time that must lie after 1970; `invalid` is the text of the command's error. */
export function readExpiry(arg: usize, unit: u32, invalid: u32): bool {
  if (!isInteger(arg)) {
    error(NOT_AN_INTEGER);
    return false;
  }
  if (integerValue <= 0 || !toMilliseconds(integerValue, unit)) {
    error(invalid);
    return false;
  }
  return true;
}

/** Sets `expiryTime`; false on overflow. Negative times are the caller's to judge. */
export function toMilliseconds(time: i64, unit: u32): bool {
  if ((unit & SECONDS) != 0) {
    if (time > i64.MAX_VALUE / 1000 || time < i64.MIN_VALUE / 1000) return false;
    time *= 1000;
  }
  if ((unit & ABSOLUTE) == 0) {
    if (time > i64.MAX_VALUE - now) return false;
    time += now;
  }
  expiryTime = time;
  return true;
}
