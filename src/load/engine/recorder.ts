/**
 * Histograms and counters of each operation. Cells are HdrHistogram's with a unit of one microsecond and three digits:
 * 2048 sub-buckets, half of them in every bucket but the first.
 */
import { allocateClear } from "./base";
import { COUNTS, HISTOGRAMS, OPERATIONS_MAX } from "./layout";

/** One hour. */
const HIGHEST: u32 = 3600000000;
const CELLS: u32 = 23552;

let cells: usize = 0;
let counters: usize = 0;

export function initRecorder(operations: u32): void {
  cells = allocateClear(<usize>operations * HISTOGRAMS * CELLS * 4);
  counters = allocateClear(OPERATIONS_MAX * COUNTS * 8);
}

@inline
function histogramAt(operation: u32, which: u32): usize {
  return cells + <usize>(operation * HISTOGRAMS + which) * (CELLS * 4);
}

@inline
function cellOf(micros: u32): u32 {
  const bucket = 21 - clz(micros | 2047);
  return ((bucket + 1) << 10) + (micros >> bucket) - 1024;
}

export function record(operation: u32, which: u32, micros: f64): void {
  const value: u32 = micros < 0 ? 0 : micros > <f64>HIGHEST ? HIGHEST : <u32>micros;
  const cell = histogramAt(operation, which) + (<usize>cellOf(value) << 2);
  store<u32>(cell, load<u32>(cell) + 1);
}

@inline
export function add(operation: u32, counter: u32, amount: f64): void {
  const at = counters + <usize>((operation * COUNTS + counter) << 3);
  store<f64>(at, load<f64>(at) + amount);
}

/** COUNTS numbers of an operation. */
export function countersOf(operation: u32): usize {
  return counters + <usize>((operation * COUNTS) << 3);
}

/** Writes pairs of cell and count to `to`, for the cells that are not zero, and clears them; returns the pairs. */
export function drainHistogram(operation: u32, which: u32, to: usize): u32 {
  const from = histogramAt(operation, which);
  let pairs: u32 = 0;
  for (let i: u32 = 0; i < CELLS; i += 4) {
    const at = from + (<usize>i << 2);
    if (!v128.any_true(v128.load(at))) continue;
    for (let j: u32 = 0; j < 4; j++) {
      const count = load<u32>(at + (<usize>j << 2));
      if (count == 0) continue;
      store<u32>(to, i + j);
      store<u32>(to, count, 4);
      to += 8;
      pairs++;
    }
    v128.store(at, i64x2.splat(0));
  }
  return pairs;
}

export function cellCount(): u32 {
  return CELLS;
}
