/**
 * BITPOS. A long string is searched in steps.
 *
 *   job   x = next bit, y = last bit, a = bit looked for, b = 1 when no end was given
 */
import { integerValue, readInteger } from "../../command/arguments";
import { argc, firstArg, nextArg } from "../../command/context";
import { error, outOfMemory, wrongType } from "../../command/errors";
import { findKey, readKey } from "../../command/key";
import { BITPOS_BIT } from "../../generated/texts";
import { Job, JOB_FIND_BIT, SLICE, startJob } from "../../job/job";
import { integer } from "../../wire/resp";
import { isString, stringData, stringLength } from "../string/value";
import { clampRange, first, last, readRange } from "./range";

export function bitpos(): void {
  const bitArg = nextArg(firstArg);
  if (!readInteger(bitArg)) return;
  if (integerValue != 0 && integerValue != 1) {
    error(BITPOS_BIT);
    return;
  }
  const bit = <u32>integerValue;
  const item = readKey();
  if (item == 0) {
    integer(bit != 0 ? -1 : 0);
    return;
  }
  if (!isString(item)) {
    wrongType();
    return;
  }
  if (!readRange(nextArg(bitArg), argc - 2)) return;
  clampRange(stringLength(item));
  // Without an end the string goes on with zeroes for ever.
  const open = argc < 4;
  if (last - first < <i64>SLICE << 3) {
    integer(result(findBit(stringData(item), first, last, bit), bit, open, first, last));
    return;
  }
  const job = startJob(JOB_FIND_BIT);
  if (job == null) {
    outOfMemory();
    return;
  }
  job.x = first;
  job.y = last;
  job.a = bit;
  job.b = <u32>open;
}

@inline
function result(found: i64, bit: u32, open: bool, from: i64, to: i64): i64 {
  return found < 0 && bit == 0 && open && from <= to ? to + 1 : found;
}

/** One step of the job; true when it was the last. */
export function stepBitpos(job: Job): bool {
  const item = findKey();
  if (item == 0) {
    integer(job.a != 0 ? -1 : 0);
    return true;
  }
  const to = min<i64>(job.y, (job.x | 7) + (<i64>SLICE << 3));
  const found = findBit(stringData(item), job.x, to, job.a);
  if (found < 0 && to < job.y) {
    job.x = to + 1;
    return false;
  }
  integer(result(found, job.a, job.b != 0, job.x, job.y));
  return true;
}

/** The first bit from `from` to `to` that is `bit`, -1 if there is none. */
function findBit(data: usize, from: i64, to: i64, bit: u32): i64 {
  const skip: u8 = bit != 0 ? 0 : 0xff;
  const skipWord: u64 = bit != 0 ? 0 : ~<u64>0;
  let at = from;
  while (at <= to) {
    const byte = data + <usize>(at >> 3);
    if ((at & 7) == 0) {
      if (at + 63 <= to && load<u64>(byte) == skipWord) {
        at += 64;
        continue;
      }
      if (load<u8>(byte) == skip) {
        at += 8;
        continue;
      }
    }
    if (((<u32>load<u8>(byte) >> (7 - <u32>(at & 7))) & 1) == bit) return at;
    at++;
  }
  return -1;
}
