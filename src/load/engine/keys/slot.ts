/** The hash slot of a key in a Redis Cluster: CRC16 (XMODEM) of the key, or of its hash tag, modulo 16384. */
import { allocate } from "../base";

const SLOTS: u32 = 16384;
let table: usize = 0;
/** Number of the node that serves each slot. */
let nodes: usize = 0;

export function slotTable(): usize {
  if (nodes == 0) nodes = allocate(SLOTS * 2);
  return nodes;
}

export function nodeOfKey(key: usize, length: u32): u32 {
  return load<u16>(nodes + (slotOf(key, length) << 1));
}

export function slotOf(key: usize, length: u32): u32 {
  let start: u32 = 0;
  while (start < length && load<u8>(key + start) != 0x7b) start++;
  if (start < length) {
    let end = start + 1;
    while (end < length && load<u8>(key + end) != 0x7d) end++;
    if (end < length && end > start + 1) return crc16(key + start + 1, end - start - 1) % SLOTS;
  }
  return crc16(key, length) % SLOTS;
}

function crc16(at: usize, length: u32): u32 {
  if (table == 0) makeTable();
  let crc: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    crc = ((crc << 8) & 0xffff) ^ load<u16>(table + ((((crc >> 8) ^ load<u8>(at + i)) & 0xff) << 1));
  }
  return crc;
}

function makeTable(): void {
  table = allocate(512);
  for (let i: u32 = 0; i < 256; i++) {
    let crc = i << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
    store<u16>(table + (i << 1), <u16>crc);
  }
}
