/**
 * A natural number of any size, for turning decimal text into binary and back exactly. One at a time, in the scratch
 * space, least significant word first.
 */
import { SCRATCH_LIST } from "../layout/memory";

const WORDS_MAX: i32 = 4096;

let words: i32 = 0;

@inline
function at(i: i32): usize {
  return SCRATCH_LIST + (<usize>i << 2);
}

export function setNumber(n: u64): void {
  words = 0;
  while (n != 0) {
    store<u32>(at(words++), <u32>n);
    n >>= 32;
  }
}

export function isZero(): bool {
  return words == 0;
}

/** number = number * factor + addend; false when it would grow past any use. */
export function multiplyAdd(factor: u32, addend: u32): bool {
  let carry: u64 = addend;
  for (let i = 0; i < words; i++) {
    const n = <u64>load<u32>(at(i)) * factor + carry;
    store<u32>(at(i), <u32>n);
    carry = n >> 32;
  }
  if (carry != 0) {
    if (words == WORDS_MAX) return false;
    store<u32>(at(words++), <u32>carry);
  }
  return true;
}

/** number = number / divisor; returns the remainder. */
export function divide(divisor: u32): u32 {
  let rest: u64 = 0;
  for (let i = words - 1; i >= 0; i--) {
    const n = (rest << 32) | load<u32>(at(i));
    store<u32>(at(i), <u32>(n / divisor));
    rest = n % divisor;
  }
  while (words > 0 && load<u32>(at(words - 1)) == 0) words--;
  return <u32>rest;
}

/** number = number * base^times. */
export function multiplyPower(base: u32, times: i32): bool {
  for (; times > 0; times--) if (!multiplyAdd(base, 0)) return false;
  return true;
}

/** number = number * 2^bits. */
export function shiftLeft(bits: i32): bool {
  const whole = bits >> 5;
  const part: u64 = bits & 31;
  if (words == 0) return true;
  if (words + whole + 1 > WORDS_MAX) return false;
  store<u32>(at(words), 0);
  for (let i = words; i >= 0; i--) {
    const high: u64 = load<u32>(at(i));
    const low: u64 = i > 0 ? load<u32>(at(i - 1)) : 0;
    store<u32>(at(i + whole), <u32>((((high << 32) | low) << part) >> 32));
  }
  for (let i = 0; i < whole; i++) store<u32>(at(i), 0);
  words += whole + 1;
  while (words > 0 && load<u32>(at(words - 1)) == 0) words--;
  return true;
}

export function bitLength(): i32 {
  return words == 0 ? 0 : (words << 5) - <i32>clz<u32>(load<u32>(at(words - 1)));
}

function bit(i: i32): u32 {
  return (load<u32>(at(i >> 5)) >> (i & 31)) & 1;
}

/** The 64 bits from bit `low` on. */
export function bitsFrom(low: i32): u64 {
  let n: u64 = 0;
  for (let i = 63; i >= 0; i--) n = (n << 1) | (low + i < words << 5 && low + i >= 0 ? bit(low + i) : 0);
  return n;
}

/** Whether any bit below bit `end` is set. */
export function anyBelow(end: i32): bool {
  for (let i = 0; i < end && i < words << 5; i++) if (bit(i) != 0) return true;
  return false;
}
