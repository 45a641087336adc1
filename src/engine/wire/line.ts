/** Lines of the protocol: a mark, a number, CR LF. */
import { readSigned, value } from "../base/decimal";

/** What the last line said; `valid` is false when it was not a number. */
export let number: i64 = 0;
export let valid: bool = false;

/** Reads the line that begins at `at`; returns where the next one begins, 0 when this one is not complete. */
@inline
export function readLine(at: usize, end: usize): usize {
  // Nearly all lines are a mark and one to four digits.
  let p = at + 1;
  if (p + 6 < end) {
    let digit = <u32>load<u8>(p) - 0x30;
    if (digit - 1 < 9) {
      let n = digit;
      for (let i = 0; i < 4; i++) {
        digit = <u32>load<u8>(++p) - 0x30;
        if (digit > 9) break;
        n = n * 10 + digit;
      }
      if (load<u8>(p) == 0x0d) {
        number = n;
        valid = true;
        return p + 2;
      }
    }
  }
  return readSlowly(at, end);
}

function readSlowly(at: usize, end: usize): usize {
  let p = at + 1;
  while (p < end && load<u8>(p) != 0x0d) p++;
  if (p + 1 >= end) return 0;
  valid = readSigned(at + 1, <u32>(p - at - 1));
  number = value;
  return p + 2;
}
