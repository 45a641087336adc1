/** mg: looks at an item, or makes it; tells one client among many to renew it. */
import { writeUnsigned } from "../../base/decimal";
import { clock } from "../../command/context";
import * as Text from "../../generated/texts";
import { casOf, BINARY_KEY, clientFlagsOf, FETCHED, hasExtension, marksOf, setMarks, STALE, TOKEN_SENT } from "../../keyspace/extension";
import { accessClock, clockDistance } from "../../keyspace/item";
import { touch } from "../../keyspace/keys";
import { expiryOrNone } from "../../keyspace/link";
import {
  MC_BASE64, MC_MAKE, MC_MAKE_TIME, MC_NEEDS_EXTENSION, MC_PEEK, MC_QUIET, MC_RECACHE, MC_RECACHE_TIME, MC_TOUCH,
  MC_WITH_VALUE,
} from "../../layout/memcached";
import { STAT_MC_META, STAT_MC_TOUCH_HITS, STAT_MC_TOUCH_MISSES } from "../../layout/stats";
import { count } from "../../stats";
import { line, writeData } from "../../wire/memcached-reply";
import { COPY_MAX, moveOut, out, room } from "../../wire/reply";
import { isString, NO_EXPIRY, stringLength } from "../string/value";
import { extended, isPast, makeRoomForExpiry, NO_ROOM, readItem, setTime } from "./access";
import { expiryOfTime, secondsLeft } from "./exptime";
import { casToGive, has, options, time } from "./options";
import { putJoined, roomForValue } from "./value";
import {
  firstWord, nextWord, repeatWord, repeatWords, replyRoom, writeCount, writeLetter, writeLineEnd, writePair, writeTimeLeft,
} from "./words";

export function metaGet(): void {
  count(STAT_MC_META);
  if (has(MC_TOUCH)) makeRoomForExpiry();
  // Whether there is room for a new key must be known before the key is looked up.
  const hasRoom = !has(MC_MAKE) || roomForValue(0, true);
  let item = readItem(false);
  if (has(MC_TOUCH)) count(item == 0 ? STAT_MC_TOUCH_MISSES : STAT_MC_TOUCH_HITS);
  const made = item == 0 && has(MC_MAKE);
  if (made) item = hasRoom ? make() : NO_ROOM;
  else if (item != 0 && has(MC_NEEDS_EXTENSION | MC_RECACHE) && !hasExtension(item)) item = extended(item);
  if (item == NO_ROOM) line(Text.MC_OUT_OF_MEMORY_GET);
  else if (item == 0) miss();
  else if (!isString(item)) line(Text.MC_WRONG_TYPE);
  else hit(item, made);
}

/** Makes the key with an empty value, for the client that asks to fill. */
function make(): usize {
  const expiry = expiryOfTime(makeTime());
  const marks: u32 = has(MC_BASE64) ? BINARY_KEY : 0;
  const item = putJoined(0, 0, 0, 0, 0, isPast(makeTime()) ? NO_EXPIRY : expiry, 0, marks, casToGive());
  return item == 0 ? NO_ROOM : item;
}

@inline
function makeTime(): i32 {
  return load<i32>(options(), MC_MAKE_TIME);
}

function miss(): void {
  if (has(MC_QUIET) || !room(replyRoom())) return;
  writePair(0x4e45); // EN
  repeatWords(false);
  writeLineEnd();
}

function hit(item: usize, made: bool): void {
  const length = stringLength(item);
  const withValue = has(MC_WITH_VALUE);
  if (!room(replyRoom() + (withValue && length <= COPY_MAX ? length : 0))) return;
  if (withValue) {
    store<u32>(out, 0x204156); // VA and a space
    moveOut(writeUnsigned(out + 3, length));
  } else {
    writePair(0x4448); // HD
  }
  let won = made;
  const marks = marksOf(item);
  const binaryKey = (marks & BINARY_KEY) != 0;
  let expiry = expiryOrNone(item);
  for (let letter = firstWord(); letter != 0; letter = nextWord()) {
    switch (letter) {
      case 0x54: expiry = expiryOfTime(time()); break; // T
      case 0x52: won = won || (!made && (marks & TOKEN_SENT) == 0 && endsBefore(expiry)); break; // R
      case 0x73: writeCount(0x73, length); break; // s
      case 0x74: writeTimeLeft(0x74, expiry == NO_EXPIRY, secondsLeft(expiry)); break; // t
      case 0x63: writeCount(0x63, casOf(item)); break; // c
      case 0x66: writeCount(0x66, clientFlagsOf(item)); break; // f
      case 0x6c: writeCount(0x6c, clockDistance(accessClock(item), clock)); break; // l
      case 0x68: writeCount(0x68, (marks & FETCHED) != 0 ? 1 : 0); break; // h
      default: repeatWord(letter, binaryKey);
    }
  }
  const sent = (marks & TOKEN_SENT) != 0;
  const stale = (marks & STALE) != 0;
  if (sent) writeLetter(0x5a); // Z
  if (stale) writeLetter(0x58); // X
  won = won || (stale && !sent);
  if (won) writeLetter(0x57); // W
  writeLineEnd();
  if (withValue) writeData(item, length);
  leave(item, marks, won, made);
}

/** Whether what expires then is to be renewed, by R. */
function endsBefore(expiry: i64): bool {
  const limit = load<i32>(options(), MC_RECACHE_TIME);
  return expiry != NO_EXPIRY && limit != 0 && secondsLeft(expiry) < secondsLeft(expiryOfTime(limit));
}

/** What stays of the look. */
function leave(item: usize, marks: u32, won: bool, made: bool): void {
  if (!has(MC_PEEK)) {
    touch(item);
    marks |= FETCHED;
  }
  if (won) marks |= TOKEN_SENT;
  if (hasExtension(item) && marks != marksOf(item)) setMarks(item, marks);
  if (has(MC_TOUCH)) setTime(item, time());
  else if (made && isPast(makeTime())) setTime(item, makeTime());
}
