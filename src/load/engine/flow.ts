/** Begins requests (by the schedule, or when a connection has been answered) and writes them. */
import {
  BEGUN, Connection, connectionAt, connectionCount, Entry, entryAt, MEASURED, PRELOAD, push, SECOND, underWay,
} from "./connection";
import { allocateClear, randomBelow } from "./base";
import {
  cursor as sequence, drawKey, goOnFrom, insertedFrom, isSequential, keyAt, newKey, noteInserted, placeCount,
} from "./keys/draw";
import { nodeOfKey } from "./keys/slot";
import {
  COUNT_BYTES_SENT, COUNT_SENT, FAIL_TIMEOUT, HISTOGRAM_LATENESS, KIND_INSERT, KIND_SCAN,
} from "./layout";
import { drawOperation, kindOf, lengthOf, programOf, roomOf, scanOf } from "./operation";
import { keyBytes, keyLength, runProgram } from "./program";
import { add, record } from "./recorder";
import {
  giveRequestBack, isClustered, isMeasured, isOpenLoop, isStopped, isVerified, now, pipeline, preloadOperation, requestsLeft,
  takeRequest, timeout,
} from "./run";
import { advanceSchedule, nextArrival } from "./schedule";
import { hasRoom, isReading, isWriting, lose, noteFull, roomSince } from "./settle";
import { floorOf, issueVersion, mark } from "./verify";
import { isWaitingFull, noteUnsent, takeWaiting, waitAgain, waitingCount } from "./waiting";

/** A node's share of the keys is looked for so often before a connection gets fewer requests than it could have. */
const TRIES: u32 = 512;
const NODES_MAX: u32 = 1024;

/** For each node the next place among the keys that are stored before the run, and of those in sequence. */
let cursors: usize = 0;
/** The same among the keys that are inserted. */
let insertCursors: usize = 0;
let preloading: bool = false;

/** For each node the pass over those that wait in which it had no room: the others need not look again. */
let fullNodes: usize = 0;
let pass: u32 = 0;

let cursor: u32 = 0;
let dirty: usize = 0;
export let dirtyCount: u32 = 0;

export function initFlow(): void {
  cursors = allocateClear(NODES_MAX * 8);
  insertCursors = allocateClear(NODES_MAX * 8);
  fullNodes = allocateClear(NODES_MAX * 4);
  dirty = allocateClear(connectionCount * 4);
}

export function startPreload(): void {
  preloading = true;
}

export function endPreload(): void {
  preloading = false;
  memory.fill(cursors, 0, NODES_MAX * 8);
}

function nodeOf(key: u64): u32 {
  return nodeOfKey(keyBytes(key), keyLength());
}

@inline
function isFor(c: Connection, key: u64): bool {
  return !isClustered || nodeOf(key) == c.node;
}

/** The node's next key that has not been there: nodes do not wait for each other, and leave out none. */
function newKeyOf(node: u32): u64 {
  const at = insertCursors + (<usize>node << 3);
  let place = max(load<u64>(at), insertedFrom);
  let tries: u32 = TRIES;
  while (nodeOf(keyAt(place)) != node && --tries != 0) place++;
  if (tries != 0) noteInserted(place);
  store<u64>(at, place + 1);
  return keyAt(place);
}

const ANY_NODE: u32 = u32.MAX_VALUE;

/** Fills in what a new request is about; what is inserted is for that node. */
function draw(e: Entry, intended: f64, node: u32): void {
  const operation = drawOperation();
  const kind = kindOf(operation);
  e.operation = <u8>operation;
  e.intended = intended;
  e.key = <u32>(kind != KIND_INSERT ? drawKey() : node == ANY_NODE ? newKey() : newKeyOf(node));
  e.scan = kind == KIND_SCAN ? <u16>(1 + randomBelow(scanOf(operation))) : 0;
  e.flags = 0;
  if (isMeasured(intended)) {
    e.flags = MEASURED;
    takeRequest();
  }
}

function noteDirty(c: Connection): void {
  if (c.isDirty) return;
  c.isDirty = true;
  store<u32>(dirty + <usize>(dirtyCount++ << 2), c.number);
}

export function dirtyAt(i: u32): u32 {
  const number = load<u32>(dirty + <usize>(i << 2));
  connectionAt(number).isDirty = false;
  return number;
}

export function clearDirty(): void {
  dirtyCount = 0;
}

/** Closed loop: when all that the connection sent has been answered, the next requests are begun. */
export function fill(c: Connection): bool {
  if (!c.isOpen || c.isBlocked || isStopped || underWay(c) != 0) return c.sent != c.tail;
  let room = pipeline;
  for (let waiting = waitingCount(); waiting != 0 && room != 0; waiting--) {
    const e = takeWaiting();
    if (!isFor(c, e.key)) {
      waitAgain(e);
      continue;
    }
    memory.copy(changetype<usize>(push(c)), changetype<usize>(e), offsetof<Entry>());
    room--;
  }
  if (preloading) fillPreload(c, room);
  else fillDrawn(c, room);
  return c.sent != c.tail;
}

function fillDrawn(c: Connection, room: u32): void {
  if (!isClustered || !isSequential()) {
    fillTrying(c, room);
    return;
  }
  const at = cursors + (<usize>c.node << 3);
  goOnFrom(load<u64>(at));
  fillTrying(c, room);
  store<u64>(at, sequence);
}

function fillTrying(c: Connection, room: u32): void {
  let tries: u32 = TRIES;
  while (room != 0 && requestsLeft > 0) {
    const e = push(c);
    draw(e, now, isClustered ? c.node : ANY_NODE);
    if (isFor(c, e.key)) {
      room--;
      continue;
    }
    c.tail--;
    if ((e.flags & MEASURED) != 0) giveRequestBack();
    if (--tries == 0) return;
  }
}

function fillPreload(c: Connection, room: u32): void {
  const at = cursors + (<usize>c.node << 3);
  let place = load<u64>(at);
  const places = placeCount();
  while (room != 0 && place < places) {
    const key = keyAt(place++);
    if (!isFor(c, key)) continue;
    const e = push(c);
    e.operation = <u8>preloadOperation;
    e.intended = now;
    e.key = <u32>key;
    e.scan = 0;
    e.flags = PRELOAD;
    room--;
  }
  store<u64>(at, place);
}

/** A connection with room for one more; null if there is none. */
function findConnection(node: u32): Connection | null {
  for (let i: u32 = 0; i < connectionCount; i++) {
    if (++cursor >= connectionCount) cursor = 0;
    const c = connectionAt(cursor);
    if (c.isOpen && !c.isBlocked && underWay(c) < pipeline && (!isClustered || c.node == node)) return c;
  }
  return null;
}

/** Open loop: begins what is due; returns how many connections have something to write. */
export function begin(): u32 {
  placeWaiting();
  while (nextArrival <= now && !isStopped && requestsLeft > 0) {
    if (isClustered ? !beginRouted() : !beginNext()) break;
  }
  return dirtyCount;
}

function beginNext(): bool {
  const c = hasRoom ? findConnection(0) : null;
  if (c == null) {
    noteFull();
    return false;
  }
  const e = push(c);
  draw(e, nextArrival, ANY_NODE);
  // That there was no room was not the generator's doing.
  if ((e.flags & MEASURED) != 0) record(0, HISTOGRAM_LATENESS, now - Math.max(nextArrival, roomSince));
  noteDirty(c);
  advanceSchedule();
  return true;
}

let drawn: Entry = changetype<Entry>(0);

/** In a cluster the key tells which connections will do; nobody else waits for a node that has none. */
function beginRouted(): bool {
  if (isWaitingFull()) return false;
  if (changetype<usize>(drawn) == 0) drawn = changetype<Entry>(allocateClear(offsetof<Entry>()));
  draw(drawn, nextArrival, ANY_NODE);
  const c = findConnection(nodeOf(drawn.key));
  if (c == null) {
    waitAgain(drawn);
  } else {
    memory.copy(changetype<usize>(push(c)), changetype<usize>(drawn), offsetof<Entry>());
    if ((drawn.flags & MEASURED) != 0) record(0, HISTOGRAM_LATENESS, now - nextArrival);
    noteDirty(c);
  }
  advanceSchedule();
  return true;
}

function placeWaiting(): void {
  pass++;
  for (let waiting = waitingCount(); waiting != 0; waiting--) {
    const e = takeWaiting();
    const node = isClustered ? nodeOf(e.key) : 0;
    const full = fullNodes + <usize>(node << 2);
    let c: Connection | null = null;
    if (load<u32>(full) != pass) c = findConnection(node);
    if (c == null) store<u32>(full, pass);
    if (c != null) {
      memory.copy(changetype<usize>(push(c)), changetype<usize>(e), offsetof<Entry>());
      noteDirty(c);
    } else if (e.intended + timeout < now && (e.flags & PRELOAD) == 0) {
      e.sent = e.intended;
      noteBegun(e);
      lose(connectionAt(0), e, FAIL_TIMEOUT);
    } else {
      waitAgain(e);
    }
  }
}

/** After the end: what was never sent stays so; what must be sent again (its node has moved) gets a connection. */
export function drain(): u32 {
  for (let waiting = waitingCount(); waiting != 0; waiting--) {
    const e = takeWaiting();
    if ((e.flags & BEGUN) != 0) waitAgain(e);
    else if (isOpenLoop && (e.flags & MEASURED) != 0) noteUnsent();
  }
  placeWaiting();
  return dirtyCount;
}

/** Writes requests from `out` to `end` at the most; returns the address behind them. */
export function build(c: Connection, out: usize, end: usize): usize {
  while (c.sent != c.tail) {
    const e = entryAt(c, c.sent);
    if (out + roomOf(e.operation) > end) break;
    out = write(e, out);
    c.sent++;
  }
  return out;
}

function noteBegun(e: Entry): void {
  if ((e.flags & (BEGUN | MEASURED)) == MEASURED) add(e.operation, COUNT_SENT, 1);
  e.flags |= BEGUN;
}

/** Writes one request; what it is worth counts from now. */
export function write(e: Entry, out: usize): usize {
  const second = (e.flags & SECOND) != 0;
  const operation: u32 = e.operation;
  e.sent = now;
  if (isVerified) {
    if (isReading(e)) {
      e.mark = floorOf(e.key);
    } else if (isWriting(e)) {
      e.version = issueVersion(e.key);
      e.mark = mark;
    }
  }
  const after = runProgram(programOf(operation, second), lengthOf(operation, second), out, e.key, e.version, e.scan);
  noteBegun(e);
  if ((e.flags & MEASURED) != 0) add(operation, COUNT_BYTES_SENT, <f64>(after - out));
  return after;
}
