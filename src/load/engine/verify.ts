/**
 * What a read may find, by what was written before it (--verify). Writes of one key get ascending versions. Of each key:
 *
 *   issued       the highest version that was given out
 *   clean        all versions up to this one had been answered at some time when no write was under way
 *   floor        a read that is sent now must not find a version below this
 *   under way    writes that have no answer yet
 *
 * When a write that was issued while `clean` was c is acknowledged, all versions up to c are overwritten for every read
 * that begins later: the floor rises to c + 1. That never accuses a server of what another order of concurrent writes
 * allows. A write without an answer stays under way for ever, because it may take effect at any time.
 */
import { allocateClear } from "./base";
import { placeOf } from "./keys/draw";

const ISSUED: usize = 0;
const CLEAN: usize = 4;
const FLOOR: usize = 8;
const UNDER_WAY: usize = 12;
const SIZE: usize = 16;

let table: usize = 0;
let places: u64 = 0;

export let checked: f64 = 0;

export function initVerify(count: f64): void {
  places = <u64>count;
  table = allocateClear(<usize>places * SIZE);
}

export function countChecked(): void {
  checked++;
}

/** Where a key's numbers are; 0 for one that is not followed (inserted beyond the table). */
@inline
function entryOf(key: u64): usize {
  const place = placeOf(key);
  return place < places ? table + <usize>place * SIZE : 0;
}

/** The version that a write gets, and in `mark` what its acknowledgement must know. */
export let mark: u32 = 0;
export function issueVersion(key: u64): u32 {
  const entry = entryOf(key);
  if (entry == 0) return 1;
  mark = load<u32>(entry, CLEAN);
  store<u32>(entry, load<u32>(entry, UNDER_WAY) + 1, UNDER_WAY);
  const version = load<u32>(entry, ISSUED) + 1;
  store<u32>(entry, version, ISSUED);
  return version;
}

/** A write has been answered: it took effect, or (an error reply) did not. */
export function settleWrite(key: u64, markOfWrite: u32, tookEffect: bool): void {
  const entry = entryOf(key);
  if (entry == 0) return;
  const left = load<u32>(entry, UNDER_WAY) - 1;
  store<u32>(entry, left, UNDER_WAY);
  if (left == 0) store<u32>(entry, load<u32>(entry, ISSUED), CLEAN);
  if (tookEffect && markOfWrite + 1 > load<u32>(entry, FLOOR)) store<u32>(entry, markOfWrite + 1, FLOOR);
}

export function floorOf(key: u64): u32 {
  const entry = entryOf(key);
  return entry == 0 ? 0 : load<u32>(entry, FLOOR);
}

export function issuedOf(key: u64): u32 {
  const entry = entryOf(key);
  return entry == 0 ? u32.MAX_VALUE : load<u32>(entry, ISSUED);
}
