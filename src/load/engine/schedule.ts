/**
 * When the next request of an open loop is due. The schedule is a rate that changes in straight lines; its integral
 * tells how many requests are due until a time. Arrivals are drawn on that scale, one apart (constant) or exponentially
 * distributed (Poisson), and brought back to time by inverting the integral.
 */
import { allocate, randomUnit } from "./base";
import { PHASE_BEFORE, PHASE_FROM, PHASE_LENGTH, PHASE_SIZE, PHASE_START, PHASE_TO } from "./layout";

let phases: usize = 0;
let phaseCount: u32 = 0;
let phase: u32 = 0;
let poisson: bool = false;
/** On the scale of requests: the next arrival. */
let arrival: f64 = 0;
/** Its time in microseconds; infinite when the schedule is over. */
export let nextArrival: f64 = Infinity;

/** Returns where to put the phases. */
export function initSchedule(count: u32, isPoisson: bool, first: f64): usize {
  phases = allocate(count * PHASE_SIZE);
  phaseCount = count;
  poisson = isPoisson;
  phase = 0;
  arrival = first;
  nextArrival = Infinity;
  return phases;
}

/** Once the phases are there. */
export function startSchedule(): void {
  if (poisson) arrival = exponential();
  nextArrival = timeOf(arrival);
}

export function endSchedule(): void {
  nextArrival = Infinity;
}

export function advanceSchedule(): void {
  arrival += poisson ? exponential() : 1;
  nextArrival = timeOf(arrival);
}

@inline
function exponential(): f64 {
  return -Math.log(1 - randomUnit());
}

function at(number: u32): usize {
  return phases + <usize>(number * PHASE_SIZE);
}

/** The time until which `due` requests are due. Must not be called with less than before. */
function timeOf(due: f64): f64 {
  while (phase < phaseCount && due > dueAtEnd(at(phase))) phase++;
  if (phase == phaseCount) return Infinity;
  const p = at(phase);
  const from = load<f64>(p, PHASE_FROM);
  // Rounding may put the end of the phase before above the beginning of this one.
  const rest = Math.max(due - load<f64>(p, PHASE_BEFORE), 0);
  const slope = (load<f64>(p, PHASE_TO) - from) / load<f64>(p, PHASE_LENGTH);
  // from t + slope t^2 / 2 = rest, in the form that does not cancel.
  const root = Math.sqrt(Math.max(from * from + 2 * slope * rest, 0));
  return load<f64>(p, PHASE_START) + (rest == 0 ? 0 : (2 * rest) / (from + root));
}

function dueAtEnd(p: usize): f64 {
  return load<f64>(p, PHASE_BEFORE) + ((load<f64>(p, PHASE_FROM) + load<f64>(p, PHASE_TO)) / 2) * load<f64>(p, PHASE_LENGTH);
}

/** Requests that are due until a time. */
export function dueUntil(time: f64): f64 {
  let due: f64 = 0;
  for (let i: u32 = 0; i < phaseCount; i++) {
    const p = at(i);
    const length = load<f64>(p, PHASE_LENGTH);
    const t = Math.min(Math.max(time - load<f64>(p, PHASE_START), 0), length);
    const from = load<f64>(p, PHASE_FROM);
    due += from * t + ((load<f64>(p, PHASE_TO) - from) / length) * t * t * 0.5;
  }
  return due;
}
