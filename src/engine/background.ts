/** What a shard does when it has time: steps of some ten microseconds. */
import { adoptSome, pickVictim } from "./eviction/policy";
import { overLimit } from "./eviction/room";
import { freeGarbage } from "./keyspace/databases";
import { removeByAddress } from "./keyspace/keys";
import { NOTE_EVICTED } from "./layout/note";
import { STAT_EVICTED } from "./layout/stats";
import { compactOne } from "./memory/compact";
import { noteItem } from "./notify";
import { state } from "./state";
import { count } from "./stats";

const VICTIMS_PER_STEP: u32 = 64;

/** Makes one step of housekeeping; false when there is nothing to do. */
export function housekeep(): bool {
  state().changing = 1;
  const busy = freeGarbage() || adoptSome() || (overLimit() && shrink());
  state().changing = 0;
  return busy;
}

/** After the limit has been lowered: gives items up and slabs back until data fits. */
function shrink(): bool {
  let victims: u32 = 0;
  while (victims < VICTIMS_PER_STEP && overLimit()) {
    const victim = state().policy == 0 ? 0 : pickVictim();
    if (victim == 0) break;
    noteItem(NOTE_EVICTED, victim);
    removeByAddress(victim);
    count(STAT_EVICTED);
    victims++;
  }
  return compactOne() || victims != 0;
}
