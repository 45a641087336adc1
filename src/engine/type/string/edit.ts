/**
 * Changing a part of a string. The value is made long enough where it lies if it can be, else it moves to a block with
 * room to grow. Copying or clearing megabytes is a job:
 *
 *   job   a = blob that gets the new value, b = bytes of it that are done, c = length that the value shall have
 *         d = what held the old value: its blob, or the item; 0 if the key did not exist
 *         e = offset in the frame of the argument to write (0: none), f = bytes of it written, x = where it goes
 */
import { NOTE_APPEND, NOTE_SETRANGE } from "../../layout/note";
import { dispatch } from "../../command/dispatch";
import { argData, argLength, command, frame, hash } from "../../command/context";
import { outOfMemory } from "../../command/errors";
import { findKey, keyBytes, keyData } from "../../command/key";
import { makeRoom } from "../../eviction/room";
import { Job, JOB_EDIT, SLICE, startJob } from "../../job/job";
import {
  BLOB_HEADER, blobCapacity, blobData, dropBlob, formatBlob, isShared, setBlobLength,
} from "../../keyspace/blob";
import {
  blobOfItem, flagsOf, INLINE_ITEM_MAX, inlineLength, itemBytes, RAW, SEPARATE, setFlags, setInlineLength, valueField,
} from "../../keyspace/item";
import { renewCas } from "../../keyspace/extension";
import { APPEND } from "../../generated/commands";
import { noteChange, place } from "../../keyspace/keys";
import { moveItem } from "../../keyspace/move";
import { extend, sizeOf, takeRun } from "../../memory/heap";
import { abandon } from "../../wire/reply";
import { integer } from "../../wire/resp";
import { itemSize, KEEP_EXPIRY, NO_EXPIRY, putBlob, putString, stringData, stringLength } from "./value";

const LARGE: u32 = 4 * 1024 * 1024;

/** A value that grows again and again shall not be copied every time. */
@inline
function slack(length: u32): u32 {
  return length <= LARGE ? length >> 2 : length >> 3;
}

/**
 * Makes the string of the current key, found as `item` (0: none), `length` bytes long, the new ones 0. Returns the
 * item, whose bytes may be changed now; 0 when the command has become a job, or has been given up for want of memory.
 * The job runs the command anew when the string is that long: nothing must have been done before.
 */
export function lengthen(item: usize, length: u32): usize {
  const old: u32 = item == 0 ? 0 : stringLength(item);
  if (length <= old) length = old;
  if (item != 0) renewCas(item);
  if (takesLong(item, old, length)) return startEdit(item, length, 0, 0);
  if (item != 0 && canGrowInPlace(item, length)) return grown(item, old, length);
  const more = old == 0 ? 0 : slack(length);
  if (!makeRoom(roomNeeded(length + more))) {
    outOfMemory();
    return 0;
  }
  item = findKey();
  if (item == 0) return createZeroed(length);
  const size = itemBytes(item) - inlineLength(item) + length;
  if ((flagsOf(item) & SEPARATE) != 0 || size > INLINE_ITEM_MAX) return toNewBlob(item, old, length, more);
  item = moveItem(item, place, min<u32>(size + more, INLINE_ITEM_MAX));
  if (item == 0) {
    outOfMemory();
    return 0;
  }
  return grown(item, old, length);
}

/** Whether so many bytes have to be copied or cleared for it that it must be done in slices. */
function takesLong(item: usize, old: u32, length: u32): bool {
  return length > SLICE && !(item != 0 && canGrowInPlace(item, length) && length - old <= SLICE);
}

function roomNeeded(length: u32): u32 {
  return itemSize(keyBytes(), length, true) < length ? length + BLOB_HEADER : itemSize(keyBytes(), length, true);
}

function canGrowInPlace(item: usize, length: u32): bool {
  if ((flagsOf(item) & SEPARATE) != 0) {
    const blob = blobOfItem(item);
    return !isShared(blob) && (length <= blobCapacity(blob) || extend(blob, BLOB_HEADER + length));
  }
  return itemBytes(item) - inlineLength(item) + length <= min<u32>(sizeOf(item), INLINE_ITEM_MAX);
}

function grown(item: usize, old: u32, length: u32): usize {
  if (length > old) memory.fill(stringData(item) + old, 0, length - old);
  setStringLength(item, length);
  setFlags(item, flagsOf(item) | RAW);
  return item;
}

function setStringLength(item: usize, length: u32): void {
  if ((flagsOf(item) & SEPARATE) != 0) setBlobLength(blobOfItem(item), length);
  else setInlineLength(item, length);
}

function createZeroed(length: u32): usize {
  const item = putString(0, keyData(), keyBytes(), hash, 0, length, NO_EXPIRY);
  if (item == 0) outOfMemory();
  return item;
}

function toNewBlob(item: usize, old: u32, length: u32, more: u32): usize {
  const blob = takeRun(BLOB_HEADER + length + more, 0);
  if (blob == 0) {
    outOfMemory();
    return 0;
  }
  formatBlob(blob, old);
  memory.copy(blobData(blob), stringData(item), old);
  item = install(item, blob);
  return item == 0 ? 0 : grown(item, old, length);
}

/** Makes a blob the value of the key. */
function install(item: usize, blob: usize): usize {
  if (item != 0 && (flagsOf(item) & SEPARATE) != 0) {
    dropBlob(blobOfItem(item));
    store<u32>(valueField(item), <u32>blob);
  } else {
    item = putBlob(item, keyData(), keyBytes(), hash, blob, KEEP_EXPIRY);
    if (item == 0) {
      dropBlob(blob);
      abandon();
      return 0;
    }
  }
  setFlags(item, flagsOf(item) | RAW);
  return item;
}

/** Writes an argument into the string at `offset`, lengthening it if need be, and replies with its length. */
export function writeAt(item: usize, offset: u32, arg: usize): void {
  const bytes = argLength(arg);
  const old: u32 = item == 0 ? 0 : stringLength(item);
  // The job writes the argument too: once the string is longer, APPEND would find another end of it.
  if (bytes > SLICE || takesLong(item, old, max(old, offset + bytes))) {
    startEdit(item, offset + bytes, arg, offset);
    return;
  }
  item = lengthen(item, offset + bytes);
  if (item == 0) return;
  memory.copy(stringData(item) + offset, argData(arg), bytes);
  noteChange(command == APPEND ? NOTE_APPEND : NOTE_SETRANGE);
  integer(stringLength(item));
}

function holder(item: usize): u32 {
  if (item == 0) return 0;
  return <u32>((flagsOf(item) & SEPARATE) != 0 ? blobOfItem(item) : item);
}

function startEdit(item: usize, length: u32, arg: usize, offset: u32): usize {
  const old: u32 = item == 0 ? 0 : stringLength(item);
  if (length < old) length = old;
  let blob: usize = 0;
  let done: u32 = 0;
  if (item != 0 && (flagsOf(item) & SEPARATE) != 0 && canGrowInPlace(item, length)) {
    blob = blobOfItem(item);
    done = old;
  } else {
    const size = BLOB_HEADER + length + (old == 0 ? 0 : slack(length));
    if (makeRoom(size)) blob = takeRun(size, 0);
    item = findKey();
    if (blob != 0) formatBlob(blob, 0);
  }
  const job = startEditJob(blob);
  if (job == null) {
    if (blob != 0 && holder(item) != <u32>blob) dropBlob(blob);
    outOfMemory();
    return 0;
  }
  job.a = <u32>blob;
  job.b = done;
  job.c = length;
  job.d = holder(item);
  job.e = arg == 0 ? 0 : <u32>(arg - frame);
  job.x = offset;
  return 0;
}

function startEditJob(blob: usize): Job | null {
  if (blob == 0) return null;
  return startJob(JOB_EDIT);
}

/** One step of the job; true when it was the last. */
export function stepEdit(job: Job): bool {
  const item = findKey();
  if (holder(item) != job.d) {
    // The key expired or was given up meanwhile: begin anew with what is there now.
    if (job.a != job.d) dropBlob(job.a);
    dispatch();
    return true;
  }
  const old: u32 = item == 0 ? 0 : stringLength(item);
  if (job.b < old) {
    const bytes = min<u32>(old - job.b, SLICE);
    memory.copy(blobData(job.a) + job.b, stringData(item) + job.b, bytes);
    job.b += bytes;
    return false;
  }
  const clearTo = job.e == 0 ? job.c : <u32>job.x;
  if (job.b < clearTo) {
    const bytes = min<u32>(clearTo - job.b, SLICE);
    memory.fill(blobData(job.a) + job.b, 0, bytes);
    job.b += bytes;
    return false;
  }
  if (job.e != 0) {
    const arg: usize = frame + job.e;
    const bytes = min<u32>(argLength(arg) - job.f, SLICE);
    memory.copy(blobData(job.a) + <u32>job.x + job.f, argData(arg) + job.f, bytes);
    job.f += bytes;
    if (job.f < argLength(arg)) return false;
  }
  setBlobLength(job.a, job.c);
  if (job.a != job.d && install(item, job.a) == 0) return true;
  if (job.e == 0) {
    dispatch();
  } else {
    noteChange(command == APPEND ? NOTE_APPEND : NOTE_SETRANGE);
    integer(job.c);
  }
  return true;
}
