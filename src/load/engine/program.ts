/** Runs the program of an operation: writes a request's bytes. A program is a row of instructions (layout.ts). */
import { allocate, copyLoose, randomBelow, writeBase64, writeDecimal, writePadded } from "./base";
import { keyCount } from "./keys/draw";
import {
  INSTRUCTION_A, INSTRUCTION_SIZE, INSTRUCTION_X, INSTRUCTION_Y, VALUE_DRAWN, WRITE_BEGIN, WRITE_END_BODY,
  WRITE_END_LINE, WRITE_END_RESP, WRITE_INT, WRITE_KEY, WRITE_KEY_BASE64, WRITE_SCAN_LINE, WRITE_SCAN_RESP,
  WRITE_SEQUENCE, WRITE_TEXT, WRITE_VALUE, WRITE_VALUE_BASE64, WRITE_VALUE_LENGTH,
} from "./layout";
import { drawValueSize, writeFiller, writeVerified } from "./values";

/** Room for what is put before a part whose length is known only behind it. */
const HEAD: usize = 64;

let prefix: usize = 0;
let prefixLength: u32 = 0;
let digits: u32 = 0;
let verified: bool = false;
let scratch: usize = 0;
let sequence: u64 = 0;
let sequenceStep: u64 = 1;

/** Returns where to put the prefix of all keys. */
export function initProgram(
  prefixBytes: u32, keyDigits: u32, verify: bool, largest: u32, ownThread: u32, threads: u32,
): usize {
  prefix = allocate(prefixBytes + keyDigits);
  prefixLength = prefixBytes;
  digits = keyDigits;
  verified = verify;
  scratch = allocate(largest);
  sequence = ownThread;
  sequenceStep = threads;
  return prefix;
}

/** The bytes of a key, until the next call. */
export function keyBytes(key: u64): usize {
  writePadded(prefix + prefixLength, key, digits);
  return prefix;
}

export function keyLength(): u32 {
  return prefixLength + digits;
}

/** Writes a request for `key` to `to`; returns the address behind it. */
export function runProgram(program: usize, length: u32, to: usize, key: u64, version: u32, scan: u32): usize {
  let size: u32 = VALUE_DRAWN;
  let part: usize = 0;
  for (const end = program + <usize>(length * INSTRUCTION_SIZE); program < end; program += INSTRUCTION_SIZE) {
    const a = load<u32>(program, INSTRUCTION_A);
    switch (load<u32>(program)) {
      case WRITE_TEXT: {
        const bytes = <u32>load<f64>(program, INSTRUCTION_X);
        copyLoose(to, a, bytes);
        to += bytes;
        break;
      }
      case WRITE_KEY:
        writePadded(to, key, digits);
        to += digits;
        break;
      case WRITE_KEY_BASE64:
        to = writeBase64(to, keyBytes(key), keyLength());
        break;
      case WRITE_VALUE_LENGTH:
        if (size == VALUE_DRAWN) size = drawValueSize();
        to = writeDecimal(to, size);
        break;
      case WRITE_VALUE: {
        if (a == VALUE_DRAWN && size == VALUE_DRAWN) size = drawValueSize();
        const bytes = a == VALUE_DRAWN ? size : a;
        writeValue(to, bytes, key, version);
        to += bytes;
        break;
      }
      case WRITE_VALUE_BASE64: {
        if (a == VALUE_DRAWN && size == VALUE_DRAWN) size = drawValueSize();
        const bytes = a == VALUE_DRAWN ? size : a;
        writeValue(scratch, bytes, key, version);
        to = writeBase64(to, scratch, bytes);
        break;
      }
      case WRITE_INT:
        to = writeInt(to, load<f64>(program, INSTRUCTION_X), load<f64>(program, INSTRUCTION_Y));
        break;
      case WRITE_SEQUENCE:
        to = writeDecimal(to, sequence);
        sequence += sequenceStep;
        break;
      case WRITE_BEGIN:
        part = to;
        to += HEAD;
        break;
      case WRITE_END_RESP:
      case WRITE_END_LINE:
      case WRITE_END_BODY:
        to = endPart(part, to, load<u32>(program));
        break;
      case WRITE_SCAN_RESP:
      case WRITE_SCAN_LINE:
        to = writeScan(to, key, scan, load<u32>(program) == WRITE_SCAN_RESP);
        break;
      default:
        unreachable();
    }
  }
  return to;
}

@inline
function writeValue(to: usize, bytes: u32, key: u64, version: u32): void {
  if (verified) writeVerified(to, bytes, key, version);
  else writeFiller(to, bytes, key, version);
}

function writeInt(to: usize, least: f64, most: f64): usize {
  const n = <i64>least + <i64>randomBelow(<u64>(most - least) + 1);
  if (n >= 0) return writeDecimal(to, <u64>n);
  store<u8>(to, 0x2d);
  return writeDecimal(to + 1, <u64>-n);
}

function endLine(at: usize): usize {
  store<u16>(at, 0x0a0d);
  return at + 2;
}

/** Puts the length of what lies behind the head's room before it, in the form that the protocol wants. */
function endPart(part: usize, end: usize, how: u32): usize {
  const bytes = <u32>(end - part - HEAD);
  let at = part;
  if (how == WRITE_END_RESP) {
    store<u8>(at++, 0x24);
    at = endLine(writeDecimal(at, bytes));
  } else if (how == WRITE_END_LINE) {
    store<u8>(at++, 0x20);
    at = endLine(writeDecimal(at, bytes));
  } else {
    // "Content-Length: "
    store<u64>(at, 0x2d746e65746e6f43);
    store<u64>(at, 0x203a6874676e654c, 8);
    at = endLine(endLine(writeDecimal(at + 16, bytes)));
  }
  memory.copy(at, part + HEAD, bytes);
  at += bytes;
  return how == WRITE_END_BODY ? at : endLine(at);
}

/** Keys `key` and those that follow it, as arguments or as words. */
function writeScan(to: usize, key: u64, scan: u32, resp: bool): usize {
  const bytes = keyLength();
  const all = keyCount();
  if (resp) {
    // *n $4 MGET
    store<u8>(to++, 0x2a);
    to = endLine(writeDecimal(to, scan + 1));
    store<u16>(to, 0x3424);
    to = endLine(to + 2);
    store<u32>(to, 0x5445474d);
    to = endLine(to + 4);
  }
  for (let i: u32 = 0; i < scan; i++) {
    const at = keyBytes((key + i) % all);
    if (resp) {
      store<u8>(to++, 0x24);
      to = endLine(writeDecimal(to, bytes));
    } else {
      store<u8>(to++, 0x20);
    }
    copyLoose(to, at, bytes);
    to += bytes;
    if (resp) to = endLine(to);
  }
  return to;
}
