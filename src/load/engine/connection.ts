/**
 * A connection: the requests that it has under way, in order, and how far its reader has come in the current reply.
 *
 *   head      the oldest request without a reply
 *   sent      the first one that has not been written
 *   tail      behind the last one
 *
 * They only grow; a request's place is its number & mask.
 */
import { allocateClear } from "./base";

/** The request's time lies in the measured part of the run. */
export const MEASURED: u8 = 1;
/** The second request of a read-modify-write. */
export const SECOND: u8 = 2;
/** Stores a key before the run. */
export const PRELOAD: u8 = 4;
/** Prepares the connection; the host has written it. */
export const SETUP: u8 = 8;
/** Has been written at least once: it counts as sent, and will not do so again when it goes another way. */
export const BEGUN: u8 = 16;

@unmanaged
export class Entry {
  /** Microseconds: when it was to be sent, and when it was. */
  intended: f64;
  sent: f64;
  key: u32;
  version: u32;
  /** See verify.ts: the floor of a read, the clean version of a write. */
  mark: u32;
  scan: u16;
  operation: u8;
  flags: u8;
}
export const ENTRY_SIZE: usize = 32;

@unmanaged
export class Connection {
  number: u32;
  /** The cluster node it leads to. */
  node: u32;
  isOpen: bool;
  /** The socket has not taken all that it was given. */
  isBlocked: bool;
  /** It stands in the list of those with something to write. */
  isDirty: bool;
  entries: usize;
  mask: u32;
  head: u32;
  sent: u32;
  tail: u32;
  events: u32;

  // The reader (wire/): the kind of bytes that come next, how many of them, and of what reply.
  mode: u32;
  left: u64;
  elements: i64;
  first: u32;
  status: u32;
  found: u32;
  flags: u32;
  line: usize;
  lineLength: u32;
  /** Bytes of the current reply in earlier reads, and where it begins in this one. */
  bytes: u32;
  mark: usize;

  // The value being verified: whether it is looked at, its bytes so far, and what it says it is.
  isChecked: bool;
  isIntact: bool;
  valueBytes: u32;
  valueLength: u32;
  valueKey: u32;
  valueVersion: u32;
  valueSays: u32;
  valueTag: u32;

  // Datagrams (datagram.ts).
  slots: usize;
  nextId: u32;
  oldestId: u32;
  flying: u32;
}

/** Bytes of a line that are kept when it comes in pieces; a longer one is cut. */
export const LINE_KEPT: u32 = 1024;

let connections: usize = 0;
export let connectionCount: u32 = 0;

export function initConnections(count: u32, pipeline: u32): void {
  connectionCount = count;
  connections = allocateClear(count * offsetof<Connection>());
  let places: u32 = 16;
  while (places < pipeline + 8) places <<= 1;
  for (let i: u32 = 0; i < count; i++) {
    const c = connectionAt(i);
    c.number = i;
    c.entries = allocateClear(places * ENTRY_SIZE);
    c.mask = places - 1;
    c.line = allocateClear(LINE_KEPT);
  }
}

@inline
export function connectionAt(number: u32): Connection {
  return changetype<Connection>(connections + <usize>number * offsetof<Connection>());
}

@inline
export function entryAt(c: Connection, number: u32): Entry {
  return changetype<Entry>(c.entries + <usize>(number & c.mask) * ENTRY_SIZE);
}

/** Requests that have no reply. */
@inline
export function underWay(c: Connection): u32 {
  return c.tail - c.head + c.flying;
}

/** A place at the tail; the caller has made sure that there is one. */
@inline
export function push(c: Connection): Entry {
  return entryAt(c, c.tail++);
}
