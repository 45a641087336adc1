/**
 * Puts the replies of an exchange that several shards answered in the order of its requests. Each shard's replies
 * come in that order, numbered (layout/reply.ts); this merges them.
 *
 *   list   for each shard: u32 next byte of its replies | u32 their end
 */
import { copyBytes } from "../base/bytes";
import { readSigned, value, writeSigned } from "../base/decimal";
import { JOIN_NONE, JOIN_SUM } from "../layout/batch";
import { GATHER_BYTES, GATHER_HEADER, GATHER_INDEX, GATHER_JOIN } from "../layout/reply";

/** Merges `shards` lists into `to`, which has room for all of it and 32 bytes; returns the address behind the text. */
export function gather(list: usize, shards: u32, to: usize): usize {
  let open = shards;
  for (let i: u32 = 0; i < shards; i++) if (load<u32>(list + (i << 3)) == load<u32>(list + (i << 3), 4)) open--;
  for (let index: u32 = 0; open != 0; index++) {
    let join: u32 = JOIN_NONE;
    let sum: i64 = 0;
    let failure: usize = 0;
    for (let i: u32 = 0; i < shards; i++) {
      const entry = list + (i << 3);
      const end: usize = load<u32>(entry, 4);
      let at: usize = load<u32>(entry);
      while (at != end && load<u16>(at, GATHER_INDEX) == index) {
        const bytes = load<u32>(at, GATHER_BYTES);
        const text = at + GATHER_HEADER;
        join = load<u16>(at, GATHER_JOIN);
        if (join == JOIN_NONE) {
          copyBytes(to, text, bytes);
          to += bytes;
        } else if (load<u8>(text) == 0x2d) {
          if (failure == 0) failure = at;
        } else if (join == JOIN_SUM && readSigned(text + 1, bytes - 3)) {
          sum += value;
        }
        at += (GATHER_HEADER + bytes + 3) & ~3;
        if (at == end) open--;
      }
      store<u32>(entry, <u32>at);
    }
    if (join != JOIN_NONE) to = writeJoined(to, join, sum, failure);
  }
  return to;
}

function writeJoined(to: usize, join: u32, sum: i64, failure: usize): usize {
  if (failure != 0) {
    const bytes = load<u32>(failure, GATHER_BYTES);
    copyBytes(to, failure + GATHER_HEADER, bytes);
    return to + bytes;
  }
  if (join == JOIN_SUM) {
    store<u8>(to, 0x3a);
    to = writeSigned(to + 1, sum);
    store<u16>(to, 0x0a0d);
    return to + 2;
  }
  store<u64>(to, 0x0a0d4b4f2b); // +OK\r\n
  return to + 5;
}
