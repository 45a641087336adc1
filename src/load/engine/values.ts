/**
 * Values: their sizes, and their bytes, which are cut out of a pool of random ones. A verified value proves what it is:
 *
 *   | key u32 | version u32 | bytes u32 | tag u32 | pool bytes from a place that key, version and run give |
 */
import { allocate, copyLoose, mix, random64, randomBelow } from "./base";
import { VERIFIED_LEAST } from "./layout";

/** A power of two. */
const POOL: u32 = 65536;
let pool: usize = 0;
/** Of this run: values of another run are not mistaken for its own. */
let runTag: u64 = 0;

let least: u32 = 0;
let spread: u64 = 1;
/** Weighted list: pairs of a limit for the random word, and bytes. */
let list: usize = 0;
let listed: u32 = 0;

export function initValues(tag: u64): void {
  runTag = tag;
  pool = allocate(POOL * 2);
  for (let i: u32 = 0; i < POOL; i += 8) store<u64>(pool + i, random64());
  memory.copy(pool + POOL, pool, POOL);
}

export function setValueRange(from: u32, to: u32): void {
  least = from;
  spread = <u64>(to - from) + 1;
  listed = 0;
}

/** Returns where to put `entries` pairs of 32-bit words: a random word below the first draws the second, in bytes. */
export function setValueList(entries: u32): usize {
  list = allocate(entries * 8);
  listed = entries;
  return list;
}

export function drawValueSize(): u32 {
  if (listed == 0) return spread == 1 ? least : least + <u32>randomBelow(spread);
  const word = <u32>(random64() >> 32);
  let at = list;
  for (let i: u32 = 1; i < listed && word >= load<u32>(at); i++) at += 8;
  return load<u32>(at, 4);
}

/** Bytes that nobody looks at again. */
export function writeFiller(to: usize, bytes: u32, key: u64, version: u32): void {
  copyPool(to, <u32>(key * 40503 + version * 7919) & (POOL - 1), bytes);
}

function copyPool(to: usize, from: u32, bytes: u32): void {
  while (bytes > POOL) {
    memory.copy(to, pool + from, POOL);
    to += POOL;
    bytes -= POOL;
  }
  copyLoose(to, pool + from, bytes);
}

export function writeVerified(to: usize, bytes: u32, key: u64, version: u32): void {
  const tag = tagOf(key, version, bytes);
  store<u32>(to, <u32>key);
  store<u32>(to, version, 4);
  store<u32>(to, bytes, 8);
  store<u32>(to, tag, 12);
  copyPool(to + VERIFIED_LEAST, tag & (POOL - 1), bytes - VERIFIED_LEAST);
}

export function tagOf(key: u64, version: u32, bytes: u32): u32 {
  return <u32>mix(runTag ^ (key << 32) ^ mix((<u64>version << 32) | <u64>bytes));
}

/** Whether `bytes` bytes, from place `offset` of the value on, are those of a value with that tag. */
export function isFiller(at: usize, bytes: u32, offset: u32, tag: u32): bool {
  let from = (tag + offset - VERIFIED_LEAST) & (POOL - 1);
  while (bytes != 0) {
    const run = min(bytes, POOL);
    if (memory.compare(at, pool + from, run) != 0) return false;
    at += run;
    bytes -= run;
    from = (from + run) & (POOL - 1);
  }
  return true;
}
