/** Responses of HTTP/1.1 (RFC 9112): status line, fields, and a body by length, in chunks, or until the end. */
import { parseDecimal, parsedTo } from "../base";
import { Connection, entryAt } from "../connection";
import { EVENT_CLOSING } from "../layout";
import { isBodiless } from "../operation";
import { DONE, ERROR, isReading, MISS } from "../settle";
import { after, lineAt, lineLength, takeLine } from "./line";
import { breakOff, endReply } from "./reply";
import { beginValue, feedValue, LENGTH_UNKNOWN } from "./value";

/** Modes: what comes next. */
const STATUS: u32 = 0;
const FIELD: u32 = 1;
const BODY: u32 = 2;
const CHUNK_SIZE: u32 = 3;
const CHUNK: u32 = 4;
const CHUNK_END: u32 = 5;
const TRAILER: u32 = 6;
const UNTIL_END: u32 = 7;

/** What the fields have said. */
const CHUNKED: u32 = 1;
const HAS_LENGTH: u32 = 2;
const CLOSES: u32 = 4;

export function readHttp(c: Connection, at: usize, end: usize): void {
  while (at < end && c.events == 0) {
    if (c.mode == BODY || c.mode == CHUNK || c.mode == UNTIL_END) {
      at = passBody(c, at, end);
      continue;
    }
    if (!takeLine(c, at, end)) return;
    at = after;
    if (c.mode == STATUS) onStatus(c, lineAt, lineLength);
    else if (c.mode == FIELD) onField(c, lineAt, lineLength, at);
    else if (c.mode == CHUNK_SIZE) onChunkSize(c, lineAt, lineLength);
    else if (c.mode == CHUNK_END) onChunkEnd(c, lineAt, lineLength);
    else if (lineLength == 0) endResponse(c, at);
  }
}

/** The server has closed the connection: that ends a body that has no length. */
export function endHttp(c: Connection): void {
  if (c.mode != UNTIL_END) return;
  c.mark = 0;
  c.flags |= CLOSES;
  endResponse(c, 0);
}

function passBody(c: Connection, at: usize, end: usize): usize {
  if (c.mode == UNTIL_END) {
    if (c.isChecked) feedValue(c, at, <u32>(end - at));
    c.bytes += <u32>(end - c.mark);
    c.mark = end;
    return end;
  }
  const bytes = min<u64>(c.left, <u64>(end - at));
  if (c.isChecked) feedValue(c, at, <u32>bytes);
  c.left -= bytes;
  at += <usize>bytes;
  if (c.left != 0) return at;
  if (c.mode == BODY) endResponse(c, at);
  else c.mode = CHUNK_END;
  return at;
}

/** `HTTP/1.1 200 OK` */
function onStatus(c: Connection, line: usize, length: u32): void {
  // Servers may send an empty line before it (RFC 9112, 2.2).
  if (length == 0) return;
  // "HTTP/1."
  const isStatus = length >= 12 && (load<u64>(line) & 0xffffffffffffff) == 0x2e312f50545448;
  c.status = isStatus ? <u32>parseDecimal(line + 9, line + 12) : 0;
  if (c.status < 100 || c.status > 999) {
    breakOff(c, line, min<u32>(length, 64));
    return;
  }
  c.flags = load<u8>(line + 7) == 0x30 ? CLOSES : 0;
  c.left = 0;
  c.mode = FIELD;
}

/** Whether a field has this name, which is given in small letters. */
function isNamed(line: usize, length: u32, name: string): bool {
  const letters: u32 = name.length;
  if (length <= letters || load<u8>(line + letters) != 0x3a) return false;
  return hasLetters(line, name);
}

function hasLetters(at: usize, word: string): bool {
  for (let i: u32 = 0; i < <u32>word.length; i++) {
    const letter: u32 = load<u8>(at + i);
    const small = letter - 0x41 < 26 ? letter | 0x20 : letter;
    if (small != <u32>word.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether a field's value contains a word. */
function contains(line: usize, length: u32, from: u32, word: string): bool {
  for (let i = from; i + <u32>word.length <= length; i++) {
    if (hasLetters(line + i, word)) return true;
  }
  return false;
}

function onField(c: Connection, line: usize, length: u32, at: usize): void {
  if (length == 0) {
    endFields(c, at);
    return;
  }
  const first: u32 = load<u8>(line) | 0x20;
  if (first == 0x63) {
    if (isNamed(line, length, "content-length")) readLength(c, line, length);
    else if (isNamed(line, length, "connection")) {
      if (contains(line, length, 11, "close")) c.flags |= CLOSES;
      else if (contains(line, length, 11, "keep-alive")) c.flags &= ~CLOSES;
    }
  } else if (first == 0x74 && isNamed(line, length, "transfer-encoding")) {
    if (contains(line, length, 18, "chunked")) c.flags |= CHUNKED;
  }
}

function readLength(c: Connection, line: usize, length: u32): void {
  const end = line + length;
  const at = passBlanks(line + 15, end);
  const bytes = parseDecimal(at, end);
  const isNumber = parsedTo != at && passBlanks(parsedTo, end) == end && bytes >= 0;
  // Two lengths that differ: nobody knows where the response ends (RFC 9112, 6.3).
  if (!isNumber || ((c.flags & HAS_LENGTH) != 0 && c.left != <u64>bytes)) {
    breakOff(c, line, min<u32>(length, 64));
    return;
  }
  c.left = bytes;
  c.flags |= HAS_LENGTH;
}

function passBlanks(at: usize, end: usize): usize {
  while (at < end && (load<u8>(at) == 0x20 || load<u8>(at) == 0x09)) at++;
  return at;
}

function endFields(c: Connection, at: usize): void {
  if (c.status < 200) {
    // An interim response: the one that counts follows.
    c.mode = STATUS;
    return;
  }
  const hasNone =
    c.status == 204 || c.status == 304 || (c.head != c.sent && isBodiless(entryAt(c, c.head).operation));
  if (hasNone || (c.flags & (CHUNKED | HAS_LENGTH)) == HAS_LENGTH && c.left == 0) {
    endResponse(c, at);
    return;
  }
  const hasLength = (c.flags & (CHUNKED | HAS_LENGTH)) == HAS_LENGTH;
  if (c.status == 200) beginValue(c, hasLength ? c.left : LENGTH_UNKNOWN);
  c.mode = hasLength ? BODY : (c.flags & CHUNKED) != 0 ? CHUNK_SIZE : UNTIL_END;
}

/** Hexadecimal; extensions behind a semicolon are passed over. */
function onChunkSize(c: Connection, line: usize, length: u32): void {
  let size: u64 = 0;
  let digits: u32 = 0;
  for (; digits < length; digits++) {
    const byte: u32 = load<u8>(line + digits);
    const letter = (byte | 0x20) - 0x61;
    const digit = byte - 0x30 < 10 ? byte - 0x30 : letter < 6 ? letter + 10 : 16;
    if (digit == 16) break;
    size = (size << 4) | digit;
  }
  const next: u32 = digits < length ? load<u8>(line + digits) : 0x3b;
  if (digits == 0 || digits > 15 || (next != 0x3b && next != 0x20 && next != 0x09)) {
    breakOff(c, line, min<u32>(length, 64));
    return;
  }
  c.left = size;
  c.mode = size == 0 ? TRAILER : CHUNK;
}

function onChunkEnd(c: Connection, line: usize, length: u32): void {
  if (length != 0) breakOff(c, line, min<u32>(length, 64));
  c.mode = CHUNK_SIZE;
}

/** What a read looked for is not there. Anything else that finds no such path has failed. */
function isMiss(c: Connection): bool {
  return (c.status == 404 || c.status == 410) && c.head != c.sent && isReading(entryAt(c, c.head));
}

function endResponse(c: Connection, at: usize): void {
  c.mode = STATUS;
  if ((c.flags & CLOSES) != 0) c.events |= EVENT_CLOSING;
  const outcome = c.status < 400 ? DONE : isMiss(c) ? MISS : ERROR;
  // The status in decimal is the error's first word.
  store<u8>(statusText, <u8>(c.status / 100) + 0x30);
  store<u8>(statusText + 1, <u8>((c.status / 10) % 10) + 0x30);
  store<u8>(statusText + 2, <u8>(c.status % 10) + 0x30);
  endReply(c, outcome, statusText, 3, at);
}

const statusText = memory.data(3);
