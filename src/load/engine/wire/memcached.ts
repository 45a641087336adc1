/** Replies of memcached's text protocol, with the meta commands (memcached's doc/protocol.txt). */
import { parseDecimal, parsedTo } from "../base";
import { Connection } from "../connection";
import { DONE, ERROR, MISS } from "../settle";
import { after, lineAt, lineLength, takeLine } from "./line";
import { breakOff, endReply } from "./reply";
import { beginValue, feedValue } from "./value";

/** Modes: a line; a value after which lines go on; a value that ends the reply (meta). */
const LINE: u32 = 0;
const VALUE: u32 = 1;
const LAST_VALUE: u32 = 2;

export function readMemcached(c: Connection, at: usize, end: usize): void {
  while (at < end && c.events == 0) {
    if (c.mode != LINE) {
      at = passValue(c, at, end);
      continue;
    }
    if (!takeLine(c, at, end)) return;
    at = after;
    onLine(c, lineAt, lineLength, at);
  }
}

function passValue(c: Connection, at: usize, end: usize): usize {
  const bytes = min<u64>(c.left, <u64>(end - at));
  if (c.isChecked && c.left > 2) feedValue(c, at, <u32>min<u64>(bytes, c.left - 2));
  c.left -= bytes;
  at += <usize>bytes;
  if (c.left != 0) return at;
  if (load<u8>(at - 1) != 0x0a) {
    breakOff(c, 0, 0);
    return at;
  }
  const isLast = c.mode == LAST_VALUE;
  c.mode = LINE;
  if (isLast) endReply(c, DONE, 0, 0, at);
  return at;
}

/** Whether a line begins with a word (of ASCII letters). */
function begins(line: usize, length: u32, word: string): bool {
  const letters: u32 = word.length;
  if (length < letters) return false;
  const at = changetype<usize>(word);
  for (let i: u32 = 0; i < letters; i++) {
    if (load<u8>(line + i) != load<u8>(at + (<usize>i << 1))) return false;
  }
  return true;
}

@inline
function isLine(line: usize, length: u32, word: string): bool {
  return length == <u32>word.length && begins(line, length, word);
}

function onLine(c: Connection, line: usize, length: u32, at: usize): void {
  if (begins(line, length, "VALUE ")) {
    // key flags bytes [cas]
    c.found++;
    beginData(c, line, length, 2, VALUE);
  } else if (begins(line, length, "VA ")) {
    // bytes flags*
    beginData(c, line, length, 0, LAST_VALUE);
  } else if (!isReply(line, length)) {
    breakOff(c, line, min<u32>(length, 64));
  } else if (!begins(line, length, "STAT ") && !begins(line, length, "ITEM ")) {
    const outcome = outcomeOf(c, line, length);
    c.found = 0;
    endReply(c, outcome, line, length, at);
  }
}

/** Whether the line's first word is of capitals, as those of all replies, or a number. */
function isReply(line: usize, length: u32): bool {
  let i: u32 = 0;
  for (; i < length; i++) {
    const byte: u32 = load<u8>(line + i);
    if (byte - 0x41 < 26 || byte - 0x30 < 10 || byte == 0x5f) continue;
    return i != 0 && byte == 0x20;
  }
  return i != 0;
}

function outcomeOf(c: Connection, line: usize, length: u32): u32 {
  if (isLine(line, length, "STORED") || isLine(line, length, "HD")) return DONE;
  if (isLine(line, length, "END")) return c.found == 0 ? MISS : DONE;
  if (isLine(line, length, "EN") || isLine(line, length, "NF") || isLine(line, length, "NOT_FOUND")) return MISS;
  const isError =
    isLine(line, length, "ERROR") || begins(line, length, "ERROR ") || begins(line, length, "CLIENT_ERROR") || begins(line, length, "SERVER_ERROR");
  return isError ? ERROR : DONE;
}

/** Reads the length, which comes after so many other words, and gets ready for the bytes. */
function beginData(c: Connection, line: usize, length: u32, words: u32, mode: u32): void {
  const end = line + length;
  let at = line;
  while (at < end && load<u8>(at) != 0x20) at++;
  at++;
  for (; words != 0 && at < end; words--) {
    while (at < end && load<u8>(at) != 0x20) at++;
    at++;
  }
  const bytes = parseDecimal(min(at, end), end);
  if (parsedTo <= at || bytes < 0 || (parsedTo < end && load<u8>(parsedTo) != 0x20)) {
    breakOff(c, line, min<u32>(length, 64));
    return;
  }
  beginValue(c, bytes);
  c.left = bytes + 2;
  c.mode = mode;
}
