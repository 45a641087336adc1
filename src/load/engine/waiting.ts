/**
 * Requests that have a time but no connection: the cluster node that they are for has none to spare, or has moved, or the
 * connection broke before they were written.
 */
import { allocate } from "./base";
import { ENTRY_SIZE, Entry } from "./connection";

const PLACES: u32 = 65536;
let queue: usize = 0;
let head: u32 = 0;
let tail: u32 = 0;
/** Requests for which there was no place here. */
export let overflown: f64 = 0;

export function initWaiting(): void {
  queue = allocate(PLACES * ENTRY_SIZE);
}

export function waitingCount(): u32 {
  return tail - head;
}

export function isWaitingFull(): bool {
  return tail - head == PLACES;
}

export function waitAgain(e: Entry): void {
  if (isWaitingFull()) {
    overflown++;
    return;
  }
  memory.copy(changetype<usize>(at(tail++)), changetype<usize>(e), offsetof<Entry>());
}

function at(number: u32): Entry {
  return changetype<Entry>(queue + <usize>(number & (PLACES - 1)) * ENTRY_SIZE);
}

/** Takes the oldest out; valid until the next one is put in. */
export function takeWaiting(): Entry {
  return at(head++);
}
