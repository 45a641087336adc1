/**
 * Touches what a row of commands will look up, before the first of them runs. A look-up waits for memory twice, for its
 * bucket and for its item; those of commands that follow each other don't depend on one another, so the processor can
 * fetch them at the same time if it sees the loads close together.
 */
import { BATCH_DATABASE, BATCH_FRAMES, BATCH_HEADER, BATCH_SIZE, FRAME_HASH, FRAME_SIZE } from "../layout/batch";
import { RING_PAD } from "../layout/ring";
import { physicalOf, rootOf } from "../keyspace/databases";
import { matches, placeAt, usedPlaces } from "./bucket";
import { bucketAt, fingerprintOf, homeIndex } from "./segment";
import { entryOfPrefix, highOf, Root, segmentOf } from "./table";

/** Commands that are looked ahead: about as many loads as a core keeps under way. */
export const AHEAD: u32 = 16;
/** A short item lies in two cache lines more often than not. */
const LINE: usize = 64;

/** Keeps the loads from being optimised away. */
let touched: u32 = 0;

@inline
function homeOf(root: Root, hash: u64): usize {
  return bucketAt(segmentOf(entryOfPrefix(root, <u32>hash)), homeIndex(highOf(hash)));
}

@inline
function touchItem(root: Root, hash: u64): u32 {
  const bucket = homeOf(root, hash);
  const bits = matches(bucket, fingerprintOf(highOf(hash)));
  if (bits == 0) return 0;
  const item: usize = load<u32>(placeAt(bucket, ctz<u32>(bits)));
  return load<u32>(item) + load<u32>(item + LINE);
}

/** The items of a bucket. */
export function touchItems(bucket: usize): void {
  let bits = usedPlaces(bucket);
  let sum: u32 = 0;
  while (bits != 0) {
    sum += load<u32>(load<u32>(placeAt(bucket, ctz<u32>(bits))));
    bits &= bits - 1;
  }
  touched = sum;
}

/** For the frames of one batch. */
export function prefetchFrames(root: Root, frame: usize, frames: u32): void {
  if (root.directory == 0) return;
  const count = min(frames, AHEAD);
  let at = frame;
  let sum: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    sum += load<u32>(homeOf(root, load<u64>(at, FRAME_HASH)));
    at += load<u32>(at, FRAME_SIZE);
  }
  at = frame;
  for (let i: u32 = 0; i < count; i++) {
    sum += touchItem(root, load<u64>(at, FRAME_HASH));
    at += load<u32>(at, FRAME_SIZE);
  }
  touched = sum;
}

/** For batches of one frame each, as connections without a pipeline send them. Returns how many it went through. */
export function prefetchBatches(batch: usize, end: usize): u32 {
  let sum: u32 = 0;
  let at = batch;
  let count: u32 = 0;
  while (at < end && count < AHEAD && isSingle(at)) {
    const root = rootOf(physicalOf(load<u8>(at, BATCH_DATABASE)));
    if (root.directory != 0) sum += load<u32>(homeOf(root, load<u64>(at, BATCH_HEADER + FRAME_HASH)));
    at += load<u32>(at, BATCH_SIZE);
    count++;
  }
  at = batch;
  for (let i: u32 = 0; i < count; i++) {
    const root = rootOf(physicalOf(load<u8>(at, BATCH_DATABASE)));
    if (root.directory != 0) sum += touchItem(root, load<u64>(at, BATCH_HEADER + FRAME_HASH));
    at += load<u32>(at, BATCH_SIZE);
  }
  touched = sum;
  return count;
}

@inline
function isSingle(batch: usize): bool {
  return (load<u32>(batch, BATCH_SIZE) & RING_PAD) == 0 && load<u16>(batch, BATCH_FRAMES) == 1;
}
