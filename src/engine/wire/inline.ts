/** Inline requests: a line of words, quoted as in Redis's sdssplitargs. */
import { COMMAND_ID } from "../layout/command";
import { BROKEN_QUOTES, BROKEN_TOO_LARGE, CONN_ARGC, CONN_COMMAND } from "../layout/connection";
import { findCommand } from "./commands";
import { argumentRoom, beginRequest, moveWrite, writeAt } from "./request";
import { framer } from "./staging";

export const INLINE_UNFINISHED: usize = 0;
export const INLINE_BROKEN: usize = 1;

let line: usize = 0;
let lineEnd: usize = 0;

/** Frames the line at `at`; returns where the next request begins, or INLINE_... An empty line leaves argc 0. */
export function frameInline(connection: usize, at: usize, end: usize): usize {
  let newline = at;
  while (newline < end && load<u8>(newline) != 0x0a) newline++;
  if (newline == end) return INLINE_UNFINISHED;
  line = at;
  lineEnd = newline;
  if (lineEnd > line && load<u8>(lineEnd - 1) == 0x0d) lineEnd--;
  store<u32>(connection, 0, CONN_ARGC);
  store<u16>(connection, 0, CONN_COMMAND);
  let words: u32 = 0;
  while (true) {
    while (line < lineEnd && isSpace(load<u8>(line))) line++;
    if (line >= lineEnd) break;
    if (words == 0) beginRequest();
    if (!argumentRoom(connection, <u32>(lineEnd - line))) return broken(BROKEN_TOO_LARGE);
    const start = writeAt;
    if (!readWord(start + 4)) return broken(BROKEN_QUOTES);
    const length = <u32>(writeAt - start - 4);
    store<u32>(start, length);
    moveWrite((writeAt + 3) & ~3);
    if (words == 0) {
      const entry = findCommand(start + 4, length);
      if (entry != 0) {
        store<u16>(connection, load<u16>(entry, COMMAND_ID), CONN_COMMAND);
        moveWrite(start);
      }
    }
    words++;
  }
  store<u32>(connection, words, CONN_ARGC);
  return newline + 1;
}

function broken(reason: u32): usize {
  framer().brokenReason = reason;
  return INLINE_BROKEN;
}

@inline
function isSpace(c: u32): bool {
  return c == 0x20 || (c >= 9 && c <= 13) || c == 0;
}

/** Copies one word, without its quotes and escapes, to `to`; false when its quotes don't match. */
function readWord(to: usize): bool {
  while (line < lineEnd) {
    const c: u32 = load<u8>(line);
    if (isSpace(c)) break;
    line++;
    if (c == 0x22) {
      to = readDoubleQuoted(to);
      if (to == 0) return false;
      break;
    }
    if (c == 0x27) {
      to = readSingleQuoted(to);
      if (to == 0) return false;
      break;
    }
    store<u8>(to++, c);
  }
  moveWrite(to);
  return true;
}

/** The closing quote must end the word. */
@inline
function endsWord(): bool {
  return line >= lineEnd || isSpace(load<u8>(line));
}

function readDoubleQuoted(to: usize): usize {
  while (line < lineEnd) {
    let c: u32 = load<u8>(line++);
    if (c == 0x22) return endsWord() ? to : 0;
    if (c == 0x5c && line < lineEnd) {
      c = load<u8>(line++);
      if (c == 0x78 && line + 1 < lineEnd && hex(load<u8>(line)) < 16 && hex(load<u8>(line, 1)) < 16) {
        c = (hex(load<u8>(line)) << 4) | hex(load<u8>(line, 1));
        line += 2;
      } else if (c == 0x6e) c = 0x0a;
      else if (c == 0x72) c = 0x0d;
      else if (c == 0x74) c = 0x09;
      else if (c == 0x62) c = 0x08;
      else if (c == 0x61) c = 0x07;
    }
    store<u8>(to++, c);
  }
  return 0;
}

function readSingleQuoted(to: usize): usize {
  while (line < lineEnd) {
    let c: u32 = load<u8>(line++);
    if (c == 0x27) return endsWord() ? to : 0;
    if (c == 0x5c && line < lineEnd && load<u8>(line) == 0x27) {
      line++;
      c = 0x27;
    }
    store<u8>(to++, c);
  }
  return 0;
}

function hex(c: u32): u32 {
  if (c - 0x30 < 10) return c - 0x30;
  c |= 0x20;
  return c - 0x61 < 6 ? c - 0x57 : 16;
}
