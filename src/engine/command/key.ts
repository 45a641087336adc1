/** The first key of the current frame. */
import { find, findToInspect, findToPeek, findToRead } from "../keyspace/keys";
import { argData, argLength, firstArg, hash, root } from "./context";

@inline
export function keyData(): usize {
  return argData(firstArg);
}

@inline
export function keyBytes(): u32 {
  return argLength(firstArg);
}

/** Its item for a change, 0 when it does not exist. */
@inline
export function findKey(): usize {
  return find(root, argData(firstArg), argLength(firstArg), hash);
}

/** Its item for a look at the item itself: counts a hit or a miss. */
export function inspectKey(): usize {
  return findToInspect(root, argData(firstArg), argLength(firstArg), hash);
}

/** Its item for a look that is no access: counts a hit or a miss. */
export function peekKey(): usize {
  return findToPeek(root, argData(firstArg), argLength(firstArg), hash);
}

/** Its item for reading: counts a hit or a miss, and the access. */
@inline
export function readKey(): usize {
  return findToRead(root, argData(firstArg), argLength(firstArg), hash);
}
