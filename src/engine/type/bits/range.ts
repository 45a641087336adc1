/** The part of a string that BITCOUNT and BITPOS look at. */
import { BIT, BYTE, wordOf } from "../../base/words";
import { integerValue, readInteger } from "../../command/arguments";
import { nextArg } from "../../command/context";
import { syntaxError } from "../../command/errors";

/** First and last bit, counted from the string's first; the range is empty when `first > last`. */
export let first: i64 = 0;
export let last: i64 = 0;

/** Start and end as the client gave them, and whether they count bits. */
export let start: i64 = 0;
export let end: i64 = 0;
let inBits: bool = false;

/**
 * Reads `count` arguments (0 to 3: start, end, BIT or BYTE) from `arg` on. False when they are wrong, and the error
 * has been sent.
 */
export function readRange(arg: usize, count: u32): bool {
  start = 0;
  end = -1;
  inBits = false;
  if (count == 0) return true;
  if (count > 3) {
    syntaxError();
    return false;
  }
  if (!readInteger(arg)) return false;
  start = integerValue;
  if (count == 1) return true;
  arg = nextArg(arg);
  if (!readInteger(arg)) return false;
  end = integerValue;
  if (count == 2) return true;
  const unit = wordOf(nextArg(arg));
  inBits = unit == BIT;
  if (!inBits && unit != BYTE) {
    syntaxError();
    return false;
  }
  return true;
}

/** Applies what was read to a string of `length` bytes. */
export function clampRange(length: u32): void {
  const total: i64 = inBits ? <i64>length << 3 : length;
  let from = start < 0 ? max<i64>(start + total, 0) : start;
  let to = end < 0 ? max<i64>(end + total, 0) : end;
  if (to >= total) to = total - 1;
  if (from > to) {
    first = 1;
    last = 0;
  } else {
    first = inBits ? from : from << 3;
    last = inBits ? to : (to << 3) + 7;
  }
}
