/**
 * Requests that have a time but no connection: the cluster node that they are for has none to spare, or has moved, or the
 * connection broke before they were written.
 */
import { allocate } from "./base";
import { ENTRY_SIZE, Entry } from "./connection";

const PLACES_LEAST: u32 = 65536;
/** A power of two. */
let places: u32 = PLACES_LEAST;
let queue: usize = 0;
let head: u32 = 0;
let tail: u32 = 0;
/** Measured requests of an open loop that were never sent: no place here, or no connection until the end. */
export let unsent: f64 = 0;

/** With a place for each of so many requests, and some more. */
export function initWaiting(requests: u32): void {
  places = PLACES_LEAST;
  while (places < requests) places <<= 1;
  queue = allocate(places * ENTRY_SIZE);
}

export function waitingCount(): u32 {
  return tail - head;
}

export function isWaitingFull(): bool {
  return tail - head == places;
}

export function waitAgain(e: Entry): void {
  if (isWaitingFull()) {
    noteUnsent();
    return;
  }
  memory.copy(changetype<usize>(at(tail++)), changetype<usize>(e), offsetof<Entry>());
}

export function noteUnsent(): void {
  unsent++;
}

function at(number: u32): Entry {
  return changetype<Entry>(queue + <usize>(number & (places - 1)) * ENTRY_SIZE);
}

/** Takes the oldest out; valid until the next one is put in. */
export function takeWaiting(): Entry {
  return at(head++);
}
