/** Look-up in the command table: open addressing over the name's three words. */
import { COMMANDS } from "../layout/memory";
import { COMMAND_ENTRY, COMMAND_ID, COMMAND_MAX, COMMAND_NAME_MAX } from "../layout/command";

const BUCKETS: u32 = 2048;
const TABLE: usize = COMMANDS;
const ENTRIES: usize = COMMANDS + BUCKETS * 2;
const LOWER: u64 = 0x2020202020202020;

@inline
export function commandEntry(id: u32): usize {
  return ENTRIES + id * COMMAND_ENTRY;
}

/** Up to 8 bytes of a name from `at` on, lower case, padded with 0. Reads 8 bytes always. */
@inline
function word(at: usize, length: i32): u64 {
  if (length <= 0) return 0;
  const w = load<u64>(at) | LOWER;
  return length >= 8 ? w : w & (((<u64>1) << (<u64>length << 3)) - 1);
}

@inline
function slotOf(a: u64, b: u64, c: u64): u32 {
  const h = (a ^ rotl<u64>(b, 21) ^ rotl<u64>(c, 42)) * 0x9e3779b97f4a7c15;
  return <u32>(h >> 53);
}

/** Entry of a command, 0 when there is none of that name. */
export function findCommand(name: usize, length: u32): usize {
  if (length > COMMAND_NAME_MAX) return 0;
  const a = word(name, length);
  const b = word(name + 8, length - 8);
  const c = word(name + 16, length - 16);
  let slot = slotOf(a, b, c);
  while (true) {
    const id: u32 = load<u16>(TABLE + (slot << 1));
    if (id == 0) return 0;
    const entry = commandEntry(id);
    if (load<u64>(entry) == a && load<u64>(entry, 8) == b && load<u64>(entry, 16) == c) return entry;
    slot = (slot + 1) & (BUCKETS - 1);
  }
}

/** Enters an entry that the host has written at `commandEntry(id)`. */
export function defineCommand(id: u32): void {
  assert(id > 0 && id < COMMAND_MAX);
  const entry = commandEntry(id);
  let slot = slotOf(load<u64>(entry), load<u64>(entry, 8), load<u64>(entry, 16));
  while (load<u16>(TABLE + (slot << 1)) != 0) slot = (slot + 1) & (BUCKETS - 1);
  store<u16>(TABLE + (slot << 1), id);
  assert(load<u16>(entry, COMMAND_ID) == id);
}
