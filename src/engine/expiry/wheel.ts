/**
 * The timer wheel of keys that expire (Varghese and Lauck, 1987, scheme 7: hierarchical).
 *
 *   level 0   256 slots of 1 tick (64 ms)          16 s
 *   level 1   256 slots of 256 ticks               70 min
 *   level 2   256 slots of 2^16 ticks              12 days
 *   level 3   256 slots of 2^24 ticks              8.7 years; what is due later waits here again
 *
 * A slot is a list through the items themselves. An item stores the address of the word that points to it (the list's
 * head or its neighbour's `next`), so it can leave whichever list it is in without knowing which that is.
 *
 * Work is done in steps that the caller bounds: when time enters a slot of a higher level, its list is first detached
 * and then dealt out item by item; expired keys leave one by one.
 */
import { expiryOf, HEADER, setWheelNext, setWheelPrevious, wheelNext, wheelPrevious } from "../keyspace/item";
import { State, state, WHEEL, WHEEL_LEVELS, WHEEL_SLOTS } from "../state";

const TICK_SHIFT: i64 = 6;
const SLOT_BITS: i64 = 8;
const SLOT_MASK: i64 = 255;
const HORIZON: i64 = (1 << 32) - 1;

@inline
function slot(level: u32, index: u32): usize {
  return WHEEL + ((level * WHEEL_SLOTS + index) << 2);
}

/** Address of the item's `next` word, which its successor points back to. */
@inline
function nextWord(item: usize): usize {
  return item + HEADER + 12;
}

export function initWheel(now: i64): void {
  const s = state();
  s.wheelTick = now >> TICK_SHIFT;
  s.wheelCount = 0;
  s.wheelDealing = 0;
  s.wheelLevels = 0;
  memory.fill(WHEEL, 0, WHEEL_SLOTS * WHEEL_LEVELS * 4);
}

/** Enters an item whose expiry field is set and which is in no list. */
export function schedule(item: usize): void {
  const s = state();
  s.wheelCount++;
  enter(s, item);
}

function enter(s: State, item: usize): void {
  const now = s.wheelTick;
  let tick = expiryOf(item) >> TICK_SHIFT;
  if (tick < now) tick = now;
  let distance = tick - now;
  if (distance > HORIZON) {
    distance = HORIZON;
    tick = now + HORIZON;
  }
  let level: u32 = 0;
  while (distance > SLOT_MASK) {
    distance >>= SLOT_BITS;
    tick >>= SLOT_BITS;
    level++;
  }
  link(slot(level, <u32>(tick & SLOT_MASK)), item);
}

function link(head: usize, item: usize): void {
  const next = load<u32>(head);
  setWheelPrevious(item, head);
  setWheelNext(item, next);
  if (next != 0) setWheelPrevious(next, nextWord(item));
  store<u32>(head, item);
}

function unlink(item: usize): void {
  const before = wheelPrevious(item);
  const next = wheelNext(item);
  store<u32>(before, next);
  if (next != 0) setWheelPrevious(next, before);
}

export function unschedule(item: usize): void {
  state().wheelCount--;
  unlink(item);
}

/** Mends the list after the item, copied with its fields, has come to lie elsewhere. */
export function relink(item: usize): void {
  store<u32>(wheelPrevious(item), item);
  const next = wheelNext(item);
  if (next != 0) setWheelPrevious(next, nextWord(item));
}

/** A step's result: how much of the budget is left, and the item that is due, if any. */
export let left: i32 = 0;

/**
 * Moves time towards `now`, spending `budget` steps at most. Returns an item that is due; the caller removes it and
 * calls again. 0 when nothing is due or the budget is spent.
 */
export function nextDue(now: i64, budget: i32): usize {
  const s = state();
  const today = now >> TICK_SHIFT;
  while (true) {
    if (budget <= 0) break;
    if (s.wheelDealing != 0) {
      const item = s.wheelDealing;
      unlink(item);
      enter(s, item);
      budget--;
      continue;
    }
    if (s.wheelLevels != 0) {
      detach(s);
      continue;
    }
    if (s.wheelTick >= today) break;
    if (s.wheelCount == 0) {
      s.wheelTick = today;
      break;
    }
    const due = load<u32>(slot(0, <u32>(s.wheelTick & SLOT_MASK)));
    if (due != 0) {
      left = budget - 1;
      return due;
    }
    advance(s);
    budget--;
  }
  left = budget;
  return 0;
}

/** Takes the list of the slot that time has just entered on the highest level that still waits. */
function detach(s: State): void {
  const level = 31 - clz<u32>(s.wheelLevels);
  s.wheelLevels &= ~(1 << level);
  const head = slot(level, <u32>((s.wheelTick >> (SLOT_BITS * <i64>level)) & SLOT_MASK));
  const first = load<u32>(head);
  if (first == 0) return;
  store<u32>(head, 0);
  s.wheelDealing = first;
  setWheelPrevious(first, offsetof<State>("wheelDealing") + changetype<usize>(s));
}

function advance(s: State): void {
  const tick = ++s.wheelTick;
  let level: u32 = 1;
  let rest = tick;
  while (level < WHEEL_LEVELS && (rest & SLOT_MASK) == 0) {
    s.wheelLevels |= 1 << level;
    rest >>= SLOT_BITS;
    level++;
  }
}

/** The item due first, or one of the first: for `volatile-ttl`. 0 when nothing expires. */
export function soonest(): usize {
  const s = state();
  if (s.wheelCount == 0) return 0;
  if (s.wheelDealing != 0) return nearest(s.wheelDealing);
  for (let level: u32 = 0; level < WHEEL_LEVELS; level++) {
    const from = <u32>((s.wheelTick >> (SLOT_BITS * <i64>level)) & SLOT_MASK);
    for (let i: u32 = 0; i < WHEEL_SLOTS; i++) {
      const first = load<u32>(slot(level, (from + i) & (WHEEL_SLOTS - 1)));
      if (first != 0) return nearest(first);
    }
  }
  return 0;
}

/** The earliest of the first few in a list. */
function nearest(first: usize): usize {
  let best = first;
  let item: usize = wheelNext(first);
  for (let i = 0; i < 16 && item != 0; i++) {
    if (expiryOf(item) < expiryOf(best)) best = item;
    item = wheelNext(item);
  }
  return best;
}

/** Some item that expires, found from a random slot on. */
export function anyVolatile(random: u32): usize {
  const slots: u32 = WHEEL_SLOTS * WHEEL_LEVELS;
  for (let i: u32 = 0; i < slots; i++) {
    const first = load<u32>(WHEEL + (((random + i) & (slots - 1)) << 2));
    if (first != 0) return first;
  }
  return state().wheelDealing;
}
