/**
 * Decimal numbers as C's strtoull and strtoll read them and memcached then takes them: white space before, a sign, and
 * anything after white space behind.
 */

/** What was read. */
export let unsigned: u64 = 0;
export let signed: i64 = 0;

let magnitude: u64 = 0;
let negative: bool = false;

@inline
function isSpace(c: u32): bool {
  return c == 0x20 || c - 9 < 5;
}

function read(at: usize, length: u32): bool {
  const end = at + length;
  while (at < end && isSpace(load<u8>(at))) at++;
  negative = false;
  if (at < end && (load<u8>(at) == 0x2d || load<u8>(at) == 0x2b)) {
    negative = load<u8>(at) == 0x2d;
    at++;
  }
  const first = at;
  let n: u64 = 0;
  while (at < end) {
    const digit: u32 = <u32>load<u8>(at) - 0x30;
    if (digit > 9) break;
    if (n > 1844674407370955161 || (n == 1844674407370955161 && digit > 5)) return false;
    n = n * 10 + digit;
    at++;
  }
  magnitude = n;
  return at != first && (at == end || isSpace(load<u8>(at)));
}

export function readCUnsigned(at: usize, length: u32): bool {
  if (!read(at, length)) return false;
  unsigned = negative ? <u64>0 - magnitude : magnitude;
  return !negative || <i64>unsigned >= 0;
}

export function readCSigned(at: usize, length: u32): bool {
  if (!read(at, length) || magnitude > <u64>i64.MAX_VALUE + <u64>negative) return false;
  signed = negative ? -(<i64>magnitude) : <i64>magnitude;
  return true;
}
