/**
 * What memcached's protocols keep of an item beside its value. Items that were written over RESP have none, and take no
 * memory for it; one is added when somebody asks for a CAS id.
 */
import { forget, noteReplacement } from "../eviction/queues";
import { relink } from "../expiry/wheel";
import { give, takeItemAnyway } from "../memory/heap";
import { state } from "../state";
import {
  EXTENSION_FIELDS, flagsOf, HAS_EXPIRY_FIELDS, HAS_EXTENSION, HEADER, itemBytes, setFlags, VOLATILE,
} from "./item";

/** Somebody has read the item. */
export const FETCHED: u32 = 1;
/** Its value is to be replaced, and may be served until then. */
export const STALE: u32 = 2;
/** A client has been told to replace it. */
export const TOKEN_SENT: u32 = 4;
/** Its key was given in base64. */
export const BINARY_KEY: u32 = 8;

@inline
export function hasExtension(item: usize): bool {
  return (flagsOf(item) & HAS_EXTENSION) != 0;
}

@inline
function extensionOf(item: usize): usize {
  return item + HEADER + ((flagsOf(item) & HAS_EXPIRY_FIELDS) >> 2);
}

/** CAS id of an item; 0, which is nobody's, without one. */
@inline
export function casOf(item: usize): u64 {
  return hasExtension(item) ? load<u64>(extensionOf(item)) : 0;
}

@inline
export function clientFlagsOf(item: usize): u32 {
  return hasExtension(item) ? load<u32>(extensionOf(item), 8) : 0;
}

@inline
export function marksOf(item: usize): u32 {
  return hasExtension(item) ? load<u32>(extensionOf(item), 12) : 0;
}

@inline
export function setMarks(item: usize, marks: u32): void {
  store<u32>(extensionOf(item), marks, 12);
}

@inline
export function setCas(item: usize, cas: u64): void {
  store<u64>(extensionOf(item), cas);
}

@inline
export function setExtension(item: usize, cas: u64, clientFlags: u32, marks: u32): void {
  const at = extensionOf(item);
  store<u64>(at, cas);
  store<u32>(at, clientFlags, 8);
  store<u32>(at, marks, 12);
}

@inline
export function newCas(): u64 {
  return ++state().lastCas;
}

/** Called when an item's value changes where it lies. */
@inline
export function renewCas(item: usize): void {
  if (hasExtension(item)) setCas(item, newCas());
}

/** Gives the item at `place` an extension. It moves; returns where it lies now, 0 when there is no memory. */
export function addExtension(item: usize, place: usize): usize {
  const size = itemBytes(item);
  const fresh = takeItemAnyway(size + EXTENSION_FIELDS);
  if (fresh == 0) return 0;
  const flags = flagsOf(item);
  const before = <u32>(extensionOf(item) - item);
  memory.copy(fresh, item, before);
  memory.copy(fresh + before + EXTENSION_FIELDS, item + before, size - before);
  setFlags(fresh, flags | HAS_EXTENSION);
  setExtension(fresh, newCas(), 0, 0);
  store<u32>(place, <u32>fresh);
  if ((flags & VOLATILE) != 0) relink(fresh);
  forget(item);
  give(item);
  noteReplacement(fresh, flags);
  return fresh;
}
