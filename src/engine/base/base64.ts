/** Base64 as memcached's meta commands use it for keys. What is no letter of it is passed over. */

const NONE: u32 = 0x80;

@inline
function digitOf(c: u32): u32 {
  if (c - 0x41 < 26) return c - 0x41;
  if (c - 0x61 < 26) return c - 0x61 + 26;
  if (c - 0x30 < 10) return c - 0x30 + 52;
  if (c == 0x2b) return 62;
  if (c == 0x2f) return 63;
  return c == 0x3d ? 0 : NONE;
}

@inline
function letterOf(digit: u32): u32 {
  if (digit < 26) return digit + 0x41;
  if (digit < 52) return digit - 26 + 0x61;
  if (digit < 62) return digit - 52 + 0x30;
  return digit == 62 ? 0x2b : 0x2f;
}

/** Decodes in place, which only makes it shorter; 0 when it is no base64. */
export function decodeBase64(at: usize, length: u32): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0; i < length; i++) if (digitOf(load<u8>(at + i)) != NONE) count++;
  if (count == 0 || (count & 3) != 0) return 0;
  let to = at;
  let block: u32 = 0;
  let padding: u32 = 0;
  count = 0;
  for (let i: u32 = 0; i < length; i++) {
    const c: u32 = load<u8>(at + i);
    const digit = digitOf(c);
    if (digit == NONE) continue;
    if (c == 0x3d) padding++;
    block = (block << 6) | digit;
    if ((++count & 3) != 0) continue;
    if (padding > 2) return 0;
    store<u8>(to, block >> 16);
    if (padding < 2) store<u8>(to + 1, block >> 8);
    if (padding < 1) store<u8>(to + 2, block);
    to += 3 - padding;
    if (padding != 0) break;
    block = 0;
  }
  return <u32>(to - at);
}

/** Writes `length` bytes in base64 to `to`; returns the address behind it. */
export function encodeBase64(to: usize, from: usize, length: u32): usize {
  let i: u32 = 0;
  for (; i + 2 < length; i += 3) {
    const block = (<u32>load<u8>(from + i) << 16) | (<u32>load<u8>(from + i, 1) << 8) | load<u8>(from + i, 2);
    writeBlock(to, block);
    to += 4;
  }
  if (i == length) return to;
  const two = i + 2 == length;
  writeBlock(to, (<u32>load<u8>(from + i) << 16) | (two ? <u32>load<u8>(from + i, 1) << 8 : 0));
  store<u8>(to + 3, 0x3d);
  if (!two) store<u8>(to + 2, 0x3d);
  return to + 4;
}

@inline
function writeBlock(to: usize, block: u32): void {
  store<u8>(to, letterOf(block >> 18));
  store<u8>(to + 1, letterOf((block >> 12) & 63));
  store<u8>(to + 2, letterOf((block >> 6) & 63));
  store<u8>(to + 3, letterOf(block & 63));
}
