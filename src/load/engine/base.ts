/** Memory, chance, copying and decimal numbers: what everything else here stands on. */

/** Bytes behind every block that copying may touch. */
export const SLACK: usize = 64;

let top: usize = (__heap_base + 15) & ~15;

/** Memory that is never given back: everything is laid out before the run. Aligned to 16 bytes. */
export function allocate(bytes: usize): usize {
  const at = top;
  const next = (<u64>at + bytes + SLACK + 15) & ~15;
  if (next >= 0xffff0000) unreachable();
  top = <usize>next;
  return at;
}

/** Bytes of zeros, as all are that nobody has had: memory that is not written to is never taken from the system. */
export function allocateClear(bytes: usize): usize {
  return allocate(bytes);
}

/** xoshiro256** (Blackman and Vigna, 2018). */
let s0: u64 = 1;
let s1: u64 = 2;
let s2: u64 = 3;
let s3: u64 = 4;

export function seedRandom(seed: u64): void {
  s0 = mix(seed + 0x9e3779b97f4a7c15);
  s1 = mix(seed + 0x9e3779b97f4a7c15 * 2);
  s2 = mix(seed + 0x9e3779b97f4a7c15 * 3);
  s3 = mix(seed + 0x9e3779b97f4a7c15 * 4);
}

/** The finaliser of splitmix64. */
export function mix(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

export function random64(): u64 {
  const result = rotl<u64>(s1 * 5, 7) * 9;
  const t = s1 << 17;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl<u64>(s3, 45);
  return result;
}

/** From 0 to n - 1. By multiplication (Lemire, 2019) up to 2^32, where the bias is below n / 2^64. */
@inline
export function randomBelow(n: u64): u64 {
  const word = random64();
  if (n > 0x100000000) return word % n;
  return ((word >> 32) * n + (((word & 0xffffffff) * n) >> 32)) >> 32;
}

/** From 0 (included) to 1 (excluded). */
@inline
export function randomUnit(): f64 {
  return <f64>(random64() >> 11) * (1.0 / 9007199254740992.0);
}

/** Copies up to 15 bytes too many: both sides have slack. */
@inline
export function copyLoose(to: usize, from: usize, bytes: u32): void {
  if (bytes > 512) {
    memory.copy(to, from, bytes);
    return;
  }
  for (let i: u32 = 0; i < bytes; i += 16) v128.store(to + i, v128.load(from + i));
}

/** Writes `n` in decimal and returns the address behind it. */
export function writeDecimal(to: usize, n: u64): usize {
  let digits: usize = 1;
  for (let rest = n / 10; rest != 0; rest /= 10) digits++;
  writePadded(to, n, <u32>digits);
  return to + digits;
}

const ZEROS: u64 = 0x3030303030303030;

/**
 * Eight decimal digits as text, most significant first: halves, then pairs, then digits are divided side by side in one
 * word, by multiplying with the reciprocals of 100 and 10, which are exact for so few digits.
 */
@inline
function eightDigits(n: u32): u64 {
  const fours = <u64>(n / 10000) | (<u64>(n % 10000) << 32);
  const hundreds = ((fours * 10486) >> 20) & 0x0000007f0000007f;
  const pairs = ((fours - 100 * hundreds) << 16) + hundreds;
  const tens = ((pairs * 103) >> 10) & 0x000f000f000f000f;
  return tens + ((pairs - 10 * tens) << 8) + ZEROS;
}

@inline
function lastEight(n: u64): u64 {
  return n == 0 ? ZEROS : eightDigits(n >> 32 == 0 ? <u32>n % 100000000 : <u32>(n % 100000000));
}

/** Writes the last `digits` decimal digits of `n`. */
export function writePadded(to: usize, n: u64, digits: u32): void {
  let at = to + digits;
  while (at >= to + 8) {
    at -= 8;
    store<u64>(at, lastEight(n));
    n = n < 100000000 ? 0 : n / 100000000;
  }
  // The first ones, fewer than eight: the last bytes of the text.
  const left = <u32>(at - to);
  if (left == 0) return;
  let text = lastEight(n) >> ((8 - left) << 3);
  if ((left & 4) != 0) {
    store<u32>(to, <u32>text);
    text >>= 32;
    to += 4;
  }
  if ((left & 2) != 0) {
    store<u16>(to, <u16>text);
    text >>= 16;
    to += 2;
  }
  if ((left & 1) != 0) store<u8>(to, <u8>text);
}

/** A number with more digits may be too large for 64 bits. */
const DIGITS_MOST: usize = 18;

/**
 * The decimal number at `at`, up to the first byte that is no digit; `parsedTo` is where that is, and where it began
 * when there is no number or one that is too large.
 */
export let parsedTo: usize = 0;
export function parseDecimal(at: usize, end: usize): i64 {
  parsedTo = at;
  let n: i64 = 0;
  const negative = at < end && load<u8>(at) == 0x2d;
  if (negative) at++;
  const first = at;
  while (at < end) {
    const digit = <u32>load<u8>(at) - 0x30;
    if (digit > 9) break;
    n = n * 10 + digit;
    at++;
  }
  if (at == first || at - first > DIGITS_MOST) return 0;
  parsedTo = at;
  return negative ? -n : n;
}

const ALPHABET = memory.data<u8>([
  65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 97, 98, 99,
  100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 48,
  49, 50, 51, 52, 53, 54, 55, 56, 57, 43, 47,
]);

@inline
function letter(bits: u32): u8 {
  return load<u8>(ALPHABET + (bits & 63));
}

/** Base64 with padding (RFC 4648, 4); returns the address behind it. */
export function writeBase64(to: usize, from: usize, bytes: u32): usize {
  const end = from + bytes;
  while (from < end) {
    const left = end - from;
    const a: u32 = load<u8>(from);
    const b: u32 = left > 1 ? load<u8>(from + 1) : 0;
    const c: u32 = left > 2 ? load<u8>(from + 2) : 0;
    store<u8>(to, letter(a >> 2));
    store<u8>(to + 1, letter((a << 4) | (b >> 4)));
    store<u8>(to + 2, left > 1 ? letter((b << 2) | (c >> 6)) : 0x3d);
    store<u8>(to + 3, left > 2 ? letter(c) : 0x3d);
    from += 3;
    to += 4;
  }
  return to;
}
