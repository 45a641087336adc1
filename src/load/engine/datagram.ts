/**
 * Requests in datagrams, with memcached's frame header (doc/protocol.txt, "UDP protocol"):
 *
 *   | request id u16 | sequence number u16 | datagrams u16 | reserved u16 |   big-endian
 *
 * Replies come in any order, twice, late or not at all. The last SLOTS requests of a socket are remembered, so that each
 * datagram can be told apart.
 */
import { allocateClear } from "./base";
import { Connection, ENTRY_SIZE, Entry, entryAt } from "./connection";
import { FAIL_TIMEOUT } from "./layout";
import { readMemcached } from "./wire/memcached";
import { write } from "./flow";
import { lose } from "./settle";
import { now, timeout } from "./run";

export const HEADER: usize = 8;
const SLOTS: u32 = 8192;
const SLOT_SIZE: usize = ENTRY_SIZE + 8;
const SLOT_ID: usize = ENTRY_SIZE;
const SLOT_STATE: usize = ENTRY_SIZE + 4;

const FREE: u32 = 0;
const PENDING: u32 = 1;
const ANSWERED: u32 = 2;
const GIVEN_UP: u32 = 3;

export let datagramsSent: f64 = 0;
export let lostCount: f64 = 0;
export let duplicateCount: f64 = 0;
export let lateCount: f64 = 0;
export let strangeCount: f64 = 0;

export function initDatagrams(c: Connection): void {
  c.slots = allocateClear(SLOTS * SLOT_SIZE);
}

@inline
function slotOf(c: Connection, id: u32): usize {
  return c.slots + <usize>(id & (SLOTS - 1)) * SLOT_SIZE;
}

/** Writes the next request's datagram; returns its end, `out` when there is none. */
export function buildDatagram(c: Connection, out: usize): usize {
  if (c.sent == c.tail || c.flying >= SLOTS / 2) return out;
  const id = c.nextId & 0xffff;
  const slot = slotOf(c, id);
  // The oldest one of all is still waited for: its place is not free.
  if (load<u32>(slot, SLOT_STATE) == PENDING) return out;
  c.nextId++;
  const e = entryAt(c, c.sent++);
  store<u16>(out, bswap<u16>(<u16>id));
  store<u16>(out, 0, 2);
  store<u32>(out, 0x00000100, 4);
  const end = write(e, out + HEADER);
  memory.copy(slot, changetype<usize>(e), ENTRY_SIZE);
  store<u32>(slot, id, SLOT_ID);
  store<u32>(slot, PENDING, SLOT_STATE);
  c.head = c.sent;
  c.flying++;
  datagramsSent++;
  return end;
}

/** A whole reply: `at` is behind the header of its first datagram. */
export function receiveReply(c: Connection, id: u32, at: usize, end: usize): void {
  const slot = slotOf(c, id);
  const state = load<u32>(slot, SLOT_STATE);
  if (state == FREE || load<u32>(slot, SLOT_ID) != id) {
    strangeCount++;
    return;
  }
  if (state != PENDING) {
    if (state == ANSWERED) duplicateCount++;
    else lateCount++;
    return;
  }
  store<u32>(slot, ANSWERED, SLOT_STATE);
  c.flying--;
  // The reader takes the oldest request: this one goes there for a moment.
  const head = c.head;
  const tail = c.tail;
  const sent = c.sent;
  c.head = tail;
  c.sent = tail + 1;
  c.tail = tail + 1;
  memory.copy(changetype<usize>(entryAt(c, tail)), slot, ENTRY_SIZE);
  c.mark = at;
  c.bytes = <u32>HEADER;
  readMemcached(c, at, end);
  const isSettled = c.head == tail + 1;
  // A read-modify-write has put its second half behind.
  const second = c.tail != tail + 1;
  if (second) memory.copy(changetype<usize>(entryAt(c, tail)), changetype<usize>(entryAt(c, tail + 1)), ENTRY_SIZE);
  c.head = head;
  c.sent = sent;
  c.tail = second ? tail + 1 : tail;
  c.mode = 0;
  c.lineLength = 0;
  c.found = 0;
  c.events = 0;
  if (!isSettled) {
    // Cut off, or nothing that is a reply.
    strangeCount++;
    giveUp(c, slot);
  }
}

/** What a datagram's header says of a request that waits: for replies in several datagrams, which the host collects. */
export function isAwaited(c: Connection, id: u32): bool {
  const slot = slotOf(c, id);
  return load<u32>(slot, SLOT_ID) == id && load<u32>(slot, SLOT_STATE) == PENDING;
}

/** Gives up what has had no reply in time. */
export function expireDatagrams(c: Connection): void {
  while (c.oldestId != c.nextId) {
    const slot = slotOf(c, c.oldestId & 0xffff);
    if (load<u32>(slot, SLOT_STATE) == PENDING) {
      if (changetype<Entry>(slot).sent + timeout > now) return;
      c.flying--;
      giveUp(c, slot);
    }
    c.oldestId++;
  }
}

function giveUp(c: Connection, slot: usize): void {
  store<u32>(slot, GIVEN_UP, SLOT_STATE);
  lostCount++;
  lose(c, changetype<Entry>(slot), FAIL_TIMEOUT);
}

