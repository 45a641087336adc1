/** BITFIELD and BITFIELD_RO: integers of 1 to 64 bits anywhere in a string. */
import { NOTE_SETBIT } from "../../layout/note";
import { FAIL, GET, INCRBY, OVERFLOW, SAT, SET, wordOf, WRAP } from "../../base/words";
import { readSigned, value } from "../../base/decimal";
import { integerValue, readInteger } from "../../command/arguments";
import { argc, argData, argLength, command, firstArg, nextArg } from "../../command/context";
import { error, syntaxError, wrongType } from "../../command/errors";
import { findKey, readKey } from "../../command/key";
import { BITFIELD_RO } from "../../generated/commands";
import { BITFIELD_OVERFLOW, BITFIELD_RO as BITFIELD_RO_ONLY_GET, BITFIELD_TYPE } from "../../generated/texts";
import { countChange } from "../../keyspace/keys";
import { noteKey } from "../../notify";
import { array, integer, nil } from "../../wire/resp";
import { lengthen } from "../string/edit";
import { isString, stringData, stringLength } from "../string/value";
import { bitOffset, readBitOffset } from "./bit";

/** The operation that `readOperation` read. */
let operation: u64 = 0;
let signed: bool = false;
let bits: u32 = 0;
let at: i64 = 0;
let operand: i64 = 0;
/** How the operations behind the last OVERFLOW treat overflow. */
let mode: u64 = WRAP;
let changed: bool = false;

/** The first argument behind the operation; 0 after an error, which has been sent. */
function readOperation(arg: usize, left: u32): usize {
  operation = wordOf(arg);
  const needed: u32 = operation == GET ? 3 : operation == SET || operation == INCRBY ? 4 : operation == OVERFLOW ? 2 : 0;
  if (needed == 0 || left < needed) {
    syntaxError();
    return 0;
  }
  arg = nextArg(arg);
  if (operation == OVERFLOW) {
    mode = wordOf(arg);
    if (mode != WRAP && mode != SAT && mode != FAIL) {
      error(BITFIELD_OVERFLOW);
      return 0;
    }
    return nextArg(arg);
  }
  if (!readType(arg)) return 0;
  arg = nextArg(arg);
  if (!readBitOffset(arg, bits)) return 0;
  at = bitOffset;
  arg = nextArg(arg);
  if (operation == GET) return arg;
  if (!readInteger(arg)) return 0;
  operand = integerValue;
  return nextArg(arg);
}

function readType(arg: usize): bool {
  const data = argData(arg);
  const length = argLength(arg);
  const mark: u32 = length == 0 ? 0 : load<u8>(data);
  signed = mark == 0x69;
  if ((signed || mark == 0x75) && readSigned(data + 1, length - 1) && value >= 1 && value <= (signed ? 64 : 63)) {
    bits = <u32>value;
    return true;
  }
  error(BITFIELD_TYPE);
  return false;
}

export function bitfield(): void {
  // First all is read: a mistake anywhere leaves the string as it is.
  let operations: u32 = 0;
  let writes = false;
  let highest: i64 = 0;
  let left = argc - 1;
  let arg = nextArg(firstArg);
  mode = WRAP;
  while (left != 0) {
    const next = readOperation(arg, left);
    if (next == 0) return;
    left -= operation == GET ? 3 : operation == OVERFLOW ? 2 : 4;
    arg = next;
    if (operation == OVERFLOW) continue;
    operations++;
    if (operation == GET) continue;
    writes = true;
    highest = max<i64>(highest, at + bits - 1);
  }
  if (writes && command == BITFIELD_RO) {
    error(BITFIELD_RO_ONLY_GET);
    return;
  }
  let item = writes ? findKey() : readKey();
  if (item != 0 && !isString(item)) {
    wrongType();
    return;
  }
  const before = item == 0 ? 0 : stringLength(item);
  if (writes) {
    item = lengthen(item, <u32>(highest >> 3) + 1);
    if (item == 0) return;
  }
  const length = item == 0 ? 0 : stringLength(item);
  const data = item == 0 ? 0 : stringData(item);
  changed = false;
  array(operations);
  left = argc - 1;
  arg = nextArg(firstArg);
  mode = WRAP;
  while (left != 0) {
    arg = readOperation(arg, left);
    left -= operation == GET ? 3 : operation == OVERFLOW ? 2 : 4;
    if (operation == GET) integer(readField(data, length));
    else if (operation != OVERFLOW) writeField(data, length, length != before);
  }
  if (changed) noteKey(NOTE_SETBIT);
}

/** The field at `at`; bytes behind the end of the string are 0. */
function readField(data: usize, length: u32): i64 {
  let n: u64 = 0;
  for (let i: u32 = 0; i < bits; i++) {
    const p = at + i;
    const byte = p >> 3;
    const bit: u64 = byte < <i64>length ? (<u64>load<u8>(data + <usize>byte) >> (7 - <u64>(p & 7))) & 1 : 0;
    n = (n << 1) | bit;
  }
  if (signed && bits < 64 && (n >> (bits - 1)) != 0) n |= ~(<u64>0) << bits;
  return <i64>n;
}

function storeField(data: usize, n: u64): void {
  for (let i: u32 = 0; i < bits; i++) {
    const p = at + i;
    const byte = data + <usize>(p >> 3);
    const shift = 7 - <u32>(p & 7);
    const bit = <u32>(n >> (bits - 1 - i)) & 1;
    store<u8>(byte, (<u32>load<u8>(byte) & ~(1 << shift)) | (bit << shift));
  }
}

function writeField(data: usize, length: u32, grew: bool): void {
  const old = readField(data, length);
  const wanted = operation == INCRBY ? old + operand : operand;
  const over = signed ? signedOverflow(old, wanted) : unsignedOverflow(old, wanted);
  if (over != 0 && mode == FAIL) {
    nil();
    return;
  }
  const fresh = over != 0 ? (mode == SAT ? limitOf(over) : wrapped(wanted)) : wanted;
  integer(operation == INCRBY ? fresh : old);
  storeField(data, <u64>fresh);
  if (grew || fresh != old) {
    countChange();
    changed = true;
  }
}

/** 1 when the result is too large, -1 when it is too small. */
function signedOverflow(old: i64, wanted: i64): i32 {
  const highest: i64 = bits == 64 ? i64.MAX_VALUE : (<i64>1 << (bits - 1)) - 1;
  const lowest = -highest - 1;
  if (operation == INCRBY) {
    // For 64 bits the differences can overflow, but only when the sum can't.
    if (operand > highest - old && (bits != 64 || (old >= 0 && operand > 0))) return 1;
    if (operand < lowest - old && (bits != 64 || (old < 0 && operand < 0))) return -1;
    return 0;
  }
  return wanted > highest ? 1 : wanted < lowest ? -1 : 0;
}

function unsignedOverflow(old: i64, wanted: i64): i32 {
  const highest = <i64>((<u64>1 << bits) - 1);
  if (operation == INCRBY) {
    if (operand > 0 && operand > highest - old) return 1;
    if (operand < 0 && operand < -old) return -1;
    return 0;
  }
  // SET of a negative number: as an unsigned one it is too large.
  return <u64>wanted > <u64>highest ? 1 : 0;
}

function limitOf(over: i32): i64 {
  if (!signed) return over > 0 ? <i64>((<u64>1 << bits) - 1) : 0;
  const highest: i64 = bits == 64 ? i64.MAX_VALUE : (<i64>1 << (bits - 1)) - 1;
  return over > 0 ? highest : -highest - 1;
}

/** The low bits of `n`, as a field of this type. */
function wrapped(n: i64): i64 {
  if (bits == 64) return n;
  const low = <u64>n & ((<u64>1 << bits) - 1);
  if (signed && (low >> (bits - 1)) != 0) return <i64>(low | (~(<u64>0) << bits));
  return <i64>low;
}
