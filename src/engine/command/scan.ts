/**
 * SCAN and KEYS: walks over the index in order of the hash's prefix, which splitting and merging segments keep.
 *
 * SCAN's cursor    bits 0-5 shard | bits 6-11 bucket | bits 12-16 local depth of the segment | bits 17-48 prefix
 *
 * A segment that has split since is gone on with in its first half and met again, whole, in its second; one that has
 * merged since (its depth is less than the cursor's) is begun anew. So a key that stays is returned at least once.
 */
import { COUNT, MATCH, TYPE, wordOf } from "../base/words";
import { matchesGlob } from "../base/glob";
import { readSigned, value } from "../base/decimal";
import { INVALID_CURSOR } from "../generated/texts";
import { hashOf } from "../index/hash";
import { placeAt, stashed, usedPlaces } from "../index/bucket";
import { touchItems } from "../index/prefetch";
import { bucketAt, HOME_BUCKETS, homeIndex, SEGMENT_BUCKETS } from "../index/segment";
import { entryOfPrefix, highOf, localDepth, nextPrefix, segmentOf } from "../index/table";
import { Job, JOB_KEYS, startJob } from "../job/job";
import { expiryOf, flagsOf, keyLength, keyOf, TYPE_MASK, VOLATILE } from "../keyspace/item";
import { SCRATCH_LIST, SCRATCH_LIST_SIZE } from "../layout/memory";
import { state } from "../state";
import { array, bulk, bulkInteger } from "../wire/resp";
import { integerValue, readInteger } from "./arguments";
import { argc, argData, argLength, firstArg, nextArg, now, root } from "./context";
import { error, outOfMemory, syntaxError } from "./errors";
import { typeOfWord } from "./type";

const SHARD_BITS: u64 = 6;
const BUCKET_SHIFT: u64 = 6;
const DEPTH_SHIFT: u64 = 12;
const PREFIX_SHIFT: u64 = 17;
/** A call looks at this many keys at the most, whatever COUNT says. */
const COUNT_MAX: i64 = 4096;
const LIST_MAX: u32 = SCRATCH_LIST_SIZE / 4;

/** Items to return, at SCRATCH_LIST. */
let listed: u32 = 0;
/** Items looked at. */
let seen: u32 = 0;

let pattern: usize = 0;
let patternBytes: u32 = 0;
/** Type that is wanted: 0 for any, one that no item has for an unknown name. */
let wantedType: u32 = 0;
let wantedCount: i64 = 0;

export function scan(): void {
  if (!readSigned(argData(firstArg), argLength(firstArg)) || value < 0) {
    error(INVALID_CURSOR);
    return;
  }
  const cursor = <u64>value;
  if (!readScanOptions()) return;
  const limit = <u32>min<i64>(wantedCount, COUNT_MAX);
  listed = 0;
  seen = 0;
  const next = walk(cursor, limit);
  array(2);
  bulkInteger(<i64>next);
  array(listed);
  for (let i: u32 = 0; i < listed; i++) replyKey(load<u32>(SCRATCH_LIST + (i << 2)));
}

function readScanOptions(): bool {
  pattern = 0;
  wantedType = 0;
  let count: i64 = 10;
  let arg = nextArg(firstArg);
  for (let i: u32 = 1; i < argc; i += 2) {
    const word = wordOf(arg);
    if (i + 1 == argc || (word != COUNT && word != MATCH && word != TYPE)) {
      syntaxError();
      return false;
    }
    arg = nextArg(arg);
    if (word == COUNT) {
      if (!readInteger(arg)) return false;
      if (integerValue < 1) {
        syntaxError();
        return false;
      }
      count = integerValue;
    } else if (word == MATCH) {
      setPattern(arg);
    } else {
      wantedType = typeOfWord(wordOf(arg));
    }
    arg = nextArg(arg);
  }
  wantedCount = count;
  return true;
}

function setPattern(arg: usize): void {
  pattern = argData(arg);
  patternBytes = argLength(arg);
  if (patternBytes == 1 && load<u8>(pattern) == 0x2a) pattern = 0;
}

/** Lists the items behind the cursor until `limit` have been seen; returns the next cursor, 0 at the end. */
function walk(cursor: u64, limit: u32): u64 {
  const shard = cursor & ((1 << SHARD_BITS) - 1);
  let bucket = <u32>(cursor >> BUCKET_SHIFT) & 63;
  const depthThen = <u32>(cursor >> DEPTH_SHIFT) & 31;
  let prefix = <u32>(cursor >> PREFIX_SHIFT);
  let entry = entryOfPrefix(root, prefix);
  if (entry != 0 && localDepth(entry) < depthThen) bucket = 0;
  while (entry != 0) {
    const segment = segmentOf(entry);
    for (; bucket < HOME_BUCKETS; bucket++) {
      if (seen >= limit) {
        return shard | (<u64>bucket << BUCKET_SHIFT) | (<u64>localDepth(entry) << DEPTH_SHIFT)
          | (<u64>prefix << PREFIX_SHIFT);
      }
      listBucket(segment, bucket);
    }
    bucket = 0;
    prefix = nextPrefix(prefix, localDepth(entry));
    if (prefix == 0) break;
    entry = entryOfPrefix(root, prefix);
    if (seen >= limit) return shard | (<u64>localDepth(entry) << DEPTH_SHIFT) | (<u64>prefix << PREFIX_SHIFT);
  }
  return shard + 1 < state().shards ? shard + 1 : 0;
}

/** Lists what hashes to a bucket: it lies there or in the stash. */
function listBucket(segment: usize, index: u32): void {
  const home = bucketAt(segment, index);
  listPlaces(home, SEGMENT_BUCKETS);
  if (stashed(home) == 0) return;
  for (let i = HOME_BUCKETS; i < SEGMENT_BUCKETS; i++) listPlaces(bucketAt(segment, i), index);
}

/** Lists a bucket's items, or only those whose home is `homeOnly`. */
function listPlaces(bucket: usize, homeOnly: u32): void {
  let bits = usedPlaces(bucket);
  while (bits != 0) {
    const item: usize = load<u32>(placeAt(bucket, ctz<u32>(bits)));
    bits &= bits - 1;
    if (homeOnly != SEGMENT_BUCKETS && homeIndex(highOf(hashOf(keyOf(item), keyLength(item)))) != homeOnly) continue;
    seen++;
    if (isWanted(item) && listed < LIST_MAX) store<u32>(SCRATCH_LIST + (listed++ << 2), <u32>item);
  }
}

@inline
function isWanted(item: usize): bool {
  const flags = flagsOf(item);
  if (wantedType != 0 && (flags & TYPE_MASK) != wantedType) return false;
  if ((flags & VOLATILE) != 0 && expiryOf(item) <= now) return false;
  return pattern == 0 || matchesGlob(pattern, patternBytes, keyOf(item), keyLength(item));
}

@inline
function replyKey(item: usize): void {
  bulk(keyOf(item), keyLength(item));
}

/** How many elements the last step of KEYS has written. */
export let keysWritten: u32 = 0;

/** KEYS is always a job, which is at the prefix `x`. */
export function keys(): void {
  if (startJob(JOB_KEYS) == null) outOfMemory();
}

/** Writes the keys of one segment; true when it was the last. */
export function stepKeys(job: Job): bool {
  keysWritten = 0;
  wantedType = 0;
  setPattern(firstArg);
  const prefix = <u32>job.x;
  const entry = entryOfPrefix(root, prefix);
  if (entry == 0) return true;
  const depth = localDepth(entry);
  const begun = depth != 0 && (prefix & ((<u32>1 << (32 - depth)) - 1)) != 0;
  const segment = segmentOf(entry);
  for (let i: u32 = 0; i < SEGMENT_BUCKETS; i++) {
    const bucket = bucketAt(segment, i);
    let bits = usedPlaces(bucket);
    if (bits != 0) touchItems(bucket);
    while (bits != 0) {
      const item: usize = load<u32>(placeAt(bucket, ctz<u32>(bits)));
      bits &= bits - 1;
      // Two segments that merged meanwhile: the first one's keys have been sent.
      if (begun && <u32>hashOf(keyOf(item), keyLength(item)) < prefix) continue;
      if (!isWanted(item)) continue;
      replyKey(item);
      keysWritten++;
    }
  }
  const next = nextPrefix(prefix, depth);
  job.x = next;
  return next == 0;
}
