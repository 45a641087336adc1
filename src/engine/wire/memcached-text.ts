/** Lines of memcached's text protocol: each becomes a frame, or several for a `get` of several keys. */
import { readCSigned, readCUnsigned, signed, unsigned } from "../base/c-number";
import {
  MC_AUTH, MC_DELETE, MC_DELTA as DELTA_COMMAND, MC_GAT, MC_GET, MC_REFUSED, MC_STORE, MC_TOUCH as TOUCH_COMMAND,
} from "../generated/commands";
import {
  MC_BAD_DELETE, MC_BAD_DELTA, MC_BAD_EXPTIME, MC_BAD_FORMAT, MC_END as END_TEXT, MC_ERROR, MC_NO_OPERATION,
  MC_TOO_LARGE, MC_UNAUTHENTICATED, MC_VERSION,
} from "../generated/texts";
import {
  CONN_ARGS_LEFT, CONN_AUTHENTICATED, CONN_BITS, CONN_BYTES_LEFT, CONN_FLAGS, CONN_TIME, FRAMED_ALL, FRAMED_BROKEN,
} from "../layout/connection";
import {
  MC_BITS, MC_CAS, MC_DELTA, MC_DELTA_OPTIONS, MC_DOWN, MC_END, MC_FLAGS, MC_GET_OPTIONS, MC_KEY_MAX, MC_MODE, MC_QUIET,
  MC_STORE_OPTIONS, MC_TIME, MC_TOUCH, MC_WITH_CAS, MODE_ADD, MODE_APPEND, MODE_CAS, MODE_PREPEND, MODE_REPLACE, MODE_SET,
} from "../layout/memcached";
import { addOptions, answer, beginKeyed, leaveToAcceptor, routeMemcached } from "./memcached-frame";
import { metaCommand } from "./memcached-meta";
import { tokenAt, tokenize, tokenLength, tokens, tokenWord } from "./memcached-tokens";
import { framer } from "./staging";

/** What a request that has arrived in part waits for (CONN_ARGS_LEFT). */
export const DATA: u32 = 1;
/** More keys of a `get`. */
export const KEYS: u32 = 2;
/** The end of bytes that nobody wants. */
export const SWALLOW: u32 = 3;
/** The connection's end, after an error. */
export const CLOSING: u32 = 4;

/** A store command's frame is complete but for its value, of that length. */
export const FRAMED_VALUE: u32 = 100;
export let valueLength: u32 = 0;

export function setValueLength(length: u32): void {
  valueLength = length;
}

const LENGTH_MAX: i64 = 0x7fffffff - 2;
/** What memcached counts of an item beside key and value. */
const ITEM_OVERHEAD: u32 = 48 + 8 + 1 + 2;
/** A password is not longer. */
const AUTH_MAX: u64 = 1024;
/** Longest line that the acceptor is asked about. */
const LOCAL_MAX: usize = 2048;

const NOREPLY: u64 = 0x796c7065726f6e;
const GET: u64 = 0x746567;
const GETS: u64 = 0x73746567;
const GAT: u64 = 0x746167;
const GATS: u64 = 0x73746167;
const BGET: u64 = 0x74656762;
const SET: u64 = 0x746573;
const ADD: u64 = 0x646461;
const REPLACE: u64 = 0x6563616c706572;
const APPEND: u64 = 0x646e65707061;
const PREPEND: u64 = 0x646e6570657270;
const CAS: u64 = 0x736163;
const DELETE: u64 = 0x6574656c6564;
const INCR: u64 = 0x72636e69;
const DECR: u64 = 0x72636564;
const TOUCH: u64 = 0x6863756f74;
const VERSION: u64 = 0x6e6f6973726576;

/** Frames the line from `at` to `end`, without its line end. Returns FRAMED_... */
export function frameLine(connection: usize, at: usize, end: usize): u32 {
  if ((load<u8>(connection, CONN_FLAGS) & CONN_AUTHENTICATED) == 0) return frameLogin(connection, at, end);
  // Most lines by far; its keys are not looked for twice.
  if (load<u32>(at) == 0x20746567) return beginKeys(connection, at + 4, end, 0, 0);
  tokenize(at, end);
  if (tokens == 0 || tokenLength(0) < 2) return answer(connection, MC_ERROR);
  const word = tokenWord(0);
  if (word == SET) return frameStore(connection, MODE_SET, 5);
  if (word == GET || word == BGET) return beginKeys(connection, tokenAt(0) + tokenLength(0), end, 0, 0);
  if (word == GETS) return beginKeys(connection, tokenAt(0) + 4, end, MC_WITH_CAS, 0);
  if (word == GAT) return frameGetAndTouch(connection, end, MC_TOUCH);
  if (word == GATS) return frameGetAndTouch(connection, end, MC_TOUCH | MC_WITH_CAS);
  if (word == ADD) return frameStore(connection, MODE_ADD, 5);
  if (word == REPLACE) return frameStore(connection, MODE_REPLACE, 5);
  if (word == APPEND) return frameStore(connection, MODE_APPEND, 5);
  if (word == PREPEND) return frameStore(connection, MODE_PREPEND, 5);
  if (word == CAS) return frameStore(connection, MODE_CAS, 6);
  if (word == DELETE) return frameDelete(connection);
  if (word == INCR) return frameDelta(connection, 0);
  if (word == DECR) return frameDelta(connection, MC_DOWN);
  if (word == TOUCH) return frameTouch(connection);
  if (word == VERSION) return answer(connection, MC_VERSION);
  if ((word & 0xff) == 0x6d && tokenLength(0) == 2) return frameMeta(connection, <u32>(word >> 8), end);
  return <usize>(end - at) <= LOCAL_MAX ? leaveToAcceptor(connection, at, <u32>(end - at)) : answer(connection, MC_ERROR);
}

function frameMeta(connection: usize, letter: u32, end: usize): u32 {
  return letter == 0x6e ? answer(connection, MC_NO_OPERATION) : metaCommand(connection, letter, end);
}

/** Answers, unless the client wants no reply. */
function answerUnless(connection: usize, quiet: bool, text: u32): u32 {
  return quiet ? FRAMED_ALL : answer(connection, text);
}

@inline
function endsQuietly(): bool {
  return tokenWord(tokens - 1) == NOREPLY;
}

function beginKeys(connection: usize, at: usize, end: usize, bits: u32, time: i32): u32 {
  store<u32>(connection, bits, CONN_BITS);
  store<i32>(connection, time, CONN_TIME);
  while (at < end && load<u8>(at) == 0x20) at++;
  if (at >= end) return answer(connection, (bits & MC_TOUCH) != 0 ? END_TEXT : MC_ERROR);
  return frameKeys(connection, at, end);
}

/** Where `frameKeys` has come to, when there was no room for more. */
export let keysAt: usize = 0;

/** Frames the keys from `at` to `end`, at least one. With CONN_ARGS_LEFT = KEYS afterwards it is to go on at `keysAt`. */
export function frameKeys(connection: usize, at: usize, end: usize): u32 {
  const bits = load<u32>(connection, CONN_BITS);
  const time = load<i32>(connection, CONN_TIME);
  store<u32>(connection, 0, CONN_ARGS_LEFT);
  if (end - at > MC_KEY_MAX && hasLongKey(at, end)) return answer(connection, MC_BAD_FORMAT);
  const f = framer();
  while (true) {
    const key = at;
    while (at < end && load<u8>(at) != 0x20) at++;
    const length = <u32>(at - key);
    while (at < end && load<u8>(at) == 0x20) at++;
    if (f.full != 0) {
      keysAt = key;
      store<u32>(connection, KEYS, CONN_ARGS_LEFT);
      return FRAMED_ALL;
    }
    const last = at >= end;
    beginKeyed(connection, (bits & MC_TOUCH) != 0 ? MC_GAT : MC_GET, key, length);
    const options = addOptions(connection, MC_GET_OPTIONS);
    store<u32>(options, last ? bits | MC_END : bits, MC_BITS);
    store<i32>(options, time, MC_TIME);
    const result = routeMemcached(connection);
    if (result != FRAMED_ALL) {
      // Clients are paused: the acceptor has the key, the others come after it.
      if (!last) {
        keysAt = at;
        store<u32>(connection, KEYS, CONN_ARGS_LEFT);
      }
      return result;
    }
    if (last) return FRAMED_ALL;
  }
}

function hasLongKey(at: usize, end: usize): bool {
  let length: u32 = 0;
  for (; at < end; at++) {
    length = load<u8>(at) == 0x20 ? 0 : length + 1;
    if (length > MC_KEY_MAX) return true;
  }
  return false;
}

function frameGetAndTouch(connection: usize, end: usize, bits: u32): u32 {
  if (tokens < 2) return answer(connection, MC_ERROR);
  if (!readCSigned(tokenAt(1), tokenLength(1))) return answer(connection, MC_BAD_EXPTIME);
  return beginKeys(connection, tokenAt(1) + tokenLength(1), end, bits, <i32>signed);
}

/** `words`: how many there are at the least; one more may be `noreply`. */
function frameStore(connection: usize, mode: u32, words: u32): u32 {
  if (tokens != words && tokens != words + 1) return answer(connection, MC_ERROR);
  const quiet = endsQuietly();
  const keyBytes = tokenLength(1);
  if (keyBytes > MC_KEY_MAX || !readCUnsigned(tokenAt(2), tokenLength(2))) {
    return answerUnless(connection, quiet, MC_BAD_FORMAT);
  }
  const flags = <u32>unsigned;
  if (!readCSigned(tokenAt(3), tokenLength(3))) return answerUnless(connection, quiet, MC_BAD_FORMAT);
  const time = <i32>signed;
  if (!readCSigned(tokenAt(4), tokenLength(4))) return answerUnless(connection, quiet, MC_BAD_FORMAT);
  const length = <i64><i32>signed;
  if (mode == MODE_CAS && !readCUnsigned(tokenAt(5), tokenLength(5))) {
    return answerUnless(connection, quiet, MC_BAD_FORMAT);
  }
  const cas = mode == MODE_CAS ? unsigned : 0;
  if (length < 0 || length > LENGTH_MAX) return answerUnless(connection, quiet, MC_BAD_FORMAT);
  if (isTooLarge(keyBytes, flags, <u32>length)) {
    return refuse(connection, tokenAt(1), keyBytes, mode, quiet ? MC_QUIET : 0, <u32>length + 2);
  }
  beginKeyed(connection, MC_STORE, tokenAt(1), keyBytes);
  const options = addOptions(connection, MC_STORE_OPTIONS);
  store<u32>(options, quiet ? MC_QUIET : 0, MC_BITS);
  store<u32>(options, flags, MC_FLAGS);
  store<i32>(options, time, MC_TIME);
  store<u32>(options, mode, MC_MODE);
  store<u64>(options, cas, MC_CAS);
  store<u32>(connection, quiet ? MC_QUIET : 0, CONN_BITS);
  valueLength = <u32>length;
  return FRAMED_VALUE;
}

export function isTooLarge(keyBytes: u32, flags: u32, length: u32): bool {
  return <u64>length + keyBytes + ITEM_OVERHEAD + (flags != 0 ? 4 : 0) > <u64>framer().memcachedItemMax;
}

/** Refuses a value that is too large: its `bytes` are passed over, and a key that was to be set to it goes. */
export function refuse(connection: usize, key: usize, keyBytes: u32, mode: u32, bits: u32, bytes: u32): u32 {
  beginKeyed(connection, MC_REFUSED, key, keyBytes);
  const options = addOptions(connection, MC_STORE_OPTIONS);
  store<u32>(options, bits, MC_BITS);
  store<u32>(options, mode, MC_MODE);
  swallow(connection, bytes);
  return routeMemcached(connection);
}

export function swallow(connection: usize, bytes: u32): void {
  if (bytes == 0) return;
  store<u32>(connection, SWALLOW, CONN_ARGS_LEFT);
  store<u32>(connection, bytes, CONN_BYTES_LEFT);
}

const ZERO: u64 = 0x30;

function frameDelete(connection: usize): u32 {
  if (tokens < 2 || tokens > 4) return answer(connection, MC_ERROR);
  let quiet = false;
  if (tokens > 2) {
    // A time is allowed for old clients' sake, if it is 0.
    const zero = tokenWord(2) == ZERO;
    quiet = endsQuietly();
    if (!(tokens == 3 && (zero || quiet)) && !(tokens == 4 && zero && quiet)) {
      return answerUnless(connection, quiet, MC_BAD_DELETE);
    }
  }
  if (tokenLength(1) > MC_KEY_MAX) return answerUnless(connection, quiet, MC_BAD_FORMAT);
  beginKeyed(connection, MC_DELETE, tokenAt(1), tokenLength(1));
  store<u32>(addOptions(connection, MC_GET_OPTIONS), quiet ? MC_QUIET : 0, MC_BITS);
  return routeMemcached(connection);
}

function frameDelta(connection: usize, bits: u32): u32 {
  if (tokens != 3 && tokens != 4) return answer(connection, MC_ERROR);
  const quiet = endsQuietly();
  if (tokenLength(1) > MC_KEY_MAX) return answerUnless(connection, quiet, MC_BAD_FORMAT);
  if (!readCUnsigned(tokenAt(2), tokenLength(2))) return answerUnless(connection, quiet, MC_BAD_DELTA);
  beginKeyed(connection, DELTA_COMMAND, tokenAt(1), tokenLength(1));
  const options = addOptions(connection, MC_DELTA_OPTIONS);
  store<u32>(options, quiet ? bits | MC_QUIET : bits, MC_BITS);
  store<u64>(options, unsigned, MC_DELTA);
  return routeMemcached(connection);
}

function frameTouch(connection: usize): u32 {
  if (tokens != 3 && tokens != 4) return answer(connection, MC_ERROR);
  const quiet = endsQuietly();
  if (tokenLength(1) > MC_KEY_MAX) return answerUnless(connection, quiet, MC_BAD_FORMAT);
  if (!readCSigned(tokenAt(2), tokenLength(2))) return answerUnless(connection, quiet, MC_BAD_EXPTIME);
  beginKeyed(connection, TOUCH_COMMAND, tokenAt(1), tokenLength(1));
  const options = addOptions(connection, MC_GET_OPTIONS);
  store<u32>(options, quiet ? MC_QUIET : 0, MC_BITS);
  store<i32>(options, <i32>signed, MC_TIME);
  return routeMemcached(connection);
}

/** Before a client has been let in, it can only send its name and password, as the value of any key. */
function frameLogin(connection: usize, at: usize, end: usize): u32 {
  tokenize(at, end);
  if (tokens < 5 || tokenWord(0) != SET || !readCUnsigned(tokenAt(4), tokenLength(4))) {
    return answer(connection, MC_UNAUTHENTICATED);
  }
  if (unsigned > AUTH_MAX) return FRAMED_BROKEN;
  beginKeyed(connection, MC_AUTH, tokenAt(1), min<u32>(tokenLength(1), MC_KEY_MAX));
  addOptions(connection, MC_GET_OPTIONS);
  store<u32>(connection, 0, CONN_BITS);
  valueLength = <u32>unsigned;
  return FRAMED_VALUE;
}

/** The line's last word loses the carriage return that stood before its line end. */
export function trimLine(at: usize, newline: usize): usize {
  return newline - at > 1 && load<u8>(newline - 1) == 0x0d ? newline - 1 : newline;
}
