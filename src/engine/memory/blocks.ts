/** Questions about blocks of the ITEMS heap that are asked with nothing but an address. */
import { HEAP, PAGE_SHIFT } from "../layout/memory";
import { CLASS_COUNT, state } from "../state";
import { addressOf, entryOf, KIND_MASK, KIND_RUN, KIND_SLAB, pageOf } from "./pages";
import { sizeClass } from "./slab";

/** Stands in word 1 of a run's page entry when the run is an item. */
export const ITEM_RUN: u32 = 0x4d455449;

/** Whether an item lies at exactly that address now. */
export function isLiveItem(address: usize): bool {
  const page = pageOf(address);
  if (address < HEAP || page >= state().topPage) return false;
  const word = load<u32>(entryOf(page));
  const kind = word & KIND_MASK;
  if (kind == KIND_RUN) {
    return (address & ((1 << PAGE_SHIFT) - 1)) == 0 && load<u32>(entryOf(page), 4) == ITEM_RUN;
  }
  if (kind != KIND_SLAB) return false;
  const c = (word >> 4) & 255;
  if (c >= CLASS_COUNT) return false;
  const first = page - ((word >> 12) & 15);
  const start = addressOf(first);
  if ((address - start) % sizeClass(c).size != 0) return false;
  if (address >= freshOf(first)) return false;
  return (load<u32>(address) & 7) != 0;
}

/** First byte of a slab that was never handed out. */
@inline
export function freshOf(first: u32): u32 {
  return load<u32>(entryOf(first + 1), 4);
}
