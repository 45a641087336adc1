/** What becomes of a request when its reply is there, or will not come. */
import { Connection, Entry, MEASURED, PRELOAD, push, SECOND, SETUP } from "./connection";
import {
  COUNT_BYTES_RECEIVED, COUNT_FAILED, COUNT_HITS, COUNT_MISSES, COUNT_SUCCEEDED, FAIL_MISSING, FAIL_MOVED,
  FAIL_PRELOAD, FAIL_REPLY, FAIL_SETUP, FAIL_STALE, FAIL_TIMEOUT, FAIL_WRONG, HISTOGRAM_LATENCY, HISTOGRAM_SERVICE,
  KIND_INSERT, KIND_MODIFY, KIND_READ, KIND_WRITE,
} from "./layout";
import { kindOf } from "./operation";
import { keyBytes, keyLength } from "./program";
import { add, record } from "./recorder";
import { allowsMisses, isClustered, isOpenLoop, isVerified, now, reportFailure } from "./run";
import { countChecked, issuedOf, settleWrite } from "./verify";
import { waitAgain } from "./waiting";

/** How a reply has turned out. */
export const DONE: u32 = 0;
export const MISS: u32 = 1;
export const ERROR: u32 = 2;

/** Keys that were stored before the run, or could not be. */
export let preloaded: f64 = 0;
/** A connection has got room since the last look; and since when there has been room. */
export let hasRoom: bool = true;
export let roomSince: f64 = 0;

export function noteFull(): void {
  hasRoom = false;
}

export function noteRoom(): void {
  if (!hasRoom) roomSince = now;
  hasRoom = true;
}

@inline
export function isReading(e: Entry): bool {
  const kind = kindOf(e.operation);
  return kind == KIND_READ || (kind == KIND_MODIFY && (e.flags & SECOND) == 0);
}

@inline
export function isWriting(e: Entry): bool {
  const kind = kindOf(e.operation);
  return kind == KIND_WRITE || kind == KIND_INSERT || (kind == KIND_MODIFY && (e.flags & SECOND) != 0);
}

/** The entry's place has been left already (it is only read here). `text` is an error's. */
export function settle(c: Connection, e: Entry, outcome: u32, text: usize, length: u32, bytes: u32): void {
  noteRoom();
  const operation: u32 = e.operation;
  // What nearly every request comes to.
  if (e.flags == MEASURED && outcome != ERROR && !isVerified && kindOf(operation) != KIND_MODIFY) {
    succeed(e, outcome, bytes);
    return;
  }
  if ((e.flags & SETUP) != 0) {
    if (outcome == ERROR) reportFailure(c.number, FAIL_SETUP, operation, text, length);
    if (c.head == c.tail) c.isOpen = true;
    return;
  }
  if (outcome == ERROR && isClustered && isRedirection(text, length)) {
    if (isVerified && isWriting(e)) settleWrite(e.key, e.mark, false);
    reportFailure(c.number, FAIL_MOVED, operation, text, length);
    waitAgain(e);
    return;
  }
  let failure: i32 = outcome == ERROR ? <i32>FAIL_REPLY : -1;
  if (isVerified) {
    if (isWriting(e)) settleWrite(e.key, e.mark, outcome != ERROR);
    else if (outcome != ERROR && isReading(e)) failure = verdict(c, e, outcome);
  }
  if ((e.flags & PRELOAD) != 0) {
    preloaded++;
    if (failure >= 0) reportFailure(c.number, FAIL_PRELOAD, operation, text, length);
    return;
  }
  if (failure >= 0) {
    // Of what verification finds, the key says most.
    if (outcome == ERROR) reportFailure(c.number, failure, operation, text, length);
    else reportFailure(c.number, failure, operation, keyBytes(e.key), keyLength());
    if ((e.flags & MEASURED) == 0) return;
    add(operation, COUNT_FAILED, 1);
    add(operation, COUNT_BYTES_RECEIVED, bytes);
    return;
  }
  if (kindOf(operation) == KIND_MODIFY && (e.flags & SECOND) == 0) {
    if ((e.flags & MEASURED) != 0) count(operation, true, outcome, bytes);
    goOn(c, e);
    return;
  }
  if ((e.flags & MEASURED) != 0) succeed(e, outcome, bytes);
}

@inline
function succeed(e: Entry, outcome: u32, bytes: u32): void {
  const operation: u32 = e.operation;
  count(operation, isReading(e), outcome, bytes);
  add(operation, COUNT_SUCCEEDED, 1);
  record(operation, HISTOGRAM_LATENCY, now - e.intended);
  if (isOpenLoop) record(operation, HISTOGRAM_SERVICE, now - e.sent);
}

@inline
function count(operation: u32, isRead: bool, outcome: u32, bytes: u32): void {
  add(operation, COUNT_BYTES_RECEIVED, bytes);
  if (isRead) add(operation, outcome == MISS ? COUNT_MISSES : COUNT_HITS, 1);
}

/** The second half of a read-modify-write. */
function goOn(c: Connection, e: Entry): void {
  const second = push(c);
  memory.copy(changetype<usize>(second), changetype<usize>(e), offsetof<Entry>());
  second.flags = e.flags | SECOND;
}

/** What is wrong with what a read has found (FAIL_...), -1 if nothing is. */
function verdict(c: Connection, e: Entry, outcome: u32): i32 {
  countChecked();
  // No write was acknowledged before this read began: it may find nothing, or what another run has left.
  if (e.mark == 0) return -1;
  if (outcome == MISS) return allowsMisses ? -1 : <i32>FAIL_MISSING;
  if (!c.isChecked || !c.isIntact || c.valueBytes != c.valueLength || c.valueKey != e.key) return <i32>FAIL_WRONG;
  if (c.valueVersion > issuedOf(e.key)) return <i32>FAIL_WRONG;
  return c.valueVersion < e.mark ? <i32>FAIL_STALE : -1;
}

/**
 * A request whose reply will not come; whether it counts as lost. What the connection died of is reported with it, by
 * the host, which knows more.
 */
export function lose(c: Connection, e: Entry, why: u32): bool {
  noteRoom();
  if ((e.flags & SETUP) != 0) return false;
  if ((e.flags & PRELOAD) != 0) {
    waitAgain(e);
    return false;
  }
  if (why == FAIL_TIMEOUT) reportFailure(c.number, why, e.operation, 0, 0);
  if ((e.flags & MEASURED) == 0) return true;
  add(e.operation, COUNT_FAILED, 1);
  // How long it took is not known, only that it took so long.
  if (why == FAIL_TIMEOUT) {
    record(e.operation, HISTOGRAM_LATENCY, now - e.intended);
    if (isOpenLoop) record(e.operation, HISTOGRAM_SERVICE, now - e.sent);
  }
  return true;
}

/** `MOVED 3999 127.0.0.1:6381`, `ASK ...`, `TRYAGAIN ...`. */
function isRedirection(text: usize, length: u32): bool {
  if (length < 4) return false;
  const word = load<u32>(text);
  // "MOVE", "ASK ", "TRYA"
  return word == 0x45564f4d || word == 0x204b5341 || word == 0x41595254;
}
