/** Lines of memcached's meta commands: mg, ms, md, ma, me. Their flags are read here; replies repeat them in order. */
import { decodeBase64 } from "../base/base64";
import { readCSigned, readCUnsigned, signed, unsigned } from "../base/c-number";
import {
  MC_META_CHANGE, MC_META_DEBUG, MC_META_DELETE, MC_META_DELTA, MC_META_GET, MC_META_STORE,
} from "../generated/commands";
import * as Text from "../generated/texts";
import { CONN_BITS } from "../layout/connection";
import {
  MC_BASE64, MC_BITS, MC_CAS, MC_COMPARE, MC_DELTA, MC_DOWN, MC_EMPTY, MC_FLAGS, MC_GIVE_CAS, MC_INITIAL, MC_INVALIDATE,
  MC_KEY_MAX, MC_MAKE, MC_MAKE_TIME, MC_META, MC_META_OPTIONS, MC_MODE, MC_NEEDS_EXTENSION, MC_NEW_CAS, MC_PEEK, MC_QUIET,
  MC_RECACHE, MC_RECACHE_TIME, MC_TIME, MC_TOUCH, MC_WITH_VALUE, MODE_ADD, MODE_APPEND, MODE_CAS, MODE_PREPEND,
  MODE_REPLACE, MODE_SET,
} from "../layout/memcached";
import { addOptions, answer, beginKeyed, countArgument, routeMemcached } from "./memcached-frame";
import { FRAMED_VALUE, isTooLarge, refuse, setValueLength, swallow } from "./memcached-text";
import { setTokenLength, tokenAt, tokenLength, tokens } from "./memcached-tokens";
import { writeArgument } from "./request";

/** Most words of a line. */
const WORDS_MAX: u32 = 19;
/** Longest text of flags that is taken; a flag may be followed by letters that mean nothing. */
const FLAGS_TEXT_MAX: usize = 2048;
const OPAQUE_MAX: u32 = 32;

const G: u32 = 0x67;
const S: u32 = 0x73;
const D: u32 = 0x64;
const A: u32 = 0x61;
const E: u32 = 0x65;

// What the flags of the line being read have said.
let bits: u32 = 0;
let failure: u32 = 0;
let mode: u32 = 0;
let flags: u32 = 0;
let time: i32 = 0;
let makeTime: i32 = 0;
let recacheTime: i32 = 0;
let cas: u64 = 0;
let givenCas: u64 = 0;
let delta: u64 = 0;
let initial: u64 = 0;

export function metaCommand(connection: usize, letter: u32, end: usize): u32 {
  if (letter != G && letter != S && letter != D && letter != A && letter != E) return answer(connection, Text.MC_ERROR);
  if (letter == E) return metaDebug(connection);
  if (tokens < 2) return answer(connection, Text.MC_ERROR);
  if (tokenLength(1) > MC_KEY_MAX) return answer(connection, Text.MC_BAD_FORMAT);
  const first: u32 = letter == S ? 3 : 2;
  if (letter == S && tokens == 2) return answer(connection, Text.MC_BAD_FORMAT);
  const tooMany = tokens > WORDS_MAX || (tokens > first && end - tokenAt(first) > FLAGS_TEXT_MAX);
  if (tooMany) {
    return answer(connection, letter == G ? Text.MC_TOO_MANY_FLAGS : Text.MC_TOO_MANY_FLAGS_CHANGE);
  }
  if (letter == S) return metaStore(connection, end);
  readFlags(2);
  if (failure != 0) {
    const own = letter == G || failure == Text.MC_BAD_OPAQUE;
    return answer(connection, own ? failure : Text.MC_INVALID_OR_DUPLICATE_FLAG);
  }
  if (letter == G) {
    const changes = (bits & (MC_TOUCH | MC_MAKE | MC_RECACHE)) != 0;
    begin(connection, changes ? MC_META_CHANGE : MC_META_GET, 2, end);
    return routeMemcached(connection);
  }
  if (letter == A && !readDeltaMode()) return answer(connection, Text.MC_BAD_DELTA_MODE);
  begin(connection, letter == D ? MC_META_DELETE : MC_META_DELTA, 2, end);
  return routeMemcached(connection);
}

/** Begins the frame of the command whose flags have been read. */
function begin(connection: usize, command: u32, first: u32, end: usize): void {
  beginKeyed(connection, command, tokenAt(1), tokenLength(1));
  const options = addOptions(connection, MC_META_OPTIONS);
  store<u32>(options, bits, MC_BITS);
  store<u32>(options, flags, MC_FLAGS);
  store<i32>(options, time, MC_TIME);
  store<u32>(options, mode, MC_MODE);
  store<u64>(options, cas, MC_CAS);
  store<u64>(options, delta, MC_DELTA);
  store<u64>(options, initial, MC_INITIAL);
  store<u64>(options, givenCas, MC_NEW_CAS);
  store<i32>(options, makeTime, MC_MAKE_TIME);
  store<i32>(options, recacheTime, MC_RECACHE_TIME);
  if (tokens > first) writeArgument(tokenAt(first), <u32>(end - tokenAt(first)));
  else writeArgument(0, 0);
  countArgument(connection);
}

function metaStore(connection: usize, end: usize): u32 {
  if (!readCSigned(tokenAt(2), tokenLength(2))) return answer(connection, Text.MC_BAD_FORMAT);
  const length = <i32>signed;
  if (length < 0 || length > 0x7ffffffd) return answer(connection, Text.MC_BAD_FORMAT);
  readFlags(3);
  if (failure == 0 && !readStoreMode()) failure = Text.MC_BAD_STORE_MODE;
  if (failure != 0) {
    swallow(connection, <u32>length + 2);
    return answer(connection, failure);
  }
  if ((bits & MC_COMPARE) != 0 && (mode == MODE_SET || mode == MODE_REPLACE)) mode = MODE_CAS;
  if (isTooLarge(tokenLength(1), flags, <u32>length)) {
    // A key that was to be set, in whatever way, goes.
    return refuse(connection, tokenAt(1), tokenLength(1), MODE_SET, 0, <u32>length + 2);
  }
  begin(connection, MC_META_STORE, 3, end);
  store<u32>(connection, MC_META, CONN_BITS);
  setValueLength(<u32>length);
  return FRAMED_VALUE;
}

function metaDebug(connection: usize): u32 {
  if (tokens < 2 || tokenLength(1) > MC_KEY_MAX) return answer(connection, Text.MC_BAD_FORMAT);
  bits = 0;
  if (tokens >= 3 && tokenLength(2) == 1 && load<u8>(tokenAt(2)) == 0x62) {
    const length = decodeBase64(tokenAt(1), tokenLength(1));
    if (length == 0) return answer(connection, Text.MC_BAD_FORMAT);
    setTokenLength(1, length);
    bits = MC_BASE64;
  }
  beginKeyed(connection, MC_META_DEBUG, tokenAt(1), tokenLength(1));
  store<u32>(addOptions(connection, MC_META_OPTIONS), bits, MC_BITS);
  return routeMemcached(connection);
}

/** Reads the flags from word `first` on; `failure` is the text of what is wrong, 0 if nothing is. */
function readFlags(first: u32): void {
  bits = 0;
  failure = 0;
  mode = 0;
  flags = 0;
  time = 0;
  makeTime = 0;
  recacheTime = 0;
  cas = 0;
  givenCas = 0;
  delta = 1;
  initial = 0;
  let opaqueTooLong = false;
  let seenLow: u64 = 0;
  let seenHigh: u64 = 0;
  for (let i = first; i < tokens; i++) {
    const letter: u32 = load<u8>(tokenAt(i));
    const bit = (<u64>1) << (<u64>letter & 63);
    if (letter >= 127 || ((letter < 64 ? seenLow : seenHigh) & bit) != 0) {
      failure = Text.MC_DUPLICATE_FLAG;
      return;
    }
    if (letter < 64) seenLow |= bit;
    else seenHigh |= bit;
    if (!readFlag(letter, i)) {
      failure = Text.MC_INVALID_FLAG;
      return;
    }
    if (letter == 0x4f && tokenLength(i) > OPAQUE_MAX) opaqueTooLong = true;
  }
  if (failure == 0 && opaqueTooLong) failure = Text.MC_BAD_OPAQUE;
}

/** Reads one flag; false when there is none of that letter. */
function readFlag(letter: u32, i: u32): bool {
  const at = tokenAt(i) + 1;
  const length = tokenLength(i) - 1;
  switch (letter) {
    case 0x62: decodeKey(); break; // b
    case 0x4e: makeTime = readTime(at, length, MC_MAKE); break; // N
    case 0x54: time = readTime(at, length, MC_TOUCH); break; // T
    case 0x52: recacheTime = readTime(at, length, MC_RECACHE); break; // R
    case 0x63: // c
    case 0x68: bits |= MC_NEEDS_EXTENSION; break; // h
    case 0x6c: // l
    case 0x4f: // O
    case 0x50: // P
    case 0x4c: // L
    case 0x6b: // k
    case 0x73: // s
    case 0x74: // t
    case 0x66: break; // f
    case 0x76: bits |= MC_WITH_VALUE; break; // v
    case 0x75: bits |= MC_PEEK; break; // u
    case 0x71: bits |= MC_QUIET; break; // q
    case 0x78: bits |= MC_EMPTY; break; // x
    case 0x49: bits |= MC_INVALIDATE; break; // I
    case 0x46: // F
      flags = <u32>readNumber(at, length, Text.MC_BAD_FORMAT);
      break;
    case 0x43: // C
      cas = readNumber(at, length, Text.MC_BAD_TOKEN);
      bits |= MC_COMPARE;
      break;
    case 0x45: // E
      givenCas = readNumber(at, length, Text.MC_BAD_TOKEN);
      bits |= MC_GIVE_CAS;
      break;
    case 0x4a: initial = readNumber(at, length, Text.MC_BAD_INITIAL); break; // J
    case 0x44: delta = readNumber(at, length, Text.MC_BAD_META_DELTA); break; // D
    case 0x4d: // M
      if (length != 1) failure = Text.MC_BAD_MODE_LENGTH;
      else mode = load<u8>(at);
      break;
    default: return false;
  }
  return true;
}

function decodeKey(): void {
  const length = decodeBase64(tokenAt(1), tokenLength(1));
  if (length == 0) failure = Text.MC_BAD_KEY;
  setTokenLength(1, length);
  bits |= MC_BASE64;
}

function readTime(at: usize, length: u32, bit: u32): i32 {
  bits |= bit;
  if (readCSigned(at, length)) return <i32>signed;
  failure = Text.MC_BAD_TOKEN;
  return 0;
}

function readNumber(at: usize, length: u32, wrong: u32): u64 {
  if (readCUnsigned(at, length)) return unsigned;
  failure = wrong;
  return 0;
}

/** From the letter of M to MODE_...; false when there is none of that letter. */
function readStoreMode(): bool {
  switch (mode) {
    case 0: mode = MODE_SET; return true;
    case 0x53: mode = MODE_SET; return true; // S
    case 0x45: mode = MODE_ADD; return true; // E
    case 0x41: mode = MODE_APPEND; return true; // A
    case 0x50: mode = MODE_PREPEND; return true; // P
    case 0x52: mode = MODE_REPLACE; return true; // R
    default: return false;
  }
}

function readDeltaMode(): bool {
  switch (mode) {
    case 0:
    case 0x49: // I
    case 0x2b: return true; // +
    case 0x44: // D
    case 0x2d: // -
      bits |= MC_DOWN;
      return true;
    default: return false;
  }
}
