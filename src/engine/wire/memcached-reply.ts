/** Replies of memcached's text protocol. */
import { copyBytes } from "../base/bytes";
import { writeUnsigned } from "../base/decimal";
import { blobOfItem, flagsOf, keyLength, keyOf, SEPARATE } from "../keyspace/item";
import { TEXTS } from "../layout/memory";
import { stringData, stringLength } from "../type/string/value";
import { COPY_MAX, moveOut, out, refer, room } from "./reply";

const CRLF: u16 = 0x0a0d;
/** Longest first line, but for the key. */
const LINE_MAX: u32 = 128;

/** A constant text. */
export function line(id: u32): void {
  const entry = TEXTS + (id << 2);
  const length: u32 = load<u16>(entry, 2);
  if (!room(length)) return;
  copyBytes(out, TEXTS + load<u16>(entry), length);
  moveOut(out + length);
}

export function numberLine(n: u64): void {
  if (!room(32)) return;
  const at = writeUnsigned(out, n);
  store<u16>(at, CRLF);
  moveOut(at + 2);
}

/** `VALUE key flags bytes [cas]`, and the value. */
export function writeValue(item: usize, flags: u32, withCas: bool, cas: u64): void {
  const keyBytes = keyLength(item);
  const length = stringLength(item);
  const copies = length <= COPY_MAX;
  if (!room(keyBytes + LINE_MAX + (copies ? length : 0))) return;
  let at = out;
  store<u64>(at, 0x2045554c4156); // VALUE and a space
  at += 6;
  copyBytes(at, keyOf(item), keyBytes);
  at += keyBytes;
  store<u8>(at, 0x20);
  if (flags == 0) {
    store<u8>(at + 1, 0x30);
    at += 2;
  } else {
    at = writeUnsigned(at + 1, flags);
  }
  store<u8>(at, 0x20);
  at = writeUnsigned(at + 1, length);
  if (withCas) {
    store<u8>(at, 0x20);
    at = writeUnsigned(at + 1, cas);
  }
  store<u16>(at, CRLF);
  moveOut(at + 2);
  writeData(item, length);
}

/** A value and a line end. There is room for it if it is copied. */
export function writeData(item: usize, length: u32): void {
  if (length <= COPY_MAX) {
    copyBytes(out, stringData(item), length);
    moveOut(out + length);
  } else {
    referValue(item, length);
    if (!room(2)) return;
  }
  store<u16>(out, CRLF);
  moveOut(out + 2);
}

/** A long value, which stays where it is. */
export function referValue(item: usize, length: u32): void {
  assert((flagsOf(item) & SEPARATE) != 0);
  refer(stringData(item), length, blobOfItem(item));
}
