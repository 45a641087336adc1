/**
 * A part of a long argument on its way to a shard. The parts are chained.
 *
 *   u32 next chunk, 0 at the end | u32 bytes | u32 capacity | u32 memory that the bytes lie in, 0: here
 *   the bytes; or, when they lie in another memory, their address there
 *
 * Compiled by `tsc` and by `asc`.
 */
export const CHUNK_NEXT: u32 = 0;
export const CHUNK_USED: u32 = 4;
export const CHUNK_CAPACITY: u32 = 8;
export const CHUNK_ELSEWHERE: u32 = 12;
export const CHUNK_HEADER: u32 = 16;
