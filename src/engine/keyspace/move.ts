/** Moving an item to another block. */
import { forget, noteReplacement } from "../eviction/queues";
import { relink } from "../expiry/wheel";
import { give, takeItem } from "../memory/heap";
import { flagsOf, itemBytes, VOLATILE } from "./item";

/** Moves the item at `place` to a block of `size` bytes; returns where it lies now, 0 when there is no memory. */
export function moveItem(item: usize, place: usize, size: u32): usize {
  const to = takeItem(size);
  if (to == 0) return 0;
  memory.copy(to, item, itemBytes(item));
  store<u32>(place, <u32>to);
  if ((flagsOf(to) & VOLATILE) != 0) relink(to);
  forget(item);
  give(item);
  noteReplacement(to, flagsOf(to));
  return to;
}
