/**
 * LCS: the longest common subsequence by dynamic programming (Wagner and Fischer, 1974), as Redis does it. The work
 * space is one block: its state, a copy of both strings, and a table of (a + 1) x (b + 1) lengths. Filling the table
 * and walking back through it are done in steps.
 *
 *   job   a = work space
 */
import { IDX, LEN, wordOf } from "../../base/words";
import { integerValue, readInteger } from "../../command/arguments";
import { argc, argData, argLength, command, firstArg, nextArg, root } from "../../command/context";
import { error, syntaxError } from "../../command/errors";
import { LCS_VALUES } from "../../generated/commands";
import {
  LCS_BOTH, LCS_OUT_OF_MEMORY, LCS_NOT_STRINGS, LCS_MEMORY_LIMIT, LCS_WORD_LEN, LCS_WORD_MATCHES,
} from "../../generated/texts";
import { hashOf } from "../../index/hash";
import { Job, JOB_LCS, SLICE, startJob } from "../../job/job";
import { BLOB_HEADER, blobData, dropBlob, formatBlob } from "../../keyspace/blob";
import { findToRead } from "../../keyspace/keys";
import { give, takeWork } from "../../memory/heap";
import { state } from "../../state";
import { abandon } from "../../wire/reply";
import { array, bulkOfBlob, integer, map, text } from "../../wire/resp";
import { isString, stringData, stringLength } from "./value";

/** Cells or moves of a step. */
const STEP: u32 = SLICE / 4;
/** What the options ask for. */
let wantsIndexes: bool = false;
let wantsLength: bool = false;
let wantsMatchLength: bool = false;
let minMatch: i64 = 0;

let a: usize = 0;
let aLength: u32 = 0;
let b: usize = 0;
let bLength: u32 = 0;
let table: usize = 0;

@unmanaged
class Space {
  /** FILL, COUNT (of the ranges, for IDX), EMIT. */
  phase: u32;
  /** Next cell to fill. */
  row: u32;
  column: u32;
  /** Position of the walk, and the range that it is in; `open` is 0 outside of one. */
  i: u32;
  j: u32;
  open: u32;
  aStart: u32;
  aEnd: u32;
  bStart: u32;
  bEnd: u32;
  ranges: u32;
  /** Where the next byte of the result, found backwards, goes. */
  left: u32;
  result: u32;
  aLength: u32;
  bLength: u32;
}

const SPACE_HEADER: u32 = 64;

const FILL: u32 = 0;
const COUNT: u32 = 1;
const EMIT: u32 = 2;

@inline
function cell(row: u32, column: u32): usize {
  return table + ((row * (bLength + 1) + column) << 2);
}

function readOptions(): bool {
  wantsIndexes = false;
  wantsLength = false;
  wantsMatchLength = false;
  minMatch = 0;
  let arg = nextArg(nextArg(firstArg));
  for (let i: u32 = 2; i < argc; i++) {
    const word = wordOf(arg);
    if (word == IDX) wantsIndexes = true;
    else if (word == LEN) wantsLength = true;
    else if (isLongWord(arg, 12, 0x6374616d68746977, 0x6e656c68)) wantsMatchLength = true;
    else if (isLongWord(arg, 11, 0x686374616d6e696d, 0x6e656c) && i + 1 < argc) {
      arg = nextArg(arg);
      i++;
      if (!readInteger(arg)) return false;
      minMatch = max<i64>(integerValue, 0);
    } else {
      syntaxError();
      return false;
    }
    arg = nextArg(arg);
  }
  if (wantsIndexes && wantsLength) {
    error(LCS_BOTH);
    return false;
  }
  return true;
}

/** Compares with WITHMATCHLEN or MINMATCHLEN, which are longer than 8 letters. */
function isLongWord(arg: usize, length: u32, head: u64, tail: u32): bool {
  if (argLength(arg) != length) return false;
  const data = argData(arg);
  const rest: u32 = length == 12
    ? load<u32>(data, 8)
    : <u32>load<u16>(data, 8) | (<u32>load<u8>(data, 10) << 16);
  const lower: u32 = length == 12 ? 0x20202020 : 0x202020;
  return (load<u64>(data) | 0x2020202020202020) == head && (rest | lower) == tail;
}

/** Finds both strings; false when one is something else. */
function openStrings(): bool {
  if (!openString(firstArg)) return false;
  a = found;
  aLength = foundLength;
  if (!openString(nextArg(firstArg))) return false;
  b = found;
  bLength = foundLength;
  return true;
}

let found: usize = 0;
let foundLength: u32 = 0;

function openString(arg: usize): bool {
  if (command == LCS_VALUES) {
    found = argData(arg);
    foundLength = argLength(arg);
    return true;
  }
  const item = findToRead(root, argData(arg), argLength(arg), hashOf(argData(arg), argLength(arg)));
  if (item != 0 && !isString(item)) return false;
  found = item == 0 ? 0 : stringData(item);
  foundLength = item == 0 ? 0 : stringLength(item);
  return true;
}

/** Sets the strings and the table to those of a work space. */
function enter(space: Space): void {
  aLength = space.aLength;
  bLength = space.bLength;
  a = changetype<usize>(space) + SPACE_HEADER;
  b = a + aLength;
  table = (b + bLength + 3) & ~3;
}

/** A work space with a copy of the strings; null when there is no memory for it. */
function newSpace(tableBytes: u32): Space | null {
  const block = takeWork(SPACE_HEADER + aLength + bLength + 4 + tableBytes);
  if (block == 0) return null;
  memory.fill(block, 0, SPACE_HEADER);
  memory.copy(block + SPACE_HEADER, a, aLength);
  memory.copy(block + SPACE_HEADER + aLength, b, bLength);
  const space = changetype<Space>(block);
  space.aLength = aLength;
  space.bLength = bLength;
  enter(space);
  return space;
}

export function lcs(): void {
  if (!openStrings()) {
    error(LCS_NOT_STRINGS);
    return;
  }
  if (!readOptions()) return;
  const bytes = (<u64>aLength + 1) * (<u64>bLength + 1) * 4;
  if (bytes > state().protoMaxBulk) {
    error(LCS_MEMORY_LIMIT);
    return;
  }
  const space = newSpace(<u32>bytes);
  if (space == null) {
    error(LCS_OUT_OF_MEMORY);
    return;
  }
  if (bytes <= SLICE) {
    while (!advance(space)) {}
    dropSpace(space);
    return;
  }
  const job = startJob(JOB_LCS);
  if (job == null) {
    dropSpace(space);
    error(LCS_OUT_OF_MEMORY);
    return;
  }
  job.a = <u32>changetype<usize>(space);
}

/** One step of the job; true when it was the last. */
export function stepLcs(job: Job): bool {
  const space = changetype<Space>(job.a);
  enter(space);
  readOptions();
  if (!advance(space)) return false;
  dropSpace(space);
  return true;
}

function dropSpace(space: Space): void {
  if (space.result != 0) dropBlob(space.result);
  give(changetype<usize>(space));
}

/** A step of the current phase; true when the reply is complete. */
function advance(space: Space): bool {
  if (space.phase == FILL) {
    if (fill(space)) beginWalk(space);
    return space.phase == FILL ? false : !wantsWalk(space) && finish(space);
  }
  if (!walk(space)) return false;
  if (space.phase == COUNT) {
    map(2);
    text(LCS_WORD_MATCHES);
    array(space.ranges);
    space.phase = EMIT;
    startWalk(space);
    return false;
  }
  return finish(space);
}

/** Fills up to STEP cells; true when all are filled. */
function fill(space: Space): bool {
  let budget: i32 = STEP;
  let row = space.row;
  let column = space.column;
  while (row <= aLength) {
    const to = min<u32>(bLength + 1, column + <u32>budget);
    budget -= <i32>(to - column);
    fillRow(row, column, to);
    column = to;
    if (column > bLength) {
      column = 0;
      row++;
    }
    if (budget <= 0) break;
  }
  space.row = row;
  space.column = column;
  return row > aLength;
}

function fillRow(row: u32, from: u32, to: u32): void {
  let at = cell(row, from);
  if (row == 0) {
    memory.fill(at, 0, (to - from) << 2);
    return;
  }
  const width = (bLength + 1) << 2;
  const c = load<u8>(a + row - 1);
  for (let j = from; j < to; j++) {
    let n: u32 = 0;
    if (j != 0) {
      if (c == load<u8>(b + j - 1)) n = load<u32>(at - width - 4) + 1;
      else n = max(load<u32>(at - width), load<u32>(at - 4));
    }
    store<u32>(at, n);
    at += 4;
  }
}

@inline
function total(): u32 {
  return load<u32>(cell(aLength, bLength));
}

function beginWalk(space: Space): void {
  space.phase = wantsIndexes ? COUNT : EMIT;
  startWalk(space);
  if (wantsIndexes || wantsLength) return;
  const length = total();
  const blob = takeWork(BLOB_HEADER + length);
  if (blob == 0) {
    abandon();
    space.i = 0;
    return;
  }
  formatBlob(blob, length);
  space.result = <u32>blob;
  space.left = length;
}

@inline
function wantsWalk(space: Space): bool {
  return wantsIndexes || (!wantsLength && space.result != 0);
}

function startWalk(space: Space): void {
  space.i = aLength;
  space.j = bLength;
  space.open = 0;
}

/** Goes back through the table for up to STEP moves; true at its beginning. */
function walk(space: Space): bool {
  let budget: i32 = STEP;
  let i = space.i;
  let j = space.j;
  while (i > 0 && j > 0 && budget-- > 0) {
    let ends = false;
    if (load<u8>(a + i - 1) == load<u8>(b + j - 1)) {
      if (space.result != 0) store<u8>(blobData(space.result) + --space.left, load<u8>(a + i - 1));
      if (space.open == 0) {
        space.open = 1;
        space.aEnd = i - 1;
        space.bEnd = j - 1;
      }
      i--;
      j--;
      space.aStart = i;
      space.bStart = j;
      ends = i == 0 || j == 0;
    } else {
      if (load<u32>(cell(i - 1, j)) > load<u32>(cell(i, j - 1))) i--;
      else j--;
      ends = space.open != 0;
    }
    if (ends) endRange(space);
  }
  space.i = i;
  space.j = j;
  return i == 0 || j == 0;
}

function endRange(space: Space): void {
  space.open = 0;
  const length = space.aEnd - space.aStart + 1;
  if (!wantsIndexes || <i64>length < minMatch) return;
  if (space.phase == COUNT) {
    space.ranges++;
    return;
  }
  array(wantsMatchLength ? 3 : 2);
  array(2);
  integer(space.aStart);
  integer(space.aEnd);
  array(2);
  integer(space.bStart);
  integer(space.bEnd);
  if (wantsMatchLength) integer(length);
}

function finish(space: Space): bool {
  if (wantsIndexes) {
    text(LCS_WORD_LEN);
    integer(total());
  } else if (wantsLength) {
    integer(total());
  } else if (space.result != 0) {
    bulkOfBlob(space.result, 0, load<u32>(space.result));
  }
  return true;
}
