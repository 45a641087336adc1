/**
 * A round of work on the suspended batches: each job makes one step, and whoever no longer has to wait goes on. The
 * filter is rebuilt on the way, so that each batch sees only what older ones hold.
 */
import { enterFrame } from "../command/context";
import { outOfMemory } from "../command/errors";
import {
  AREA_FULL, cause, closeGathered, closeRecord, dropExternals, ENDED, HOLDING, openRecord, restFrame, restFrames,
  runFrames,
} from "../command/execute";
import {
  BATCH_CONNECTION, BATCH_FLAGS, BATCH_FORCE, BATCH_GATHER, BATCH_SILENT, FRAME_EXTERNALS, FRAME_JOIN, FRAME_SIZE,
} from "../layout/batch";
import { ENDED_FRAME, ENDED_FRAME_SIZE } from "../layout/memory";
import { GATHER_HEADER, REPLY_LAST, REPLY_PART } from "../layout/reply";
import { give } from "../memory/heap";
import { state } from "../state";
import { AREA_MIN, endSpill, failed, moveOut, out, payloadBytes, references, rewind } from "../wire/reply";
import { clearFilter, isHeld } from "./filter";
import { Job, JOB_HOLD, JOB_LOAD } from "./job";
import { isPart, partItems, stepJob } from "./step";
import { batchOf, hold, leave, mustWait, Suspended } from "./suspended";

/**
 * Makes one round; writes records from `area` to `areaEnd` and returns their bytes. `rescan` in the state tells
 * whether another round would find something to do.
 */
export function runJobs(area: usize, areaEnd: usize, nowMs: f64): u32 {
  const s = state();
  s.nowMs = <i64>nowMs;
  s.recordsEnd = <u32>area;
  s.rescan = 0;
  clearFilter();
  let record = area;
  let previous: u32 = 0;
  let address = s.suspendedHead;
  while (address != 0) {
    const entry = changetype<Suspended>(address);
    const hasRoom = record + AREA_MIN <= areaEnd;
    if (!hasRoom) s.rescan = 1;
    if (hasRoom && canGoOn(entry)) {
      s.currentBatch = <u32>batchOf(entry);
      record += goOn(entry, record, areaEnd);
      s.recordsEnd = <u32>record;
      s.currentBatch = 0;
      if (entry.frames == 0) {
        address = leave(entry, previous);
        s.rescan = 1;
        continue;
      }
    }
    hold(entry);
    if (isRunning(entry)) s.rescan = 1;
    previous = address;
    address = entry.next;
  }
  return <u32>(record - area);
}

@inline
function isRunning(entry: Suspended): bool {
  if (entry.job == 0) return false;
  const kind = changetype<Job>(entry.job).kind;
  return kind != JOB_HOLD && kind != JOB_LOAD;
}

function canGoOn(entry: Suspended): bool {
  if (entry.job != 0) return isRunning(entry);
  // It was put aside only because it had to be loaded, and what holds its keys waits for it.
  if ((load<u8>(batchOf(entry), BATCH_FLAGS) & BATCH_FORCE) != 0) return true;
  return !mustWait(load<u32>(batchOf(entry), BATCH_CONNECTION)) && !isHeld(entry.frame);
}

/** Makes a step of the entry's job; if that was the last, or there is none, runs the frames behind it. */
function goOn(entry: Suspended, record: usize, areaEnd: usize): u32 {
  const s = state();
  const batch = batchOf(entry);
  const flags: u32 = load<u8>(batch, BATCH_FLAGS);
  openRecord(batch, record, areaEnd);
  let answered: u32 = 0;
  let partFlag: u32 = 0;
  if (entry.job != 0) {
    const done = step(entry, flags);
    partFlag = isPart ? REPLY_PART : 0;
    if (isPart) answered = partItems;
    else if (done) answered = 1;
    if (!done) {
      return payloadBytes() == 0 && references == 0 ? 0 : closeRecord(batch, record, answered, partFlag);
    }
  }
  const frames = entry.frames;
  runFrames(entry.frame, frames, flags);
  if (cause == HOLDING) {
    answered += frames;
  } else {
    answered += frames - restFrames;
  }
  entry.frame = <u32>restFrame;
  entry.frames = restFrames;
  entry.job = s.startedJob;
  s.startedJob = 0;
  if (cause == AREA_FULL) s.rescan = 1;
  if ((flags & BATCH_SILENT) != 0) return 0;
  const last = cause == ENDED || cause == HOLDING;
  if (!last && answered == 0) return 0;
  return closeRecord(batch, record, answered, (last ? REPLY_LAST : 0) | partFlag);
}

/** Leaves what the slow log wants to know: the beginning of the frame, and how long it took. */
function noteEnded(entry: Suspended, job: Job): void {
  const s = state();
  s.endedJobs++;
  s.endedConnection = load<u32>(batchOf(entry), BATCH_CONNECTION);
  s.endedMs = <u32>(s.nowMs - job.since);
  memory.copy(ENDED_FRAME, entry.frame, min<u32>(load<u32>(entry.frame, FRAME_SIZE), ENDED_FRAME_SIZE));
}

/** One step of a job; true when its command is finished, and the entry is at the frame behind it. */
function step(entry: Suspended, flags: u32): bool {
  const s = state();
  const gather = (flags & BATCH_GATHER) != 0;
  const start = out;
  const referencesBefore = references;
  s.currentFrame = entry.frame;
  enterFrame(entry.frame);
  if (gather) moveOut(start + GATHER_HEADER);
  const job = changetype<Job>(entry.job);
  job.steps++;
  s.changing = 1;
  const done = stepJob(job);
  s.changing = 0;
  if (s.startedJob != 0) {
    // It had to begin anew.
    rewind(start, referencesBefore);
    give(entry.job);
    entry.job = s.startedJob;
    s.startedJob = 0;
    return false;
  }
  if (failed) {
    rewind(gather ? start + GATHER_HEADER : start, referencesBefore);
    outOfMemory();
  }
  endSpill();
  if (gather) {
    if (out != start + GATHER_HEADER || references != referencesBefore) closeGathered(entry.frame, start);
    else moveOut(start);
  }
  if (!done) return false;
  noteEnded(entry, job);
  give(entry.job);
  entry.job = 0;
  if ((load<u32>(entry.frame, FRAME_JOIN) & FRAME_EXTERNALS) != 0) dropExternals(entry.frame);
  entry.frame += load<u32>(entry.frame, FRAME_SIZE);
  entry.frames--;
  return true;
}
