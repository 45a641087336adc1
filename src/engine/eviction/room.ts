/** Makes room for data: what is garbage first, what has expired next, then what the policy gives up. */
import { nextDue } from "../expiry/wheel";
import { removeByAddress } from "../keyspace/keys";
import { freeGarbage } from "../keyspace/databases";
import { NOTE_EVICTED, NOTE_EXPIRED } from "../layout/note";
import { POLICY_NONE } from "../layout/policy";
import { STAT_EVICTED, STAT_EXPIRED } from "../layout/stats";
import { compactOne } from "../memory/compact";
import { canEverTake, canTake } from "../memory/heap";
import { releaseIdle } from "../memory/slab";
import { noteItem } from "../notify";
import { state } from "../state";
import { count } from "../stats";
import { pickVictim } from "./policy";

/** Victims between two attempts to empty a slab. */
const COMPACT_EVERY: u32 = 64;
/** A single command may give up this many items; one that needs more is refused. */
const VICTIMS_MAX: u32 = 1 << 20;

/** Sees to it that a block of `size` bytes can be had. False: nothing (more) can be given up for it. */
@inline
export function makeRoom(size: u32): bool {
  return canTake(size) || reclaim(size);
}

function reclaim(size: u32): bool {
  if (!canEverTake(size)) return false;
  while (freeGarbage()) if (canTake(size)) return true;
  let victims: u32 = 0;
  const now = state().nowMs;
  while (victims < VICTIMS_MAX) {
    const due = state().activeExpire != 0 ? nextDue(now, 64) : 0;
    if (due != 0) {
      noteItem(NOTE_EXPIRED, due);
      removeByAddress(due);
      count(STAT_EXPIRED);
    } else {
      const victim = state().policy == POLICY_NONE ? 0 : pickVictim();
      if (victim == 0) break;
      noteItem(NOTE_EVICTED, victim);
      removeByAddress(victim);
      count(STAT_EVICTED);
    }
    if (canTake(size)) return true;
    if (++victims % COMPACT_EVERY == 0 && compactOne() && canTake(size)) return true;
  }
  if (releaseIdle() && canTake(size)) return true;
  while (compactOne()) if (canTake(size)) return true;
  return false;
}

/** Whether data takes more than the limit, which happens only when the limit was lowered. */
export function overLimit(): bool {
  return state().usedPages > state().limitPages;
}
