/**
 * The area that replies are written into while `execute` runs. When a reply is too long for it, it goes on in blobs
 * ("spills"), and the record refers to them; a big value is never copied but referred to where it lies.
 *
 *   area    | payload ...→            ←... references |
 *           start            out      limit           end
 */
import { BLOB_HEADER, blobData, blobLength, dropBlob, formatBlob, setBlobLength, shareBlob } from "../keyspace/blob";
import { REFERENCE_ADDRESS, REFERENCE_AT, REFERENCE_BLOB, REFERENCE_LENGTH, REFERENCE_SIZE, REFERENCE_TEXT } from "../layout/reply";
import { sizeOf, takeWork } from "../memory/heap";

/** Longest string that is copied into the area. */
export const COPY_MAX: u32 = 16384;
/** Bytes that shall be free when a command begins: one string of COPY_MAX and what stands around it. */
const SLACK: u32 = COPY_MAX + 4096;
const REFERENCES_MAX: u32 = 512;
/** References that shall be free when a command begins: one for each argument of a command that is not a job. */
const REFERENCES_SLACK: u32 = 384;
const REFERENCES_BYTES: u32 = REFERENCES_MAX * REFERENCE_SIZE;
const SPILL_FIRST: u32 = 64 * 1024;
const SPILL_MAX: u32 = 4 * 1024 * 1024;

/** Least size of an area. */
export const AREA_MIN: u32 = REFERENCES_BYTES + SLACK + 1024;

/** Next byte to write. */
export let out: usize = 0;
/** End of where `out` may go: of the payload, or of the spill. */
let limit: usize = 0;
let areaStart: usize = 0;
let areaEnd: usize = 0;
export let references: u32 = 0;
/** Where the payload goes on when the spill is closed. */
let resumeAt: usize = 0;
let spill: usize = 0;
let spillSize: u32 = 0;
/** Memory for a long reply ran out: what the command writes is dropped, and its reply is replaced by an error. */
export let failed: bool = false;

export function openArea(start: usize, end: usize): void {
  areaStart = start;
  areaEnd = end;
  out = start;
  limit = end - REFERENCES_BYTES;
  references = 0;
  spill = 0;
  failed = false;
}

/** Whether another command may begin. */
@inline
export function hasSlack(): bool {
  return out + SLACK <= limit && references <= REFERENCES_MAX - REFERENCES_SLACK;
}

@inline
export function payloadBytes(): u32 {
  return out - areaStart;
}

@inline
export function moveOut(to: usize): void {
  out = to;
}

@inline
export function referencesAt(): usize {
  return areaEnd - references * REFERENCE_SIZE;
}

/** Gives the command's reply up, whatever it has written: there is no memory. */
export function abandon(): void {
  failed = true;
}

/** Whether `bytes` more can be written; when not, the writer skips them. */
@inline
export function room(bytes: u32): bool {
  if (out + bytes <= limit) return true;
  return openSpill(bytes);
}

function openSpill(bytes: u32): bool {
  if (failed) return false;
  if (spill != 0) {
    closeSpill();
    spillSize = min<u32>(spillSize * 2, SPILL_MAX);
  } else {
    spillSize = SPILL_FIRST;
  }
  const block = references + 2 < REFERENCES_MAX ? takeWork(max<u32>(spillSize, bytes + BLOB_HEADER)) : 0;
  if (block == 0) {
    failed = true;
    return false;
  }
  formatBlob(block, 0);
  resumeAt = out;
  spill = block;
  out = blobData(block);
  limit = block + sizeOf(block);
  return true;
}

/** Ends a command's output: what follows goes into the payload again. */
@inline
export function endSpill(): void {
  if (spill != 0) closeSpill();
}

function closeSpill(): void {
  const blob = spill;
  spill = 0;
  setBlobLength(blob, out - blobData(blob));
  out = resumeAt;
  limit = areaEnd - REFERENCES_BYTES;
  addReference(blobData(blob), blobLength(blob), blob, REFERENCE_TEXT);
  dropBlob(blob);
}

/** Puts bytes of a blob into the reply without copying them; the record shares the blob until it is told off. */
export function refer(address: usize, length: u32, blob: usize): void {
  endSpill();
  if (references == REFERENCES_MAX) {
    failed = true;
    return;
  }
  addReference(address, length, blob, 0);
}

function addReference(address: usize, length: u32, blob: usize, kind: u32): void {
  shareBlob(blob);
  references++;
  const r = referencesAt();
  store<u32>(r, out - areaStart, REFERENCE_AT);
  store<u32>(r, address, REFERENCE_ADDRESS);
  store<u32>(r, length, REFERENCE_LENGTH);
  store<u32>(r, blob | kind, REFERENCE_BLOB);
}

/** Forgets everything that was written since `out` and `references` had these values. */
export function rewind(to: usize, toReferences: u32): void {
  if (spill != 0) {
    dropBlob(spill);
    spill = 0;
    limit = areaEnd - REFERENCES_BYTES;
  }
  while (references > toReferences) {
    const blob = load<u32>(referencesAt(), REFERENCE_BLOB) & ~REFERENCE_TEXT;
    references--;
    dropBlob(blob);
  }
  out = to;
  failed = false;
}
