/**
 * BITOP. The result is as long as the longest source; shorter ones go on with zeroes. The sources are keys, or values
 * that the acceptor has fetched from other shards (the command `bitop|values`).
 *
 *   job   a = blob of the result, b = bytes done, c = length, d = fingerprint of the sources
 */
import { NOTE_DEL, NOTE_SET } from "../../layout/note";
import { AND, NOT, OR, wordOf, XOR } from "../../base/words";
import { argc, argData, argLength, command, firstArg, hash, nextArg, root } from "../../command/context";
import { error, outOfMemory, syntaxError, wrongType } from "../../command/errors";
import { makeRoom } from "../../eviction/room";
import { BITOP_VALUES } from "../../generated/commands";
import { BITOP_NOT } from "../../generated/texts";
import { hashOf } from "../../index/hash";
import { Job, JOB_COMBINE_BITS, SLICE, startJob } from "../../job/job";
import { BLOB_HEADER, blobData, dropBlob, formatBlob } from "../../keyspace/blob";
import { find, findToRead, noteChangeOf, place, removeItem } from "../../keyspace/keys";
import { INLINE_ITEM_MAX } from "../../keyspace/item";
import { SCRATCH_LIST } from "../../layout/memory";
import { takeRun } from "../../memory/heap";
import { abandon } from "../../wire/reply";
import { integer } from "../../wire/resp";
import { isString, itemSize, NO_EXPIRY, putBlob, putString, stringData, stringLength } from "../string/value";

let operation: u64 = 0;
/** The destination, and the first source. */
let destination: usize = 0;
let firstSource: usize = 0;
let sources: u32 = 0;

/** What `openSource` found. */
let sourceData: usize = 0;
let sourceLength: u32 = 0;

function readArguments(): void {
  operation = wordOf(firstArg);
  destination = nextArg(firstArg);
  firstSource = nextArg(destination);
  sources = argc - 2;
}

/** Finds a source's bytes; false when the key holds something else. */
function openSource(arg: usize): bool {
  if (command == BITOP_VALUES) {
    sourceData = argData(arg);
    sourceLength = argLength(arg);
    return true;
  }
  const item = findToRead(root, argData(arg), argLength(arg), hashOf(argData(arg), argLength(arg)));
  sourceLength = 0;
  if (item == 0) return true;
  if (!isString(item)) return false;
  sourceData = stringData(item);
  sourceLength = stringLength(item);
  return true;
}

export function bitop(): void {
  readArguments();
  if (operation != AND && operation != OR && operation != XOR && operation != NOT) {
    syntaxError();
    return;
  }
  if (operation == NOT && sources != 1) {
    error(BITOP_NOT);
    return;
  }
  const length = measure();
  if (length < 0) {
    wrongType();
    return;
  }
  if (length == 0) removeDestination();
  else if (<u32>length < INLINE_ITEM_MAX / 2) combineShort(<u32>length);
  else combineLong(<u32>length);
}

let fingerprint: u32 = 0;

/** Length of the longest source, -1 when one is no string; sets the fingerprint of where they all lie. */
function measure(): i64 {
  let longest: u32 = 0;
  fingerprint = 0;
  let arg = firstSource;
  for (let i: u32 = 0; i < sources; i++) {
    if (!openSource(arg)) return -1;
    if (sourceLength != 0) fingerprint = rotl<u32>(fingerprint, 5) ^ <u32>sourceData ^ sourceLength;
    longest = max(longest, sourceLength);
    arg = nextArg(arg);
  }
  return longest;
}

function findDestination(): usize {
  return find(root, argData(destination), argLength(destination), hash);
}

function removeDestination(): void {
  const item = findDestination();
  if (item != 0) {
    removeItem(root, place, hash, item);
    noteChangeOf(NOTE_DEL, destination);
  }
  integer(0);
}

function combineShort(length: u32): void {
  combine(SCRATCH_LIST, 0, length);
  if (!makeRoom(itemSize(argLength(destination), length, false))) {
    outOfMemory();
    return;
  }
  const key = argData(destination);
  if (putString(findDestination(), key, argLength(destination), hash, SCRATCH_LIST, length, NO_EXPIRY) == 0) abandon();
  else finish(length);
}

function combineLong(length: u32): void {
  const blob = makeRoom(length + BLOB_HEADER) ? takeRun(length + BLOB_HEADER, 0) : 0;
  if (blob == 0) {
    outOfMemory();
    return;
  }
  formatBlob(blob, length);
  measure();
  if (<u64>length * sources <= SLICE) {
    combine(blobData(blob), 0, length);
    putResult(blob, length);
    return;
  }
  const job = startJob(JOB_COMBINE_BITS);
  if (job == null) {
    dropBlob(blob);
    outOfMemory();
    return;
  }
  job.a = <u32>blob;
  job.c = length;
  job.d = fingerprint;
}

function putResult(blob: usize, length: u32): void {
  if (putBlob(findDestination(), argData(destination), argLength(destination), hash, blob, NO_EXPIRY) == 0) {
    dropBlob(blob);
    abandon();
  } else {
    finish(length);
  }
}

function finish(length: u32): void {
  noteChangeOf(NOTE_SET, destination);
  integer(length);
}

/** One step of the job; true when it was the last. */
export function stepBitop(job: Job): bool {
  readArguments();
  const length = measure();
  if (length != job.c || fingerprint != job.d) {
    // A source expired or was given up meanwhile: begin anew.
    dropBlob(job.a);
    bitop();
    return true;
  }
  const bytes = min<u32>(job.c - job.b, max<u32>(SLICE / sources, 64));
  combine(blobData(job.a) + job.b, job.b, bytes);
  job.b += bytes;
  if (job.b < job.c) return false;
  putResult(job.a, job.c);
  return true;
}

/** Writes the result's bytes from `offset` on. */
function combine(to: usize, offset: u32, bytes: u32): void {
  let arg = firstSource;
  for (let i: u32 = 0; i < sources; i++) {
    openSource(arg);
    arg = nextArg(arg);
    const have = sourceLength > offset ? min<u32>(sourceLength - offset, bytes) : 0;
    const from = sourceData + offset;
    if (operation == NOT) invert(to, from, bytes);
    else if (i == 0) {
      memory.copy(to, from, have);
      memory.fill(to + have, 0, bytes - have);
    } else {
      merge(to, from, have);
      if (operation == AND) memory.fill(to + have, 0, bytes - have);
    }
  }
}

function invert(to: usize, from: usize, bytes: u32): void {
  let i: u32 = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.not(v128.load(from + i)));
  for (; i < bytes; i++) store<u8>(to + i, ~load<u8>(from + i));
}

function merge(to: usize, from: usize, bytes: u32): void {
  let i: u32 = 0;
  for (; i + 16 <= bytes; i += 16) {
    const a = v128.load(to + i);
    const b = v128.load(from + i);
    v128.store(to + i, operation == AND ? v128.and(a, b) : operation == OR ? v128.or(a, b) : v128.xor(a, b));
  }
  for (; i < bytes; i++) {
    const a: u32 = load<u8>(to + i);
    const b: u32 = load<u8>(from + i);
    store<u8>(to + i, operation == AND ? a & b : operation == OR ? a | b : a ^ b);
  }
}
