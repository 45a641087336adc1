/** Option words of up to 8 letters as numbers, in lower case: comparing one is comparing two integers. */
import { argData, argLength, isExternal } from "../command/context";

/** The word that an argument is, 0 when it is longer than 8 bytes. */
export function wordOf(arg: usize): u64 {
  const length = argLength(arg);
  if (length == 0 || length > 8 || isExternal(arg)) return 0;
  const data = argData(arg);
  let word: u64 = 0;
  for (let i: u32 = 0; i < length; i++) {
    let c: u64 = load<u8>(data + i);
    if (c - 0x41 < 26) c |= 0x20;
    word |= c << (<u64>i << 3);
  }
  return word;
}

export const AFTER: u64 = 0x7265746661;
export const AND: u64 = 0x646e61;
export const ASYNC: u64 = 0x636e797361;
export const BEFORE: u64 = 0x65726f666562;
export const BIT: u64 = 0x746962;
export const BYTE: u64 = 0x65747962;
export const COUNT: u64 = 0x746e756f63;
export const DB: u64 = 0x6264;
export const EX: u64 = 0x7865;
export const EXAT: u64 = 0x74617865;
export const FAIL: u64 = 0x6c696166;
export const GET: u64 = 0x746567;
export const GT: u64 = 0x7467;
export const IDX: u64 = 0x786469;
export const INCRBY: u64 = 0x796272636e69;
export const KEEPTTL: u64 = 0x6c74747065656b;
export const LEFT: u64 = 0x7466656c;
export const LEN: u64 = 0x6e656c;
export const LT: u64 = 0x746c;
export const MATCH: u64 = 0x686374616d;
export const NOT: u64 = 0x746f6e;
export const NX: u64 = 0x786e;
export const OR: u64 = 0x726f;
export const OVERFLOW: u64 = 0x776f6c667265766f;
export const PERSIST: u64 = 0x74736973726570;
export const PX: u64 = 0x7870;
export const PXAT: u64 = 0x74617870;
export const REPLACE: u64 = 0x6563616c706572;
export const RIGHT: u64 = 0x7468676972;
export const SAMPLES: u64 = 0x73656c706d6173;
export const SAT: u64 = 0x746173;
export const SET: u64 = 0x746573;
export const SYNC: u64 = 0x636e7973;
export const TYPE: u64 = 0x65707974;
export const WRAP: u64 = 0x70617277;
export const XOR: u64 = 0x726f78;
export const XX: u64 = 0x7878;
