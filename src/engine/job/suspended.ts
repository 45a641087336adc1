/**
 * Batches that could not be finished at once, in order of arrival. The first frame of each is either being worked at
 * (it has a job), or waits: for a key that unfinished work holds, or for an earlier batch of its own connection.
 *
 *   suspended   u32 next | u32 job | u32 frame | u32 frames left
 *               copy of the batch: header, and the frames from the first unfinished one on
 */
import { BATCH_CONNECTION, BATCH_HEADER, BATCH_SIZE } from "../layout/batch";
import { STAT_JOBS } from "../layout/stats";
import { give, takeWork } from "../memory/heap";
import { state } from "../state";
import { count } from "../stats";
import { holdConnection, holdKeys, isConnectionHeld } from "./filter";
import { Job, JOB_LOAD } from "./job";

@unmanaged
export class Suspended {
  next: u32;
  job: u32;
  frame: u32;
  frames: u32;
}

const SUSPENDED_HEADER: u32 = 16;
/** Batches that the acceptor sends for itself belong to no connection and don't wait for each other. */
const NOBODY: u32 = 0;

@inline
export function batchOf(entry: Suspended): usize {
  return changetype<usize>(entry) + SUSPENDED_HEADER;
}

@inline
export function entryOfBatch(batch: usize): Suspended {
  return changetype<Suspended>(batch - SUSPENDED_HEADER);
}

/** Whether an earlier batch of that connection is unfinished. */
export function mustWait(connection: u32): bool {
  return connection != NOBODY && isConnectionHeld(connection);
}

/** Puts the frames of a batch from `frame` on aside. False when there is no memory for it. */
export function suspend(batch: usize, frame: usize, frames: u32, job: u32): bool {
  const bytes = load<u32>(batch, BATCH_SIZE) - <u32>(frame - batch);
  const block = takeWork(SUSPENDED_HEADER + BATCH_HEADER + bytes);
  if (block == 0) {
    if (job != 0) give(job);
    return false;
  }
  const entry = fillIn(block, batch, bytes, job);
  memory.copy(entry.frame, frame, bytes);
  entry.frames = frames;
  if (job != 0) count(STAT_JOBS);
  hold(entry);
  return true;
}

function fillIn(block: usize, batch: usize, bytes: u32, job: u32): Suspended {
  const to = block + SUSPENDED_HEADER;
  memory.copy(to, batch, BATCH_HEADER);
  store<u32>(to, BATCH_HEADER + bytes, BATCH_SIZE);
  const entry = changetype<Suspended>(block);
  entry.next = 0;
  entry.job = job;
  entry.frame = <u32>(to + BATCH_HEADER);
  entry.frames = 1;
  append(entry);
  return entry;
}

/** Puts a batch aside whose only frame, of `bytes` bytes, is still to be copied into it; null without memory. */
export function suspendEmpty(batch: usize, bytes: u32, job: u32): Suspended | null {
  const block = takeWork(SUSPENDED_HEADER + BATCH_HEADER + bytes);
  if (block == 0) return null;
  const entry = fillIn(block, batch, bytes, job);
  hold(entry);
  return entry;
}

function append(entry: Suspended): void {
  const s = state();
  const address = <u32>changetype<usize>(entry);
  if (s.suspendedTail == 0) s.suspendedHead = address;
  else changetype<Suspended>(s.suspendedTail).next = address;
  s.suspendedTail = address;
  s.suspendedCount++;
  s.rescan = 1;
}

/** Takes an entry out; `previous` is the one before it, 0 for the first. Returns the one behind it. */
export function leave(entry: Suspended, previous: u32): u32 {
  const s = state();
  const next = entry.next;
  if (previous == 0) s.suspendedHead = next;
  else changetype<Suspended>(previous).next = next;
  if (next == 0) s.suspendedTail = previous;
  s.suspendedCount--;
  give(changetype<usize>(entry));
  return next;
}

/** Takes the entry out whose batch that is, if there is one. */
export function forgetSuspended(batch: usize): void {
  let previous: u32 = 0;
  let address = state().suspendedHead;
  while (address != 0) {
    const entry = changetype<Suspended>(address);
    if (batchOf(entry) == batch) {
      if (entry.job != 0) give(entry.job);
      leave(entry, previous);
      state().rescan = 1;
      return;
    }
    previous = address;
    address = entry.next;
  }
}

/** Marks the connection and the keys of the first frame as held. */
export function hold(entry: Suspended): void {
  const connection = load<u32>(batchOf(entry), BATCH_CONNECTION);
  if (connection != NOBODY) holdConnection(connection);
  // A frame that is not there yet can't be read, and nothing has been done to its keys.
  if (entry.job == 0 || changetype<Job>(entry.job).kind != JOB_LOAD) holdKeys(entry.frame);
}
