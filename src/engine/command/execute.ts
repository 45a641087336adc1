/**
 * Runs batches: the inner loop of a shard. Reads frames, writes replies into the area that the caller provides, one
 * record a batch (layout/reply.ts).
 */
import { AHEAD, prefetchBatches, prefetchFrames } from "../index/prefetch";
import { isHeld } from "../job/filter";
import { isHold } from "../job/job";
import { mustWait, suspend } from "../job/suspended";
import { dropBlob } from "../keyspace/blob";
import {
  BATCH_CONNECTION, BATCH_DATABASE, BATCH_EXCHANGE, BATCH_FLAGS, BATCH_FORCE, BATCH_FRAMES, BATCH_GATHER,
  BATCH_HEADER, BATCH_NO_TOUCH, BATCH_PROTOCOL, BATCH_REMOTE, BATCH_SILENT, BATCH_SIZE, BATCH_TRACK, FRAME_ARGC, FRAME_EXTERNALS, FRAME_HEADER,
  FRAME_INDEX, FRAME_JOIN, FRAME_SIZE,
} from "../layout/batch";
import {
  GATHER_BYTES, GATHER_HEADER, GATHER_INDEX, GATHER_JOIN, REPLY_BYTES, REPLY_CONNECTION, REPLY_COUNT, REPLY_EXCHANGE,
  REPLY_FLAGS, REPLY_GATHER, REPLY_HEADER, REPLY_LAST, REPLY_REFERENCES, REPLY_SIZE, REFERENCE_SIZE,
} from "../layout/reply";
import { RING_PAD } from "../layout/ring";
import { STAT_COMMANDS } from "../layout/stats";
import { give } from "../memory/heap";
import { state } from "../state";
import { countCall, countMany } from "../stats";
import {
  AREA_MIN, endSpill, failed, hasSlack, moveOut, openArea, out, payloadBytes, references, referencesAt, rewind,
} from "../wire/reply";
import { command, enterBatch, enterFrame, enterSender, isExternal, isTracked, nextArg, root } from "./context";
import { dispatch } from "./dispatch";
import { outOfMemory } from "./errors";
import { noteReads } from "./track";

/** Why `runFrames` came to an end. */
export const ENDED: u32 = 0;
export const AREA_FULL: u32 = 1;
/** The next frame's key is held, or the frame has become a job (`state().startedJob`). */
export const SUSPENDED: u32 = 2;
/** The next frame has been answered, but its keys stay held (command/hold.ts). */
export const HOLDING: u32 = 3;
export let cause: u32 = ENDED;
/** The frame that `runFrames` came to, and how many are left with it. */
export let restFrame: usize = 0;
export let restFrames: u32 = 0;

/**
 * Executes the batches from `batches` to `end`, writing records from `area` to `areaEnd`. Returns the bytes of the
 * records. `consumed` in the state tells how far it came. It stops early when the area is full, and before a batch
 * whose frame must be loaded first; it stops after every frame when `single` is set, which is how commands are timed
 * one by one.
 */
export function execute(batches: usize, end: usize, area: usize, areaEnd: usize, nowMs: f64): u32 {
  const s = state();
  s.nowMs = <i64>nowMs;
  s.recordsEnd = <u32>area;
  let batch = batches;
  let record = area;
  let prefetched: u32 = 0;
  while (batch < end && record + AREA_MIN <= areaEnd) {
    const size = load<u32>(batch, BATCH_SIZE);
    if ((size & RING_PAD) != 0) {
      batch += size & ~RING_PAD;
      continue;
    }
    if ((load<u8>(batch, BATCH_FLAGS) & BATCH_REMOTE) != 0) break;
    if (prefetched == 0) prefetched = prefetchBatches(batch, end);
    if (prefetched != 0) prefetched--;
    s.currentBatch = <u32>batch;
    record += runBatch(batch, record, areaEnd);
    s.recordsEnd = <u32>record;
    if (s.resumeFrame != 0) break;
    batch += size;
    if (s.single != 0) break;
  }
  s.consumed = <u32>batch;
  s.currentBatch = 0;
  return <u32>(record - area);
}

function runBatch(batch: usize, record: usize, areaEnd: usize): u32 {
  const s = state();
  const flags: u32 = load<u8>(batch, BATCH_FLAGS);
  let frame = batch + BATCH_HEADER;
  let frames: u32 = load<u16>(batch, BATCH_FRAMES);
  if (s.resumeFrame != 0) {
    frame = s.resumeFrame;
    frames = s.resumeCount;
    s.resumeFrame = 0;
  } else if (s.suspendedCount != 0 && mustWait(load<u32>(batch, BATCH_CONNECTION)) && !isForced(flags)) {
    if (suspend(batch, frame, frames, 0)) return 0;
    openRecord(batch, record, areaEnd);
    refuse(frame, frames, flags);
    return closeRecord(batch, record, frames, REPLY_LAST);
  }
  openRecord(batch, record, areaEnd);
  runFrames(frame, frames, flags);
  let replyFlags: u32 = REPLY_LAST;
  if (cause == AREA_FULL) {
    s.resumeFrame = <u32>restFrame;
    s.resumeCount = restFrames;
    replyFlags = 0;
  } else if (cause != ENDED) {
    const holding = cause == HOLDING;
    if (suspend(batch, restFrame, restFrames, s.startedJob)) {
      replyFlags = holding ? REPLY_LAST : 0;
      if (holding) restFrames = 0;
    } else {
      if (holding) rewind(record + REPLY_HEADER, 0);
      refuse(restFrame, restFrames, flags);
      restFrames = 0;
    }
    s.startedJob = 0;
  }
  if ((flags & BATCH_SILENT) != 0) return 0;
  if (replyFlags == 0 && frames == restFrames) return 0;
  return closeRecord(batch, record, frames - restFrames, replyFlags);
}

@inline
function isForced(flags: u32): bool {
  return (flags & BATCH_FORCE) != 0;
}

export function openRecord(batch: usize, record: usize, areaEnd: usize): void {
  const noTouch = (load<u8>(batch, BATCH_FLAGS) & BATCH_NO_TOUCH) != 0;
  enterBatch(load<u8>(batch, BATCH_DATABASE), load<u8>(batch, BATCH_PROTOCOL), noTouch, state().nowMs);
  const flags: u32 = load<u8>(batch, BATCH_FLAGS);
  enterSender(load<u32>(batch, BATCH_CONNECTION), isForced(flags), (flags & BATCH_TRACK) != 0);
  openArea(record + REPLY_HEADER, areaEnd);
}

/** Runs frames until they end or can't go on; see `cause`. */
export function runFrames(frame: usize, frames: u32, flags: u32): void {
  const s = state();
  const gather = (flags & BATCH_GATHER) != 0;
  const before = frames;
  cause = ENDED;
  let untilPrefetch: u32 = 0;
  while (frames != 0) {
    if (untilPrefetch == 0 && frames > 1) {
      prefetchFrames(root, frame, frames);
      untilPrefetch = AHEAD;
    }
    untilPrefetch--;
    if (!hasSlack() || (s.single != 0 && frames != before)) {
      cause = AREA_FULL;
      break;
    }
    cause = s.heldKeys != 0 && !isForced(flags) && isHeld(frame) ? SUSPENDED : runFrame(frame, gather);
    if (cause != ENDED) break;
    frame += load<u32>(frame, FRAME_SIZE);
    frames--;
  }
  countMany(STAT_COMMANDS, before - frames);
  restFrame = frame;
  restFrames = frames;
}

/** Runs one command; SUSPENDED when it has become a job. */
@inline
function runFrame(frame: usize, gather: bool): u32 {
  const s = state();
  s.currentFrame = <u32>frame;
  enterFrame(frame);
  const start = out;
  const referencesBefore = references;
  if (gather) moveOut(start + GATHER_HEADER);
  countCall(command);
  s.changing = 1;
  dispatch();
  s.changing = 0;
  if (isTracked) noteReads();
  if (s.startedJob != 0) {
    if (!isHold(s.startedJob)) {
      rewind(start, referencesBefore);
      return SUSPENDED;
    }
    if (!failed) {
      endSpill();
      return HOLDING;
    }
    give(s.startedJob);
    s.startedJob = 0;
  }
  if (failed) {
    rewind(gather ? start + GATHER_HEADER : start, referencesBefore);
    outOfMemory();
  }
  endSpill();
  if (gather) closeGathered(frame, start);
  if ((load<u32>(frame, FRAME_JOIN) & FRAME_EXTERNALS) != 0) dropExternals(frame);
  return ENDED;
}

/** Frees the long arguments that the command has not made values of. */
export function dropExternals(frame: usize): void {
  let arg = frame + FRAME_HEADER;
  for (let left = load<u32>(frame, FRAME_ARGC); left != 0; left--) {
    const next = nextArg(arg);
    if (isExternal(arg) && load<u32>(arg, 4) != 0) dropBlob(load<u32>(arg, 4));
    arg = next;
  }
}

/** Writes the header before a reply, or a part of one, that began at `start`. */
export function closeGathered(frame: usize, start: usize): void {
  store<u16>(start, load<u16>(frame, FRAME_INDEX), GATHER_INDEX);
  store<u16>(start, load<u32>(frame, FRAME_JOIN), GATHER_JOIN);
  store<u32>(start, <u32>(out - start) - GATHER_HEADER, GATHER_BYTES);
  moveOut((out + 3) & ~3);
}

/** Answers frames that there is no memory to put aside. */
function refuse(frame: usize, frames: u32, flags: u32): void {
  for (; frames != 0; frames--) {
    const start = out;
    if ((flags & BATCH_GATHER) != 0) moveOut(start + GATHER_HEADER);
    outOfMemory();
    if ((flags & BATCH_GATHER) != 0) closeGathered(frame, start);
    frame += load<u32>(frame, FRAME_SIZE);
  }
  endSpill();
}

/** Fills a record's header in and brings its references behind the payload; returns its size. */
export function closeRecord(batch: usize, record: usize, count: u32, flags: u32): u32 {
  const bytes = payloadBytes();
  const payloadEnd = (record + REPLY_HEADER + bytes + 7) & ~7;
  const referenceBytes = references * REFERENCE_SIZE;
  if (referenceBytes != 0) memory.copy(payloadEnd, referencesAt(), referenceBytes);
  const size = <u32>(payloadEnd - record) + referenceBytes;
  if ((load<u8>(batch, BATCH_FLAGS) & BATCH_GATHER) != 0) flags |= REPLY_GATHER;
  store<u32>(record, size, REPLY_SIZE);
  store<u32>(record, load<u32>(batch, BATCH_CONNECTION), REPLY_CONNECTION);
  store<u32>(record, load<u32>(batch, BATCH_EXCHANGE), REPLY_EXCHANGE);
  store<u16>(record, count, REPLY_COUNT);
  store<u16>(record, flags, REPLY_FLAGS);
  store<u32>(record, bytes, REPLY_BYTES);
  store<u32>(record, references, REPLY_REFERENCES);
  return size;
}
