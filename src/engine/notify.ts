/**
 * Telling the host what becomes of keys: for keyspace notifications, and for clients that keep copies of values. As
 * long as nobody wants to know, `state().notify` is 0 and this costs one look at it for each change.
 */
import { argData, argLength, connection, database, firstArg, isQuiet } from "./command/context";
import { physicalOf, rootOf, USE_LIVE } from "./keyspace/databases";
import { databaseOf, keyLength, keyOf } from "./keyspace/item";
import { NOTE_CLASS_SHIFT } from "./layout/note";
import { state } from "./state";

/** Tells the host; the key's bytes are there only until it returns. */
@external("env", "note")
declare function tell(event: u32, database: u32, key: usize, keyBytes: u32, connection: u32): void;

@inline
export function wanted(event: u32): bool {
  return (state().notify & (event >> NOTE_CLASS_SHIFT)) != 0;
}

/** Something has become of the key that is the current frame's first argument. */
@inline
export function noteKey(event: u32): void {
  if (wanted(event)) noteArgument(event, firstArg);
}

/** The same of the key that an argument names. */
export function noteArgument(event: u32, key: usize): void {
  noteBytes(event, database, argData(key), argLength(key));
}

/** The same of a key in a physical database. */
export function noteBytes(event: u32, physical: u32, key: usize, keyBytes: u32): void {
  if (!isQuiet && wanted(event)) tell(event, logicalOf(physical), key, keyBytes, connection);
}

/** A key that goes away by itself; nobody is told of those that a FLUSHALL has left. */
@inline
export function noteItem(event: u32, item: usize): void {
  if (wanted(event)) tellOfItem(event, item);
}

function tellOfItem(event: u32, item: usize): void {
  const physical = databaseOf(item);
  if (rootOf(physical).use == USE_LIVE) tell(event, logicalOf(physical), keyOf(item), keyLength(item), 0);
}

function logicalOf(physical: u32): u32 {
  let logical: u32 = 0;
  while (logical + 1 < state().databases && physicalOf(logical) != physical) logical++;
  return logical;
}
