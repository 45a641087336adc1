/**
 * BITCOUNT. A long string is counted in steps.
 *
 *   job   x = next bit, y = last bit, a, b = count (low, high word)
 */
import { argc, firstArg, nextArg } from "../../command/context";
import { outOfMemory, syntaxError, wrongType } from "../../command/errors";
import { findKey, readKey } from "../../command/key";
import { Job, JOB_COUNT_BITS, SLICE, startJob } from "../../job/job";
import { integer } from "../../wire/resp";
import { isString, stringData, stringLength } from "../string/value";
import { clampRange, end, first, last, readRange, start } from "./range";

export function bitcount(): void {
  // As in Redis, a key that is not there is 0 whatever the arguments.
  const item = readKey();
  if (item == 0) {
    integer(0);
    return;
  }
  if (!isString(item)) {
    wrongType();
    return;
  }
  if (argc == 2) {
    syntaxError();
    return;
  }
  if (!readRange(nextArg(firstArg), argc - 1)) return;
  if (start < 0 && end < 0 && start > end) {
    integer(0);
    return;
  }
  clampRange(stringLength(item));
  if (last - first < <i64>SLICE << 3) {
    integer(countBits(stringData(item), first, last));
    return;
  }
  const job = startJob(JOB_COUNT_BITS);
  if (job == null) {
    outOfMemory();
    return;
  }
  job.x = first;
  job.y = last;
}

/** One step of the job; true when it was the last. */
export function stepBitcount(job: Job): bool {
  const item = findKey();
  let total = <i64>job.a | (<i64>job.b << 32);
  if (item != 0) {
    const to = min<i64>(job.y, (job.x | 7) + (<i64>SLICE << 3));
    total += countBits(stringData(item), job.x, to);
    job.x = to + 1;
    job.a = <u32>total;
    job.b = <u32>(total >> 32);
    if (to < job.y) return false;
  }
  // A key that expired in between is not there, as if the command had come a moment later.
  integer(item == 0 ? 0 : total);
  return true;
}

/** Bits that are set among those from `from` to `to`, `from <= to` but for an empty range. */
export function countBits(data: usize, from: i64, to: i64): i64 {
  if (from > to) return 0;
  let at = data + <usize>(from >> 3);
  const lastByte = data + <usize>(to >> 3);
  const head: u32 = 0xff >> <u32>(from & 7);
  const tail: u32 = 0xff << (7 - <u32>(to & 7));
  if (at == lastByte) return popcnt<u32>(load<u8>(at) & head & tail);
  const ends = popcnt<u32>(load<u8>(at) & head) + popcnt<u32>(load<u8>(lastByte) & tail & 0xff);
  return ends + countWhole(at + 1, lastByte);
}

function countWhole(at: usize, end: usize): i64 {
  let total: i64 = 0;
  while (at + 32 <= end) {
    total += popcnt<u64>(load<u64>(at)) + popcnt<u64>(load<u64>(at, 8))
      + popcnt<u64>(load<u64>(at, 16)) + popcnt<u64>(load<u64>(at, 24));
    at += 32;
  }
  while (at < end) total += popcnt<u32>(load<u8>(at++));
  return total;
}
