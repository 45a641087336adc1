/** Active expiry: frees keys whose time has come, in steps. */
import { removeByAddress } from "../keyspace/keys";
import { NOTE_EXPIRED } from "../layout/note";
import { noteItem } from "../notify";
import { STAT_ACTIVE_EXPIRED, STAT_EXPIRED } from "../layout/stats";
import { state } from "../state";
import { count } from "../stats";
import { left, nextDue } from "./wheel";

/** Spends up to `budget` steps; true when more is due now. */
export function expireDue(nowMs: f64, budget: i32): bool {
  const s = state();
  if (s.activeExpire == 0) return false;
  const now = <i64>nowMs;
  s.nowMs = now;
  while (true) {
    const item = nextDue(now, budget);
    if (item == 0) return left <= 0;
    budget = left;
    s.changing = 1;
    noteItem(NOTE_EXPIRED, item);
    removeByAddress(item);
    s.changing = 0;
    count(STAT_EXPIRED);
    count(STAT_ACTIVE_EXPIRED);
  }
  return false;
}
