/** The workload's operations: which one comes next, and the program that writes its request. */
import { allocateClear, random64 } from "./base";
import {
  OPERATION_BELOW, OPERATION_BODILESS, OPERATION_KIND, OPERATION_LENGTH, OPERATION_LENGTH_2, OPERATION_PROGRAM,
  OPERATION_PROGRAM_2, OPERATION_ROOM, OPERATION_SCAN, OPERATION_SIZE, OPERATIONS_MAX,
} from "./layout";

let table: usize = 0;
let drawn: u32 = 0;

/** The first `count` are drawn; behind them come those that the host asks for (storing keys before the run). */
export function initOperations(count: u32): usize {
  table = allocateClear(OPERATIONS_MAX * OPERATION_SIZE);
  drawn = count;
  return table;
}

@inline
function at(operation: u32): usize {
  return table + <usize>(operation * OPERATION_SIZE);
}

export function drawOperation(): u32 {
  if (drawn == 1) return 0;
  const word = <u32>(random64() >> 32);
  let operation: u32 = 0;
  while (operation < drawn - 1 && word >= load<u32>(at(operation), OPERATION_BELOW)) operation++;
  return operation;
}

@inline
export function kindOf(operation: u32): u32 {
  return load<u32>(at(operation), OPERATION_KIND);
}

@inline
export function programOf(operation: u32, second: bool): usize {
  return second ? load<u32>(at(operation), OPERATION_PROGRAM_2) : load<u32>(at(operation), OPERATION_PROGRAM);
}

@inline
export function lengthOf(operation: u32, second: bool): u32 {
  return second ? load<u32>(at(operation), OPERATION_LENGTH_2) : load<u32>(at(operation), OPERATION_LENGTH);
}

@inline
export function roomOf(operation: u32): u32 {
  return load<u32>(at(operation), OPERATION_ROOM);
}

@inline
export function scanOf(operation: u32): u32 {
  return load<u32>(at(operation), OPERATION_SCAN);
}

@inline
export function isBodiless(operation: u32): bool {
  return load<u32>(at(operation), OPERATION_BODILESS) != 0;
}
