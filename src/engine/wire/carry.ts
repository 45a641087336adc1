/** What is left of a read, because it can't be understood without more: it is put in front of the next read. */
import { CONN_CARRY, CONN_CARRY_LENGTH } from "../layout/connection";
import { give, takeWork } from "../memory/heap";

/** Keeps the bytes from `at` to `end`; false without memory for them. */
export function keepCarry(connection: usize, at: usize, end: usize): bool {
  const length = <u32>(end - at);
  if (length == 0) return true;
  const block = takeWork(length);
  if (block == 0) return false;
  memory.copy(block, at, length);
  store<u32>(connection, <u32>block, CONN_CARRY);
  store<u32>(connection, length, CONN_CARRY_LENGTH);
  return true;
}

/** Puts what was kept in front of the new bytes, where the read buffer has room; returns where it all begins. */
export function takeCarry(connection: usize, start: usize): usize {
  const block: usize = load<u32>(connection, CONN_CARRY);
  if (block == 0) return start;
  const at = start - load<u32>(connection, CONN_CARRY_LENGTH);
  memory.copy(at, block, load<u32>(connection, CONN_CARRY_LENGTH));
  give(block);
  store<u32>(connection, 0, CONN_CARRY);
  return at;
}
