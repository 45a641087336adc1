/**
 * A blob: bytes in a block of their own, for values that are too long to lie inside an item, for long arguments on
 * their way in and for long replies on their way out. It is counted who refers to it: items (COPY shares a blob) and
 * replies that somebody outside the engine is still reading. Bytes are changed only by a sole owner.
 *
 *   u32 length | u32 references | bytes
 */
import { give, sizeOf } from "../memory/heap";

export const BLOB_HEADER: u32 = 8;

@inline
export function blobLength(blob: usize): u32 {
  return load<u32>(blob);
}

@inline
export function setBlobLength(blob: usize, length: u32): void {
  store<u32>(blob, length);
}

@inline
export function blobData(blob: usize): usize {
  return blob + BLOB_HEADER;
}

@inline
export function blobCapacity(blob: usize): u32 {
  return sizeOf(blob) - BLOB_HEADER;
}

@inline
export function isShared(blob: usize): bool {
  return load<u32>(blob, 4) != 1;
}

/** Makes a block a blob with one reference. */
@inline
export function formatBlob(blob: usize, length: u32): void {
  store<u32>(blob, length);
  store<u32>(blob, 1, 4);
}

@inline
export function shareBlob(blob: usize): void {
  store<u32>(blob, load<u32>(blob, 4) + 1, 4);
}

/** Gives a reference up; the last one frees the blob. */
export function dropBlob(blob: usize): void {
  const left = load<u32>(blob, 4) - 1;
  if (left == 0) give(blob);
  else store<u32>(blob, left, 4);
}
