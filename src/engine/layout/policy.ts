/**
 * Eviction policies. Redis's names for LRU and LFU are all served by S3-FIFO; acceptor and engine agree on numbers.
 *
 * Compiled by `tsc` and by `asc`.
 */
export const POLICY_NONE: u32 = 0;
export const POLICY_FIFO: u32 = 1;
export const POLICY_VOLATILE_FIFO: u32 = 2;
export const POLICY_RANDOM: u32 = 3;
export const POLICY_VOLATILE_RANDOM: u32 = 4;
export const POLICY_VOLATILE_TTL: u32 = 5;
