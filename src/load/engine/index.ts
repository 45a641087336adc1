/**
 * The load engine: what is done once for every request and every reply, in one thread of the load generator. The host
 * (worker/) reads sockets into this memory and writes from it; times are microseconds since the run began.
 *
 *   begin / fill    requests become due and get a connection (flow.ts, schedule.ts)
 *   build           their bytes are written (operation.ts, program.ts, keys/, values.ts)
 *   received        replies are read (wire/), settled and counted (settle.ts, verify.ts, recorder.ts)
 */
import { allocate, seedRandom } from "./base";
import {
  Connection, connectionAt, connectionCount, entryAt, initConnections, push, SETUP, underWay,
} from "./connection";
import {
  buildDatagram, datagramsSent, duplicateCount, expireDatagrams, initDatagrams, isAwaited, lateCount, lostCount,
  receiveReply, strangeCount,
} from "./datagram";
import {
  begin as beginDue, build as buildRequests, clearDirty, dirtyAt, drain as drainWaiting, fill as fillClosed, initFlow,
} from "./flow";
import { FAIL_TIMEOUT, PROTOCOL_DATAGRAM, PROTOCOL_HTTP, PROTOCOL_MEMCACHED } from "./layout";
import { initRecorder } from "./recorder";
import { isOpenLoop, isStopped, now, protocol, requestsLeft, setNow, stop, timeout } from "./run";
import { endSchedule, nextArrival } from "./schedule";
import { lose, noteRoom, preloaded } from "./settle";
import { checked } from "./verify";
import { initWaiting, unsent, waitAgain, waitingCount } from "./waiting";
import { endHttp, readHttp } from "./wire/http";
import { readMemcached } from "./wire/memcached";
import { readResp } from "./wire/resp";

export { allocate, seedRandom } from "./base";
export { endPreload, startPreload } from "./flow";
export { drawKey, initKeys } from "./keys/draw";
export { scramble } from "./keys/scramble";
export { slotOf, slotTable } from "./keys/slot";
export { initZipf, zipfRank } from "./keys/zipf";
export { drawOperation, initOperations } from "./operation";
export { initProgram, keyBytes } from "./program";
export { cellCount, countersOf, drainHistogram, initRecorder, record } from "./recorder";
export { initRun, measure, stop } from "./run";
export { advanceSchedule, dueUntil, endSchedule, initSchedule, startSchedule } from "./schedule";
export { drawValueSize, initValues, setValueList, setValueRange } from "./values";
export { initVerify } from "./verify";

/** After `initRun`: connections with room for so many requests each. */
export function initConnectionsFor(connections: u32, pipelineMost: u32): void {
  initConnections(connections, pipelineMost);
  initFlow();
  initWaiting(connections * pipelineMost);
  if (protocol == PROTOCOL_DATAGRAM) {
    for (let i: u32 = 0; i < connections; i++) initDatagrams(connectionAt(i));
  }
}

/** A connection is there (again); requests may go there when `setup` requests that prepare it have been answered. */
export function opened(number: u32, node: u32, setup: u32, time: f64): void {
  setNow(time);
  const c = connectionAt(number);
  c.isOpen = setup == 0;
  c.isBlocked = false;
  c.node = node;
  for (let i: u32 = 0; i < setup; i++) {
    const e = push(c);
    e.flags = SETUP;
    e.operation = 0;
    e.intended = time;
    e.sent = time;
    c.sent++;
  }
  noteRoom();
}

/** Whether requests may go there. */
export function isReady(number: u32): bool {
  return connectionAt(number).isOpen;
}

/** The cluster's nodes have other numbers now. */
export function setNode(number: u32, node: u32): void {
  connectionAt(number).node = node;
}

export function setBlocked(number: u32, blocked: bool): void {
  connectionAt(number).isBlocked = blocked;
  if (!blocked) noteRoom();
}

/**
 * The connection is gone: what was under way on it has failed for that reason (FAIL_...), what was not written goes
 * another way. Returns how many requests are lost.
 */
export function dropped(number: u32, why: u32, time: f64): u32 {
  setNow(time);
  const c = connectionAt(number);
  c.isOpen = false;
  let lost: u32 = 0;
  while (c.head != c.sent) lost += u32(lose(c, entryAt(c, c.head++), why));
  while (c.head != c.tail) {
    const e = entryAt(c, c.head++);
    if ((e.flags & SETUP) == 0) waitAgain(e);
  }
  c.sent = c.tail;
  c.mode = 0;
  c.elements = 0;
  c.lineLength = 0;
  c.found = 0;
  c.bytes = 0;
  c.events = 0;
  c.isChecked = false;
  return lost;
}

/** Like `dropped`, but nothing is lost: the server has said that it closes, or its node's number leads elsewhere. */
export function closed(number: u32, time: f64): void {
  setNow(time);
  const c = connectionAt(number);
  c.sent = c.head;
  dropped(number, FAIL_TIMEOUT, time);
}

/** Bytes that have been read; returns events (EVENT_...). */
export function received(number: u32, at: usize, length: u32, time: f64): u32 {
  setNow(time);
  const c = connectionAt(number);
  const end = at + length;
  c.mark = at;
  if (protocol == PROTOCOL_MEMCACHED) readMemcached(c, at, end);
  else if (protocol == PROTOCOL_HTTP) readHttp(c, at, end);
  else readResp(c, at, end);
  c.bytes += <u32>(end - c.mark);
  const events = c.events;
  c.events = 0;
  return events;
}

/** The server has closed its side; returns events: a body that ends like this was announced to do so. */
export function receivedEnd(number: u32, time: f64): u32 {
  setNow(time);
  const c = connectionAt(number);
  if (protocol == PROTOCOL_HTTP) endHttp(c);
  const events = c.events;
  c.events = 0;
  return events;
}

/** A reply of one or more datagrams, without their headers but with the id. */
export function receivedDatagram(number: u32, id: u32, at: usize, length: u32, time: f64): void {
  setNow(time);
  receiveReply(connectionAt(number), id, at, at + length);
}

export function awaits(number: u32, id: u32): bool {
  return isAwaited(connectionAt(number), id);
}

/** Closed loop: begins the next requests of a connection that has none under way; whether there is anything to build. */
export function fill(number: u32, time: f64): bool {
  setNow(time);
  return fillClosed(connectionAt(number));
}

/** Open loop: begins what is due; returns the number of connections that have something to build (`dirty`). */
export function begin(time: f64): u32 {
  setNow(time);
  return beginDue();
}

/** After `endRun`: what has begun and needs a connection gets one; returns what `begin` does. */
export function drain(time: f64): u32 {
  setNow(time);
  return drainWaiting();
}

export function dirty(i: u32): u32 {
  return dirtyAt(i);
}

export function forgetDirty(): void {
  clearDirty();
}

/** Writes requests of a connection to `out`; returns the bytes. */
export function build(number: u32, out: usize, room: u32): u32 {
  const c = connectionAt(number);
  const end = protocol == PROTOCOL_DATAGRAM ? buildDatagram(c, out) : buildRequests(c, out, out + room);
  return <u32>(end - out);
}

export function hasUnbuilt(number: u32): bool {
  const c = connectionAt(number);
  return c.sent != c.tail;
}

/** The next connection from `from` on whose oldest request has waited for too long; -1 if there is none. */
export function findTimedOut(from: u32, time: f64): i32 {
  setNow(time);
  for (let i = from; i < connectionCount; i++) {
    const c = connectionAt(i);
    if (protocol == PROTOCOL_DATAGRAM) expireDatagrams(c);
    else if (c.head != c.sent && entryAt(c, c.head).sent + timeout <= time) return i;
  }
  return -1;
}

/** Requests that have been begun and are not settled. */
export function outstanding(): f64 {
  let sum: f64 = waitingCount();
  for (let i: u32 = 0; i < connectionCount; i++) sum += underWay(connectionAt(i));
  return sum;
}

export function preloadedKeys(): f64 {
  return preloaded;
}

export function nextDue(): f64 {
  return isStopped ? Infinity : nextArrival;
}

export function leftRequests(): f64 {
  return requestsLeft;
}

/** Nothing new is begun; the open loop's schedule ends as well. */
export function endRun(): void {
  stop();
  endSchedule();
}

export function checkedValues(): f64 {
  return checked;
}

export function unsentRequests(): f64 {
  return unsent;
}

/** sent, lost, duplicate, late, strange. */
export function datagramCount(which: u32): f64 {
  if (which == 0) return datagramsSent;
  if (which == 1) return lostCount;
  if (which == 2) return duplicateCount;
  return which == 3 ? lateCount : strangeCount;
}
