/** ms, md, ma: meta commands that change an item. */
import { writeUnsigned } from "../../base/decimal";
import { hash, nextArg, root } from "../../command/context";
import { findKey } from "../../command/key";
import * as Text from "../../generated/texts";
import {
  casOf, BINARY_KEY, marksOf, setCas, setMarks, STALE, TOKEN_SENT,
} from "../../keyspace/extension";
import { noteChange, place, removeItem } from "../../keyspace/keys";
import { expiryOrNone } from "../../keyspace/link";
import {
  MC_COMPARE, MC_EMPTY, MC_INITIAL, MC_INVALIDATE, MC_MAKE, MC_MAKE_TIME, MC_QUIET, MC_TOUCH, MC_WITH_VALUE,
} from "../../layout/memcached";
import { STAT_MC_DELETE_HITS, STAT_MC_DELETE_MISSES, STAT_MC_META } from "../../layout/stats";
import { count } from "../../stats";
import { line, numberLine } from "../../wire/memcached-reply";
import { moveOut, out, room } from "../../wire/reply";
import { isString, NO_EXPIRY } from "../string/value";
import { extended, isPast, makeRoomForExpiry, NO_ROOM, setTime } from "./access";
import { changeNumber, makeNumber, number, numberItem } from "./delta";
import { expiryOfTime, secondsLeft } from "./exptime";
import { casToGive, expectedCas, has, options, third, time } from "./options";
import { EXISTS, NO_MEMORY, NOT_FOUND, NOT_NUMERIC, NOT_STORED, STORED, WRONG_TYPE } from "./outcome";
import { storedCas, storeValue } from "./store";
import { putJoined, roomForValue } from "./value";
import {
  firstWord, nextWord, repeatWord, repeatWords, replyRoom, writeCount, writeLineEnd, writePair, writeTimeLeft,
} from "./words";
import { NOTE_DEL, NOTE_SET } from "../../layout/note";

const HD: u32 = 0x4448;
const NS: u32 = 0x534e;
const EX: u32 = 0x5845;
const NF: u32 = 0x464e;

/** Status and what the request's flags ask to be repeated. */
function status(code: u32): void {
  if (!room(replyRoom())) return;
  writePair(code);
  repeatWords(false);
  writeLineEnd();
}

export function metaStore(): void {
  count(STAT_MC_META);
  const outcome = storeValue(nextArg(third()));
  if (outcome == NO_MEMORY) {
    line(Text.MC_OUT_OF_MEMORY);
  } else if (outcome == WRONG_TYPE) {
    line(Text.MC_WRONG_TYPE);
  } else if (outcome != STORED) {
    stored(outcome == NOT_STORED ? NS : outcome == EXISTS ? EX : NF, 0);
  } else if (!has(MC_QUIET)) {
    stored(HD, storedCas);
  }
}

function stored(code: u32, cas: u64): void {
  if (!room(replyRoom())) return;
  writePair(code);
  for (let letter = firstWord(); letter != 0; letter = nextWord()) {
    if (letter == 0x63) writeCount(0x63, cas);
    else repeatWord(letter, false);
  }
  writeLineEnd();
}

export function metaDelete(): void {
  count(STAT_MC_META);
  if (has(MC_INVALIDATE)) makeRoomForExpiry();
  const item = findKey();
  count(item == 0 ? STAT_MC_DELETE_MISSES : STAT_MC_DELETE_HITS);
  if (item == 0) {
    status(NF);
    return;
  }
  if (has(MC_COMPARE) && casOf(item) != expectedCas()) {
    status(EX);
    return;
  }
  const done = has(MC_EMPTY) ? clearValue(item) : has(MC_INVALIDATE) ? invalidate(item) : remove(item);
  if (!done) line(Text.MC_OUT_OF_MEMORY);
  else if (!has(MC_QUIET)) status(HD);
}

function remove(item: usize): bool {
  removeItem(root, place, hash, item);
  noteChange(NOTE_DEL);
  return true;
}

/** Marks the value as one to be replaced: the next reader is told to do that. */
function invalidate(found: usize): bool {
  const item = extended(found);
  if (item == NO_ROOM) return false;
  setMarks(item, (marksOf(item) | STALE) & ~TOKEN_SENT);
  setCas(item, casToGive());
  noteChange(NOTE_SET);
  if (has(MC_TOUCH)) setTime(item, time());
  return true;
}

/** Takes the value away and leaves the key, with no client's flags. */
function clearValue(found: usize): bool {
  if (!isString(found)) return remove(found);
  if (!roomForValue(0, true)) return false;
  let item = findKey();
  if (item == 0) return true;
  let marks = marksOf(item);
  if (has(MC_INVALIDATE)) marks = (marks | STALE) & ~TOKEN_SENT;
  item = putJoined(item, 0, 0, 0, 0, expiryOrNone(item), 0, marks, casToGive());
  if (item == 0) return false;
  noteChange(NOTE_SET);
  if (has(MC_INVALIDATE) && has(MC_TOUCH)) setTime(item, time());
  return true;
}

export function metaDelta(): void {
  count(STAT_MC_META);
  if (has(MC_TOUCH)) makeRoomForExpiry();
  let outcome = changeNumber();
  const made = outcome == NOT_FOUND && has(MC_MAKE);
  if (made) outcome = makeNumber(load<u64>(options(), MC_INITIAL), makeExpiry());
  if (outcome == STORED) {
    if (made || !has(MC_QUIET)) writeNumber();
    keepTime(made);
  } else if (outcome == NOT_FOUND) {
    status(NF);
  } else if (outcome == EXISTS) {
    status(EX);
  } else if (outcome == NOT_NUMERIC) {
    line(Text.MC_NOT_NUMERIC);
  } else {
    line(outcome == NO_MEMORY ? Text.MC_OUT_OF_MEMORY_DELTA : Text.MC_WRONG_TYPE);
  }
}

@inline
function makeTime(): i32 {
  return load<i32>(options(), MC_MAKE_TIME);
}

function makeExpiry(): i64 {
  return isPast(makeTime()) ? NO_EXPIRY : expiryOfTime(makeTime());
}

function writeNumber(): void {
  if (!room(replyRoom())) return;
  const item = numberItem;
  const withValue = has(MC_WITH_VALUE);
  if (withValue) {
    const length = <u32>(writeUnsigned(out, number) - out);
    store<u32>(out, 0x204156); // VA and a space
    moveOut(writeUnsigned(out + 3, length));
  } else {
    writePair(HD);
  }
  const binaryKey = (marksOf(item) & BINARY_KEY) != 0;
  let expiry = expiryOrNone(item);
  for (let letter = firstWord(); letter != 0; letter = nextWord()) {
    if (letter == 0x63) writeCount(0x63, casOf(item));
    else if (letter == 0x74) writeTimeLeft(0x74, expiry == NO_EXPIRY, secondsLeft(expiry));
    else if (letter == 0x54) expiry = expiryOfTime(time());
    else repeatWord(letter, binaryKey);
  }
  writeLineEnd();
  if (withValue) numberLine(number);
}

function keepTime(made: bool): void {
  if (has(MC_TOUCH)) setTime(numberItem, time());
  else if (made && isPast(makeTime())) setTime(numberItem, makeTime());
}
