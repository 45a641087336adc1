/**
 * The arithmetic of INCRBYFLOAT: numbers with a 64-bit mantissa, as the x87 `long double` that Redis computes with, so
 * that replies agree to the last digit. One number is current; another one can be kept to be added to it.
 *
 *   value = sign * mantissa * 2^exponent, the mantissa's highest bit set; 0 has mantissa 0
 */
import {
  anyBelow, bitLength, bitsFrom, divide, isZero, multiplyAdd, multiplyPower, setNumber, shiftLeft,
} from "./bignum";
import { SCRATCH_DIGITS } from "../layout/memory";

const EXPONENT_MAX: i32 = 16383 - 63;
const TEXT_MAX: u32 = 5 * 1024 - 1;
/** Decimal exponents past this are infinite or nothing, whatever the digits. */
const POWER_MAX: i32 = 20000;
const FRACTION_DIGITS: i32 = 17;

let negative: bool = false;
let mantissa: u64 = 0;
let exponent: i32 = 0;
let infinite: bool = false;

let keptNegative: bool = false;
let keptMantissa: u64 = 0;
let keptExponent: i32 = 0;
let keptInfinite: bool = false;

export function zero(): void {
  negative = false;
  mantissa = 0;
  exponent = 0;
  infinite = false;
}

/** Keeps the current number for `addKept`. */
export function keep(): void {
  keptNegative = negative;
  keptMantissa = mantissa;
  keptExponent = exponent;
  keptInfinite = infinite;
}

/** Reads the whole text as strtold would; false when it is no number (NaN is none). */
export function read(text: usize, length: u32): bool {
  zero();
  if (length == 0 || length > TEXT_MAX) return false;
  const end = text + length;
  let at = text;
  if (load<u8>(at) == 0x2d || load<u8>(at) == 0x2b) {
    negative = load<u8>(at) == 0x2d;
    at++;
  }
  if (isInfinity(at, end)) {
    infinite = true;
    return true;
  }
  setNumber(0);
  let digits = false;
  let power: i32 = 0;
  while (at < end && isDigit(load<u8>(at))) {
    multiplyAdd(10, load<u8>(at) - 0x30);
    digits = true;
    at++;
  }
  if (at < end && load<u8>(at) == 0x2e) {
    at++;
    while (at < end && isDigit(load<u8>(at))) {
      multiplyAdd(10, load<u8>(at) - 0x30);
      digits = true;
      power--;
      at++;
    }
  }
  if (!digits) return false;
  if (at < end && (load<u8>(at) | 0x20) == 0x65) {
    at++;
    const minus = at < end && load<u8>(at) == 0x2d;
    if (at < end && (minus || load<u8>(at) == 0x2b)) at++;
    if (at == end) return false;
    let e: i32 = 0;
    while (at < end && isDigit(load<u8>(at))) {
      if (e < POWER_MAX) e = e * 10 + <i32>(load<u8>(at) - 0x30);
      at++;
    }
    power += minus ? -e : e;
  }
  if (at != end) return false;
  fromDecimal(power);
  return true;
}

@inline
function isDigit(c: u32): bool {
  return c - 0x30 < 10;
}

/** `inf` or `infinity` in any case. */
function isInfinity(at: usize, end: usize): bool {
  const length = <u32>(end - at);
  if (length != 3 && length != 8) return false;
  if ((load<u16>(at) | 0x2020) != 0x6e69 || (load<u8>(at, 2) | 0x20) != 0x66) return false;
  return length == 3 || ((load<u32>(at, 3) | 0x20202020) == 0x74696e69 && (load<u8>(at, 7) | 0x20) == 0x79);
}

/** The big number times 10^power, rounded to nearest, ties to even. */
function fromDecimal(power: i32): void {
  if (isZero()) return;
  if (power > POWER_MAX / 4) {
    infinite = true;
    return;
  }
  let sticky = false;
  let scale: i32 = 0;
  if (power >= 0) {
    for (let i = power; i >= 13; i -= 13) multiplyAdd(1220703125, 0);
    multiplyPower(5, power % 13);
    scale = power;
  } else {
    if (power < -POWER_MAX / 2) {
      zero();
      return;
    }
    // Enough bits that 66 are left after the division by 5^-power; a short division at a time is exact.
    const shift = max<i32>(0, 66 + -power * 7 / 3 - bitLength() + 3);
    shiftLeft(shift);
    sticky = dividePower(-power);
    scale = power - shift;
  }
  const bits = bitLength();
  if (bits <= 64) {
    normalize(bitsFrom(0), scale);
    return;
  }
  const drop = bits - 64;
  mantissa = bitsFrom(drop);
  exponent = scale + drop;
  const half = (bitsFrom(drop - 1) & 1) != 0;
  round(half, sticky || anyBelow(drop - 1));
}

/** number = number / 5^times; whether anything was lost. */
function dividePower(times: i32): bool {
  let lost = false;
  for (; times >= 13; times -= 13) lost = divide(1220703125) != 0 || lost;
  for (; times > 0; times--) lost = divide(5) != 0 || lost;
  return lost;
}

function normalize(m: u64, e: i32): void {
  if (m == 0) {
    zero();
    return;
  }
  const shift = <i32>clz<u64>(m);
  mantissa = m << <u64>shift;
  exponent = e - shift;
  if (exponent > EXPONENT_MAX) infinite = true;
}

function round(half: bool, rest: bool): void {
  if (half && (rest || (mantissa & 1) != 0)) {
    mantissa++;
    if (mantissa == 0) {
      mantissa = 0x8000000000000000;
      exponent++;
    }
  }
  if (exponent > EXPONENT_MAX) infinite = true;
}

/** current = current + kept; false when the sum is not a finite number. */
export function addKept(): bool {
  if (infinite || keptInfinite) return false;
  if (keptMantissa == 0) return true;
  if (mantissa == 0) {
    negative = keptNegative;
    mantissa = keptMantissa;
    exponent = keptExponent;
    return true;
  }
  const keptLarger = keptExponent > exponent || (keptExponent == exponent && keptMantissa > mantissa);
  const a = keptLarger ? keptMantissa : mantissa;
  const b = keptLarger ? mantissa : keptMantissa;
  const high = keptLarger ? keptExponent : exponent;
  const distance = high - (keptLarger ? exponent : keptExponent);
  const same = negative == keptNegative;
  negative = keptLarger ? keptNegative : negative;
  combine(a, b, distance, high, same);
  return !infinite;
}

/** a ± b / 2^distance, with 64 bits behind the point of `a` and one sticky bit below them. */
function combine(a: u64, b: u64, distance: i32, high: i32, add: bool): void {
  let whole: u64 = 0;
  let part: u64 = 0;
  let sticky = false;
  const d = <u64>distance;
  if (d == 0) {
    whole = b;
  } else if (d < 64) {
    whole = b >> d;
    part = b << (64 - d);
  } else if (d < 128) {
    part = d == 64 ? b : b >> (d - 64);
    sticky = d != 64 && b << (128 - d) != 0;
  } else {
    sticky = true;
  }
  if (add) {
    const sum = a + whole;
    if (sum < a) {
      const half = (sum & 1) != 0;
      mantissa = (sum >> 1) | 0x8000000000000000;
      exponent = high + 1;
      round(half, part != 0 || sticky);
    } else {
      mantissa = sum;
      exponent = high;
      round(part >> 63 != 0, (part << 1) != 0 || sticky);
    }
    return;
  }
  // Subtract; a sticky bit borrows one from the part below.
  let low = <u64>0 - part;
  let rest = a - whole - <u64>(part != 0);
  if (sticky) {
    if (low == 0) rest--;
    low--;
  }
  if (rest == 0 && low == 0 && !sticky) {
    zero();
    return;
  }
  const shift = rest != 0 ? <i32>clz<u64>(rest) : 64 + <i32>clz<u64>(low);
  if (shift == 0) {
    mantissa = rest;
  } else if (shift < 64) {
    mantissa = (rest << <u64>shift) | (low >> (64 - <u64>shift));
    low <<= <u64>shift;
  } else {
    mantissa = low << (<u64>shift - 64);
    low = 0;
  }
  exponent = high - shift;
  round(low >> 63 != 0, (low << 1) != 0 || sticky);
}

/** Writes the number as `%.17Lf` without the zeroes at its end; returns the address behind it. */
export function write(to: usize): usize {
  setNumber(mantissa);
  multiplyPower(10, FRACTION_DIGITS);
  if (exponent >= 0) shiftLeft(exponent);
  else halve(-exponent);
  const digits = decimalDigits();
  if (digits == 0) {
    store<u8>(to, 0x30);
    return to + 1;
  }
  return layOut(to, digits);
}

/** number = number / 2^bits, rounded to nearest, ties to even. */
function halve(bits: i32): void {
  if (bits > bitLength() + 1) {
    setNumber(0);
    return;
  }
  const half = (bitsFrom(bits - 1) & 1) != 0;
  const rest = anyBelow(bits - 1);
  const odd = (bitsFrom(bits) & 1) != 0;
  for (let i = bits; i > 0; i -= min<i32>(i, 31)) divide(<u32>1 << min<i32>(i, 31));
  if (half && (rest || odd)) {
    if (isZero()) setNumber(1);
    else multiplyAdd(1, 1);
  }
}

/** Writes the big number's digits, last one first, at SCRATCH_DIGITS; returns how many. */
function decimalDigits(): i32 {
  let count: i32 = 0;
  while (!isZero()) {
    let group = divide(1000000000);
    for (let i = 0; i < 9; i++) {
      store<u8>(SCRATCH_DIGITS + count++, (group % 10) + 0x30);
      group /= 10;
    }
  }
  while (count > 0 && load<u8>(SCRATCH_DIGITS + count - 1) == 0x30) count--;
  return count;
}

/** Puts the reversed digits in order, with sign and point. */
function layOut(to: usize, digits: i32): usize {
  const from = SCRATCH_DIGITS;
  let at = to;
  if (negative) store<u8>(at++, 0x2d);
  // Digits behind the point, without the zeroes at the end.
  let last: i32 = 0;
  while (last < FRACTION_DIGITS && last < digits && load<u8>(from + last) == 0x30) last++;
  if (digits <= FRACTION_DIGITS) {
    store<u8>(at++, 0x30);
  } else {
    for (let i = digits - 1; i >= FRACTION_DIGITS; i--) store<u8>(at++, load<u8>(from + i));
  }
  if (last == FRACTION_DIGITS) return at;
  store<u8>(at++, 0x2e);
  for (let i = FRACTION_DIGITS - 1; i >= last; i--) store<u8>(at++, i < digits ? load<u8>(from + i) : 0x30);
  return at;
}
