import { STATS } from "./layout/memory";
import { STAT_CALLS, STAT_CALLS_ENTRY, STAT_ERRORS, STAT_ERRORS_BY_TEXT } from "./layout/stats";

@inline
export function count(stat: u32): void {
  store<u64>(STATS + stat, load<u64>(STATS + stat) + 1);
}

@inline
export function countMany(stat: u32, n: u64): void {
  store<u64>(STATS + stat, load<u64>(STATS + stat) + n);
}

@inline
export function countCall(command: u32): void {
  count(STAT_CALLS + command * STAT_CALLS_ENTRY);
}

@inline
export function countError(command: u32, text: u32): void {
  count(STAT_ERRORS);
  count(STAT_ERRORS_BY_TEXT + (text << 3));
  count(STAT_CALLS + 8 + command * STAT_CALLS_ENTRY);
}
