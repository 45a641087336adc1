/**
 * Replies in RESP2 and RESP3 (redis.io/docs/reference/protocol-spec), passed over element by element; only what tells how
 * a request has turned out is looked at.
 */
import { parseDecimal, parsedTo } from "../base";
import { Connection } from "../connection";
import { isVerified } from "../run";
import { DONE, ERROR, MISS } from "../settle";
import { after, keep, lineAt, lineLength, takeLine } from "./line";
import { breakOff, endReply } from "./reply";
import { beginValue, feedValue } from "./value";

/** Modes: a line comes next, or the bytes of a string and its line end. */
const LINE: u32 = 0;
const BYTES: u32 = 1;

const LONG_ERROR: u32 = 0x21;
const ATTRIBUTES: u32 = 0x7c;
const PUSH: u32 = 0x3e;
const MAP: u32 = 0x25;
/** Bytes or elements; what says that it has more is no reply of a server that works. */
const COUNT_MOST: i64 = 0xffffffff;

export function readResp(c: Connection, at: usize, end: usize): void {
  while (at < end && c.events == 0) {
    if (c.mode == BYTES) {
      at = passBytes(c, at, end);
      continue;
    }
    if (c.elements == 0 && c.lineLength == 0 && !isVerified) {
      const next = endOfWhole(at, end);
      if (next != 0) {
        endReply(c, DONE, 0, 0, next);
        at = next;
        continue;
      }
    }
    if (!takeLine(c, at, end)) return;
    at = after;
    onLine(c, lineAt, lineLength, at);
  }
}

/** "+OK" and CR LF. */
const OK_LINE: u64 = 0x0a0d4b4f2b;
const OK_MASK: u64 = 0xffffffffff;

/**
 * The end of the most frequent replies when they are here as a whole: `+OK`, and strings. 0 of anything else, which is
 * then read line by line. Looks at bytes behind `end`, which are there (SLACK), but believes none of them.
 */
@inline
function endOfWhole(at: usize, end: usize): usize {
  if ((load<u64>(at) & OK_MASK) == OK_LINE) return at + 5 <= end ? at + 5 : 0;
  if (load<u8>(at) != 0x24) return 0;
  let digit: u32 = <u32>load<u8>(at, 1) - 0x30;
  if (digit > 9) return 0;
  let bytes = digit;
  at += 2;
  // Seven digits in all.
  for (const last = at + 6; at < last; at++) {
    digit = <u32>load<u8>(at) - 0x30;
    if (digit > 9) break;
    bytes = bytes * 10 + digit;
  }
  if (load<u16>(at) != 0x0a0d) return 0;
  const next = at + bytes + 4;
  return next <= end && load<u16>(next - 2) == 0x0a0d ? next : 0;
}

function passBytes(c: Connection, at: usize, end: usize): usize {
  const bytes = min<u64>(c.left, <u64>(end - at));
  if (c.left > 2) {
    const content = <u32>min<u64>(bytes, c.left - 2);
    if (c.isChecked) feedValue(c, at, content);
    // A long error's text.
    else if (c.first == LONG_ERROR) keep(c, at, at + content);
  }
  c.left -= bytes;
  at += <usize>bytes;
  if (c.left != 0) return at;
  if (load<u8>(at - 1) != 0x0a) {
    breakOff(c, 0, 0);
    return at;
  }
  c.mode = LINE;
  const kept = c.lineLength;
  c.lineLength = 0;
  endElement(c, DONE, c.line, kept, at);
  return at;
}

function onLine(c: Connection, line: usize, length: u32, at: usize): void {
  const type: u32 = length == 0 ? 0 : load<u8>(line);
  const isTop = c.elements == 0;
  if (isTop) {
    c.elements = 1;
    c.first = type;
  }
  switch (type) {
    case 0x2b: // + simple string
    case 0x3a: // : integer
    case 0x2c: // , double
    case 0x23: // # boolean
    case 0x28: // ( big number
      endElement(c, DONE, 0, 0, at);
      break;
    case 0x2d: // - error
      endElement(c, isTop ? ERROR : DONE, line + 1, length - 1, at);
      break;
    case 0x5f: // _ null
      endElement(c, isTop ? MISS : DONE, 0, 0, at);
      break;
    case 0x24: // $ string
    case 0x3d: // = verbatim string
    case 0x21: // ! long error
      beginString(c, line, length, at, isTop);
      break;
    case 0x2a: // * array
    case 0x7e: // ~ set
    case 0x3e: // > push
    case 0x25: // % map
    case 0x7c: // | attributes, which come before what they belong to
      beginElements(c, type, line, length, at, isTop);
      break;
    default:
      breakOff(c, line, min<u32>(length, 64));
  }
}

/** The number behind the type, -1 for none; anything else there breaks the connection off. */
let count: i64 = 0;
function readCount(c: Connection, line: usize, length: u32): bool {
  count = parseDecimal(line + 1, line + length);
  if (parsedTo != line + 1 && parsedTo == line + length && count >= -1 && count <= COUNT_MOST) return true;
  breakOff(c, line, min<u32>(length, 64));
  return false;
}

function beginString(c: Connection, line: usize, length: u32, at: usize, isTop: bool): void {
  if (!readCount(c, line, length)) return;
  if (count < 0) {
    endElement(c, isTop ? MISS : DONE, 0, 0, at);
    return;
  }
  if (isTop && c.first != LONG_ERROR) beginValue(c, count);
  c.left = count + 2;
  c.mode = BYTES;
}

function beginElements(c: Connection, type: u32, line: usize, length: u32, at: usize, isTop: bool): void {
  if (!readCount(c, line, length)) return;
  if (count < 0) {
    endElement(c, isTop ? MISS : DONE, 0, 0, at);
    return;
  }
  c.elements += type == MAP || type == ATTRIBUTES ? count * 2 : count;
  // Attributes inside of a reply are no element of it: what they belong to follows.
  if (type == ATTRIBUTES && !isTop) return;
  endElement(c, DONE, 0, 0, at);
}

/** An element is over; with the last one, so is the reply. A push is none, nor are the attributes before a reply. */
function endElement(c: Connection, outcome: u32, text: usize, length: u32, at: usize): void {
  if (--c.elements != 0) return;
  if (c.first == PUSH || c.first == ATTRIBUTES) return;
  if (c.first == LONG_ERROR) outcome = ERROR;
  endReply(c, outcome, text, length, at);
}
