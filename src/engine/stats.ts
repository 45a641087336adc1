import { STATS } from "./layout/memory";
import { STAT_CALLS, STAT_CALLS_ENTRY } from "./layout/stats";

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
export function countFailure(command: u32): void {
  count(STAT_CALLS + 8 + command * STAT_CALLS_ENTRY);
}
