/**
 * Ring records begin with their size; a pad, which fills the end of the memory, has this bit set in it.
 *
 * Compiled by `tsc` and by `asc`.
 */
export const RING_PAD: u32 = 0x40000000;
