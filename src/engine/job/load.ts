/**
 * Requests that are too large for the ring. Their batch brings only the address of the frame in another memory; the
 * shard's thread copies the frame, and then each long argument into a blob of this memory, slice by slice, while
 * other requests go on. What the copying needs to know is kept here, as a job:
 *
 *   job   a = argument to look at next (offset in the frame, 0 before the first), b = arguments left with it
 *         c = blob being filled, d = where its bytes come from (a chain of chunks in the other memory)
 */
import { argLength, isExternal, nextArg } from "../command/context";
import { makeRoom } from "../eviction/room";
import { FAIL } from "../generated/commands";
import { FRAME_ARGC, FRAME_COMMAND, FRAME_EXTERNALS, FRAME_HEADER, FRAME_JOIN } from "../layout/batch";
import { BLOB_HEADER, blobData, dropBlob, formatBlob } from "../keyspace/blob";
import { give, takeRun } from "../memory/heap";
import { state } from "../state";
import { Job, JOB_LOAD, startJob } from "./job";
import { batchOf, entryOfBatch, forgetSuspended, Suspended, suspendEmpty } from "./suspended";

/** Puts a batch aside whose frame of `bytes` bytes is to come; returns the suspended batch, 0 without memory. */
export function loadBegin(batch: usize, bytes: u32): usize {
  const job = startJob(JOB_LOAD);
  state().startedJob = 0;
  if (job == null) return 0;
  const entry = suspendEmpty(batch, bytes, <u32>changetype<usize>(job));
  if (entry == null) {
    give(changetype<usize>(job));
    return 0;
  }
  return changetype<usize>(entry);
}

@inline
function jobOf(entry: usize): Job {
  return changetype<Job>(changetype<Suspended>(entry).job);
}

/** Where the frame's bytes go. */
export function loadFrame(entry: usize): usize {
  return changetype<Suspended>(entry).frame;
}

/** Where the bytes of the argument being loaded come from, and how many they are. */
export function loadSource(entry: usize): u32 {
  return jobOf(entry).d;
}

export function loadLength(entry: usize): u32 {
  return argLength(changetype<Suspended>(entry).frame + jobOf(entry).a);
}

/**
 * Called when the frame has been copied, and again when an argument has: returns where the next argument's bytes go.
 * 0 when nothing is left to load, or there is no memory for it; the request then goes on, to run or to fail.
 */
export function loadNext(entry: usize): usize {
  const frame: usize = changetype<Suspended>(entry).frame;
  const job = jobOf(entry);
  if (job.a == 0) {
    job.a = FRAME_HEADER;
    job.b = load<u32>(frame, FRAME_ARGC);
  } else {
    store<u32>(frame + job.a, job.c, 4);
    store<u32>(frame, load<u32>(frame, FRAME_JOIN) | FRAME_EXTERNALS, FRAME_JOIN);
    step(frame, job);
  }
  while (job.b != 0) {
    const arg: usize = frame + job.a;
    if (isExternal(arg)) {
      const size = argLength(arg) + BLOB_HEADER;
      const blob = makeRoom(size) ? takeRun(size, 0) : 0;
      if (blob == 0) {
        fail(frame, job);
        break;
      }
      formatBlob(blob, argLength(arg));
      job.c = <u32>blob;
      job.d = load<u32>(arg, 4);
      return blobData(blob);
    }
    step(frame, job);
  }
  give(changetype<usize>(job));
  changetype<Suspended>(entry).job = 0;
  state().rescan = 1;
  return 0;
}

/** The oldest batch that is being loaded, 0 if none is. */
export function firstLoad(): usize {
  let address: usize = state().suspendedHead;
  while (address != 0) {
    const entry = changetype<Suspended>(address);
    if (entry.job != 0 && jobOf(address).kind == JOB_LOAD) return batchOf(entry);
    address = entry.next;
  }
  return 0;
}

/** Gives a batch up that was being loaded by a thread that is gone, and frees what has been loaded of it. */
export function abandonLoad(batch: usize): void {
  const entry = entryOfBatch(batch);
  const frame: usize = entry.frame;
  const job = changetype<Job>(entry.job);
  if (job.a != 0) {
    for (let arg = frame + FRAME_HEADER; arg < frame + job.a; arg = nextArg(arg)) {
      if (isExternal(arg)) dropBlob(load<u32>(arg, 4));
    }
    dropBlob(job.c);
  }
  forgetSuspended(batch);
}

@inline
function step(frame: usize, job: Job): void {
  job.a = <u32>(nextArg(frame + job.a) - frame);
  job.b--;
}

/** Makes the request one that answers with an error. What it has loaded is freed with it. */
function fail(frame: usize, job: Job): void {
  store<u16>(frame, FAIL, FRAME_COMMAND);
  for (; job.b != 0; step(frame, job)) {
    const arg: usize = frame + job.a;
    if (isExternal(arg)) store<u32>(arg, 0, 4);
  }
}
