/** Arguments as numbers. A function that fails has replied with Redis's error. */
import { readSigned, value } from "../base/decimal";
import { NOT_AN_INTEGER } from "../generated/texts";
import { argData, argLength } from "./context";
import { error } from "./errors";

/** The integer that `readInteger` read. */
export let integerValue: i64 = 0;

export function readInteger(arg: usize): bool {
  if (!isInteger(arg)) {
    error(NOT_AN_INTEGER);
    return false;
  }
  return true;
}

/** `readInteger` without a reply. */
export function isInteger(arg: usize): bool {
  if (!readSigned(argData(arg), argLength(arg))) return false;
  integerValue = value;
  return true;
}
