/** The end of an item that has left its index. */
import { forget } from "../eviction/queues";
import { unschedule } from "../expiry/wheel";
import { Root } from "../index/table";
import { give } from "../memory/heap";
import { dropBlob } from "./blob";
import { blobOfItem, flagsOf, SEPARATE, VOLATILE } from "./item";

export function disposeItem(root: Root, item: usize): void {
  if ((flagsOf(item) & VOLATILE) != 0) {
    unschedule(item);
    root.volatileKeys--;
  }
  forget(item);
  if ((flagsOf(item) & SEPARATE) != 0) dropBlob(blobOfItem(item));
  give(item);
}
