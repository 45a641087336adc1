/** Looking an item up for memcached's commands, and giving it another time to expire. */
import { hash, now, root } from "../../command/context";
import { findKey, peekKey, readKey } from "../../command/key";
import { makeRoom } from "../../eviction/room";
import { EXPIRED_NOW, expire } from "../../keyspace/expire";
import { addExtension, FETCHED, hasExtension, marksOf, setMarks } from "../../keyspace/extension";
import { EXPIRY_FIELDS, itemBytes } from "../../keyspace/item";
import { clearExpiry, noteChange, place } from "../../keyspace/keys";
import { STAT_MC_GET_HITS, STAT_MC_GET_MISSES } from "../../layout/stats";
import { count } from "../../stats";
import { NO_EXPIRY } from "../string/value";
import { expiryOfTime } from "./exptime";
import { NOTE_DEL, NOTE_EXPIRE, NOTE_PERSIST } from "../../layout/note";

/** An item that `extended` could not give an extension, for want of memory. */
export const NO_ROOM: usize = 1;

/** The current key's item for reading, 0 when there is none. */
export function readItem(access: bool): usize {
  const item = access ? readKey() : peekKey();
  count(item == 0 ? STAT_MC_GET_MISSES : STAT_MC_GET_HITS);
  return item;
}

/** The item found last with an extension, which is added if need be; NO_ROOM without memory for it. */
export function extended(item: usize): usize {
  if (hasExtension(item)) return item;
  const moved = addExtension(item, place);
  return moved == 0 ? NO_ROOM : moved;
}

@inline
export function markFetched(item: usize): void {
  if (hasExtension(item) && (marksOf(item) & FETCHED) == 0) setMarks(item, marksOf(item) | FETCHED);
}

/** An item that gets its first time to expire may have to move to a larger block. */
export function makeRoomForExpiry(): void {
  const item = findKey();
  if (item != 0) makeRoom(itemBytes(item) + EXPIRY_FIELDS);
}

/** Gives the item found last another time to expire, which may end it. The item may move. */
export function setTime(item: usize, time: i32): void {
  const expiry = expiryOfTime(time);
  if (expiry == NO_EXPIRY) {
    clearExpiry(root, item);
    noteChange(NOTE_PERSIST);
    return;
  }
  const outcome = expire(item, place, hash, expiry);
  noteChange(outcome == EXPIRED_NOW ? NOTE_DEL : NOTE_EXPIRE);
}

/** Whether a time to expire is one that has passed. */
export function isPast(time: i32): bool {
  const expiry = expiryOfTime(time);
  return expiry != NO_EXPIRY && expiry <= now;
}
