/** Replies in RESP2 and RESP3 (the Redis serialization protocol specification). */
import { copyBytes } from "../base/bytes";
import { digitCount, writeSigned, writeUnsigned } from "../base/decimal";
import { protocol } from "../command/context";
import { blobData } from "../keyspace/blob";
import { PROTOCOL_RESP3 } from "../layout/batch";
import { TEXTS } from "../layout/memory";
import { COPY_MAX, moveOut, out, refer, room } from "./reply";

const CRLF: u16 = 0x0a0d;

@inline
function crlf(at: usize): usize {
  store<u16>(at, CRLF);
  return at + 2;
}

export function ok(): void {
  if (!room(8)) return;
  store<u64>(out, 0x0a0d4b4f2b); // +OK\r\n
  moveOut(out + 5);
}

/** A reply that is not there: null bulk string in RESP2, null in RESP3. */
export function nil(): void {
  if (!room(8)) return;
  if (protocol == PROTOCOL_RESP3) {
    store<u32>(out, 0x0a0d5f); // _\r\n
    moveOut(out + 3);
  } else {
    store<u64>(out, 0x0a0d312d24); // $-1\r\n
    moveOut(out + 5);
  }
}

/** Null array in RESP2, null in RESP3. */
export function nilArray(): void {
  if (protocol == PROTOCOL_RESP3) {
    nil();
    return;
  }
  if (!room(8)) return;
  store<u64>(out, 0x0a0d312d2a); // *-1\r\n
  moveOut(out + 5);
}

export function integer(n: i64): void {
  if (!room(32)) return;
  if (<u64>n < 10) {
    store<u32>(out, 0x0a0d303a + (<u32>n << 8)); // :0\r\n
    moveOut(out + 4);
    return;
  }
  store<u8>(out, 0x3a);
  moveOut(crlf(writeSigned(out + 1, n)));
}

@inline
export function boolean(yes: bool): void {
  integer(<i64>yes);
}

export function array(length: u32): void {
  header(0x2a, length);
}

/** A map of `pairs` in RESP3, in RESP2 an array of twice as many. */
export function map(pairs: u32): void {
  if (protocol == PROTOCOL_RESP3) header(0x25, pairs);
  else header(0x2a, pairs * 2);
}

function header(mark: u8, n: u32): void {
  if (!room(16)) return;
  store<u8>(out, mark);
  moveOut(crlf(writeUnsigned(out + 1, n)));
}

/** A string that is copied. */
export function bulk(data: usize, length: u32): void {
  if (!room(length + 24)) return;
  let at = out;
  if (length < 10) {
    store<u32>(at, 0x0a0d3024 + (length << 8)); // $0\r\n
    at += 4;
  } else if (length < 100) {
    const tens = length / 10;
    store<u64>(at, 0x0a0d303024 + (<u64>tens << 8) + (<u64>(length - tens * 10) << 16));
    at += 5;
  } else {
    store<u8>(at, 0x24);
    at = crlf(writeUnsigned(at + 1, length));
  }
  copyBytes(at, data, length);
  moveOut(crlf(at + length));
}

/** A part of a blob, by reference when it is long. */
export function bulkOfBlob(blob: usize, offset: u32, length: u32): void {
  if (length <= COPY_MAX) {
    bulk(blobData(blob) + offset, length);
    return;
  }
  header(0x24, length);
  refer(blobData(blob) + offset, length, blob);
  if (room(2)) moveOut(crlf(out));
}

export function bulkInteger(n: i64): void {
  if (!room(48)) return;
  const length = n < 0 ? digitCount(<u64>0 - <u64>n) + 1 : digitCount(n);
  store<u8>(out, 0x24);
  moveOut(crlf(writeSigned(crlf(writeUnsigned(out + 1, length)), n)));
}

/** A text of the table that the host wrote (commands/texts.ts): a whole line with its mark, such as an error. */
export function text(id: u32): void {
  const entry = TEXTS + (id << 2);
  const length: u32 = load<u16>(entry, 2);
  if (!room(length)) return;
  copyBytes(out, TEXTS + load<u16>(entry), length);
  moveOut(out + length);
}

/** Longest part of an argument that an error shows. */
const NAMED_MAX: u32 = 128;

/** A text, which has no line end, and an argument; what would end the line is shown as a space. */
export function textNaming(id: u32, data: usize, length: u32): void {
  length = min(length, NAMED_MAX);
  const entry = TEXTS + (id << 2);
  const bytes: u32 = load<u16>(entry, 2);
  if (!room(bytes + length + 2)) return;
  copyBytes(out, TEXTS + load<u16>(entry), bytes);
  const to = out + bytes;
  for (let i: u32 = 0; i < length; i++) {
    const c = load<u8>(data + i);
    store<u8>(to + i, c == 0x0d || c == 0x0a ? 0x20 : c);
  }
  moveOut(crlf(to + length));
}
