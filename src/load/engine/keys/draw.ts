/**
 * Draws keys. A thread may own a class of them, the numbers that leave its own number when divided by the threads: then
 * it draws by their place in the class (place p is key p * threads + thread). Keys that a thread inserts are always of
 * its class, behind those that there were.
 */
import { randomBelow, randomUnit } from "../base";
import { KEYS_HOTSPOT, KEYS_LATEST, KEYS_SEQUENTIAL, KEYS_ZIPF } from "../layout";
import { scramble } from "./scramble";
import { initZipf, zipfRank } from "./zipf";

let distribution: u32 = 0;
/** Keys in all, without inserted ones. */
let keys: u64 = 1;
let threads: u64 = 1;
let thread: u64 = 0;
let owned: bool = false;
/** Places of this thread's class, inserted ones included. */
let places: u64 = 1;
let hotKeys: f64 = 0;
let hotShare: f64 = 0;
/** Sequential: the place that comes next. */
export let cursor: u64 = 0;
/** The first place of inserted keys. */
export let insertedFrom: u64 = 0;

/** `a` is the exponent, or a hot spot's share of the keys; `b` its share of the operations. */
export function initKeys(kind: u32, count: f64, a: f64, b: f64, ownThread: u32, ofThreads: u32, own: bool): void {
  distribution = kind;
  keys = <u64>count;
  thread = ownThread;
  threads = ofThreads;
  owned = own || kind == KEYS_LATEST;
  places = keys / threads + <u64>(keys % threads > thread);
  cursor = 0;
  insertedFrom = places;
  if (kind == KEYS_ZIPF || kind == KEYS_LATEST) initZipf(a);
  hotKeys = a;
  hotShare = b;
}

export function drawKey(): u64 {
  // A thread without keys of its own (more threads than keys) shares those of the others.
  const own = places != 0;
  if (distribution == KEYS_SEQUENTIAL) {
    const place = cursor++;
    if (cursor >= (own ? places : keys)) cursor = 0;
    return own ? keyAt(place) : place;
  }
  if (owned && own) return keyAt(drawPlace(places));
  return drawPlace(keys);
}

function drawPlace(n: u64): u64 {
  if (distribution == KEYS_ZIPF) return scramble(zipfRank(n), n);
  if (distribution == KEYS_LATEST) return n - 1 - zipfRank(n);
  if (distribution == KEYS_HOTSPOT) return drawHot(n);
  return randomBelow(n);
}

function drawHot(n: u64): u64 {
  let hot = <u64>Math.round(hotKeys * <f64>n);
  hot = hot == 0 ? 1 : hot;
  const rank = hot == n || randomUnit() < hotShare ? randomBelow(hot) : hot + randomBelow(n - hot);
  return scramble(rank, n);
}

export function isSequential(): bool {
  return distribution == KEYS_SEQUENTIAL;
}

export function goOnFrom(place: u64): void {
  cursor = place;
}

/** A key that has not been there. */
export function newKey(): u64 {
  return keyAt(places++);
}

export function noteInserted(place: u64): void {
  places = max(places, place + 1);
}

@inline
export function keyAt(place: u64): u64 {
  return place * threads + thread;
}

@inline
export function placeOf(key: u64): u64 {
  return key / threads;
}

/** Places there are of this thread's class. */
export function placeCount(): u64 {
  return places;
}

/** Keys in all, as far as this thread knows: none is above those that it has inserted. */
export function keyCount(): u64 {
  return places == 0 ? keys : max(keys, keyAt(places - 1) + 1);
}
