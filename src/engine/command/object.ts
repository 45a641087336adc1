/** What OBJECT, MEMORY USAGE and DEBUG OBJECT ask a shard; the acceptor reads their subcommands. */
import { readSigned } from "../base/decimal";
import { SAMPLES, wordOf } from "../base/words";
import { ENCODING_EMBSTR, ENCODING_INT, ENCODING_RAW, LFU_SELECTED, LFU_NOT_SELECTED } from "../generated/texts";
import {
  accessClock, blobOfItem, clockDistance, COUNT_MASK, COUNT_ONE, flagsOf, RAW, SEPARATE,
} from "../keyspace/item";
import { sizeOf } from "../memory/heap";
import { state } from "../state";
import { stringData, stringLength } from "../type/string/value";
import { array, integer, nil, text } from "../wire/resp";
import { integerValue, readInteger } from "./arguments";
import { argc, clock, firstArg, nextArg } from "./context";
import { error, syntaxError } from "./errors";
import { inspectKey } from "./key";

/** Longest string that Redis embeds in its object. */
const EMBSTR_MAX: u32 = 44;
/** What an item costs in the index on the average: 64 bytes for each 8 items of a bucket. */
const INDEX_SHARE: u32 = 8;

export function objectEncoding(): void {
  const item = inspectKey();
  if (item == 0) nil();
  else text(encodingOf(item));
}

function encodingOf(item: usize): u32 {
  if ((flagsOf(item) & RAW) != 0) return ENCODING_RAW;
  const length = stringLength(item);
  if (readSigned(stringData(item), length)) return ENCODING_INT;
  return length <= EMBSTR_MAX ? ENCODING_EMBSTR : ENCODING_RAW;
}

export function objectRefcount(): void {
  if (inspectKey() == 0) nil();
  else integer(1);
}

export function objectIdletime(): void {
  const item = inspectKey();
  if (item == 0) nil();
  else if (state().frequencyNamed != 0) error(LFU_SELECTED);
  else integer(clockDistance(accessClock(item), clock));
}

export function objectFreq(): void {
  const item = inspectKey();
  if (item == 0) nil();
  else if (state().frequencyNamed == 0) error(LFU_NOT_SELECTED);
  else integer((flagsOf(item) & COUNT_MASK) / COUNT_ONE);
}

export function memoryUsage(): void {
  if (!readSamples()) return;
  const item = inspectKey();
  if (item == 0) {
    nil();
    return;
  }
  let bytes = sizeOf(item) + INDEX_SHARE;
  if ((flagsOf(item) & SEPARATE) != 0) bytes += sizeOf(blobOfItem(item));
  integer(bytes);
}

/** SAMPLES is for values of many elements. Without effect on strings, but it has to be right. */
function readSamples(): bool {
  if (argc == 1) return true;
  const option = nextArg(firstArg);
  if (argc != 3 || wordOf(option) != SAMPLES) {
    syntaxError();
    return false;
  }
  if (!readInteger(nextArg(option))) return false;
  if (integerValue < 0) syntaxError();
  return integerValue >= 0;
}

/** `debug|object key`: address, encoding, bytes, clock of the last access, seconds since then; nil without the key. */
export function debugObject(): void {
  const item = inspectKey();
  if (item == 0) {
    nil();
    return;
  }
  array(5);
  integer(<u32>item);
  text(encodingOf(item));
  integer(stringLength(item));
  integer(accessClock(item));
  integer(clockDistance(accessClock(item), clock));
}
