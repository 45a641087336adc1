/** Decimal integers as text, read as strictly as Redis does: no sign but '-', no leading zero, no space. */

/** The number that `readSigned` read. */
export let value: i64 = 0;

/** Reads all of the bytes as a 64-bit signed integer; false when they are anything else. */
export function readSigned(at: usize, length: u32): bool {
  if (length == 0 || length > 20) return false;
  let i: u32 = 0;
  const negative = load<u8>(at) == 0x2d;
  if (negative) {
    i = 1;
    if (length == 1) return false;
  }
  const first: u32 = <u32>load<u8>(at + i) - 0x30;
  if (first > 9) return false;
  if (first == 0) {
    if (length != 1) return false;
    value = 0;
    return true;
  }
  let n: u64 = first;
  for (i++; i < length; i++) {
    const digit: u32 = <u32>load<u8>(at + i) - 0x30;
    if (digit > 9) return false;
    if (n > 922337203685477580) {
      if (n > 1844674407370955160) return false;
    }
    n = n * 10 + digit;
  }
  if (length - <u32>negative > 19) return false;
  if (negative) {
    if (n > 0x8000000000000000) return false;
    value = -(<i64>n);
  } else {
    if (n > 0x7fffffffffffffff) return false;
    value = <i64>n;
  }
  return true;
}

/** Decimal digits of `n`, 1 to 20. */
export function digitCount(n: u64): u32 {
  if (n < 10) return 1;
  if (n < 100) return 2;
  if (n < 1000) return 3;
  if (n < 10000) return 4;
  let count: u32 = 4;
  n /= 10000;
  while (n > 0) {
    n /= 10;
    count++;
  }
  return count;
}

/** Writes `n` and returns the address behind it. */
export function writeUnsigned(to: usize, n: u64): usize {
  const end = to + digitCount(n);
  let at = end;
  while (n > 0xffffffff) {
    const q = n / 10;
    store<u8>(--at, <u8>(n - q * 10) + 0x30);
    n = q;
  }
  let m = <u32>n;
  do {
    const q = m / 10;
    store<u8>(--at, (m - q * 10) + 0x30);
    m = q;
  } while (m > 0);
  return end;
}

export function writeSigned(to: usize, n: i64): usize {
  if (n >= 0) return writeUnsigned(to, n);
  store<u8>(to, 0x2d);
  return writeUnsigned(to + 1, <u64>0 - <u64>n);
}
